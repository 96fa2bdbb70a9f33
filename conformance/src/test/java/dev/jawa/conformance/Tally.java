package dev.jawa.conformance;

import dev.jawa.text.script.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The outcomes of the commands of a folder. Thread-safe, since a script that hangs is left behind. */
final class Tally {
    /** What the engine's messages about gaps that are known to it begin with. */
    static final String UNSUPPORTED = "not supported yet:";

    /** How many commands had which outcome. */
    record Counts(int passed, int failed, int unsupported, int textOnly) {
        @Override
        public String toString() {
            return passed + " passed, " + failed + " failed, " + unsupported + " not yet supported, "
                    + textOnly + " for text parsers only";
        }
    }

    private int passed;
    private int textOnly;
    private int unsupported;
    private final List<String> failures = new ArrayList<>();
    private final TreeMap<String, Integer> gaps = new TreeMap<>();

    /** Adds the outcome of the command that {@code place} names. */
    synchronized void add(String place, Outcome outcome) {
        switch (outcome) {
            case Outcome.Passed _ -> passed++;
            case Outcome.Failed(String reason) when reason.contains(UNSUPPORTED) -> {
                unsupported++;
                gaps.merge(reason, 1, Integer::sum);
            }
            case Outcome.Failed(String reason) -> failures.add(place + ": " + reason);
        }
    }

    /** Counts a command that only a parser of the text format can judge. */
    synchronized void addTextOnly() {
        textOnly++;
    }

    synchronized Counts counts() {
        return new Counts(passed, failures.size(), unsupported, textOnly);
    }

    /** What failed, a line each. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** How often the engine named which gap, a line each. */
    synchronized List<String> gaps() {
        return gaps.entrySet().stream().map(gap -> gap.getValue() + "x " + gap.getKey()).toList();
    }
}

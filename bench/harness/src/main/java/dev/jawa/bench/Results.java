package dev.jawa.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** What all engines gave for all programs, and how it compares with one of them, the reference. */
final class Results {
    /** In milliseconds; below that, reading the clock is a part of what is measured. */
    private static final double SHORTEST = 0.05;

    private final String reference;
    private final List<String> others;
    private final Map<String, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int failures;

    Results(String reference, List<String> engines) {
        this.reference = reference;
        this.others = engines.stream().filter(name -> !name.equals(reference)).toList();
    }

    /** Adds a program: other answers than the reference's are failures, and without one of the reference it is skipped. */
    void add(String program, Map<String, Outcome> engines) {
        if (!(engines.get(reference) instanceof Measurement expected)) {
            remarks.add("%s is left out: %s".formatted(program, engines.get(reference) instanceof Outcome.Failed failed
                    ? reference + ": " + failed.reason() : "no " + reference));
            return;
        }
        if (expected.steady() < SHORTEST) {
            remarks.add("%s is left out: it takes %.1f µs".formatted(program, expected.steady() * 1000));
            return;
        }
        if (expected.answers().size() > 1) {
            remarks.add(program + " is not compared: its output differs from run to run");
        }
        var checked = new LinkedHashMap<String, Outcome>();
        engines.forEach((engine, outcome) -> checked.put(engine, check(expected.answers(), outcome)));
        checked.forEach((engine, outcome) -> {
            if (outcome instanceof Outcome.Failed failed) {
                failures++;
                remarks.add("%s FAILED on %s: %s".formatted(program, engine, failed.reason()));
            }
        });
        outcomes.put(program, checked);
    }

    private static Outcome check(Set<String> expected, Outcome outcome) {
        return outcome instanceof Measurement measurement && expected.size() == 1
                && !measurement.answers().equals(expected)
                ? new Outcome.Failed("gave " + measurement.answers() + " instead of " + expected) : outcome;
    }

    /** By program, then by engine. */
    Map<String, Map<String, Outcome>> outcomes() {
        return outcomes;
    }

    /** How many programs an engine failed on that the reference runs. */
    int failures() {
        return failures;
    }

    /** What is left out, not compared or wrong, a line each. */
    String remarks() {
        return remarks.isEmpty() ? "" : "\n" + String.join("\n", remarks) + "\n";
    }

    /** The ratios to the reference, by program, then by engine. */
    Map<String, Map<String, Double>> ratios(ToDoubleFunction<Measurement> figure) {
        var ratios = new LinkedHashMap<String, Map<String, Double>>();
        outcomes.forEach((program, engines) -> {
            var row = new LinkedHashMap<String, Double>();
            if (engines.get(reference) instanceof Measurement base) {
                for (String other : others) {
                    if (engines.get(other) instanceof Measurement measurement) {
                        row.put(other, figure.applyAsDouble(measurement) / figure.applyAsDouble(base));
                    }
                }
            }
            ratios.put(program, row);
        });
        return ratios;
    }

    /** The geometric means of the ratios by engine, without engines that have none. */
    Map<String, Double> means(ToDoubleFunction<Measurement> figure) {
        Map<String, Map<String, Double>> ratios = ratios(figure);
        var means = new LinkedHashMap<String, Double>();
        for (String other : others) {
            ratios.values().stream().filter(row -> row.containsKey(other)).mapToDouble(row -> Math.log(row.get(other)))
                    .average().ifPresent(logarithm -> means.put(other, Math.exp(logarithm)));
        }
        return means;
    }

    /** The steady state of a program in a line, or why there is none. */
    String line(String program) {
        Map<String, Double> row = ratios(Measurement::steady).get(program);
        if (row == null) {
            return remarks.getLast();
        }
        var line = new StringJoiner(", ", program + ": ", "");
        row.forEach((engine, ratio) -> line.add("%s %.2f".formatted(engine, ratio)));
        return line.toString();
    }

    /** A table of a figure: what it is on the reference, and the others' ratios to that. */
    String table(String title, String unit, ToDoubleFunction<Measurement> figure) {
        Map<String, Map<String, Double>> ratios = ratios(figure);
        int width = Math.max(14, ratios.keySet().stream().mapToInt(String::length).max().orElse(0)) + 2;
        var text = new StringBuilder("%n%s: ratio to %s%n".formatted(title, reference));
        row(text, width, "", reference + ", " + unit, others);
        ratios.forEach((program, row) -> {
            Measurement base = (Measurement) outcomes.get(program).get(reference);
            row(text, width, program, "%.2f".formatted(figure.applyAsDouble(base)), cells(row));
        });
        row(text, width, "geometric mean", "", cells(means(figure)));
        return text.toString();
    }

    private List<String> cells(Map<String, Double> ratios) {
        return others.stream().map(other -> ratios.containsKey(other) ? "%.2f".formatted(ratios.get(other)) : "-").toList();
    }

    private static void row(StringBuilder text, int width, String name, String base, List<String> cells) {
        text.append(("%-" + width + "s%12s").formatted(name, base));
        cells.forEach(cell -> text.append("%20s".formatted(cell)));
        text.append('\n');
    }
}

package dev.jawa.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/** What all engines gave for all programs, and how it compares with one of them, the reference. */
final class Results {
    /** In milliseconds; below that, reading the clock is too great a part of what is measured. */
    private static final double SHORTEST = 0.2;
    /** In characters. */
    private static final int CELL = 9;
    private static final int WIDEST = 140;

    private final String reference;
    private final List<String> others;
    private final Map<String, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
    private final Map<String, String> groups = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private int failures;

    Results(String reference, List<String> engines) {
        this.reference = reference;
        this.others = engines.stream().filter(name -> !name.equals(reference)).toList();
    }

    /** Adds a program: other answers than the reference's are failures, and without one of the reference it is skipped. */
    void add(String group, String program, Map<String, Outcome> engines) {
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
                String remark = program + " FAILED on " + engine + ": " + failed.reason();
                if (Engine.isJawa(engine)) {
                    addFailure(remark);
                } else {
                    remarks.add(remark);
                }
            }
        });
        outcomes.put(program, checked);
        groups.put(program, group);
    }

    /** Something that is wrong with the project itself; what a peer cannot do is only remarked. */
    void addFailure(String remark) {
        failures++;
        remarks.add(remark);
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

    int failures() {
        return failures;
    }

    /** What is left out, not compared or wrong, a line each. */
    String remarks() {
        return remarks.isEmpty() ? "" : "\n" + String.join("\n", remarks) + "\n";
    }

    /** The ratios to the reference, by program, then by engine. */
    Map<String, Map<String, Double>> ratios(Figure figure) {
        var ratios = new LinkedHashMap<String, Map<String, Double>>();
        outcomes.forEach((program, engines) -> {
            var row = new LinkedHashMap<String, Double>();
            double base = reference(program, figure);
            for (String other : others) {
                if (base > 0 && engines.get(other) instanceof Measurement measurement && figure.of(measurement) > 0) {
                    row.put(other, figure.of(measurement) / base);
                }
            }
            ratios.put(program, row);
        });
        return ratios;
    }

    private double reference(String program, Figure figure) {
        return outcomes.get(program).get(reference) instanceof Measurement measurement ? figure.of(measurement) : 0;
    }

    /** The geometric means of the ratios by engine, without engines that have none. */
    Map<String, Double> means(Figure figure) {
        return means(figure, groups.keySet());
    }

    private Map<String, Double> means(Figure figure, Set<String> programs) {
        Map<String, Map<String, Double>> ratios = ratios(figure);
        var means = new LinkedHashMap<String, Double>();
        for (String other : others) {
            programs.stream().map(ratios::get).filter(row -> row.containsKey(other))
                    .mapToDouble(row -> Math.log(row.get(other))).average()
                    .ifPresent(logarithm -> means.put(other, Math.exp(logarithm)));
        }
        return means;
    }

    private Map<String, Set<String>> programsByGroup() {
        var byGroup = new LinkedHashMap<String, Set<String>>();
        groups.forEach((program, group) -> byGroup.computeIfAbsent(group, _ -> new LinkedHashSet<>()).add(program));
        return byGroup;
    }

    /** The steady state of a program in a line, or why there is none. */
    String line(String program) {
        Map<String, Double> row = ratios(Figure.STEADY).get(program);
        if (row == null) {
            return remarks.getLast();
        }
        var line = new StringJoiner(", ", program + ": ", "");
        row.forEach((engine, ratio) -> line.add("%s %.2f".formatted(engine, ratio)));
        return line.toString();
    }

    /** The figures: what they are on the reference, and the others' ratios to that; in one table if it is not too wide. */
    String tables(List<Figure> figures) {
        int names = Math.max(14, outcomes.keySet().stream().mapToInt(String::length).max().orElse(0)) + 1;
        if (names + figures.size() * (others.size() + 1) * CELL <= WIDEST) {
            return table(figures, names);
        }
        var text = new StringBuilder();
        figures.forEach(figure -> text.append(table(List.of(figure), names)));
        return text.toString();
    }

    private String table(List<Figure> figures, int names) {
        var text = new StringBuilder("\n" + " ".repeat(names));
        figures.forEach(figure -> text.append(("%" + CELL * (others.size() + 1) + "s").formatted(
                figure.title() + ", " + figure.unit())));
        text.append("\n").append(" ".repeat(names));
        figures.forEach(_ -> {
            text.append(cell(reference));
            others.forEach(other -> text.append(cell(shortened(other))));
        });
        text.append('\n');
        outcomes.keySet().forEach(program -> row(text, names, program, figures, figure -> ratios(figure).get(program),
                figure -> number(reference(program, figure))));
        Map<String, Set<String>> byGroup = programsByGroup();
        if (byGroup.size() > 1) {
            byGroup.forEach((group, programs) -> row(text, names, "= " + group, figures,
                    figure -> means(figure, programs), _ -> ""));
        }
        row(text, names, "= all", figures, this::means, _ -> "");
        return text.toString();
    }

    private void row(StringBuilder text, int names, String name, List<Figure> figures,
            Function<Figure, Map<String, Double>> ratios,
            Function<Figure, String> base) {
        text.append(("%-" + names + "s").formatted(name));
        for (Figure figure : figures) {
            text.append(cell(base.apply(figure)));
            Map<String, Double> values = ratios.apply(figure);
            others.forEach(other -> text.append(
                    cell(values.containsKey(other) ? "%.2f".formatted(values.get(other)) : "-")));
        }
        text.append('\n');
    }

    private static String number(double value) {
        return value == 0 ? "-" : value < 1000 ? "%.2f".formatted(value) : "%.0f".formatted(value);
    }

    /** A name that fits into a cell. */
    private static String shortened(String engine) {
        String last = engine.substring(engine.indexOf('-') + 1);
        return last.length() < CELL ? last : last.substring(0, CELL - 2) + ".";
    }

    private static String cell(String text) {
        return ("%" + CELL + "s").formatted(text);
    }
}

package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the programs on all engines, one process each, interleaved, and prints how their times compare with those of
 * Node's V8.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares Jawa with its peers and with Node, as ratios of times; lower is better.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--programs", paramLabel = "REGEX", description = "Only programs whose name matches.")
    private Pattern programs = Pattern.compile(".*");

    @Option(names = "--engines", paramLabel = "REGEX", description = "Only engines whose name matches, and node.")
    private Pattern engines = Pattern.compile(".*");

    @Option(names = "--seconds", description = "How long each process runs; default ${DEFAULT-VALUE}.")
    private double seconds = 4;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file.")
    private Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the ratios of the steady state.")
    private Path svg;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    private final Map<String, Map<String, Measurement>> results = new LinkedHashMap<>();

    /** Runs the comparison. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<Engine> chosen = Engine.available(folder, java).stream()
                .filter(engine -> engine.name().equals(Engine.REFERENCE) || engines.matcher(engine.name()).matches())
                .toList();
        for (Program program : Program.compile(folder)) {
            if (programs.matcher(program.name()).matches()) {
                measure(program, chosen);
            }
        }
        List<String> names = chosen.stream().map(Engine::name).toList();
        print("Steady state", Measurement::steady, names);
        print("First call in a new process, with loading", Measurement.firstAnswer(), names);
        print("Peak memory of the process", Measurement::peak, names);
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
        }
        if (svg != null) {
            draw(names);
        }
        return 0;
    }

    private void draw(List<String> engineNames) throws IOException {
        var ratios = new LinkedHashMap<String, Map<String, Double>>();
        results.forEach((program, medians) -> {
            Measurement reference = medians.get(Engine.REFERENCE);
            if (reference != null) {
                var row = new LinkedHashMap<String, Double>();
                medians.forEach((engine, measurement) -> row.put(engine, measurement.steady() / reference.steady()));
                row.remove(Engine.REFERENCE);
                ratios.put(program, row);
            }
        });
        var means = new LinkedHashMap<String, Double>();
        for (String engine : engineNames) {
            double[] logarithms = ratios.values().stream().filter(row -> row.containsKey(engine))
                    .mapToDouble(row -> Math.log(row.get(engine))).toArray();
            if (logarithms.length > 0) {
                means.put(engine, Math.exp(Arrays.stream(logarithms).average().orElse(0)));
            }
        }
        Files.writeString(svg, Plot.ratios("Time to that of Node's V8, warm; less is better", ratios, means));
    }

    private void measure(Program program, List<Engine> chosen) throws Exception {
        var runs = new LinkedHashMap<String, List<Measurement>>();
        for (int round = 0; round < rounds; round++) {
            for (Engine engine : chosen) {
                System.err.printf("\r%-20s %-20s round %d of %d   ", program.name(), engine.name(), round + 1, rounds);
                Optional<Measurement> run = Measurement.of(engine, program, seconds);
                run.ifPresent(measurement -> runs.computeIfAbsent(engine.name(), _ -> new ArrayList<>())
                        .add(measurement));
            }
        }
        System.err.print("\r" + " ".repeat(70) + "\r");
        var medians = new LinkedHashMap<String, Measurement>();
        runs.forEach((engine, measurements) -> medians.put(engine, Measurement.median(measurements)));
        checkResults(program, medians);
        results.put(program.name(), medians);
    }

    private static void checkResults(Program program, Map<String, Measurement> medians) {
        if (medians.values().stream().map(Measurement::result).distinct().count() > 1) {
            throw new IllegalStateException("the engines disagree about " + program.name() + ": " + medians);
        }
    }

    private void print(String title, ToDoubleFunction<Measurement> figure, List<String> engineNames) {
        System.out.printf("%n%s: ratio to %s%n%-14s%12s", title, Engine.REFERENCE, "", Engine.REFERENCE);
        List<String> others = engineNames.stream().filter(name -> !name.equals(Engine.REFERENCE)).toList();
        others.forEach(name -> System.out.printf("%20s", name));
        System.out.println();
        double[] logarithms = new double[others.size()];
        int[] counts = new int[others.size()];
        results.forEach((program, medians) -> {
            Measurement reference = medians.get(Engine.REFERENCE);
            if (reference == null) {
                return;
            }
            System.out.printf("%-14s%12.2f", program, figure.applyAsDouble(reference));
            for (int i = 0; i < others.size(); i++) {
                Measurement other = medians.get(others.get(i));
                if (other == null) {
                    System.out.printf("%20s", "-");
                    continue;
                }
                double ratio = figure.applyAsDouble(other) / figure.applyAsDouble(reference);
                System.out.printf("%20.2f", ratio);
                logarithms[i] += Math.log(ratio);
                counts[i]++;
            }
            System.out.println();
        });
        System.out.printf("%-14s%12s", "geometric mean", "");
        for (int i = 0; i < others.size(); i++) {
            System.out.printf("%20.2f", Math.exp(logarithms[i] / counts[i]));
        }
        System.out.println();
    }
}

package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What limits cost, as ratios of times, and how many instances there are in a second: new ones, copies and those of a
 * pool, beside Endive and Node.
 */
@Command(name = "bench/run limits", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures what a deadline and fuel cost, and how fast instances are made.")
public final class LimitsBench implements Callable<Integer> {
    private static final String PLAIN = "none";
    private static final List<String> LIMITS = List.of(PLAIN, "deadline", "fuel");
    private static final String INSTANCES = "instances";
    private static final long TIMEOUT_SECONDS = 180;

    @Option(names = "--programs", paramLabel = "REGEX",
            description = "Which kernels, or \"instances\"; default ${DEFAULT-VALUE}.")
    private Pattern programs = Pattern.compile("matmul|quicksort|json|vm|regex|instances");

    @Option(names = "--seconds", description = "How long each process runs; default ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file.")
    private Path json;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    private final Map<String, Map<String, Double>> results = new LinkedHashMap<>();

    /** Runs the measurements. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new LimitsBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        costs(folder, java);
        if (programs.matcher(INSTANCES).matches()) {
            instances(folder, java);
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
        }
        return 0;
    }

    // ---- costs

    private void costs(Path folder, Path java) throws IOException, InterruptedException {
        System.out.printf("Steady state with limits that are never reached: milliseconds without, ratios with%n");
        System.out.printf("%-14s%12s%12s%12s%n", "", PLAIN, "deadline", "fuel");
        double[] logarithms = new double[LIMITS.size()];
        int count = 0;
        for (Program program : Catalogue.programs(folder)) {
            if (program.kind() != Program.Kind.KERNEL || !programs.matcher(program.name()).matches()) {
                continue;
            }
            program.recipe().make();
            Map<String, Double> medians = cost(folder, java, program);
            results.put(program.name(), medians);
            count++;
            System.out.printf("%-14s%12.2f", program.name(), medians.get(PLAIN));
            for (int i = 1; i < LIMITS.size(); i++) {
                double ratio = medians.get(LIMITS.get(i)) / medians.get(PLAIN);
                logarithms[i] += Math.log(ratio);
                System.out.printf("%12.2f", ratio);
            }
            System.out.println();
        }
        if (count > 0) {
            System.out.printf("%-14s%12s%12.2f%12.2f%n", "geometric mean", "", Math.exp(logarithms[1] / count),
                    Math.exp(logarithms[2] / count));
        }
    }

    private Map<String, Double> cost(Path folder, Path java, Program program)
            throws IOException, InterruptedException {
        var times = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (String limit : LIMITS) {
                Engine engine = Engine.jvm("jawa", java, folder.resolve("jawa"), "dev.jawa.bench.JawaWorker",
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "-Dlimits=" + limit);
                switch (Measurement.of(engine, program, seconds, TIMEOUT_SECONDS)) {
                    case Measurement measurement ->
                            times.computeIfAbsent(limit, _ -> new ArrayList<>()).add(measurement.steady());
                    case Outcome.Failed failed -> throw new IllegalStateException(program.name() + ": " + failed.reason());
                }
            }
        }
        return medians(times);
    }

    private static Map<String, Double> medians(Map<String, List<Double>> all) {
        var medians = new LinkedHashMap<String, Double>();
        all.forEach((name, values) -> {
            double[] sorted = values.stream().mapToDouble(value -> value).toArray();
            Arrays.sort(sorted);
            medians.put(name, sorted[sorted.length / 2]);
        });
        return medians;
    }

    // ---- instances

    private void instances(Path folder, Path java) throws IOException, InterruptedException {
        Path module = Files.createDirectories(folder.resolve("target/programs")).resolve("instances.wasm");
        Files.write(module, Wat.encode(Files.readString(folder.resolve("programs/instances.wat"))));
        var workers = new LinkedHashMap<String, List<String>>();
        Engine.node(folder, "instances.mjs").ifPresent(node -> workers.put("node", node.command()));
        workers.put("jawa", Engine.jvm("jawa", java, folder.resolve("jawa"), "dev.jawa.bench.JawaInstances",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED").command());
        workers.put("endive", Engine.jvm("endive", java, folder.resolve("endive"), "dev.jawa.bench.EndiveInstances")
                .command());
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> worker : workers.entrySet()) {
                JsonProcess.run(worker.getValue(), module.toString(), Double.toString(seconds)).properties()
                        .forEach(way ->
                        rates.computeIfAbsent(worker.getKey() + " " + way.getKey(), _ -> new ArrayList<>())
                                .add(way.getValue().asDouble()));
            }
        }
        results.put("instances per second", medians(rates));
        System.out.printf("%nInstances per second, each used once%n");
        medians(rates).forEach((way, rate) -> System.out.printf("%-14s%12.0f%n", way, rate));
    }
}

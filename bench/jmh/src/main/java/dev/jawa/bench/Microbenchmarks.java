package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.Instance;
import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs kernels and crossings of the border in JMH and, in turn with it, on Node, and prints how the times compare.
 */
@Command(name = "bench/run jmh", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Measures Jawa with JMH beside Node, as ratios of times; lower is better.")
public final class Microbenchmarks implements Callable<Integer> {
    private static final String BORDER = "border";
    private static final int ITERATIONS = 3;
    private static final long TIMEOUT_SECONDS = 180;

    @Option(names = "--programs", paramLabel = "REGEX",
            description = "Only kernels whose name matches, or \"border\"; default ${DEFAULT-VALUE}.")
    private Pattern programs = Pattern.compile(
            "gc_.*|throw_.*|try_.*|tail_.*|simd_.*|memory.*|atomic_.*|indirect_.*|border");

    @Option(names = "--seconds", description = "How long each process measures; default ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--library", description = "Without the exports that the command line's manifest has.")
    private boolean library;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file, in nanoseconds.")
    private Path json;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    /** The median times in nanoseconds; Node's is missing if there is no Node, or nothing to compare with. */
    private record Comparison(double jawa, OptionalDouble node) {
    }

    private final Map<String, Comparison> results = new LinkedHashMap<>();

    /** Runs the comparison. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Microbenchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        List<Engine> node = Engine.available(folder, Path.of(System.getProperty("java.home"), "bin", "java")).stream()
                .filter(engine -> engine.name().equals(Engine.REFERENCE)).toList();
        for (Program program : Catalogue.programs(folder)) {
            if (program.kind() == Program.Kind.KERNEL && programs.matcher(program.name()).matches()) {
                program.recipe().make();
                compare(program, node);
            }
        }
        if (programs.matcher(BORDER).matches()) {
            compareBorder(folder, node);
        }
        print();
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), asJson());
        }
        return 0;
    }

    // ---- measuring

    private void compare(Program program, List<Engine> node) throws Exception {
        String module = program.file().toString();
        String argument = program.parameters().getLast();
        int result = Instance.of(program.file()).exports().function(program.name()).callInt(Integer.parseInt(argument));
        var jawa = new ArrayList<Double>();
        var reference = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult run : run(options(KernelBenchmark.class.getSimpleName()).param("module", module)
                    .param("export", program.name()).param("argument", argument))) {
                jawa.add(run.getPrimaryResult().getScore());
            }
            for (Engine engine : node) {
                // As long as JMH takes with its warm-up.
                if (Measurement.of(engine, program, 2 * seconds, TIMEOUT_SECONDS) instanceof Measurement measurement) {
                    if (!measurement.answers().equals(Set.of(Integer.toString(result)))) {
                        throw new IllegalStateException(program.name() + " gave " + result + " on Jawa, "
                                + measurement.answers() + " on Node");
                    }
                    reference.add(measurement.steady() * 1e6);
                }
            }
        }
        add(program.name(), jawa, reference);
    }

    private void compareBorder(Path folder, List<Engine> node) throws Exception {
        Path module = Files.createDirectories(folder.resolve("target/programs")).resolve("border.wasm");
        Files.write(module, Wat.encode(Files.readString(folder.resolve("programs/border.wat"))));
        var jawa = new LinkedHashMap<String, List<Double>>();
        var reference = new LinkedHashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult run : run(options(BorderBenchmark.class.getSimpleName())
                    .param("module", module.toString()))) {
                jawa.computeIfAbsent(run.getPrimaryResult().getLabel(), _ -> new ArrayList<>())
                        .add(run.getPrimaryResult().getScore());
            }
            for (Engine engine : node) {
                border(engine, folder, module).properties().forEach(time ->
                        reference.computeIfAbsent(time.getKey(), _ -> new ArrayList<>()).add(time.getValue().asDouble()));
            }
        }
        // However the host calls, Node has but one way.
        jawa.forEach((name, times) -> add(name, times,
                reference.getOrDefault(name.replaceFirst("By.*", ""), List.of())));
    }

    private JsonNode border(Engine node, Path folder, Path module) throws IOException, InterruptedException {
        Path script = folder.resolve("jmh/src/main/resources/dev/jawa/bench/border.mjs");
        Process process = new ProcessBuilder(node.command().getFirst(), script.toString(), module.toString(),
                Double.toString(seconds)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("Node failed on border.mjs");
        }
        return new ObjectMapper().readTree(output);
    }

    private ChainedOptionsBuilder options(String benchmark) {
        TimeValue iteration = TimeValue.milliseconds((long) (seconds * 1000 / ITERATIONS));
        ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + benchmark + "\\.").forks(1)
                .warmupIterations(ITERATIONS).warmupTime(iteration)
                .measurementIterations(ITERATIONS).measurementTime(iteration).verbosity(VerboseMode.SILENT);
        return library ? options.jvmArgs("-Xmx2g")
                : options.jvmArgs("-Xmx2g", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    // ---- results

    private void add(String name, List<Double> jawa, List<Double> node) {
        results.put(name, new Comparison(median(jawa).orElseThrow(), median(node)));
        System.err.println(name + " done");
    }

    private static OptionalDouble median(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sorted().skip(times.size() / 2).findFirst();
    }

    private void print() {
        System.out.printf("%n%-20s%14s%14s%10s%n", "ns", "jawa", Engine.REFERENCE, "ratio");
        results.forEach((name, times) -> {
            String node = times.node().isPresent() ? "%.2f".formatted(times.node().getAsDouble()) : "-";
            String ratio = times.node().isPresent() ? "%.2f".formatted(times.jawa() / times.node().getAsDouble()) : "-";
            System.out.printf("%-20s%14.2f%14s%10s%n", name, times.jawa(), node, ratio);
        });
        Comparison memory32 = results.get("memory32");
        Comparison memory64 = results.get("memory64");
        if (memory32 != null && memory64 != null) {
            System.out.printf("memory64 / memory32: %.2f%n", memory64.jawa() / memory32.jawa());
        }
    }

    private Map<String, Map<String, Double>> asJson() {
        var all = new LinkedHashMap<String, Map<String, Double>>();
        results.forEach((name, times) -> {
            var figures = new LinkedHashMap<String, Double>();
            figures.put("jawa", times.jawa());
            times.node().ifPresent(node -> {
                figures.put(Engine.REFERENCE, node);
                figures.put("ratio", times.jawa() / node);
            });
            all.put(name, figures);
        });
        return all;
    }
}

package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.text.Wat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What calls between JavaScript and WebAssembly cost under {@code jawa run} and on Node, in turn. */
@Command(name = "bench/run js", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares what calls between JavaScript and WebAssembly cost in Jawa and in Node; lower is better.")
public final class JsCalls implements Callable<Integer> {
    @Option(names = "--seconds", description = "How long each is repeated; default ${DEFAULT-VALUE}.")
    private double seconds = 2;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file, in nanoseconds.")
    private Path json;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    /** Runs the comparison. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new JsCalls()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        Path module = folder.resolve("target/programs/js.wasm");
        Files.createDirectories(module.getParent());
        Files.write(module, Wat.encode(Files.readString(folder.resolve("programs/js.wat"))));
        Path script = folder.resolve("harness/src/main/resources/dev/jawa/bench/js.mjs");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put("jawa", List.of(folder.resolveSibling("jawa").toString(), "run"));
        Engine.available(folder, java).stream().filter(engine -> engine.name().equals(Engine.REFERENCE))
                .forEach(engine -> commands.put(engine.name(), List.of(engine.command().getFirst())));
        var times = new LinkedHashMap<String, Map<String, List<Double>>>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> engine : commands.entrySet()) {
                System.err.printf("%s, round %d of %d%n", engine.getKey(), round + 1, rounds);
                JsonProcess.run(engine.getValue(), script.toString(), module.toString(), Double.toString(seconds))
                        .properties()
                        .forEach(time -> times.computeIfAbsent(time.getKey(), _ -> new LinkedHashMap<>())
                                .computeIfAbsent(engine.getKey(), _ -> new ArrayList<>()).add(time.getValue().asDouble()));
            }
        }
        var medians = new LinkedHashMap<String, Map<String, Double>>();
        times.forEach((name, engines) -> engines.forEach((engine, all) ->
                medians.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(engine, median(all))));
        print(medians);
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), medians);
        }
        return 0;
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static void print(Map<String, Map<String, Double>> medians) {
        System.out.printf("%n%-22s%14s%14s%10s%n", "ns", "jawa", Engine.REFERENCE, "ratio");
        medians.forEach((name, times) -> {
            Double reference = times.get(Engine.REFERENCE);
            System.out.printf("%-22s%14.2f%14s%10s%n", name, times.get("jawa"),
                    reference == null ? "-" : "%.2f".formatted(reference),
                    reference == null ? "-" : "%.1f".formatted(times.get("jawa") / reference));
        });
    }
}

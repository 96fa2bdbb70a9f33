package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How fast modules of npm are decoded and validated, beside V8, and printed and parsed, beside wabt and binaryen, in turn.
 */
@Command(name = "bench/run throughput", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares how many megabytes of a module are validated, printed and parsed in a second; higher is "
                + "better. Texts are counted by the binary that they are of.")
public final class Throughput implements Callable<Integer> {
    private static final List<String> MODULES = List.of("vscode-oniguruma/release/onig.wasm", "sql.js/dist/sql-wasm.wasm",
            "@resvg/resvg-wasm/index_bg.wasm", "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm",
            "esbuild-wasm/esbuild.wasm");
    private static final List<String> FIGURES = List.of("validate", "print", "parse");
    private static final String JAWA = "jawa";

    @Option(names = "--programs", paramLabel = "REGEX", description = "Only modules whose file matches.")
    private Pattern programs = Pattern.compile(".*");

    @Option(names = "--seconds", description = "How long each is repeated; default ${DEFAULT-VALUE}.")
    private double seconds = 3;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file, in milliseconds.")
    private Path json;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    // The medians by module, figure and engine.
    private final Map<String, Map<String, Map<String, Measure>>> results = new LinkedHashMap<>();
    // How large the modules are.
    private final Map<String, Double> sizes = new LinkedHashMap<>();

    /**
     * What one operation takes, in milliseconds.
     *
     * @param first in a new process
     * @param steady when it is warm
     */
    public record Measure(double first, double steady) {
    }

    /** Runs the comparison. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new Throughput()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        Path packages = folder.resolve("target/node/node_modules");
        for (String file : MODULES) {
            Path module = packages.resolve(file);
            if (programs.matcher(file).find() && Files.exists(module)) {
                measure(folder, packages, module);
            }
        }
        if (results.isEmpty()) {
            System.err.println("There are no modules: npm is missing, could not install, or no file matches.");
            return 1;
        }
        FIGURES.forEach(this::print);
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results);
        }
        return 0;
    }

    private void measure(Path folder, Path packages, Path module) throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Map<String, List<Measure>>>();
        Path target = folder.resolve("harness/target");
        List<String> jawa = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*", ThroughputWorker.class.getName());
        Path script = folder.resolve("harness/src/main/resources/dev/jawa/bench/throughput.mjs");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<Engine> node = Engine.available(folder, java).stream()
                .filter(engine -> engine.name().equals(Engine.REFERENCE)).toList();
        for (int round = 0; round < rounds; round++) {
            System.err.printf("%s, round %d of %d%n", module.getFileName(), round + 1, rounds);
            JsonNode own = JsonProcess.run(jawa, module.toString(), Double.toString(seconds));
            FIGURES.forEach(figure -> add(all, figure, JAWA, own.get(figure)));
            for (Engine engine : node) {
                JsonNode others = JsonProcess.run(List.of(engine.command().getFirst(), script.toString()),
                        module.toString(), Double.toString(seconds), packages.getParent().toString());
                add(all, "validate", Engine.REFERENCE, others.get("validate"));
                for (String figure : FIGURES.subList(1, FIGURES.size())) {
                    others.get(figure).properties().forEach(tool -> add(all, figure, tool.getKey(), tool.getValue()));
                }
            }
        }
        var medians = new LinkedHashMap<String, Map<String, Measure>>();
        all.forEach((figure, engines) -> medians.put(figure, engines.entrySet().stream().collect(Collectors.toMap(
                Map.Entry::getKey, entry -> median(entry.getValue()), (a, _) -> a, LinkedHashMap::new))));
        double megabytes = Files.size(module) / 1e6;
        String name = "%s (%.1f MB)".formatted(module.getFileName(), megabytes);
        results.put(name, medians);
        sizes.put(name, megabytes);
    }

    private static void add(Map<String, Map<String, List<Measure>>> all, String figure, String engine, JsonNode times) {
        all.computeIfAbsent(figure, _ -> new LinkedHashMap<>()).computeIfAbsent(engine, _ -> new ArrayList<>())
                .add(new Measure(times.get("first").asDouble(), times.get("steady").asDouble()));
    }

    private static Measure median(List<Measure> measures) {
        return new Measure(measures.stream().mapToDouble(Measure::first).sorted().skip(measures.size() / 2).findFirst()
                .orElseThrow(), measures.stream().mapToDouble(Measure::steady).sorted().skip(measures.size() / 2)
                .findFirst().orElseThrow());
    }

    private void print(String figure) {
        List<String> engines = results.values().stream().flatMap(medians -> medians.get(figure).keySet().stream())
                .distinct().toList();
        System.out.printf("%n%s, MB/s (first in a new process, warm)%n%-28s", figure, "");
        engines.forEach(engine -> System.out.printf("%20s", engine));
        System.out.println();
        results.forEach((module, medians) -> {
            System.out.printf("%-28s", module);
            for (String engine : engines) {
                Measure measure = medians.get(figure).get(engine);
                System.out.printf("%20s", measure == null ? "-" : "%.1f  %.1f".formatted(
                        sizes.get(module) * 1000 / measure.first(), sizes.get(module) * 1000 / measure.steady()));
            }
            System.out.println();
        });
    }
}

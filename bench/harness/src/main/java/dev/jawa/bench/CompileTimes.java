package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the time to compile a module grows with its size, over modules of npm from 27 KB to 35 MB. */
@Command(name = "bench/run compile", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Decodes and validates modules of npm, and translates all their functions to JVM code, each in a new "
                + "process: what a program pays once it has used every function.")
public final class CompileTimes implements Callable<Integer> {
    private static final List<String> MODULES = List.of("argon2-browser/dist/argon2.wasm", "source-map/lib/mappings.wasm",
            "vscode-oniguruma/release/onig.wasm", "sql.js/dist/sql-wasm.wasm",
            "brotli-wasm/pkg.node/brotli_wasm_bg.wasm", "@resvg/resvg-wasm/index_bg.wasm",
            "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm", "esbuild-wasm/esbuild.wasm", "z3-solver/build/z3-built.wasm");

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file.")
    private Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws time against size, both logarithmic.")
    private Path svg;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    /**
     * A module; times in milliseconds.
     *
     * @param module its file
     * @param megabytes its size
     * @param functions how many it defines
     * @param load decoding and validating
     * @param translate all functions, to JVM code
     */
    public record Row(String module, double megabytes, int functions, double load, double translate) {
        double total() {
            return load + translate;
        }
    }

    /** Runs the measurement. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new CompileTimes()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = bench.toAbsolutePath().normalize();
        var rows = new ArrayList<Row>();
        System.out.printf("%-24s%10s%11s%12s%15s%10s%n", "", "MB", "functions", "load, ms", "translate, ms", "MB/s");
        for (String file : MODULES) {
            Path module = folder.resolve("target/node/node_modules").resolve(file);
            if (Files.exists(module)) {
                Row row = measure(folder, module);
                rows.add(row);
                System.out.printf("%-24s%10.3f%11d%12.0f%15.0f%10.2f%n", row.module(), row.megabytes(), row.functions(),
                        row.load(), row.translate(), row.megabytes() * 1000 / row.total());
            }
        }
        if (rows.isEmpty()) {
            System.err.println("There are no modules: npm is missing or could not install.");
            return 1;
        }
        System.out.printf("From 0.4 MB on, time grows with the size to the power of %.2f.%n", exponent(rows));
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), rows);
        }
        if (svg != null) {
            Files.writeString(svg, Plot.logarithmic("Time to compile all of a module, by its size", "MB", "ms",
                    rows.stream().map(row -> new Plot.Point(row.module(), row.megabytes(), row.total())).toList()));
        }
        return 0;
    }

    private Row measure(Path folder, Path module) throws IOException, InterruptedException {
        Path target = folder.resolve("harness/target");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*", CompileWorker.class.getName());
        var runs = new ArrayList<Row>();
        for (int round = 0; round < rounds; round++) {
            JsonNode times = JsonProcess.run(command, module.toString());
            runs.add(new Row(module.getFileName().toString(), Files.size(module) / 1e6, times.get("functions").asInt(),
                    times.get("load").asDouble(), times.get("translate").asDouble()));
        }
        runs.sort(Comparator.comparingDouble(Row::total));
        return runs.get(runs.size() / 2);
    }

    /** The slope of the line through the logarithms, by least squares; small modules show how the process warms up. */
    private static double exponent(List<Row> rows) {
        List<Row> large = rows.stream().filter(row -> row.megabytes() > 0.4).toList();
        double meanX = large.stream().mapToDouble(row -> Math.log(row.megabytes())).average().orElse(0);
        double meanY = large.stream().mapToDouble(row -> Math.log(row.total())).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (Row row : large) {
            double x = Math.log(row.megabytes()) - meanX;
            products += x * (Math.log(row.total()) - meanY);
            squares += x * x;
        }
        return products / squares;
    }
}

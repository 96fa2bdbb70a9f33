package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Runs programs on all engines, one process each, in turn: the options of that, and how it goes. */
final class Comparison {
    @Option(names = "--programs", paramLabel = "REGEX", description = "Only programs in whose name it is found.")
    private Pattern programs = Pattern.compile("");

    @Option(names = "--engines", paramLabel = "REGEX",
            description = "Only engines in whose name it is found, and the reference.")
    private Pattern engines = Pattern.compile("");

    @Option(names = "--reference", paramLabel = "NAME",
            description = "The engine that the others are compared with; default ${DEFAULT-VALUE}.")
    private String reference = Engine.REFERENCE;

    @Option(names = "--seconds",
            description = "How long each process runs the program, in time of its thread; default ${DEFAULT-VALUE}.")
    private double seconds = 4;

    @Option(names = "--rounds", description = "How many processes for each; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--timeout", paramLabel = "SECONDS",
            description = "After how long a process is ended, which is a failure; default ${DEFAULT-VALUE}.")
    private long timeout = 180;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to a file.")
    private Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the ratios of the steady state.")
    private Path svg;

    @Option(names = "--bench", hidden = true)
    private Path bench = Path.of("bench");

    /** The folder of the benchmarks. */
    Path folder() {
        return bench.toAbsolutePath().normalize();
    }

    /** Measures, prints, and writes the files that were asked for; gives the exit code. */
    int run(List<Program> all) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        new Launcher(folder(), java).prepare();
        List<Engine> chosen = chosenEngines(java);
        var results = new Results(reference, chosen.stream().map(Engine::name).toList());
        List<Program> some = all.stream().filter(program -> programs.matcher(program.name()).find()).toList();
        if (some.isEmpty()) {
            System.err.println("There are no such programs.");
            return 1;
        }
        for (Program program : some) {
            add(results, program, chosen);
            System.err.println(results.line(program.name()));
            if (json != null) {
                // After each: what there is of a run that is broken off is of use.
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), results.outcomes());
            }
        }
        System.out.println("\nRatios to " + reference + ", whose own figures stand before them; = geometric means");
        System.out.print(results.tables(Figure.ALL));
        System.out.print(results.remarks());
        if (svg != null) {
            Files.writeString(svg, Plot.ratios("Ratio to " + reference + "; less is better", Figure.ALL.stream()
                    .map(figure -> new Plot.Panel(figure.title(), results.ratios(figure), results.means(figure))).toList()));
        }
        return results.failures() > 0 ? 1 : 0;
    }

    private void add(Results results, Program program, List<Engine> chosen) throws InterruptedException, IOException {
        try {
            program.recipe().make();
        } catch (IOException e) {
            results.addFailure(program.name() + " FAILED: " + e.getMessage());
            return;
        }
        results.add(program.group(), program.name(), measure(program, chosen.stream()
                .filter(engine -> engine.kinds().contains(program.kind())).toList()));
    }

    /** The reference first: what it cannot run is left out. */
    private List<Engine> chosenEngines(Path java) {
        List<Engine> available = Engine.available(folder(), java);
        var chosen = new ArrayList<>(available.stream().filter(engine -> engine.name().equals(reference)).toList());
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("there is no engine " + reference);
        }
        available.stream().filter(engine -> !chosen.contains(engine) && engines.matcher(engine.name()).find())
                .forEach(chosen::add);
        return chosen;
    }

    private Map<String, Outcome> measure(Program program, List<Engine> chosen) throws IOException, InterruptedException {
        var runs = new LinkedHashMap<String, List<Measurement>>();
        var outcomes = new LinkedHashMap<String, Outcome>();
        for (int round = 0; round < rounds; round++) {
            for (Engine engine : chosen) {
                if (outcomes.containsKey(engine.name())) {
                    continue;
                }
                switch (Measurement.of(engine, program, seconds, timeout)) {
                    case Measurement measurement ->
                            runs.computeIfAbsent(engine.name(), _ -> new ArrayList<>()).add(measurement);
                    case Outcome.Failed failed -> outcomes.put(engine.name(), failed);
                }
                if (outcomes.containsKey(reference)) {
                    break;
                }
            }
        }
        runs.forEach((engine, measurements) -> outcomes.putIfAbsent(engine, Measurement.median(measurements)));
        return outcomes;
    }
}

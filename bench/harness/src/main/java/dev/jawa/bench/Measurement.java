package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a worker gave; times in milliseconds.
 *
 * @param load compiling, and instantiating if that is done once
 * @param first from the start of the process to the result of the first run
 * @param steady the median of the last quarter of the runs, in time of the processor
 * @param peak the most memory, in MiB
 * @param instantiation the median of the last quarter of the instantiations, 0 if there were none
 * @param answers what the program gave: more than one if not always the same
 */
record Measurement(double load, double first, double steady, double peak, double instantiation, Set<String> answers)
        implements Outcome {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a program in a new process of an engine. */
    static Outcome of(Engine engine, Program program, double seconds, long timeout)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(engine.command());
        command.addAll(program.arguments());
        command.add(Double.toString(seconds));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var killer = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(timeout, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException _) {
                // The process has ended.
            }
        });
        long first = 0;
        String figures = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(Worker.FIRST)) {
                    first = System.nanoTime() - start;
                } else if (line.startsWith("{")) {
                    figures = line;
                }
            }
        }
        int code = process.waitFor();
        killer.interrupt();
        if (code != 0 || figures.isEmpty()) {
            boolean late = System.nanoTime() - start > timeout * 1e9;
            return new Outcome.Failed(late ? "did not end within " + timeout + " s"
                    : "the process ended with exit code " + code);
        }
        return parse(JSON.readTree(figures), first / 1e6);
    }

    static Outcome parse(JsonNode json, double first) {
        if (json.has("error")) {
            return new Outcome.Failed(json.get("error").asText());
        }
        Set<String> answers = new LinkedHashSet<>();
        json.get("answers").forEach(answer -> answers.add(answer.asText()));
        return new Measurement(json.get("load").asDouble() / 1e6, first, steady(json.get("times")),
                json.get("peak").asDouble() / 1024, steady(json.get("instantiations")), answers);
    }

    private static double steady(JsonNode nanoseconds) {
        double[] times = nanoseconds.valueStream().mapToDouble(time -> time.asDouble() / 1e6).toArray();
        return times.length == 0 ? 0 : median(Arrays.copyOfRange(times, times.length * 3 / 4, times.length));
    }

    /** The median of each figure, and all answers. */
    static Measurement median(List<Measurement> runs) {
        Set<String> answers = new LinkedHashSet<>();
        runs.forEach(run -> answers.addAll(run.answers()));
        return new Measurement(median(runs, Measurement::load), median(runs, Measurement::first),
                median(runs, Measurement::steady), median(runs, Measurement::peak),
                median(runs, Measurement::instantiation), answers);
    }

    private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
        return median(runs.stream().mapToDouble(figure).toArray());
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

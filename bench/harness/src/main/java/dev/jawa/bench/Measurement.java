package dev.jawa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a worker gave; times in milliseconds.
 *
 * @param load compiling and instantiating
 * @param first the first call
 * @param steady the median of the last quarter of the calls
 * @param peak the most memory, in MiB
 * @param result what the program gave
 */
record Measurement(double load, double first, double steady, double peak, int result) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long GRACE_SECONDS = 60;

    /** Runs a program in a new process of an engine; nothing if that fails, which is said on stderr. */
    static Optional<Measurement> of(Engine engine, Program program, double seconds)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(engine.command());
        command.addAll(List.of(program.module().toString(), program.name(), Integer.toString(program.argument()),
                Double.toString(seconds)));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var killer = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor((long) seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException _) {
                // The process has ended.
            }
        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        killer.interrupt();
        if (code != 0 || !output.contains("{")) {
            System.err.println(engine.name() + " failed on " + program.name() + " with exit code " + code);
            return Optional.empty();
        }
        return Optional.of(parse(JSON.readTree(output.substring(output.indexOf('{')))));
    }

    private static Measurement parse(JsonNode json) {
        double[] times = new double[json.get("times").size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = json.get("times").get(i).asDouble() / 1e6;
        }
        double first = json.get("first").asDouble() / 1e6;
        double[] last = Arrays.copyOfRange(times, times.length * 3 / 4, times.length);
        double steady = last.length == 0 ? first : median(last);
        return new Measurement(json.get("load").asDouble() / 1e6, first, steady,
                json.get("peak").asDouble() / 1024, json.get("result").asInt());
    }

    /** From the start of loading to the first result. */
    static ToDoubleFunction<Measurement> firstAnswer() {
        return measurement -> measurement.load() + measurement.first();
    }

    /** The median of each figure. */
    static Measurement median(List<Measurement> runs) {
        return new Measurement(median(runs, Measurement::load), median(runs, Measurement::first),
                median(runs, Measurement::steady), median(runs, Measurement::peak), runs.getFirst().result());
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

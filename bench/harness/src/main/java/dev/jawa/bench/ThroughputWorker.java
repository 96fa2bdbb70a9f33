package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.WebAssembly;
import dev.jawa.text.Wat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Validates, prints and parses one module again and again, in a process of its own: {@code ThroughputWorker MODULE SECONDS}.
 * {@code throughput.mjs} does the same on Node.
 */
final class ThroughputWorker {
    private ThroughputWorker() {
    }

    /** What is measured; its result keeps HotSpot from leaving it out. */
    @FunctionalInterface
    private interface Work {
        long run();
    }

    /** Prints the milliseconds of each operation as JSON, and how many bytes it works on. */
    public static void main(String... arguments) throws Exception {
        byte[] binary = Files.readAllBytes(Path.of(arguments[0]));
        double seconds = Double.parseDouble(arguments[1]);
        var results = new LinkedHashMap<String, Object>();
        results.put("validate", measure(seconds, () -> WebAssembly.validate(binary) ? 1 : 0));
        String text = Wat.print(binary);
        results.put("print", measure(seconds, () -> Wat.print(binary).length()));
        results.put("parse", measure(seconds, () -> Wat.encode(text).length));
        results.put("bytes", binary.length);
        results.put("characters", text.length());
        System.out.println(new ObjectMapper().writeValueAsString(results));
    }

    private static Map<String, Double> measure(double seconds, Work work) {
        List<Double> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (times.size() < 3 || System.nanoTime() < end) {
            long before = System.nanoTime();
            if (work.run() == 0) {
                throw new IllegalStateException("the module is invalid");
            }
            times.add((System.nanoTime() - before) / 1e6);
        }
        double first = times.getFirst();
        // Warm: the later half.
        List<Double> warm = times.subList(times.size() / 2, times.size());
        Collections.sort(warm);
        return Map.of("first", first, "steady", warm.get(warm.size() / 2));
    }
}

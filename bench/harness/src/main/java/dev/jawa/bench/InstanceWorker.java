package dev.jawa.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What runs in the process of an engine to measure how many instances it makes: loads a module, then gets an instance in
 * each of the engine's ways, and uses it once, again and again. Prints the rates as a line of JSON. The Node worker does
 * the same.
 */
public final class InstanceWorker {
    private static final int BATCH = 20;

    /** An engine under test. */
    public interface Engine {
        /** Compiles a module; gives the ways to get an instance of it, each of which calls its export {@code use}. */
        Map<String, Way> load(byte[] wasm) throws Exception;
    }

    /** Gets an instance in its initial state and calls an export of it. */
    @FunctionalInterface
    public interface Way {
        /** Gives what the export gives. */
        int use(int argument) throws Exception;
    }

    private InstanceWorker() {
    }

    /**
     * Measures.
     *
     * @param arguments file, seconds for each way
     */
    public static void run(Engine engine, String... arguments) throws Exception {
        Map<String, Way> ways = engine.load(Files.readAllBytes(Path.of(arguments[0])));
        double seconds = Double.parseDouble(arguments[1]);
        var rates = new StringJoiner(",", "{", "}");
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            rate(way.getValue(), seconds);
            rates.add("\"" + way.getKey() + "\":" + rate(way.getValue(), seconds));
        }
        System.out.println(rates);
    }

    private static double rate(Way way, double seconds) throws Exception {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long count = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                int expected = (32 + i) * 5 + 3;
                if (way.use(i) != expected) {
                    throw new IllegalStateException("an instance that is not in its initial state");
                }
            }
            count += BATCH;
        }
        return count * 1e9 / (System.nanoTime() - start);
    }
}

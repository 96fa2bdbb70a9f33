package dev.jawa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs in the process of an engine: loads a module, calls one export again and again, and prints what it measured
 * as a line of JSON. The Node worker does the same.
 */
public final class Worker {
    /** An engine under test. */
    public interface Engine {
        /** Compiles and instantiates a module without imports. */
        Kernel load(byte[] wasm) throws Exception;
    }

    /** A loaded module. */
    public interface Kernel {
        /** Calls an export of type {@code (i32) -> i32}. */
        int call(String export, int argument) throws Exception;
    }

    private Worker() {
    }

    /**
     * Measures.
     *
     * @param arguments file, export, argument, seconds
     */
    public static void run(Engine engine, String... arguments) throws Exception {
        byte[] wasm = Files.readAllBytes(Path.of(arguments[0]));
        String export = arguments[1];
        int argument = Integer.parseInt(arguments[2]);
        long nanos = (long) (Double.parseDouble(arguments[3]) * 1e9);

        long start = System.nanoTime();
        Kernel kernel = engine.load(wasm);
        long loaded = System.nanoTime();
        int result = kernel.call(export, argument);
        long first = System.nanoTime();

        List<Long> times = new ArrayList<>();
        for (long end = first + nanos; System.nanoTime() < end;) {
            long before = System.nanoTime();
            int again = kernel.call(export, argument);
            times.add(System.nanoTime() - before);
            if (again != result) {
                throw new IllegalStateException(export + " gave " + result + ", then " + again);
            }
        }
        System.out.println("{\"load\":" + (loaded - start) + ",\"first\":" + (first - loaded) + ",\"result\":" + result
                + ",\"peak\":" + peakKilobytes() + ",\"times\":" + times + "}");
    }

    /** The most memory that the process has had, where the system tells; else 0. */
    private static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}

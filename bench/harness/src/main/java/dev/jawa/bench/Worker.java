package dev.jawa.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What runs in the process of an engine: loads a program, runs it again and again, and prints what it measured as a line
 * of JSON, after a line when the first run has ended. The Node worker does the same.
 */
public final class Worker {
    /** Few, so that a program that takes long is not run for minutes; with the first there is one before and one after. */
    private static final int FEWEST_RUNS = 2;
    /** For how much of the time instances are made; and how many between two looks at the clock. */
    private static final int PART = 10;
    private static final int BATCH = 20;
    /** The line that says that the first run has ended. */
    static final String FIRST = "first";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** An engine under test. */
    public interface Engine {
        /** Compiles and instantiates a module without imports. */
        Kernel load(byte[] wasm) throws Exception;

        /** Compiles a program for WASI preview 1. */
        default CommandRun.Command command(byte[] wasm) throws Exception {
            throw new UnsupportedOperationException("no programs for WASI");
        }
    }

    /** A loaded module. */
    public interface Kernel {
        /** Calls an export of type {@code (i32) -> i32}. */
        int call(String export, int argument) throws Exception;

        /** Makes another instance of the same compiled module. */
        default void instantiate() throws Exception {
            throw new UnsupportedOperationException("no further instances");
        }
    }

    /** What is run again and again. */
    interface Task {
        /** Runs it once. */
        Run run() throws Exception;

        /** How long it took to make an instance, again and again: during the runs, or else now for about the given time. */
        List<Long> instantiations(long nanoseconds) throws Exception;
    }

    /**
     * One run.
     *
     * @param nanoseconds of the processor, in the part that is measured
     * @param answer what the program gave, to be compared with that of other engines
     */
    record Run(long nanoseconds, String answer) {
    }

    private Worker() {
    }

    /**
     * Measures.
     *
     * @param arguments {@code kernel}, file, export, argument, seconds; or {@code command}, file, seconds
     */
    public static void run(Engine engine, String... arguments) {
        try {
            System.out.println(measure(engine, arguments));
        } catch (Exception | Error e) {
            System.out.println("{\"error\":" + quote(e.toString()) + "}");
        }
    }

    /** The time that this thread has had of the processor: others on the machine do not lengthen it. */
    static long cpuTime() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static String measure(Engine engine, String... arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        byte[] wasm = Files.readAllBytes(file);
        long nanoseconds = (long) (Double.parseDouble(arguments[arguments.length - 1]) * 1e9);

        long start = System.nanoTime();
        Task task = switch (arguments[0]) {
            case "kernel" -> new KernelTask(engine.load(wasm), arguments[2], Integer.parseInt(arguments[3]));
            case "command" -> new CommandRun(engine.command(wasm), file);
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        long loaded = System.nanoTime();
        Set<String> answers = new LinkedHashSet<>(List.of(task.run().answer()));
        System.out.println(FIRST);

        List<Long> times = new ArrayList<>();
        for (long end = cpuTime() + nanoseconds; cpuTime() < end || times.size() < FEWEST_RUNS;) {
            Run run = task.run();
            times.add(run.nanoseconds());
            answers.add(run.answer());
        }
        long peak = peakKilobytes();
        return "{\"load\":" + (loaded - start) + ",\"answers\":" + answers.stream().map(Worker::quote).collect(Collectors.joining(",", "[", "]")) + ",\"peak\":" + peak
                + ",\"times\":" + times + ",\"instantiations\":" + task.instantiations(nanoseconds / PART) + "}";
    }

    private record KernelTask(Kernel kernel, String export, int argument) implements Task {
        @Override
        public Run run() throws Exception {
            long before = cpuTime();
            int result = kernel.call(export, argument);
            return new Run(cpuTime() - before, Integer.toString(result));
        }

        @Override
        public List<Long> instantiations(long nanoseconds) throws Exception {
            var times = new ArrayList<Long>();
            for (long end = System.nanoTime() + nanoseconds; System.nanoTime() < end;) {
                long before = System.nanoTime();
                for (int i = 0; i < BATCH; i++) {
                    kernel.instantiate();
                }
                times.add((System.nanoTime() - before) / BATCH);
            }
            return times;
        }
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + "\"";
    }

    /** The most memory that the process has had, where the system tells; else 0. */
    static long peakKilobytes() throws IOException {
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

package dev.jawa.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs of a program for WASI preview 1, each a new instance of one compiled module. What is measured is the time between
 * its calls of {@code bench.start} and {@code bench.end} if it imports those, else all of {@code _start}.
 */
public final class CommandRun implements Worker.Task {
    /** A compiled program. */
    public interface Command {
        /** Makes an instance of it, with all that it imports. */
        Instance instantiate(Surroundings surroundings) throws Exception;
    }

    /** An instance of a program. */
    public interface Instance {
        /**
         * Runs it to its end.
         *
         * @return its exit code
         */
        int run() throws Exception;
    }

    /**
     * What a program is given.
     *
     * @param name its first argument
     * @param folder the directory {@code .}
     * @param output standard output
     * @param error standard error
     * @param stopwatch whose {@link Stopwatch#start} and {@link Stopwatch#end} are the imports of {@code bench}
     */
    public record Surroundings(String name, Path folder, OutputStream output, OutputStream error, Stopwatch stopwatch) {
    }

    /** Measures the part of a run that a program marks. */
    public static final class Stopwatch {
        private long started;
        private long total;
        private boolean marked;

        private Stopwatch() {
        }

        /** The measured part begins. */
        public void start() {
            marked = true;
            started = Worker.cpuTime();
        }

        /** The measured part ends. */
        public void end() {
            total += Worker.cpuTime() - started;
        }
    }

    private final Command command;
    private final Path file;
    // Files, as Node's WASI writes to nothing else.
    private final Path output = temporaryFile();
    private final Path error = temporaryFile();
    private final List<Long> instantiations = new ArrayList<>();

    CommandRun(Command command, Path file) throws IOException {
        this.command = command;
        this.file = file;
    }

    private static Path temporaryFile() throws IOException {
        Path file = Files.createTempFile("bench", ".out");
        file.toFile().deleteOnExit();
        return file;
    }

    @Override
    public Worker.Run run() throws Exception {
        var stopwatch = new Stopwatch();
        int code;
        long before;
        long after;
        try (OutputStream out = Files.newOutputStream(output); OutputStream err = Files.newOutputStream(error)) {
            long start = System.nanoTime();
            Instance instance = command.instantiate(
                    new Surroundings(file.getFileName().toString(), file.getParent(), out, err, stopwatch));
            instantiations.add(System.nanoTime() - start);
            before = Worker.cpuTime();
            code = instance.run();
            after = Worker.cpuTime();
        }
        if (code != 0) {
            List<String> lines = Files.readString(error).lines().toList();
            throw new IllegalStateException("exit code " + code + (lines.isEmpty() ? "" : ": " + lines.getLast()));
        }
        return new Worker.Run(stopwatch.marked ? stopwatch.total : after - before, answer(Files.readAllBytes(output)));
    }

    @Override
    public List<Long> instantiations(long nanoseconds) {
        return instantiations;
    }

    /** Tells outputs apart; as the Node worker does. */
    private static String answer(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return bytes.length + " bytes, SHA-256 " + HexFormat.of().formatHex(digest, 0, 8);
    }
}

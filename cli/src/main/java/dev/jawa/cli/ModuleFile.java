package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.text.Wat;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files that are given on the command line. */
final class ModuleFile {
    private ModuleFile() {
    }

    /** Complains about a file that is not there, as a mistake in the command line. */
    static void requireExists(Path file) {
        if (isStandardInput(file)) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a directory");
        }
        if (!Files.isReadable(file)) {
            String reason = Files.exists(file) ? "permission denied" : "no such file";
            throw new UsageException(file + ": " + reason);
        }
    }

    /** The bytes of a file that is there, or of the standard input if it is {@code -}. */
    static byte[] read(Path file) {
        requireExists(file);
        try {
            return isStandardInput(file) ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FailureException(Failures.describe(e));
        }
    }

    /**
     * The binary of a module in a file, which may be a text too.
     *
     * @throws CompileError if it is a text that is malformed
     */
    static byte[] readModule(Path file) {
        byte[] bytes = read(file);
        return isText(file, bytes) ? Wat.encode(Wat.parse(file.toString(), bytes)) : bytes;
    }

    /** Writes to a file, or to the standard output if there is none or it is {@code -}. */
    static void write(Optional<Path> file, byte[] bytes, Jawa jawa) {
        if (file.isEmpty() || file.get().toString().equals("-")) {
            jawa.out().writeBytes(bytes);
            jawa.out().flush();
            return;
        }
        try {
            Files.write(file.get(), bytes);
        } catch (IOException e) {
            throw new FailureException(Failures.describe(e));
        }
    }

    /** What writes a text. */
    @FunctionalInterface
    interface TextSource {
        void writeTo(Writer target) throws IOException;
    }

    /** As {@link #write(Optional, byte[], Jawa)}, with a text that may be too long to be held in memory. */
    static void write(Optional<Path> file, Jawa jawa, TextSource text) {
        boolean standardOutput = file.isEmpty() || file.get().toString().equals("-");
        try (OutputStream target = standardOutput ? new Kept(jawa.out()) : Files.newOutputStream(file.get());
                var writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8))) {
            text.writeTo(writer);
        } catch (IOException e) {
            throw new FailureException(Failures.describe(e));
        }
    }

    /** A stream that stays open when this is closed. */
    private static final class Kept extends FilterOutputStream {
        Kept(OutputStream kept) {
            super(kept);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Whether a file is meant to be run as a module. */
    static boolean isModule(Path file) {
        return file.toString().endsWith(".wasm") || file.toString().endsWith(".wat") || isStandardInput(file);
    }

    private static boolean isStandardInput(Path file) {
        return file.toString().equals("-");
    }

    /** Whether bytes are meant as a binary: every one begins with a zero byte, and no text does. */
    static boolean isBinary(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 0;
    }

    // By its name, or by its first character, since a parenthesis or a comment begins nothing else.
    private static boolean isText(Path file, byte[] bytes) {
        if (bytes.length == 0 || isBinary(bytes)) {
            return bytes.length == 0 && file.toString().endsWith(".wat");
        }
        if (file.toString().endsWith(".wat") || isStandardInput(file)) {
            return true;
        }
        int first = 0;
        while (first < bytes.length - 1 && Character.isWhitespace(bytes[first])) {
            first++;
        }
        return bytes[first] == '(' || bytes[first] == ';';
    }

    /** An error with the file in front, unless its message names the file already; with its place if it is a text. */
    static String describe(Path file, CompileError error) {
        String message = located(file, error).getMessage();
        return message.startsWith(file + ":") ? message : file + ": " + message;
    }

    private static CompileError located(Path file, CompileError error) {
        if (error.function().isEmpty() || isStandardInput(file)) {
            return error;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return isText(file, bytes) ? Wat.locate(file.toString(), bytes, error) : error;
        } catch (IOException _) {
            // It was there before; what is known of the error is enough.
            return error;
        }
    }
}

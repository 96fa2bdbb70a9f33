package dev.jawa.js;

import dev.jawa.js.JsHost.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that has run: what it printed, what it reported, how it ended. */
record Run(int exitCode, String output, String error) {

    /** Runs a file. */
    static Run file(Path file, Mode mode, String... arguments) {
        var output = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        int exitCode = JsHost.builder()
                .output(new PrintStream(output, true, StandardCharsets.UTF_8))
                .error(new PrintStream(error, true, StandardCharsets.UTF_8))
                .arguments(List.of(arguments))
                .permissions(Permissions.all())
                .build()
                .run(file, mode);
        return new Run(exitCode, output.toString(StandardCharsets.UTF_8), error.toString(StandardCharsets.UTF_8));
    }

    /** Runs an ES module that is written into a folder. */
    static Run module(Path folder, String source) {
        try {
            return file(Files.writeString(folder.resolve("main.mjs"), source), Mode.MODULE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The output of a program that must have ended well, by lines. */
    List<String> lines() {
        if (exitCode != 0 || !error.isEmpty()) {
            throw new AssertionError("exit code " + exitCode + "\n" + error + "\nafter\n" + output);
        }
        return output.lines().toList();
    }
}

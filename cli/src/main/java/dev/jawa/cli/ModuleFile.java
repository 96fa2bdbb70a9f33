package dev.jawa.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Files that are given on the command line. */
final class ModuleFile {
    private ModuleFile() {
    }

    /** Complains about a file that is not there, as a mistake in the command line. */
    static void requireExists(Path file, CommandLine command) {
        if (Files.isDirectory(file)) {
            throw new ParameterException(command, file + " is a directory");
        }
        if (!Files.isReadable(file)) {
            String reason = Files.exists(file) ? "permission denied" : "no such file";
            throw new ParameterException(command, file + ": " + reason);
        }
    }

    /** The bytes of a file that is there. */
    static byte[] read(Path file, CommandLine command) {
        requireExists(file, command);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FailureException(Failures.describe(e));
        }
    }
}

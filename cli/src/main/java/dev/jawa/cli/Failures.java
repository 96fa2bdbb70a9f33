package dev.jawa.cli;

import dev.jawa.RuntimeError;
import dev.jawa.WebAssemblyException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** How errors look on the terminal. */
final class Failures {
    // The frames of a runaway recursion are many and all the same.
    private static final int SHOWN_FRAMES = 30;

    private Failures() {
    }

    /** An error in a message, followed by the WebAssembly functions that were running if it is a trap. */
    static void print(Throwable error, PrintStream err) {
        switch (error) {
            case RuntimeError trap -> {
                err.println(describe(trap));
                trap.frames().stream().limit(SHOWN_FRAMES).forEach(frame -> err.println("    at " + frame));
                if (trap.frames().size() > SHOWN_FRAMES) {
                    err.println("    ... " + (trap.frames().size() - SHOWN_FRAMES) + " more");
                }
            }
            case FailureException failure -> err.println("jawa: " + failure.getMessage());
            default -> err.println("jawa: " + describe(error));
        }
    }

    /** An error in a line. */
    static String describe(Throwable error) {
        return switch (error) {
            case WebAssemblyException ours -> ours.getClass().getSimpleName() + ": " + ours.getMessage();
            case IOException unreadable -> describe(unreadable);
            default -> error.toString();
        };
    }

    private static String describe(IOException error) {
        return switch (error) {
            case NoSuchFileException _ -> error.getMessage() + ": no such file";
            case AccessDeniedException _ -> error.getMessage() + ": permission denied";
            default -> error.getMessage() == null ? error.toString() : error.getMessage();
        };
    }
}

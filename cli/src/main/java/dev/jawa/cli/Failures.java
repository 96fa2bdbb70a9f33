package dev.jawa.cli;

import dev.jawa.RuntimeError;
import dev.jawa.WebAssemblyException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;

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
                trap.frames().stream().limit(SHOWN_FRAMES)
                        .forEach(frame -> err.println("    at " + printableLine(frame.toString())));
                if (trap.frames().size() > SHOWN_FRAMES) {
                    err.println("    ... " + (trap.frames().size() - SHOWN_FRAMES) + " more");
                }
            }
            case FailureException failure -> err.println("jawa: " + printable(failure.getMessage()));
            default -> err.println("jawa: " + describe(error));
        }
    }

    /** A text in which there are no commands for the terminal; a module's names may be anything. */
    static String printable(String text) {
        return text.lines().map(Failures::printableLine).collect(Collectors.joining("\n"));
    }

    private static String printableLine(String text) {
        return text.codePoints().collect(StringBuilder::new, (all, character) -> {
            boolean harmless = (character == '\t' || !Character.isISOControl(character))
                    && Character.getType(character) != Character.FORMAT
                    && Character.getType(character) != Character.SURROGATE;
            all.append(harmless ? Character.toString(character) : "\\u{%x}".formatted(character));
        }, StringBuilder::append).toString();
    }

    /** An error in a line. */
    static String describe(Throwable error) {
        return switch (error) {
            case WebAssemblyException ours ->
                ours.getClass().getSimpleName() + ": "
                        + printable(ours.getMessage());
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

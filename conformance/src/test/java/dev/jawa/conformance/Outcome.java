package dev.jawa.conformance;

import dev.jawa.CompileError;
import dev.jawa.WebAssemblyException;

/** What became of one command of a test script. */
sealed interface Outcome {
    /** What the engine's messages about gaps that are known to it begin with. */
    String UNSUPPORTED = "not supported yet:";

    /** The engine did what the script asks for. */
    Outcome PASSED = new Passed();

    /** Only a parser of the text format can judge the command. */
    Outcome TEXT_ONLY = new TextOnly();

    /** See {@link #PASSED}. */
    record Passed() implements Outcome {
    }

    /** See {@link #TEXT_ONLY}. */
    record TextOnly() implements Outcome {
    }

    /** The engine did something else. */
    record Failed(String reason) implements Outcome {
    }

    /** The engine said that it cannot do this yet. */
    record Unsupported(String reason) implements Outcome {
    }

    /** Whether an error is the engine's word for a gap that it knows. */
    static boolean isUnsupported(Throwable error) {
        return error instanceof WebAssemblyException && message(error).startsWith(UNSUPPORTED);
    }

    private static String message(Throwable error) {
        return error instanceof CompileError compileError ? compileError.reason() : error.getMessage();
    }

    /** What an error that the script did not ask for means. */
    static Outcome of(Throwable error) {
        if (error instanceof UnavailableException unavailable) {
            return unavailable.outcome();
        }
        return isUnsupported(error) ? new Unsupported(message(error).substring(UNSUPPORTED.length()).strip())
                : new Failed("unexpected " + describe(error));
    }

    /** An error in one line, with the place it came from if it is none of the engine's own. */
    static String describe(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        String summary = error.toString().lines().findFirst().orElseThrow();
        return error instanceof WebAssemblyException || trace.length == 0 ? summary : summary + " at " + trace[0];
    }
}

package dev.jawa.text.script;

import dev.jawa.WebAssemblyException;

/** What became of a command. */
public sealed interface Outcome {
    /** The engine did what the script asks for. */
    Outcome PASSED = new Passed();

    /** See {@link #PASSED}. */
    record Passed() implements Outcome {
    }

    /**
     * The engine did something else.
     *
     * @param reason what it did, and what was expected
     */
    record Failed(String reason) implements Outcome {
    }

    /** An error that the script did not ask for. */
    static Outcome of(Throwable error) {
        return error instanceof UnavailableException unavailable ? unavailable.outcome()
                : new Failed("unexpected " + describe(error));
    }

    // One of ours says all there is to say; any other is a bug, whose place helps.
    private static String describe(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return error instanceof WebAssemblyException || trace.length == 0
                ? error.getClass().getSimpleName() + ": " + error.getMessage() : error + " at " + trace[0];
    }

    /**
     * The outcome of a command.
     *
     * @param command the command
     * @param outcome what became of it
     */
    record Result(Command command, Outcome outcome) {
        /** Whether the command passed. */
        public boolean passed() {
            return outcome instanceof Passed;
        }

        /** The line, the command and, if it failed, the reason. */
        @Override
        public String toString() {
            String place = command.line() + ": " + command.keyword();
            return outcome instanceof Failed(String reason) ? place + ": " + reason : place;
        }
    }
}

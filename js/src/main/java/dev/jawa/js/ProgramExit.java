package dev.jawa.js;

/** Ends a program at once: {@code process.exit}. No JavaScript can catch it. */
final class ProgramExit extends Error {
    private static final long serialVersionUID = 1L;

    private final int code;

    ProgramExit(int code) {
        super("process.exit(" + code + ")", null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}

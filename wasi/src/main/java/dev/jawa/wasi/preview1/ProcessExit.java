package dev.jawa.wasi.preview1;

/** A program has ended itself. An {@link Error}, since no handler of the program's own may catch it. */
public final class ProcessExit extends Error {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** The end with a code. */
    public ProcessExit(int code) {
        super("exit code " + Integer.toUnsignedString(code), null, false, false);
        this.code = code;
    }

    /** The exit code. */
    public int code() {
        return code;
    }
}

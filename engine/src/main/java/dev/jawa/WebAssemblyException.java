package dev.jawa;

/**
 * What everything that goes wrong with WebAssembly is: the module ({@link CompileError}), its imports
 * ({@link LinkError}), its running ({@link RuntimeError}), or an exception it throws itself ({@link WasmException}).
 *
 * <p>All are unchecked. Jawa lets nothing else escape to its caller, but for what the caller's own host functions
 * throw, which arrives as it was thrown, and {@link NullPointerException} for a {@code null} where none is allowed.
 */
public abstract sealed class WebAssemblyException extends java.lang.RuntimeException
        permits CompileError, LinkError, RuntimeError, WasmException {
    private static final long serialVersionUID = 1L;

    WebAssemblyException(String message, Throwable cause, boolean writableStackTrace) {
        super(message, cause, true, writableStackTrace);
    }

    /** One that nobody can change, with nothing but a message. */
    WebAssemblyException(String message) {
        super(message, null, false, false);
    }
}

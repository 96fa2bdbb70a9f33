package dev.jawa;

import java.util.OptionalInt;

/**
 * A module is malformed or invalid, or passes a limit of the implementation.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/CompileError">MDN:
 *     WebAssembly.CompileError</a>
 */
public final class CompileError extends WebAssemblyException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int offset;
    private final int function;

    /** An error that has no place in the binary. */
    public CompileError(String message) {
        this(message, -1, -1);
    }

    /** The bytes of a module could not be had. */
    public CompileError(String message, Throwable cause) {
        super(message, cause, true);
        this.reason = message;
        this.offset = -1;
        this.function = -1;
    }

    /**
     * An error at a place.
     *
     * @param reason what is wrong
     * @param offset the byte in the module's binary, or -1
     * @param function the index of the function around it, or -1
     */
    public CompileError(String reason, int offset, int function) {
        super(describe(reason, offset, function), null, true);
        this.reason = reason;
        this.offset = offset;
        this.function = function;
    }

    private static String describe(String reason, int offset, int function) {
        if (offset < 0) {
            return reason;
        }
        String place = " at offset 0x" + Integer.toHexString(offset);
        return reason + (function < 0 ? place : place + " in function " + function);
    }

    /** What is wrong, without the place. */
    public String reason() {
        return reason;
    }

    /** The byte in the module's binary where it was seen. */
    public OptionalInt offset() {
        return offset < 0 ? OptionalInt.empty() : OptionalInt.of(offset);
    }

    /** The index of the function it is in. */
    public OptionalInt function() {
        return function < 0 ? OptionalInt.empty() : OptionalInt.of(function);
    }
}

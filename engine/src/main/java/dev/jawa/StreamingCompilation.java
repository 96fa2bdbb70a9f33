package dev.jawa;

import dev.jawa.validate.StreamingValidator;

/**
 * Compiles a module while its bytes arrive, in chunks of any size: what is complete is decoded and validated at once.
 *
 * <p>Not thread-safe. An error is thrown by the first call after the bytes that show it.
 */
public final class StreamingCompilation {
    private final StreamingValidator validator = new StreamingValidator();
    private final CompileOptions options;

    /** Begins with no bytes yet. */
    public StreamingCompilation() {
        this(CompileOptions.none());
    }

    /** Begins with no bytes yet. */
    public StreamingCompilation(CompileOptions options) {
        this.options = options;
    }

    /**
     * Takes more bytes.
     *
     * @throws CompileError if the module is already known to be malformed or invalid
     */
    public void push(byte[] bytes, int offset, int length) {
        validator.push(bytes, offset, length);
    }

    /**
     * Says that there are no more bytes.
     *
     * @throws CompileError if the module is malformed or invalid, or imports something else than what the options say
     */
    public Module finish() {
        return Module.of(validator.finish(), options);
    }

    /** Gives up: stops the work that is under way. */
    public void abort() {
        validator.abort();
    }
}

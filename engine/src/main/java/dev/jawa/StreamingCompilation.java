package dev.jawa;

import dev.jawa.validate.StreamingValidator;

/**
 * Compiles a module while its bytes arrive, in chunks of any size: what is complete is decoded and validated at once.
 *
 * <p>Not thread-safe. An error is thrown by the first call after the bytes that show it.
 */
public final class StreamingCompilation {
    private final StreamingValidator validator = new StreamingValidator();

    /** Begins with no bytes yet. */
    public StreamingCompilation() {
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
     * @throws CompileError if the module is malformed or invalid
     */
    public Module finish() {
        return Module.of(validator.finish());
    }

    /** Gives up: stops the work that is under way. */
    public void abort() {
        validator.abort();
    }
}

package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.model.ModuleModel;

/**
 * Decodes and validates a module while its bytes arrive: what is complete is checked at once, function bodies on
 * other cores meanwhile.
 *
 * <p>The error reported is the first in the module, the same for every way of cutting the bytes into chunks. After an
 * error every further call throws it again. Not thread-safe.
 */
public final class StreamingValidator {
    private final ModuleRules rules = new ModuleRules();
    private final ModuleDecoder decoder = new ModuleDecoder(rules);
    private CompileError failure;
    private boolean aborted;

    /**
     * Adds the next bytes of the module, which are copied.
     *
     * @throws CompileError if the module is malformed or invalid, as far as it is known
     */
    public void push(byte[] bytes, int offset, int length) {
        checkUsable();
        try {
            decoder.push(bytes, offset, length);
        } catch (CompileError error) {
            throw fail(error);
        }
    }

    /**
     * The module, after all of its bytes.
     *
     * @throws CompileError if the module is malformed or invalid
     */
    public ModuleModel finish() {
        checkUsable();
        try {
            ModuleModel module = decoder.finish();
            rules.finish();
            return module;
        } catch (CompileError error) {
            throw fail(error);
        }
    }

    /** Gives up: work that is under way ends soon. */
    public void abort() {
        aborted = true;
        rules.bodies().abort();
    }

    private void checkUsable() {
        if (failure != null) {
            throw failure;
        }
        if (aborted) {
            throw new IllegalStateException("aborted");
        }
    }

    // What the decoder met lies behind all bodies that it handed on: an error in one of those comes first.
    private CompileError fail(CompileError error) {
        failure = firstError(rules, error);
        rules.bodies().abort();
        return failure;
    }

    static CompileError firstError(ModuleRules rules, CompileError error) {
        try {
            rules.bodies().await();
            return error;
        } catch (CompileError earlier) {
            return earlier;
        }
    }
}

package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.model.ModuleModel;

/** Decodes and validates a module whose bytes are all there. */
public final class ModuleValidator {
    private ModuleValidator() {
    }

    /**
     * Decodes and validates a module.
     *
     * @param bytes are kept in the model, not copied, and not to be changed any more
     * @throws CompileError if the module is malformed or invalid, with the first error in the module
     */
    public static ModuleModel decode(byte[] bytes) {
        var rules = new ModuleRules();
        try {
            ModuleModel module = ModuleDecoder.decode(bytes, rules);
            rules.finish();
            return module;
        } catch (CompileError error) {
            CompileError first = StreamingValidator.firstError(rules, error);
            rules.bodies().abort();
            throw first;
        }
    }
}

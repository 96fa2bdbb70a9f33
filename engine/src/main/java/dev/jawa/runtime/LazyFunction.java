package dev.jawa.runtime;

import dev.jawa.model.DefinedType;

/**
 * A function in a table or a segment whose class nobody has needed yet: tables of thousands of functions are filled
 * without generating thousands of classes.
 */
public final class LazyFunction {
    private final ModuleInstance instance;
    private final int index;

    LazyFunction(ModuleInstance instance, int index) {
        this.instance = instance;
        this.index = index;
    }

    ModuleInstance instance() {
        return instance;
    }

    int index() {
        return index;
    }

    public FunctionInstance resolve() {
        return instance.function(index);
    }

    DefinedType definedType() {
        return instance.functionType(index);
    }
}

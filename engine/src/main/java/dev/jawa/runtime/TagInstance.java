package dev.jawa.runtime;

import dev.jawa.Tag;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;

/** A tag (core spec 4.2.10); its identity is what matters. */
public final class TagInstance implements Tag {
    private final DefinedType type;

    public TagInstance(DefinedType type) {
        this.type = type;
    }

    @Override
    public FunctionType type() {
        return (FunctionType) type.type();
    }

    public DefinedType definedType() {
        return type;
    }
}

package dev.jawa;

import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;

/**
 * The kind of a WebAssembly exception: what is thrown with a tag is caught by the same tag.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Tag">MDN:
 *     WebAssembly.Tag</a>
 */
public final class Tag implements Extern {
    private final DefinedType type;

    /** A new tag. The parameters of the type are the values it carries; it has no results. */
    public Tag(FunctionType type) {
        this(DefinedType.of(type));
    }

    Tag(DefinedType type) {
        this.type = type;
    }

    /** The values it carries. */
    public FunctionType type() {
        return (FunctionType) type.type();
    }

    DefinedType definedType() {
        return type;
    }
}

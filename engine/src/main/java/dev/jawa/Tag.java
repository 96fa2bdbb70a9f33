package dev.jawa;

import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.runtime.TagInstance;

/**
 * The kind of a WebAssembly exception: what is thrown with a tag is caught by the same tag.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Tag">MDN:
 *     WebAssembly.Tag</a>
 */
public sealed interface Tag extends Extern permits TagInstance {
    /** A new tag. The parameters of the type are the values it carries; it must have no results. */
    static Tag of(FunctionType type) {
        return new TagInstance(DefinedType.of(type));
    }

    /** The values it carries, as the parameters of a function without results. */
    FunctionType type();
}

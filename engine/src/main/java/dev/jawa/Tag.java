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

    /**
     * The tag of whatever host functions throw but {@link WasmException}: JavaScript calls it
     * {@code WebAssembly.JSTag}. Its one value is an {@code externref}, the {@link Throwable}. A module that imports it
     * can catch exceptions of the host and look at them by calling the host. What it throws with this tag arrives at
     * the host as that {@link Throwable} itself.
     *
     * <p>Without it WebAssembly catches exceptions of the host by {@code catch_all} only. {@link Error}s and traps it
     * never catches.
     *
     * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/JSTag_static">MDN:
     *     WebAssembly.JSTag</a>
     */
    static Tag host() {
        return TagInstance.HOST;
    }

    /** The values it carries, as the parameters of a function without results. */
    FunctionType type();
}

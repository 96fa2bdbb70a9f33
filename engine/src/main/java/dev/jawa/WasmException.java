package dev.jawa;

import dev.jawa.model.ValueType;
import dev.jawa.runtime.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * An exception of WebAssembly's own: thrown by its code and not caught there, or made by the host and thrown from a
 * host function, so that WebAssembly code can catch it by its tag.
 *
 * {@snippet :
 * Tag tooLarge = instance.exports().tag("too_large");
 * Imports.builder().function("env", "check", (int size) -> {
 *     if (size > 100) {
 *         throw new WasmException(tooLarge, size);
 *     }
 * });
 * }
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Exception">MDN:
 *     WebAssembly.Exception</a>
 */
public final class WasmException extends WebAssemblyException {
    private static final long serialVersionUID = 1L;

    private final transient Tag tag;
    private final transient List<Object> arguments;

    /**
     * An exception to throw.
     *
     * @param tag what kind it is
     * @param arguments one for each parameter of the tag's type, as for {@link Function#call(Object...)}
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if they do not fit
     */
    public WasmException(Tag tag, Object... arguments) {
        super("WebAssembly exception", null, true);
        this.tag = tag;
        this.arguments = converted(tag.type().parameters(), arguments);
    }

    private static List<Object> converted(List<ValueType> types, Object[] arguments) {
        if (arguments.length != types.size()) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "the tag's exceptions carry " + types.size()
                    + " values, not " + arguments.length);
        }
        var converted = new ArrayList<Object>(arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            converted.add(Values.convert(types.get(i), arguments[i]));
        }
        return Collections.unmodifiableList(converted);
    }

    /** What kind of exception it is. */
    public Tag tag() {
        return tag;
    }

    /** Whether it is of this kind. */
    public boolean is(Tag tag) {
        return this.tag == tag;
    }

    /** The values it carries, boxed. */
    public List<Object> arguments() {
        return arguments;
    }

    /**
     * One of the values it carries.
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException if it carries fewer
     */
    public Object argument(int index) {
        return arguments.get(Objects.checkIndex(index, arguments.size()));
    }
}

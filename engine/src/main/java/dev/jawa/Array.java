package dev.jawa;

import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.runtime.aggregate.ArrayInstance;

/**
 * An array of WebAssembly's garbage-collected heap. Like a {@link Struct} it is an ordinary Java object, and its values
 * are as there.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#composite-types">Core spec: composite
 *     types</a>
 */
public sealed interface Array permits ArrayInstance {
    /**
     * A new array.
     *
     * @param type an array type, as {@link Module#type(int)} gives it
     * @param elements its elements
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if it is no array type or the values do not fit it
     */
    static Array of(DefinedType type, Object... elements) {
        return AggregateClasses.newArray(type, elements);
    }

    /**
     * A new array of elements that are all the same.
     *
     * @param type an array type, as {@link Module#type(int)} gives it
     * @param length how many elements
     * @param element the value of each
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if it is no array type or the value does not fit it, of
     *     the kind {@code OUT_OF_MEMORY} if there cannot be so many
     */
    static Array filled(DefinedType type, int length, Object element) {
        return AggregateClasses.newArray(type, length, element);
    }

    /** Its type, the one it was made with. Its {@link DefinedType#type()} is an {@link ArrayType}. */
    DefinedType type();

    /** How many elements it has. */
    int length();

    /**
     * An element.
     *
     * @param index from 0
     * @throws RuntimeError of the kind {@code ARRAY_OUT_OF_BOUNDS}
     */
    Object element(int index);

    /**
     * Sets an element.
     *
     * @param index from 0
     * @throws RuntimeError of the kind {@code ARRAY_OUT_OF_BOUNDS}, or {@code TYPE_MISMATCH} if the array is constant
     *     or the value is not of its type
     */
    void element(int index, Object value);
}

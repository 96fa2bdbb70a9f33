package dev.jawa;

import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.model.DefinedType;
import dev.jawa.model.StructType;
import dev.jawa.runtime.aggregate.StructInstance;

/**
 * A struct of WebAssembly's garbage-collected heap. It is an ordinary Java object: held by WebAssembly, by Java or by
 * both, it lives as long as one of them reaches it.
 *
 * <p>Values are as for {@link Function}: boxed numbers, objects, {@code null} for the null reference. Fields of the
 * packed types i8 and i16 are read as {@link Integer} with their sign, and keep the low bits of what they are set to.
 * Fields by their names: {@link StructDefinition}.
 *
 * @see <a href="https://webassembly.github.io/spec/core/syntax/types.html#composite-types">Core spec: composite
 *     types</a>
 */
public sealed interface Struct permits StructInstance {
    /**
     * A new struct.
     *
     * @param type a struct type, as {@link Module#type(int)} gives it
     * @param fields a value for each field
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if it is no struct type or the values do not fit it
     */
    static Struct of(DefinedType type, Object... fields) {
        return AggregateClasses.newStruct(type, fields);
    }

    /** Its type, the one it was made with. Its {@link DefinedType#type()} is a {@link StructType}. */
    DefinedType type();

    /** How many fields it has. */
    int size();

    /**
     * The value of a field.
     *
     * @param index from 0
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if there is no such field
     */
    Object field(int index);

    /**
     * Sets a field.
     *
     * @param index from 0
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if there is no such field, it is constant, or the value is
     *     not of its type
     */
    void field(int index, Object value);
}

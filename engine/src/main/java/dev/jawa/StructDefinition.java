package dev.jawa;

import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.model.DefinedType;
import dev.jawa.model.StructType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A struct type as one module writes it, with the names that the module's name section gives its fields.
 *
 * <p>Modules that write the same type share it, and each other's structs, but each has names of its own.
 *
 * @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Core spec: name section, field names</a>
 */
public final class StructDefinition {
    private final DefinedType type;
    private final Map<String, Integer> fields = new LinkedHashMap<>();

    /** The names may be fewer than the fields; of fields with the same name, the first has it. */
    StructDefinition(DefinedType type, Map<Integer, String> names) {
        this.type = type;
        names.forEach((index, name) -> fields.putIfAbsent(name, index));
    }

    /** The type. */
    public DefinedType type() {
        return type;
    }

    /** The names of the fields that have one, in order. */
    public List<String> fieldNames() {
        return List.copyOf(fields.keySet());
    }

    /**
     * The index of a field.
     *
     * @throws LinkError if no field has this name
     */
    public int field(String name) {
        Integer index = fields.get(name);
        if (index == null) {
            throw new LinkError("no field is named " + name + "; there are " + fields.keySet());
        }
        return index;
    }

    /**
     * A new struct.
     *
     * @param values one for each field, in order
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if they do not fit
     */
    public Struct create(Object... values) {
        return AggregateClasses.newStruct(type, values);
    }

    /**
     * The value of a field of a struct of this type or one below it.
     *
     * @throws LinkError if no field has this name
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if the struct is of another type
     */
    public Object field(Struct struct, String name) {
        return checked(struct).field(field(name));
    }

    /**
     * Sets a field of a struct of this type or one below it.
     *
     * @throws LinkError if no field has this name
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if the struct is of another type, the field is constant,
     *     or the value is not of its type
     */
    public void field(Struct struct, String name, Object value) {
        checked(struct).field(field(name), value);
    }

    private Struct checked(Struct struct) {
        if (!struct.type().matches(type)) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "the struct is of another type");
        }
        return struct;
    }

    @Override
    public String toString() {
        return "struct of " + ((StructType) type.type()).fields().size() + " fields " + fields.keySet();
    }
}

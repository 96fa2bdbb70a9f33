package dev.jawa.runtime.aggregate;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.Struct;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FieldType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StructType;
import dev.jawa.runtime.Values;
import dev.jawa.runtime.vector.Vectors;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A struct (core spec 4.2.11). Each struct type has a generated subclass, below that of its declared supertype, with a
 * public field for each field it adds, {@code f} and its index.
 */
public abstract non-sealed class StructInstance implements Struct {
    protected StructInstance() {
    }

    /** The position of its type in the loader of its class. */
    protected abstract int position();

    /** Its descriptor (custom descriptors proposal); {@code null} if its type has none. */
    public Object descriptor() {
        return null;
    }

    /** Sets the descriptor of a new object. */
    public void describe(Object descriptor) {
        throw new IllegalArgumentException("a struct without descriptor");
    }

    /** The value of a field, boxed. Subclasses do this for the fields they have. */
    protected Object read(int field) {
        throw new IllegalArgumentException("no field " + field);
    }

    /** Sets a field, even if it is constant, to a boxed value. Subclasses do this for the fields they have. */
    protected void write(int field, Object value) {
        throw new IllegalArgumentException("no field " + field);
    }

    @Override
    public final DefinedType type() {
        return ((AggregateLoader) getClass().getClassLoader()).type(position());
    }

    private List<FieldType> fields() {
        return ((StructType) type().type()).fields();
    }

    @Override
    public final int size() {
        return fields().size();
    }

    private FieldType checkField(int index) {
        List<FieldType> fields = fields();
        if (index < 0 || index >= fields.size()) {
            throw new RuntimeError(Kind.TYPE_MISMATCH, "a struct of " + fields.size() + " fields has no field " + index);
        }
        return fields.get(index);
    }

    @Override
    public final Object field(int index) {
        return Vectors.seen(checkField(index).storage().unpacked(), read(index));
    }

    @Override
    public final void field(int index, Object value) {
        FieldType field = checkField(index);
        if (!field.mutable()) {
            throw new RuntimeError(Kind.TYPE_MISMATCH, "field " + index + " is constant");
        }
        write(index, Values.convert(field.storage().unpacked(), value));
    }

    /** Copies all fields to another struct of the type, references by what a function makes of them. */
    public final void copyTo(StructInstance copy, UnaryOperator<Object> reference) {
        List<FieldType> fields = fields();
        for (int i = 0; i < fields.size(); i++) {
            Object value = read(i);
            copy.write(i, fields.get(i).storage() instanceof ReferenceType ? reference.apply(value) : value);
        }
        Object descriptor = descriptor();
        if (descriptor != null) {
            copy.describe(reference.apply(descriptor));
        }
    }

    /** Gives all fields their first values. */
    public final void initialize(Object[] values) {
        List<FieldType> fields = fields();
        if (values.length != fields.size()) {
            throw new RuntimeError(Kind.TYPE_MISMATCH,
                    "the struct has " + fields.size() + " fields, not " + values.length);
        }
        for (int i = 0; i < values.length; i++) {
            write(i, Values.convert(fields.get(i).storage().unpacked(), values[i]));
        }
    }

    @Override
    public String toString() {
        return "struct of " + size() + " fields";
    }
}

package dev.jawa.runtime.vector;

import dev.jawa.V128;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.List;

/** Values with vectors among them: as hosts hold them, and as compiled code takes them, with two longs for each. */
public final class Vectors {
    private Vectors() {
    }

    /** Whether there is a vector among the types. */
    public static boolean among(List<ValueType> types) {
        for (ValueType type : types) {
            if (type instanceof VectorType) {
                return true;
            }
        }
        return false;
    }

    /** Whether a function takes or gives vectors. */
    public static boolean among(FunctionType type) {
        return among(type.parameters()) || among(type.results());
    }

    private static int count(List<ValueType> types) {
        int count = types.size();
        for (ValueType type : types) {
            count += type instanceof VectorType ? 1 : 0;
        }
        return count;
    }

    /** Values of these types with the halves of vectors, boxed, in their place. */
    public static Object[] halved(List<ValueType> types, Object[] values) {
        if (!among(types)) {
            return values;
        }
        Object[] halved = new Object[count(types)];
        int next = 0;
        for (Object value : values) {
            if (value instanceof V128(long low, long high)) {
                halved[next++] = low;
                halved[next++] = high;
            } else {
                halved[next++] = value;
            }
        }
        return halved;
    }

    /** A vector as a field of an object holds it. */
    public static Object packed(long low, long high) {
        return new V128(low, high);
    }

    /** The low half of a vector in a field of an object; null is zero. */
    public static long low(Object vector) {
        return vector == null ? 0 : ((V128) vector).low();
    }

    /** The high half of a vector in a field of an object; null is zero. */
    public static long high(Object vector) {
        return vector == null ? 0 : ((V128) vector).high();
    }

    /** What a field of a type holds, as hosts see it: a vector that was never set is zero. */
    public static Object seen(ValueType type, Object value) {
        return value == null && type instanceof VectorType ? V128.ZERO : value;
    }

    /** The reverse of {@link #halved}. */
    public static Object[] joined(List<ValueType> types, Object[] halved) {
        if (!among(types)) {
            return halved;
        }
        Object[] values = new Object[types.size()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            Object value = halved[next++];
            values[i] = types.get(i) instanceof VectorType ? new V128((long) value, (long) halved[next++]) : value;
        }
        return values;
    }
}

package dev.jawa.runtime.aggregate;

import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.ResultTuple;
import java.util.List;

/**
 * Several values as one object: none are {@code null}, one is boxed, more are a tuple. A v128 counts as two. So
 * compiled code hands them over without knowing who gets them.
 */
public final class Packing {
    private Packing() {
    }

    /** How many values those of some types are. */
    public static int count(List<? extends ValueType> types) {
        int count = types.size();
        for (ValueType type : types) {
            if (type instanceof VectorType) {
                count++;
            }
        }
        return count;
    }

    public static Object[] unpack(Object packed, int count) {
        return switch (count) {
            case 0 -> new Object[0];
            case 1 -> new Object[] {packed};
            default -> ((ResultTuple) packed).toArray();
        };
    }

    /**
     * Packs values.
     *
     * @param kinds their JVM types, a letter each
     */
    public static Object pack(String kinds, Object[] values) {
        return switch (values.length) {
            case 0 -> null;
            case 1 -> values[0];
            default -> {
                ResultTuple tuple = FunctionTypeClasses.newTuple(kinds);
                tuple.fill(values);
                yield tuple;
            }
        };
    }
}

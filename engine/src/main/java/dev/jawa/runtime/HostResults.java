package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.vector.Vectors;
import java.util.List;

/** Takes what host functions are given and give back; generated adapters call this. */
public final class HostResults {
    private HostResults() {
    }

    /** The one result. */
    public static Object single(FunctionInstance function, Object result) {
        return Values.convert(function.type().results().getFirst(), result);
    }

    /** The arguments, vectors joined from their halves. */
    public static Object[] arguments(Object[] halved, FunctionInstance function) {
        return Vectors.joined(function.type().parameters(), halved);
    }

    /** Several results, from an array, a list or a record, or a single vector, put into a tuple. */
    public static Object several(FunctionInstance function, Object result, ResultTuple tuple) {
        List<ValueType> types = function.type().results();
        Object[] values = types.size() == 1 ? new Object[] {result} : switch (result) {
            case Object[] array -> array.clone();
            case List<?> list -> list.toArray();
            case Record record -> Records.values(record);
            case null, default -> new Object[0];
        };
        if (values.length != types.size()) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "a host function of type " + function.type()
                    + " gave " + values.length + " results");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Values.convert(types.get(i), values[i]);
        }
        tuple.fill(Vectors.halved(types, values));
        return tuple;
    }
}

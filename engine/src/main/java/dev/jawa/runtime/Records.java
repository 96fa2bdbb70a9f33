package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.model.ValueType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Records as what several values are given and taken in. */
final class Records {
    private Records() {
    }

    /**
     * The canonical constructor of a record that can hold results.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if it cannot
     */
    static MethodHandle constructor(Class<?> record, List<ValueType> results) {
        RecordComponent[] components = record.getRecordComponents();
        boolean fits = components.length == results.size();
        for (int i = 0; fits && i < components.length; i++) {
            Class<?> carrier = FunctionInstance.carrier(results.get(i));
            Class<?> type = components[i].getType();
            fits = carrier == type || carrier == Object.class && !type.isPrimitive();
        }
        if (!fits) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                    "the record " + record.getName() + " cannot hold the results " + results);
        }
        return constructor(record);
    }

    /** How many values a record class has. */
    static int components(Class<?> record) {
        return record.getRecordComponents().length;
    }

    static MethodHandle constructor(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return MethodHandles.lookup().unreflectConstructor(constructor);
        } catch (ReflectiveOperationException | java.lang.reflect.InaccessibleObjectException e) {
            throw inaccessible(record, e);
        }
    }

    /**
     * A record of values; the only one itself, if it is such a record.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if a reference is of another class than its component
     */
    static <R> R create(Class<R> record, MethodHandle constructor, List<Object> values) {
        if (values.size() == 1 && record.isInstance(values.getFirst())) {
            return record.cast(values.getFirst());
        }
        for (int i = 0; i < values.size(); i++) {
            Class<?> type = constructor.type().parameterType(i);
            if (!type.isPrimitive() && values.get(i) != null && !type.isInstance(values.get(i))) {
                throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "result " + i + " is a "
                        + values.get(i).getClass().getName() + ", not a " + type.getName());
            }
        }
        try {
            return record.cast(constructor.invokeWithArguments(values));
        } catch (java.lang.RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new java.lang.reflect.UndeclaredThrowableException(e);
        }
    }

    /** The components of a record, in order. */
    static Object[] values(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            try {
                Method accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                values[i] = accessor.invoke(record);
            } catch (ReflectiveOperationException | java.lang.reflect.InaccessibleObjectException e) {
                throw inaccessible(record.getClass(), e);
            }
        }
        return values;
    }

    private static RuntimeError inaccessible(Class<?> record, Exception cause) {
        var error = new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                "the record " + record.getName() + " is not accessible: make it public, or open its package");
        error.addSuppressed(cause);
        return error;
    }
}

package dev.jawa.runtime;

import dev.jawa.I31;
import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;

/**
 * Reference instructions (core spec 4.6.7) that are more than an instruction of the JVM.
 *
 * <p>References of the hierarchies of {@code any} and {@code extern} are the same Java objects, so conversion between
 * them does nothing: structs and arrays stay what they are when they are externalized, and an object of the host is of
 * the type {@code any} and nothing below it.
 */
public final class References {
    private static final int SMALLEST_CACHED = -128;
    private static final I31[] CACHE = new I31[1152];

    static {
        for (int i = 0; i < CACHE.length; i++) {
            CACHE[i] = new I31(SMALLEST_CACHED + i);
        }
    }

    private References() {
    }

    /** {@code ref.i31} */
    public static I31 i31(int value) {
        int low = value << 1 >> 1;
        int index = low - SMALLEST_CACHED;
        return index >= 0 && index < CACHE.length ? CACHE[index] : new I31(low);
    }

    /** {@code ref.eq} */
    public static boolean same(Object a, Object b) {
        return a == b || a instanceof I31(int x) && b instanceof I31(int y) && x == y;
    }

    /** Whether a reference is of the type {@code eq}. */
    public static boolean isEq(Object reference) {
        return reference instanceof StructInstance || reference instanceof ArrayInstance || reference instanceof I31;
    }

    /** {@code ref.cast} to {@code eq}; null passes. */
    public static Object castToEq(Object reference) {
        if (reference != null && !isEq(reference)) {
            throw castFailure();
        }
        return reference;
    }

    /** {@code ref.cast} to a type without values but null, which passes. */
    public static Object castToNone(Object reference) {
        if (reference != null) {
            throw castFailure();
        }
        return null;
    }

    /** A cast that fails. */
    public static RuntimeError castFailure() {
        return new RuntimeError(Kind.CAST_FAILURE);
    }

    /** {@code ref.as_non_null} of null. */
    public static RuntimeError nullReference() {
        return new RuntimeError(Kind.NULL_REFERENCE);
    }

    /** A {@code call_indirect} of a function of another type than the instruction names. */
    public static RuntimeError otherFunctionType(Object function) {
        return new RuntimeError(Kind.INDIRECT_CALL_TYPE_MISMATCH, "the function is of type "
                + ((FunctionInstance) function).type());
    }
}

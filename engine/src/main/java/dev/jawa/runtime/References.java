package dev.jawa.runtime;

import dev.jawa.I31;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.model.HeapType;
import dev.jawa.runtime.aggregate.ArrayInstance;
import dev.jawa.runtime.aggregate.StructInstance;

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

    /** Whether a reference is of a type and of none below it. */
    static boolean isExactly(Object reference, HeapType type) {
        return switch (reference) {
            case StructInstance struct -> struct.type() == type;
            case ArrayInstance array -> array.type() == type;
            case FunctionInstance function -> function.definedType() == type;
            case null, default -> false;
        };
    }

    /** {@code ref.test} of an exact type, given by its index. */
    public static boolean isExactly(Object reference, ModuleInstance instance, int type) {
        return isExactly(reference, instance.code().definedType(type));
    }

    /** {@code ref.cast} to an exact type, given by its index; null passes. */
    public static Object castExactly(Object reference, ModuleInstance instance, int type) {
        if (reference != null && !isExactly(reference, instance, type)) {
            throw castFailure();
        }
        return reference;
    }

    // ---- custom descriptors

    /** Sets the descriptor of a new struct. */
    public static Object describe(Object struct, Object descriptor) {
        checkDescriptor(descriptor);
        ((StructInstance) struct).describe(descriptor);
        return struct;
    }

    private static void checkDescriptor(Object descriptor) {
        if (descriptor == null) {
            throw RuntimeError.of(Kind.NULL_REFERENCE, "null descriptor reference");
        }
    }

    /** {@code ref.get_desc} */
    public static Object descriptor(Object struct) {
        if (struct == null) {
            throw nullReference();
        }
        return ((StructInstance) struct).descriptor();
    }

    /** Whether a reference passes {@code br_on_cast_desc_eq}. */
    public static boolean hasDescriptor(Object reference, Object descriptor, boolean nullable) {
        checkDescriptor(descriptor);
        return reference == null ? nullable
                : reference instanceof StructInstance struct && struct.descriptor() == descriptor;
    }

    /** {@code ref.cast_desc_eq} */
    public static Object castByDescriptor(Object reference, Object descriptor, boolean nullable) {
        if (!hasDescriptor(reference, descriptor, nullable)) {
            throw RuntimeError.of(Kind.CAST_FAILURE, "descriptor cast failure");
        }
        return reference;
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

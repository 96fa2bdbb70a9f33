package dev.jawa.runtime.memory;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The variable handles by which generated code reaches memories when there is no {@code Unsafe}. */
public final class MemoryViews {
    public static final VarHandle SHORT = view(short[].class);
    public static final VarHandle CHAR = view(char[].class);
    public static final VarHandle INT = view(int[].class);
    public static final VarHandle LONG = view(long[].class);
    public static final VarHandle FLOAT = view(float[].class);
    public static final VarHandle DOUBLE = view(double[].class);

    // Of native memories.
    public static final VarHandle NATIVE_BYTE = view(ValueLayout.JAVA_BYTE);
    public static final VarHandle NATIVE_SHORT = view(ValueLayout.JAVA_SHORT_UNALIGNED);
    public static final VarHandle NATIVE_CHAR = view(ValueLayout.JAVA_CHAR_UNALIGNED);
    public static final VarHandle NATIVE_INT = view(ValueLayout.JAVA_INT_UNALIGNED);
    public static final VarHandle NATIVE_LONG = view(ValueLayout.JAVA_LONG_UNALIGNED);
    public static final VarHandle NATIVE_FLOAT = view(ValueLayout.JAVA_FLOAT_UNALIGNED);
    public static final VarHandle NATIVE_DOUBLE = view(ValueLayout.JAVA_DOUBLE_UNALIGNED);

    private MemoryViews() {
    }

    private static VarHandle view(ValueLayout layout) {
        return layout.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    }

    /** The sum of an address and an offset that is not negative; where that passes 2^63, some negative number. */
    public static long effectiveAddress(long address, long offset) {
        return address + offset | address >> 63;
    }

    private static VarHandle view(Class<?> arrayClass) {
        return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN).withInvokeExactBehavior();
    }
}

package dev.jawa.runtime.memory;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How generated code reaches memories when there is no {@code Unsafe}: by variable handles.
 *
 * <p>For arrays there are methods, which take indices that are known to be in bounds. C1 calls them, since the assertion
 * makes them larger than what it inlines: in its code that collects profiles a variable handle takes 15 times as long as
 * in a method that C2 has compiled. C2 itself inlines them.
 */
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

    public static short getShort(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Short.BYTES : index;
        return (short) SHORT.get(bytes, index);
    }

    public static void setShort(byte[] bytes, int index, short value) {
        assert index >= 0 && index <= bytes.length - Short.BYTES : index;
        SHORT.set(bytes, index, value);
    }

    public static char getChar(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Character.BYTES : index;
        return (char) CHAR.get(bytes, index);
    }

    public static void setChar(byte[] bytes, int index, char value) {
        assert index >= 0 && index <= bytes.length - Character.BYTES : index;
        CHAR.set(bytes, index, value);
    }

    public static int getInt(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Integer.BYTES : index;
        return (int) INT.get(bytes, index);
    }

    public static void setInt(byte[] bytes, int index, int value) {
        assert index >= 0 && index <= bytes.length - Integer.BYTES : index;
        INT.set(bytes, index, value);
    }

    public static long getLong(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Long.BYTES : index;
        return (long) LONG.get(bytes, index);
    }

    public static void setLong(byte[] bytes, int index, long value) {
        assert index >= 0 && index <= bytes.length - Long.BYTES : index;
        LONG.set(bytes, index, value);
    }

    public static float getFloat(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Float.BYTES : index;
        return (float) FLOAT.get(bytes, index);
    }

    public static void setFloat(byte[] bytes, int index, float value) {
        assert index >= 0 && index <= bytes.length - Float.BYTES : index;
        FLOAT.set(bytes, index, value);
    }

    public static double getDouble(byte[] bytes, int index) {
        assert index >= 0 && index <= bytes.length - Double.BYTES : index;
        return (double) DOUBLE.get(bytes, index);
    }

    public static void setDouble(byte[] bytes, int index, double value) {
        assert index >= 0 && index <= bytes.length - Double.BYTES : index;
        DOUBLE.set(bytes, index, value);
    }
}

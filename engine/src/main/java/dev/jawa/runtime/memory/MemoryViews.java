package dev.jawa.runtime.memory;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How generated code reaches memories when there is no {@code Unsafe}: by variable handles. */
public final class MemoryViews {
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

    /** Links a method that gets a value from an array of bytes, or sets one: a bootstrap method. */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type) {
        boolean gets = type.returnType() != void.class;
        Class<?> element = gets ? type.returnType() : type.lastParameterType();
        return new ConstantCallSite(MethodHandles.byteArrayViewVarHandle(element.arrayType(), ByteOrder.LITTLE_ENDIAN)
                .toMethodHandle(gets ? VarHandle.AccessMode.GET : VarHandle.AccessMode.SET));
    }
}

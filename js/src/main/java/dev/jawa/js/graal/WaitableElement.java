package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.array.TypedArray;
import com.oracle.truffle.js.runtime.array.TypedArrayFactory;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferView;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import dev.jawa.runtime.memory.Waiters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An element of an {@code Int32Array} or {@code BigInt64Array} that agents can wait for (ECMA-262 section 25.4.3). */
public final class WaitableElement {
    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Optional<JSArrayBufferObject.Shared> buffer;
    private final int byteIndex;
    private final boolean isBigInt;

    private WaitableElement(Optional<JSArrayBufferObject.Shared> buffer, int byteIndex, boolean isBigInt) {
        this.buffer = buffer;
        this.byteIndex = byteIndex;
        this.isBigInt = isBigInt;
    }

    /**
     * ValidateIntegerTypedArray and ValidateAtomicAccess.
     *
     * @throws RuntimeException a {@code TypeError} or {@code RangeError}
     */
    public static WaitableElement of(Realm realm, Object array, Object index) {
        if (!(array instanceof JSTypedArrayObject view)) {
            throw noWaitableArray(realm, array);
        }
        TypedArray type = JSArrayBufferView.typedArrayGetArrayType(view);
        boolean isBigInt = type.getFactory() == TypedArrayFactory.BigInt64Array;
        if (!isBigInt && type.getFactory() != TypedArrayFactory.Int32Array
                || JSArrayBufferView.isOutOfBounds(view, JSObject.getJSContext(view))) {
            throw noWaitableArray(realm, array);
        }
        double position = JSRuntime.toDouble(JSRuntime.toNumber(index));
        double whole = Double.isNaN(position) ? 0 : position < 0 ? Math.ceil(position) : Math.floor(position);
        if (!(whole >= 0 && whole < view.getLength())) {
            throw realm.rangeError("Invalid atomic access index");
        }
        JSArrayBufferObject buffer = JSArrayBufferView.getArrayBuffer(view);
        int byteIndex = JSArrayBufferView.getByteOffset(view, JSObject.getJSContext(view))
                + (int) whole * type.bytesPerElement();
        return new WaitableElement(buffer instanceof JSArrayBufferObject.Shared shared ? Optional.of(shared)
                : Optional.empty(), byteIndex, isBigInt);
    }

    private static RuntimeException noWaitableArray(Realm realm, Object value) {
        return realm.typeError(Values.toDisplayString(value) + " is not an int32 or BigInt64 typed array.");
    }

    /** Who waits; empty if the buffer is not shared. */
    public Optional<Waiters> waiters() {
        return buffer.map(shared -> WaiterList.of(shared).waiters());
    }

    /** What waiters wait for: the index of the byte in the block of memory. */
    public long address() {
        return byteIndex;
    }

    /** Whether the element holds a value, which is converted now and compared whenever that is asked. */
    public BooleanSupplier holds(Object value) {
        ByteBuffer bytes = buffer.orElseThrow().getByteBuffer();
        if (isBigInt) {
            long expected = Values.toBigInt64(value);
            return () -> (long) LONG.getVolatile(bytes, byteIndex) == expected;
        }
        int expected = Values.toInt32(value);
        return () -> (int) INT.getVolatile(bytes, byteIndex) == expected;
    }
}

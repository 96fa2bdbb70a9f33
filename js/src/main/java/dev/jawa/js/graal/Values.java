package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.BigInt;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.SafeInteger;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferView;
import com.oracle.truffle.js.runtime.builtins.JSDataView;
import com.oracle.truffle.js.runtime.builtins.JSDataViewObject;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.Null;
import com.oracle.truffle.js.runtime.objects.Undefined;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * JavaScript values: tests, and the conversions of ECMA-262 section 7.1. Conversions throw what JavaScript would.
 */
public final class Values {
    /** {@code undefined}. */
    public static final Object UNDEFINED = Undefined.instance;
    /** {@code null}. */
    public static final Object NULL = Null.instance;

    private Values() {
    }

    public static boolean isUndefined(Object value) {
        return value == Undefined.instance;
    }

    public static boolean isNull(Object value) {
        return value == Null.instance;
    }

    public static boolean isObject(Object value) {
        return JSRuntime.isObject(value);
    }

    public static boolean isCallable(Object value) {
        return JSRuntime.isCallable(value);
    }

    public static boolean isNumber(Object value) {
        return JSRuntime.isNumber(value) || value instanceof Long;
    }

    public static boolean isBigInt(Object value) {
        return JSRuntime.isBigInt(value);
    }

    public static boolean isString(Object value) {
        return Strings.isTString(value);
    }

    /** The integer that a number is equal to, but for -0; empty for anything else, also for integers out of range. */
    public static OptionalInt asInt(Object value) {
        return switch (value) {
            case Integer number -> OptionalInt.of(number);
            case Long number when number == (int) (long) number -> OptionalInt.of((int) (long) number);
            case Double number when Double.doubleToRawLongBits((int) (double) number)
                    == Double.doubleToRawLongBits(number) -> OptionalInt.of((int) (double) number);
            case SafeInteger number when number.doubleValue() == (int) number.doubleValue() ->
                OptionalInt.of(number.intValue());
            case null, default -> OptionalInt.empty();
        };
    }

    /** ToBoolean. */
    public static boolean toBoolean(Object value) {
        return JSRuntime.toBoolean(value);
    }

    /** ToInt32. */
    public static int toInt32(Object value) {
        return value instanceof Integer number ? number : JSRuntime.toInt32(JSRuntime.toNumber(value));
    }

    /** ToNumber. */
    public static double toNumber(Object value) {
        return value instanceof Double number ? number : JSRuntime.toDouble(value);
    }

    /** ToBigInt64. */
    public static long toBigInt64(Object value) {
        return JSRuntime.toBigInt(value).bigIntegerValue().longValue();
    }

    /** ToBigInt. */
    public static BigInteger toBigInt(Object value) {
        return JSRuntime.toBigInt(value).bigIntegerValue();
    }

    /** ToString. */
    public static String toString(Object value) {
        return JSRuntime.toJavaString(value);
    }

    /** A text for any value, however odd, that runs no code of the program. */
    public static String toDisplayString(Object value) {
        return Strings.toJavaString(JSRuntime.toDisplayString(value, false));
    }

    /** A string. */
    public static Object string(String text) {
        return Strings.fromJavaString(text);
    }

    /** A number. */
    public static Object number(long value) {
        return value == (int) value ? (Object) (int) value : (Object) (double) value;
    }

    /** A BigInt. */
    public static Object bigInt(long value) {
        return BigInt.valueOf(value);
    }

    /** A BigInt of an unsigned number. */
    public static Object unsignedBigInt(long value) {
        return BigInt.valueOfUnsigned(value);
    }

    /** The string of a primitive value that is one. */
    public static Optional<String> asString(Object value) {
        return isString(value) ? Optional.of(JSRuntime.toJavaString(value)) : Optional.empty();
    }

    /** Whether the value is an {@code ArrayBuffer}, a {@code SharedArrayBuffer} or a view of one. */
    public static boolean isBufferSource(Object value) {
        return value instanceof JSArrayBufferObject || value instanceof JSTypedArrayObject
                || value instanceof JSDataViewObject;
    }

    /**
     * A copy of the bytes that a buffer or view holds; none if it is detached or out of bounds (Web IDL, "get a copy of
     * the buffer source").
     */
    public static byte[] copyBytes(Object bufferSource) {
        return switch (bufferSource) {
            case JSArrayBufferObject buffer -> copy(buffer, 0, buffer.isDetached() ? 0 : buffer.getByteLength());
            case JSTypedArrayObject view when outOfBounds(view) -> new byte[0];
            case JSTypedArrayObject view -> copy(JSArrayBufferView.getArrayBuffer(view),
                    JSArrayBufferView.getByteOffset(view, JSObject.getJSContext(view)),
                    JSArrayBufferView.getByteLength(view, JSObject.getJSContext(view)));
            case JSDataViewObject view -> copyDataView(view);
            default -> throw new IllegalArgumentException("not a buffer source");
        };
    }

    /**
     * Writes bytes into a buffer or view; what does not fit is left out.
     *
     * @param offset where in the buffer or view
     * @return how many were written
     */
    public static int write(Object bufferSource, int offset, byte[] bytes, int count) {
        JSArrayBufferObject buffer;
        int start;
        int length;
        switch (bufferSource) {
            case JSArrayBufferObject whole -> {
                buffer = whole;
                start = 0;
                length = buffer.isDetached() ? 0 : buffer.getByteLength();
            }
            case JSTypedArrayObject view -> {
                buffer = JSArrayBufferView.getArrayBuffer(view);
                boolean isGone = outOfBounds(view);
                start = isGone ? 0 : JSArrayBufferView.getByteOffset(view, JSObject.getJSContext(view));
                length = isGone ? 0 : JSArrayBufferView.getByteLength(view, JSObject.getJSContext(view));
            }
            case JSDataViewObject view -> {
                buffer = view.getArrayBuffer();
                boolean isGone = buffer.isDetached() || JSDataView.isOutOfBounds(view, JSObject.getJSContext(view));
                start = isGone ? 0 : view.getByteOffset();
                length = isGone ? 0 : view.getByteLength();
            }
            default -> throw new IllegalArgumentException("not a buffer source");
        }
        int written = Math.min(count, length - offset);
        if (offset < 0 || written <= 0) {
            return 0;
        }
        if (buffer instanceof JSArrayBufferObject.Heap heap) {
            System.arraycopy(bytes, 0, heap.getByteArray(), start + offset, written);
        } else {
            ((JSArrayBufferObject.DirectBase) buffer).getByteBuffer().put(start + offset, bytes, 0, written);
        }
        return written;
    }

    /** Whether a value is an {@code ArrayBuffer} that its owner may detach: no memory of WebAssembly, not detached yet. */
    public static boolean isTransferable(Object value) {
        return value instanceof JSArrayBufferObject buffer && !(buffer instanceof JSArrayBufferObject.Shared)
                && !buffer.isDetached() && JSRuntime.isNullOrUndefined(buffer.getDetachKey());
    }

    /** Detaches a buffer that {@link #isTransferable} and gives its bytes, without a copy where that is possible. */
    public static byte[] takeBytes(Object value) {
        var buffer = (JSArrayBufferObject) value;
        boolean isWhole = buffer instanceof JSArrayBufferObject.Heap heap
                && heap.getByteArray().length == heap.getByteLength();
        byte[] bytes = isWhole ? ((JSArrayBufferObject.Heap) buffer).getByteArray() : copyBytes(buffer);
        JSArrayBuffer.detachArrayBuffer(buffer);
        return bytes;
    }

    private static boolean outOfBounds(JSTypedArrayObject view) {
        return JSArrayBufferView.getArrayBuffer(view).isDetached()
                || JSArrayBufferView.isOutOfBounds(view, JSObject.getJSContext(view));
    }

    private static byte[] copyDataView(JSDataViewObject view) {
        JSArrayBufferObject buffer = view.getArrayBuffer();
        if (buffer.isDetached() || JSDataView.isOutOfBounds(view, JSObject.getJSContext(view))) {
            return new byte[0];
        }
        return copy(buffer, view.getByteOffset(), view.getByteLength());
    }

    private static byte[] copy(JSArrayBufferObject buffer, int offset, int length) {
        if (length == 0) {
            return new byte[0];
        }
        if (buffer instanceof JSArrayBufferObject.Heap heap) {
            return Arrays.copyOfRange(heap.getByteArray(), offset, offset + length);
        }
        byte[] copy = new byte[length];
        ((JSArrayBufferObject.DirectBase) buffer).getByteBuffer().get(offset, copy);
        return copy;
    }
}

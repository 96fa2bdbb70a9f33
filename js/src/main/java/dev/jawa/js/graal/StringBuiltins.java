package dev.jawa.js.graal;

import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.Strings;
import dev.jawa.Builtins;
import dev.jawa.RuntimeError;
import dev.jawa.model.ArrayType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.PackedType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.aggregate.ArrayInstance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The functions of {@code wasm:js-string} (JS API, section "Builtins"), on GraalJS's strings. They are Java methods that
 * compiled code calls directly; no JavaScript runs. Indices and lengths are unsigned and in UTF-16 code units.
 */
public final class StringBuiltins {
    private static final String MODULE = "wasm:js-string";
    private static final TruffleString.Encoding UTF_16 = TruffleString.Encoding.UTF_16;
    private static final int LARGEST_CODE_POINT = 0x10FFFF;

    private static final ReferenceType STRING = ReferenceType.EXTERNREF;
    private static final ReferenceType NON_NULL_STRING = new ReferenceType(false, STRING.heapType());
    private static final ReferenceType CHARACTERS = new ReferenceType(true, DefinedType.of(
            new ArrayType(new FieldType(PackedType.I16, true))));

    /** All functions. */
    public static final Builtins ALL = all();

    private StringBuiltins() {
    }

    private static Builtins all() {
        NumberType i32 = NumberType.I32;
        Builtins.Builder all = Builtins.builder(MODULE);
        add(all, "cast", NON_NULL_STRING, STRING);
        add(all, "test", i32, STRING);
        add(all, "fromCharCodeArray", NON_NULL_STRING, CHARACTERS, i32, i32);
        add(all, "intoCharCodeArray", i32, STRING, CHARACTERS, i32);
        add(all, "fromCharCode", NON_NULL_STRING, i32);
        add(all, "fromCodePoint", NON_NULL_STRING, i32);
        add(all, "charCodeAt", i32, STRING, i32);
        add(all, "codePointAt", i32, STRING, i32);
        add(all, "length", i32, STRING);
        add(all, "concat", NON_NULL_STRING, STRING, STRING);
        add(all, "substring", NON_NULL_STRING, STRING, i32, i32);
        add(all, "equals", i32, STRING, STRING);
        add(all, "compare", i32, STRING, STRING);
        return all.build();
    }

    private static void add(Builtins.Builder builtins, String name, ValueType result, ValueType... parameters) {
        MethodType signature = MethodType.methodType(javaType(result),
                List.of(parameters).stream().map(StringBuiltins::javaType).toList());
        try {
            builtins.function(name, new FunctionType(List.of(parameters), List.of(result)),
                    MethodHandles.lookup().findStatic(StringBuiltins.class, name, signature));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static Class<?> javaType(ValueType type) {
        return type == NumberType.I32 ? int.class : Object.class;
    }

    // UnwrapString
    private static TruffleString string(Object value) {
        if (value instanceof TruffleString string) {
            return string;
        }
        throw new RuntimeError(RuntimeError.Kind.CAST_FAILURE, Values.toDisplayString(value == null ? Values.NULL
                : value) + " is no string");
    }

    private static int lengthOf(TruffleString string) {
        return string.byteLength(UTF_16) >> 1;
    }

    private static RuntimeError outOfBounds(String what) {
        return new RuntimeError(RuntimeError.Kind.ARRAY_OUT_OF_BOUNDS, what);
    }

    private static int checkIndex(TruffleString string, int index) {
        if (Integer.compareUnsigned(index, lengthOf(string)) >= 0) {
            throw outOfBounds("index " + Integer.toUnsignedString(index) + " of a string of " + lengthOf(string)
                    + " code units");
        }
        return index;
    }

    private static short[] characters(Object array) {
        if (array == null) {
            throw new RuntimeError(RuntimeError.Kind.NULL_REFERENCE);
        }
        return ((ArrayInstance.OfShort) array).elements;
    }

    static Object cast(Object value) {
        return string(value);
    }

    static int test(Object value) {
        return value instanceof TruffleString ? 1 : 0;
    }

    static Object fromCharCodeArray(Object array, int start, int end) {
        short[] characters = characters(array);
        if (Integer.compareUnsigned(start, end) > 0 || Integer.compareUnsigned(end, characters.length) > 0) {
            throw outOfBounds("elements " + Integer.toUnsignedString(start) + " to " + Integer.toUnsignedString(end)
                    + " of an array of " + characters.length);
        }
        var copy = new char[end - start];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (char) characters[start + i];
        }
        return TruffleString.fromCharArrayUTF16Uncached(copy);
    }

    static int intoCharCodeArray(Object value, Object array, int start) {
        TruffleString string = string(value);
        short[] characters = characters(array);
        int length = lengthOf(string);
        if (Integer.toUnsignedLong(start) + length > characters.length) {
            throw outOfBounds(length + " code units at " + Integer.toUnsignedString(start) + " of an array of "
                    + characters.length);
        }
        String text = string.toJavaStringUncached();
        for (int i = 0; i < length; i++) {
            characters[start + i] = (short) text.charAt(i);
        }
        return length;
    }

    static Object fromCharCode(int character) {
        return TruffleString.fromCharArrayUTF16Uncached(new char[] {(char) character});
    }

    static Object fromCodePoint(int codePoint) {
        if (Integer.compareUnsigned(codePoint, LARGEST_CODE_POINT) > 0) {
            throw outOfBounds("no code point: " + Integer.toUnsignedString(codePoint));
        }
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? fromCharCode(codePoint)
                : Strings.fromJavaString(Character.toString(codePoint));
    }

    static int charCodeAt(Object value, int index) {
        TruffleString string = string(value);
        return string.readCharUTF16Uncached(checkIndex(string, index));
    }

    static int codePointAt(Object value, int index) {
        TruffleString string = string(value);
        char first = (char) string.readCharUTF16Uncached(checkIndex(string, index));
        if (Character.isHighSurrogate(first) && index + 1 < lengthOf(string)) {
            char second = (char) string.readCharUTF16Uncached(index + 1);
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        return first;
    }

    static int length(Object value) {
        return lengthOf(string(value));
    }

    static Object concat(Object first, Object second) {
        return Strings.concat(string(first), string(second));
    }

    static Object substring(Object value, int start, int end) {
        TruffleString string = string(value);
        int length = lengthOf(string);
        if (Integer.compareUnsigned(start, end) > 0 || Integer.compareUnsigned(start, length) > 0) {
            return Strings.EMPTY_STRING;
        }
        int limit = Integer.compareUnsigned(end, length) > 0 ? length : end;
        return string.substringByteIndexUncached(start << 1, limit - start << 1, UTF_16, true);
    }

    static int equals(Object first, Object second) {
        if (first == null || second == null) {
            if (first != null) {
                string(first);
            } else if (second != null) {
                string(second);
            }
            return first == second ? 1 : 0;
        }
        return string(first).equalsUncached(string(second), UTF_16) ? 1 : 0;
    }

    static int compare(Object first, Object second) {
        return Integer.signum(string(first).compareCharsUTF16Uncached(string(second)));
    }
}

package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.AddressType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Conversions of arguments that Web IDL prescribes. */
final class WebIdl {
    private static final double MAX_SAFE_INTEGER = 9007199254740991.0;
    private static final double MAX_UNSIGNED_INT = 0xFFFF_FFFFL;

    private final Realm realm;

    WebIdl(Realm realm) {
        this.realm = realm;
    }

    /** Throws a {@code TypeError} if there are not as many arguments as required. */
    void require(Arguments arguments, int count, String where) {
        if (arguments.count() < count) {
            throw realm.typeError(where + ": " + count + (count == 1 ? " argument" : " arguments")
                    + " required, but only " + arguments.count() + " present");
        }
    }

    /** An optional argument; {@code undefined} counts as missing. */
    static Optional<Object> optional(Object value) {
        return Values.isUndefined(value) ? Optional.empty() : Optional.of(value);
    }

    /** The bytes of an argument of the type {@code BufferSource}, copied. */
    byte[] bytes(Object value, String where) {
        if (!Values.isBufferSource(value)) {
            throw realm.typeError(where + ": argument 0 must be a buffer source");
        }
        return Values.copyBytes(value);
    }

    /** An argument of the type {@code optional object}. */
    Optional<Object> optionalObject(Object value, String where) {
        if (Values.isUndefined(value)) {
            return Optional.empty();
        }
        if (!Values.isObject(value)) {
            throw realm.typeError(where + ": argument 1 must be an object");
        }
        return Optional.of(value);
    }

    /** An argument that is a dictionary with required members, which must be an object. */
    Object dictionary(Object value, String where) {
        if (!Values.isObject(value)) {
            throw realm.typeError(where + ": argument 0 must be an object");
        }
        return value;
    }

    /** An argument that is a dictionary whose members may all be missing: then it may be missing itself. */
    Optional<Object> optionalDictionary(Object value, String where) {
        if (Values.isUndefined(value) || Values.isNull(value)) {
            return Optional.empty();
        } else if (!Values.isObject(value)) {
            throw realm.typeError(where + ": the options must be an object");
        }
        return Optional.of(value);
    }

    /** A sequence of {@code USVString}. */
    List<String> strings(Object value, String where) {
        if (!Values.isObject(value)) {
            throw realm.typeError(where + ": " + Values.toDisplayString(value) + " is no sequence");
        }
        return realm.iterate(value).stream().map(WebIdl::scalarString).toList();
    }

    /** A {@code USVString}: surrogates that are no pair become U+FFFD. */
    static String scalarString(Object value) {
        String text = Values.toString(value);
        return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }

    /** A member of a dictionary that may be missing. */
    Optional<Object> member(Object dictionary, String name) {
        return optional(realm.get(dictionary, name));
    }

    /** A member of a dictionary that must be there. */
    Object requiredMember(Object dictionary, String name, String where) {
        return member(dictionary, name).orElseThrow(() ->
                realm.typeError(where + ": property '" + name + "' is required"));
    }

    /** A value of an enumeration. */
    String enumeration(Object value, List<String> allowed, String where) {
        String text = Values.toString(value);
        if (!allowed.contains(text)) {
            throw realm.typeError(where + ": '" + text + "' is not one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** The member {@code address} of a descriptor. */
    AddressType addressType(Object descriptor, String where) {
        return member(descriptor, "address")
                .map(value -> enumeration(value, List.of("i32", "i64"), where))
                .map(text -> text.equals("i64") ? AddressType.I64 : AddressType.I32)
                .orElse(AddressType.I32);
    }

    /** AddressValueToU64. */
    long addressValue(Object value, AddressType type, String where) {
        return switch (type) {
            case I32 -> enforceUnsignedInt(value, where);
            case I64 -> {
                BigInteger number = Values.toBigInt(value);
                if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
                    throw realm.typeError(where + ": " + number + " is not an unsigned 64-bit number");
                }
                yield number.longValue();
            }
        };
    }

    /** U64ToAddressValue. */
    static Object addressValue(long value, AddressType type) {
        return type == AddressType.I64 ? Values.unsignedBigInt(value) : Values.number(value);
    }

    /** ToIndex (ECMA-262 section 7.1.22). */
    long index(Object value, String where) {
        double number = Values.toNumber(value);
        double integer = Double.isNaN(number) ? 0 : number < 0 ? Math.ceil(number) : Math.floor(number);
        if (integer < 0 || integer > MAX_SAFE_INTEGER) {
            throw realm.rangeError(where + ": " + Values.toDisplayString(value) + " is no index");
        }
        return (long) integer;
    }

    /** {@code [EnforceRange] unsigned long}. */
    long enforceUnsignedInt(Object value, String where) {
        double number = Values.toNumber(value);
        if (!Double.isFinite(number)) {
            throw realm.typeError(where + ": " + Values.toDisplayString(value) + " is not a finite number");
        }
        double integer = number < 0 ? Math.ceil(number) : Math.floor(number);
        if (integer < 0 || integer > MAX_UNSIGNED_INT) {
            throw realm.typeError(where + ": " + Values.toDisplayString(value) + " is not an unsigned 32-bit number");
        }
        return (long) integer;
    }
}

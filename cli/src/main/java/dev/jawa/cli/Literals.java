package dev.jawa.cli;

import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Values as the text format writes them (core spec 6.3): what is printed can be given as an argument again. */
final class Literals {
    private static final Pattern INTEGER = Pattern.compile("[+-]?(0x[0-9a-f](_?[0-9a-f])*|[0-9](_?[0-9])*)");
    private static final Pattern DECIMAL_FLOAT = Pattern.compile(
            "[+-]?([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9]+)(e[+-]?[0-9]+)?");
    private static final Pattern HEX_FLOAT = Pattern.compile(
            "[+-]?0x[0-9a-f][0-9a-f_]*(\\.[0-9a-f_]*)?(p[+-]?[0-9]+)?");
    private static final Pattern NAN = Pattern.compile("[+-]?nan(:0x[0-9a-f]+)?");

    // A NaN has all bits of the exponent set and a payload below them; the canonical payload is its highest bit.
    private static final int F32_EXPONENT = 0x7f80_0000;
    private static final int F32_PAYLOAD = 0x7f_ffff;
    private static final int F32_CANONICAL = 0x40_0000;
    private static final long F64_EXPONENT = 0x7ff0_0000_0000_0000L;
    private static final long F64_PAYLOAD = 0xf_ffff_ffff_ffffL;
    private static final long F64_CANONICAL = 0x8_0000_0000_0000L;

    private Literals() {
    }

    /**
     * The value of a type that a text denotes, boxed; {@code null} for the null reference.
     *
     * @throws NumberFormatException that says what is wrong
     */
    static Object parse(ValueType type, String text) {
        String literal = text.toLowerCase(Locale.ROOT);
        return switch (type) {
            case NumberType.I32 -> integer(type, text, literal, 32).intValue();
            case NumberType.I64 -> integer(type, text, literal, 64).longValue();
            case NumberType.F32 -> parseFloat(text, literal);
            case NumberType.F64 -> parseDouble(text, literal);
            case VectorType _ -> throw new NumberFormatException("a v128 cannot be given on the command line");
            case ReferenceType reference when reference.nullable() && literal.equals("null") -> null;
            case ReferenceType reference -> throw new NumberFormatException("of type " + reference
                    + (reference.nullable() ? " can only be null" : " cannot be given on the command line"));
        };
    }

    // Signed or unsigned, as in the text format.
    private static BigInteger integer(ValueType type, String text, String literal, int bits) {
        if (!INTEGER.matcher(literal).matches()) {
            throw malformed(type, text);
        }
        String digits = literal.replace("_", "").replace("+", "");
        BigInteger value = digits.contains("0x") ? new BigInteger(digits.replace("0x", ""), 16)
                : new BigInteger(digits);
        BigInteger unsignedBound = BigInteger.ONE.shiftLeft(bits);
        if (value.compareTo(unsignedBound) >= 0 || value.compareTo(unsignedBound.shiftRight(1).negate()) < 0) {
            throw new NumberFormatException("'" + text + "' does not fit into an " + type);
        }
        return value;
    }

    private static NumberFormatException malformed(ValueType type, String text) {
        return new NumberFormatException("'" + text + "' is not an " + type);
    }

    private static float parseFloat(String text, String literal) {
        if (NAN.matcher(literal).matches()) {
            long payload = payload(text, literal, F32_CANONICAL, F32_PAYLOAD);
            return Float.intBitsToFloat((literal.startsWith("-") ? Integer.MIN_VALUE : 0) | F32_EXPONENT
                    | (int) payload);
        }
        return Float.parseFloat(javaLiteral(NumberType.F32, text, literal));
    }

    private static double parseDouble(String text, String literal) {
        if (NAN.matcher(literal).matches()) {
            long payload = payload(text, literal, F64_CANONICAL, F64_PAYLOAD);
            return Double.longBitsToDouble((literal.startsWith("-") ? Long.MIN_VALUE : 0) | F64_EXPONENT | payload);
        }
        return Double.parseDouble(javaLiteral(NumberType.F64, text, literal));
    }

    private static long payload(String text, String literal, long canonical, long largest) {
        int colon = literal.indexOf(":0x");
        if (colon < 0) {
            return canonical;
        }
        var payload = new BigInteger(literal.substring(colon + 3), 16);
        if (payload.signum() == 0 || payload.compareTo(BigInteger.valueOf(largest)) > 0) {
            throw new NumberFormatException("'" + text + "' has a payload that a NaN cannot have");
        }
        return payload.longValueExact();
    }

    // Java writes infinity in full, has no separators, and wants an exponent on every hexadecimal number.
    private static String javaLiteral(NumberType type, String text, String literal) {
        return switch (literal) {
            case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            case String decimal when DECIMAL_FLOAT.matcher(decimal).matches() -> decimal.replace("_", "");
            case String hex when HEX_FLOAT.matcher(hex).matches() ->
                hex.replace("_", "") + (hex.contains("p") ? "" : "p0");
            default -> throw malformed(type, text);
        };
    }

    /** A result of a call as text. */
    static String format(Object value) {
        return switch (value) {
            case null -> "null";
            case Float number -> formatFloat(number);
            case Double number -> formatDouble(number);
            default -> value.toString();
        };
    }

    private static String formatFloat(float number) {
        if (!Float.isNaN(number)) {
            return Float.isInfinite(number) ? infinity(number) : Float.toString(number).replace('E', 'e');
        }
        int bits = Float.floatToRawIntBits(number);
        return nan(bits < 0, bits & F32_PAYLOAD, F32_CANONICAL);
    }

    private static String formatDouble(double number) {
        if (!Double.isNaN(number)) {
            return Double.isInfinite(number) ? infinity(number) : Double.toString(number).replace('E', 'e');
        }
        long bits = Double.doubleToRawLongBits(number);
        return nan(bits < 0, bits & F64_PAYLOAD, F64_CANONICAL);
    }

    private static String infinity(double number) {
        return number < 0 ? "-inf" : "inf";
    }

    private static String nan(boolean negative, long payload, long canonical) {
        return (negative ? "-nan" : "nan") + (payload == canonical ? "" : ":0x" + Long.toHexString(payload));
    }
}

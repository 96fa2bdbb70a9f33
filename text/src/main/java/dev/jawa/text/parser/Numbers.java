package dev.jawa.text.parser;

import java.math.BigInteger;

/**
 * Number literals (core spec 6.3.1 to 6.3.5). All methods throw {@link NumberFormatException} with the specification's
 * word for what is wrong.
 */
final class Numbers {
    private static final String OUT_OF_RANGE = "constant out of range";
    private static final String UNKNOWN = "unknown operator";

    private Numbers() {
    }

    /** An unsigned number of up to 64 bits, without a sign. */
    static long unsigned(String text, int bits) {
        return magnitude(text, 0, bits);
    }

    /** A number of up to 64 bits, signed or unsigned, sign-extended if it is below zero. */
    static long integer(String text, int bits) {
        boolean negative = text.startsWith("-");
        long magnitude = magnitude(text, negative || text.startsWith("+") ? 1 : 0, bits);
        if (!negative) {
            return magnitude;
        }
        if (Long.compareUnsigned(magnitude, 1L << bits - 1) > 0) {
            throw new NumberFormatException(OUT_OF_RANGE);
        }
        return -magnitude;
    }

    private static long magnitude(String text, int start, int bits) {
        boolean hexadecimal = text.startsWith("0x", start);
        int radix = hexadecimal ? 16 : 10;
        int first = hexadecimal ? start + 2 : start;
        checkDigits(text, first, text.length(), radix);
        long value = 0;
        long limit = bits == 64 ? -1L : (1L << bits) - 1;
        long beforeOverflow = Long.divideUnsigned(limit, radix);
        for (int i = first; i < text.length(); i++) {
            if (text.charAt(i) == '_') {
                continue;
            }
            int digit = Character.digit(text.charAt(i), radix);
            if (Long.compareUnsigned(value, beforeOverflow) > 0
                    || Long.compareUnsigned(limit - value * radix, digit) < 0) {
                throw new NumberFormatException(OUT_OF_RANGE);
            }
            value = value * radix + digit;
        }
        return value;
    }

    // One digit or more, with single underscores between them.
    private static void checkDigits(String text, int start, int end, int radix) {
        boolean afterDigit = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean isDigit = c < 0x80 && Character.digit(c, radix) >= 0;
            if (!isDigit && !(c == '_' && afterDigit)) {
                throw new NumberFormatException(UNKNOWN);
            }
            afterDigit = isDigit;
        }
        if (!afterDigit) {
            throw new NumberFormatException(UNKNOWN);
        }
    }

    /** The bits of an f32. */
    static int float32(String text) {
        int sign = text.startsWith("-") ? Integer.MIN_VALUE : 0;
        String magnitude = unsignedPart(text);
        if (magnitude.startsWith("nan")) {
            return sign | 0x7F80_0000 | (int) payload(magnitude, 23);
        }
        if (magnitude.equals("inf")) {
            return sign | 0x7F80_0000;
        }
        float value = Float.parseFloat(javaLiteral(magnitude));
        if (Float.isInfinite(value)) {
            throw new NumberFormatException(OUT_OF_RANGE);
        }
        return sign | Float.floatToRawIntBits(value);
    }

    /** The bits of an f64. */
    static long float64(String text) {
        long sign = text.startsWith("-") ? Long.MIN_VALUE : 0;
        String magnitude = unsignedPart(text);
        if (magnitude.startsWith("nan")) {
            return sign | 0x7FF0_0000_0000_0000L | payload(magnitude, 52);
        }
        if (magnitude.equals("inf")) {
            return sign | 0x7FF0_0000_0000_0000L;
        }
        double value = Double.parseDouble(javaLiteral(magnitude));
        if (Double.isInfinite(value)) {
            throw new NumberFormatException(OUT_OF_RANGE);
        }
        return sign | Double.doubleToRawLongBits(value);
    }

    private static String unsignedPart(String text) {
        return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    }

    private static long payload(String text, int bits) {
        if (text.equals("nan")) {
            return 1L << bits - 1;
        }
        if (!text.startsWith("nan:0x")) {
            throw new NumberFormatException(UNKNOWN);
        }
        checkDigits(text, 6, text.length(), 16);
        var payload = new BigInteger(text.substring(6).replace("_", ""), 16);
        if (payload.signum() == 0 || payload.bitLength() > bits) {
            throw new NumberFormatException(OUT_OF_RANGE);
        }
        return payload.longValue();
    }

    // Java reads the same literals, and rounds as the specification says, but knows no underscores between digits, and
    // wants an exponent in hexadecimal ones.
    private static String javaLiteral(String text) {
        boolean hexadecimal = text.startsWith("0x");
        int radix = hexadecimal ? 16 : 10;
        int start = hexadecimal ? 2 : 0;
        int exponent = indexOf(text, hexadecimal ? 'p' : 'e', start);
        int mantissaEnd = exponent < 0 ? text.length() : exponent;
        int point = text.indexOf('.');
        checkDigits(text, start, point < 0 ? mantissaEnd : point, radix);
        if (point >= 0 && point + 1 < mantissaEnd) {
            checkDigits(text, point + 1, mantissaEnd, radix);
        }
        if (exponent >= 0) {
            boolean signed = text.startsWith("+", exponent + 1) || text.startsWith("-", exponent + 1);
            checkDigits(text, exponent + (signed ? 2 : 1), text.length(), 10);
        }
        String digits = text.replace("_", "");
        return hexadecimal && exponent < 0 ? digits + "p0" : digits;
    }

    private static int indexOf(String text, char small, int start) {
        int index = text.indexOf(small, start);
        return index >= 0 ? index : text.indexOf(Character.toUpperCase(small), start);
    }
}

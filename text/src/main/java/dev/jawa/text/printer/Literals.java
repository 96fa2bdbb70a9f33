package dev.jawa.text.printer;

import dev.jawa.model.Bytes;
import java.nio.charset.StandardCharsets;

/** Writes literals that are parsed to the same values (core spec 6.3). */
final class Literals {
    private static final int NAN_PAYLOAD_32 = 0x7F_FFFF;
    private static final long NAN_PAYLOAD_64 = 0xF_FFFF_FFFF_FFFFL;

    private Literals() {
    }

    static String float32(int bits) {
        float value = Float.intBitsToFloat(bits);
        String sign = bits < 0 ? "-" : "";
        if (Float.isNaN(value)) {
            int payload = bits & NAN_PAYLOAD_32;
            return sign + (payload == 0x40_0000 ? "nan" : "nan:0x" + Integer.toHexString(payload));
        }
        return Float.isInfinite(value) ? sign + "inf" : decimal(Float.toString(value));
    }

    static String float64(long bits) {
        double value = Double.longBitsToDouble(bits);
        String sign = bits < 0 ? "-" : "";
        if (Double.isNaN(value)) {
            long payload = bits & NAN_PAYLOAD_64;
            return sign + (payload == 0x8_0000_0000_0000L ? "nan" : "nan:0x" + Long.toHexString(payload));
        }
        return Double.isInfinite(value) ? sign + "inf" : decimal(Double.toString(value));
    }

    // Java writes 1.0 and 1.0E10; the fraction says nothing there.
    private static String decimal(String text) {
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text.replace(".0E", "e").replace('E', 'e');
    }

    /** A string with its quotes, in ASCII, since not all tools take other characters in names. */
    static String string(String text) {
        return string(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A string of any bytes with its quotes. */
    static String string(Bytes bytes) {
        var out = new StringBuilder(bytes.length() + 2).append('"');
        for (int i = 0; i < bytes.length(); i++) {
            appendByte(bytes.at(i) & 0xFF, out);
        }
        return out.append('"').toString();
    }

    private static void appendByte(int next, StringBuilder out) {
        if (next == '"' || next == '\\') {
            out.append('\\').append((char) next);
        } else if (next >= ' ' && next < 0x7F) {
            out.append((char) next);
        } else {
            out.append('\\').append(Character.forDigit(next >> 4, 16)).append(Character.forDigit(next & 0xF, 16));
        }
    }

    /** An identifier for a name, with quotes where a plain one cannot say it. */
    static String identifier(String name) {
        boolean plain = name.chars().allMatch(dev.jawa.text.parser.Lexer::isIdentifierCharacter);
        return "$" + (plain ? name : string(name));
    }
}

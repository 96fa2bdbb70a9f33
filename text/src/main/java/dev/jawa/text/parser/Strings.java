package dev.jawa.text.parser;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** String literals and identifiers (core spec 6.3.6 and 6.3.9). */
final class Strings {
    private Strings() {
    }

    /** The bytes that a string literal stands for; the range includes its quotes, and escapes in it are well-formed. */
    static byte[] bytes(Source source, int start, int end) {
        byte[] text = source.bytes();
        var out = new ByteArrayOutputStream(end - start);
        for (int i = start + 1; i < end - 1; i++) {
            if (text[i] != '\\') {
                out.write(text[i]);
                continue;
            }
            i++;
            switch (text[i]) {
                case 't' -> out.write('\t');
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case '"', '\'', '\\' -> out.write(text[i]);
                case 'u' -> {
                    int close = i;
                    while (text[close] != '}') {
                        close++;
                    }
                    String digits = source.ascii(i + 2, close).replace("_", "");
                    out.writeBytes(Character.toString(Integer.parseInt(digits, 16)).getBytes(StandardCharsets.UTF_8));
                    i = close;
                }
                default -> {
                    out.write(digit(text[i]) << 4 | digit(text[i + 1]));
                    i++;
                }
            }
        }
        return out.toByteArray();
    }

    /** The text that a string literal stands for, which must be UTF-8. */
    static String name(Source source, int start, int end) {
        String name = decode(bytes(source, start, end));
        if (name == null) {
            throw source.error(start, end, "malformed UTF-8 encoding");
        }
        return name;
    }

    /** The name in an identifier, without the dollar sign: both {@code $x} and {@code $"x"} give x. */
    static String identifier(Source source, int start, int end) {
        return start + 1 < end && source.bytes()[start + 1] == '"'
                ? name(source, start + 1, end) : source.ascii(start + 1, end);
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    /** The place behind an escape that starts with a backslash at a place. */
    static int skipEscape(Source source, int start) {
        byte[] text = source.bytes();
        int next = start + 1 < text.length ? text[start + 1] : -1;
        switch (next) {
            case 't', 'n', 'r', '"', '\'', '\\' -> {
                return start + 2;
            }
            case 'u' -> {
                return skipUnicodeEscape(source, start);
            }
            default -> {
                if (digit(next) >= 0 && start + 2 < text.length && digit(text[start + 2]) >= 0) {
                    return start + 3;
                }
                throw source.error(start, start + 2, "illegal escape");
            }
        }
    }

    private static int skipUnicodeEscape(Source source, int start) {
        byte[] text = source.bytes();
        int i = start + 3;
        int value = 0;
        boolean afterDigit = false;
        if (i - 1 < text.length && text[i - 1] == '{') {
            for (; i < text.length && (digit(text[i]) >= 0 || text[i] == '_' && afterDigit); i++) {
                afterDigit = text[i] != '_';
                value = afterDigit ? Math.min(value << 4 | digit(text[i]), 0x110000) : value;
            }
        }
        boolean scalar = value < 0xD800 || value >= 0xE000 && value < 0x110000;
        if (!afterDigit || i >= text.length || text[i] != '}' || !scalar) {
            throw source.error(start, Math.min(i + 1, text.length), "illegal escape");
        }
        return i + 1;
    }

    private static int digit(int character) {
        return character < 0 ? -1 : Character.digit(character, 16);
    }

    /** The length of the UTF-8 character at a place, 0 if there is none that is well-formed. */
    static int utf8Length(byte[] bytes, int start) {
        int first = bytes[start] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length > bytes.length - start) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[start + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = length > 2 ? bytes[start + 1] & 0xFF : 0x80;
        boolean overlong = first == 0xE0 && second < 0xA0 || first == 0xF0 && second < 0x90;
        boolean outside = first == 0xED && second > 0x9F || first == 0xF4 && second > 0x8F;
        return overlong || outside ? 0 : length;
    }
}

package dev.jawa.js.node;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/** Bytes to text and back in the encodings of {@code Buffer}, and searching in bytes. */
public final class ByteBinding {
    private static final int BASE64_MASK = 63;

    private final Realm realm;

    /** A binding for a realm. */
    public ByteBinding(Realm realm) {
        this.realm = realm;
    }

    /** The object with the functions. */
    public Object object() {
        Object host = realm.newObject();
        method(host, "decode", arguments -> Values.string(
                decode(Values.copyBytes(arguments.get(0)), Values.toString(arguments.get(1)))));
        method(host, "encode", arguments -> realm.newArrayBuffer(
                encode(Values.toString(arguments.get(0)), Values.toString(arguments.get(1)))));
        method(host, "indexOf", this::indexOf);
        method(host, "compare", arguments -> Integer.signum(Arrays.compareUnsigned(
                Values.copyBytes(arguments.get(0)), Values.copyBytes(arguments.get(1)))));
        return host;
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private static String decode(byte[] bytes, String encoding) {
        return switch (encoding) {
            case "utf8" -> new String(bytes, StandardCharsets.UTF_8);
            case "utf16le" -> new String(bytes, 0, bytes.length & ~1, StandardCharsets.UTF_16LE);
            case "latin1" -> new String(bytes, StandardCharsets.ISO_8859_1);
            case "ascii" -> sevenBits(bytes);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case "hex" -> java.util.HexFormat.of().formatHex(bytes);
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    private static String sevenBits(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] &= 0x7F;
        }
        return new String(masked, StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(String text, String encoding) {
        return switch (encoding) {
            case "utf8" -> encodeUtf8(text);
            case "utf16le" -> encodeUtf16(text);
            case "latin1", "ascii" -> encodeLatin1(text);
            case "base64", "base64url" -> decodeBase64(text);
            case "hex" -> decodeHex(text);
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    // JavaScript writes lone surrogates as U+FFFD, Java as a question mark.
    private static byte[] encodeUtf8(String text) {
        boolean isWellFormed = text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        if (isWellFormed) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var replaced = new StringBuilder();
        text.codePoints().map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .forEach(replaced::appendCodePoint);
        return replaced.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encodeUtf16(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
        }
        return bytes;
    }

    private static byte[] encodeLatin1(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** Both alphabets; what is no digit is passed over, as in Node.js. */
    private static byte[] decodeBase64(String text) {
        var bytes = new ByteArrayOutputStream(text.length() * 3 / 4);
        int bits = 0;
        int count = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != '='; i++) {
            int digit = base64Digit(text.charAt(i));
            if (digit < 0) {
                continue;
            }
            bits = bits << 6 | digit & BASE64_MASK;
            count += 6;
            if (count >= 8) {
                count -= 8;
                bytes.write(bits >> count);
            }
        }
        return bytes.toByteArray();
    }

    private static int base64Digit(char character) {
        if (character >= 'A' && character <= 'Z') {
            return character - 'A';
        }
        if (character >= 'a' && character <= 'z') {
            return character - 'a' + 26;
        }
        if (character >= '0' && character <= '9') {
            return character - '0' + 52;
        }
        return switch (character) {
            case '+', '-' -> 62;
            case '/', '_' -> 63;
            default -> -1;
        };
    }

    /** As far as there are pairs of digits. */
    private static byte[] decodeHex(String text) {
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(2 * i), 16);
            int low = Character.digit(text.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                return Arrays.copyOf(bytes, i);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /** {@code indexOf(bytes, searched, from, isLast)}; -1 if it is not there. */
    private Object indexOf(Arguments arguments) {
        byte[] bytes = Values.copyBytes(arguments.get(0));
        byte[] searched = Values.copyBytes(arguments.get(1));
        int from = Values.toInt32(arguments.get(2));
        int last = bytes.length - searched.length;
        if (Values.toBoolean(arguments.get(3))) {
            for (int at = Math.min(from, last); at >= 0; at--) {
                if (Arrays.equals(bytes, at, at + searched.length, searched, 0, searched.length)) {
                    return at;
                }
            }
            return -1;
        }
        for (int at = from; at <= last; at++) {
            if (Arrays.equals(bytes, at, at + searched.length, searched, 0, searched.length)) {
                return at;
            }
        }
        return -1;
    }
}

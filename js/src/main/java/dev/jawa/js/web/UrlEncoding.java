package dev.jawa.js.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Percent-encoding and forms (URL standard sections 1.3 and 5). */
final class UrlEncoding {
    private static final String FRAGMENT = " \"<>`";
    private static final String QUERY = " \"#<>";
    private static final String SPECIAL_QUERY = QUERY + "'";
    private static final String PATH = QUERY + "?^`{}";
    private static final String USER = PATH + "/:;=@[\\]|";

    /** The characters of ASCII that are encoded, besides the control characters. */
    enum Set {
        CONTROL(""),
        FRAGMENT(UrlEncoding.FRAGMENT),
        QUERY(UrlEncoding.QUERY),
        SPECIAL_QUERY(UrlEncoding.SPECIAL_QUERY),
        PATH(UrlEncoding.PATH),
        USER(UrlEncoding.USER);

        private final String characters;

        Set(String characters) {
            this.characters = characters;
        }

        boolean contains(int character) {
            return character < 0x20 || character > 0x7E || characters.indexOf(character) >= 0;
        }
    }

    private UrlEncoding() {
    }

    static String encode(String text, Set set) {
        var result = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(result, character, set));
        return result.toString();
    }

    static void append(StringBuilder result, int character, Set set) {
        if (set.contains(character)) {
            appendBytes(result, character);
        } else {
            result.appendCodePoint(character);
        }
    }

    private static void appendBytes(StringBuilder result, int character) {
        int scalar = character >= 0xD800 && character <= 0xDFFF ? 0xFFFD : character;
        for (byte part : Character.toString(scalar).getBytes(StandardCharsets.UTF_8)) {
            result.append('%').append(Character.toUpperCase(Character.forDigit(part >> 4 & 0xF, 16)))
                    .append(Character.toUpperCase(Character.forDigit(part & 0xF, 16)));
        }
    }

    static byte[] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var result = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                result.write(high << 4 | low);
                i += 2;
            } else {
                result.write(bytes[i]);
            }
        }
        return result.toByteArray();
    }

    static String decodeText(String text) {
        return new String(decode(text), StandardCharsets.UTF_8);
    }

    /** Names and values in turn ("application/x-www-form-urlencoded parsing"). */
    static List<String> parseForm(String query) {
        var list = new ArrayList<String>();
        for (String part : query.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            list.add(decodeText(name.replace('+', ' ')));
            list.add(decodeText(value.replace('+', ' ')));
        }
        return list;
    }

    static String serializeForm(List<String> namesAndValues) {
        var result = new StringBuilder();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            result.append(i == 0 ? "" : "&");
            appendForm(result, namesAndValues.get(i));
            result.append('=');
            appendForm(result, namesAndValues.get(i + 1));
        }
        return result.toString();
    }

    private static void appendForm(StringBuilder result, String text) {
        text.codePoints().forEach(character -> {
            if (character == ' ') {
                result.append('+');
            } else if (character < 0x80 && (Character.isLetterOrDigit(character) || "*-._".indexOf(character) >= 0)) {
                result.append((char) character);
            } else {
                appendBytes(result, character);
            }
        });
    }
}

package dev.jawa.cli;

import java.util.List;
import java.util.Map;

/** Writes JSON (RFC 8259), indented. */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {
    }

    /** A document of maps, lists, numbers, truth values, and anything else as a string. */
    static String write(Object document) {
        var json = new Json();
        json.value(document, "\n");
        return json.out.append('\n').toString();
    }

    private void value(Object value, String newline) {
        switch (value) {
            case Map<?, ?> map -> map(map, newline);
            case List<?> list -> list(list, newline);
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> string(value.toString());
        }
    }

    private void map(Map<?, ?> map, String newline) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator).append(newline).append("  ");
            string(entry.getKey().toString());
            out.append(": ");
            value(entry.getValue(), newline + "  ");
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : newline + "}");
    }

    private void list(List<?> list, String newline) {
        String separator = "[";
        for (Object item : list) {
            out.append(separator).append(newline).append("  ");
            value(item, newline + "  ");
            separator = ",";
        }
        out.append(list.isEmpty() ? "[]" : newline + "]");
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                default -> {
                    // Other control characters, and halves of surrogate pairs, which UTF-8 does not have.
                    if (c < ' ' || Character.isSurrogate(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

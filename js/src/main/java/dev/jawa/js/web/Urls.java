package dev.jawa.js.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Makes URLs absolute. */
final class Urls {
    private static final String TO_ENCODE = " \"<>`{}|^\\[]";

    private Urls() {
    }

    /** The absolute URL that a text means beside a base; empty if it is none. */
    static Optional<String> resolve(URI base, String text) {
        String trimmed = text.strip();
        if (trimmed.toLowerCase(Locale.ROOT).startsWith("data:")) {
            return Optional.of(trimmed);
        }
        try {
            URI relative = new URI(encode(trimmed));
            if (trimmed.isEmpty() || trimmed.startsWith("#") || trimmed.startsWith("?")) {
                return Optional.of(besideWhole(base, relative));
            }
            URI resolved = base.resolve(relative);
            return resolved.isAbsolute() ? Optional.of(withThreeSlashes(resolved)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    // URI follows an RFC in which an empty path means the folder; for URLs it means the base itself.
    private static String besideWhole(URI base, URI relative) {
        String text = base.toString().replaceFirst("#.*", "");
        if (relative.getRawQuery() != null) {
            text = text.replaceFirst("\\?.*", "");
        }
        return text + relative;
    }

    // URI writes file:/a where browsers write file:///a.
    private static String withThreeSlashes(URI url) {
        String text = url.toString();
        return text.startsWith("file:/") && !text.startsWith("file://") ? "file://" + text.substring(5) : text;
    }

    private static String encode(String text) {
        var result = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character > 0x20 && character < 0x7F && TO_ENCODE.indexOf(character) < 0) {
                result.appendCodePoint(character);
            } else {
                for (byte part : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    result.append('%').append(String.format("%02X", part));
                }
            }
        });
        return result.toString();
    }
}

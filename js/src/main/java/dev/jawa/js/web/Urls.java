package dev.jawa.js.web;

import java.net.URI;
import java.util.Optional;

/** Makes URLs absolute. */
final class Urls {
    private Urls() {
    }

    /** The absolute URL that a text means beside a base; empty if it is none. */
    static Optional<String> resolve(URI base, String text) {
        return UrlParser.parse(text, UrlParser.parse(base.toString(), Optional.empty())).map(UrlRecord::href);
    }
}

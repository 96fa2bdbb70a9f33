package dev.jawa.text;

import dev.jawa.TextFormat;

/** Lets the engine read the text format. */
public final class TextFormatProvider implements TextFormat {
    /** For the service loader. */
    public TextFormatProvider() {
    }

    @Override
    public byte[] encode(String name, byte[] text) {
        return Wat.encode(Wat.parse(name, text));
    }
}

package dev.jawa.text;

import dev.jawa.CompileError;
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

    @Override
    public CompileError locate(String name, byte[] text, CompileError error) {
        return Wat.locate(name, text, error);
    }
}

package dev.jawa.binary;

import dev.jawa.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads names, which are UTF-8 (core spec 5.2.4). */
final class Names {
    private Names() {
    }

    /** A name: its length in bytes, then the bytes. */
    static String read(ByteReader bytes) {
        Bytes run = bytes.readRun();
        String name = decode(run);
        if (name == null) {
            throw bytes.errorAt(run.start(), "malformed UTF-8 encoding");
        }
        return name;
    }

    /** The text of some bytes, or {@code null} if they are not UTF-8. */
    static String decode(Bytes bytes) {
        byte[] array = bytes.array();
        for (int i = bytes.start(); i < bytes.end(); i++) {
            if (array[i] < 0) {
                return decodeStrictly(bytes);
            }
        }
        return new String(array, bytes.start(), bytes.length(), StandardCharsets.ISO_8859_1);
    }

    private static String decodeStrictly(Bytes bytes) {
        try {
            // A new decoder reports what is malformed, other than the constructors of String.
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.array(), bytes.start(), bytes.length())).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}

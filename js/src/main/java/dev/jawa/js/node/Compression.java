package dev.jawa.js.node;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;

/** A stream that compresses or decompresses what is written to it. */
abstract sealed class Compression permits Compressor, Decompressor {
    static final String TOO_SHORT = "unexpected end of file";
    static final String DICTIONARY = "Missing dictionary";

    /** How zlib calls what a write asks for besides. */
    static final int NO_FLUSH = 0;
    static final int FULL_FLUSH = 3;
    static final int FINISH = 4;

    static final int CHUNK = 32 * 1024;

    /** What comes out is longer than the caller allows. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A stream.
     *
     * @param name of the function of zlib: {@code deflate}, {@code gunzip}
     * @param level of compression from 0 to 9, or -1 for the usual one
     * @param strategy of zlib: 0 usual, 1 filtered, 2 Huffman only
     * @param isStrict whether anything behind the compressed data is an error
     */
    static Compression of(String name, int level, int strategy, boolean isStrict) {
        return switch (name) {
            case "deflate", "deflateRaw", "gzip" -> new Compressor(name, level, strategy);
            default -> new Decompressor(name, isStrict);
        };
    }

    /** What both sides know, which makes short texts shorter. */
    abstract void dictionary(byte[] bytes);

    /**
     * Takes bytes.
     *
     * @param flush as zlib numbers it
     * @param maximum how much may come out
     * @return what can be said already
     */
    abstract byte[] write(byte[] bytes, int flush, int maximum) throws DataFormatException;

    /** Frees it; it cannot be used any more. */
    abstract void close();

    static void append(ByteArrayOutputStream out, byte[] chunk, int count, int maximum) {
        if (count > maximum - out.size()) {
            throw new TooLongException();
        }
        out.write(chunk, 0, count);
    }

    static void appendLittleEndian(ByteArrayOutputStream out, long value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >> shift));
        }
    }
}

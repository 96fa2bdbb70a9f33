package dev.jawa.js.node;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses, with the frame of zlib (RFC 1950), of gzip (RFC 1952) or none (RFC 1951). */
final class Compressor extends Compression {
    private static final byte[] GZIP_HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};

    private final Deflater deflater;
    private final boolean isGzip;
    private final CRC32 crc = new CRC32();
    private boolean hasBegun;

    Compressor(String name, int level, int strategy) {
        deflater = new Deflater(level, !name.equals("deflate"));
        deflater.setStrategy(strategy <= Deflater.HUFFMAN_ONLY ? strategy : Deflater.DEFAULT_STRATEGY);
        isGzip = name.equals("gzip");
    }

    @Override
    void dictionary(byte[] bytes) {
        deflater.setDictionary(bytes);
    }

    @Override
    byte[] write(byte[] bytes, int flush, int maximum) {
        var out = new ByteArrayOutputStream();
        if (isGzip && !hasBegun) {
            append(out, GZIP_HEADER, GZIP_HEADER.length, maximum);
        }
        hasBegun = true;
        crc.update(bytes);
        deflater.setInput(bytes);
        if (flush == FINISH) {
            deflater.finish();
        }
        int mode = flush == NO_FLUSH || flush == FINISH ? Deflater.NO_FLUSH
                : flush == FULL_FLUSH ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
        byte[] chunk = new byte[CHUNK];
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, mode);
            append(out, chunk, count, maximum);
        } while (count == chunk.length || flush == FINISH && !deflater.finished());
        if (flush == FINISH && isGzip) {
            appendLittleEndian(out, crc.getValue());
            appendLittleEndian(out, deflater.getBytesRead());
        }
        return out.toByteArray();
    }

    @Override
    void close() {
        deflater.end();
    }
}

package dev.jawa.js.node;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses, with the frame of zlib (RFC 1950), of gzip (RFC 1952) or none (RFC 1951). */
final class Decompressor extends Compression {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int MAGIC_1 = 0x1F;
    private static final int MAGIC_2 = 0x8B;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private enum Place { HEADER, DATA, TRAILER, END }

    private final boolean isStrict;
    private final boolean decides;
    private boolean isGzip;
    private Inflater inflater;
    private Optional<byte[]> dictionary = Optional.empty();
    private Place place = Place.HEADER;
    /** Bytes that came and belong to a part that is not complete yet. */
    private byte[] rest = new byte[0];
    private final CRC32 crc = new CRC32();
    private boolean isFirst = true;

    Decompressor(String name, boolean isStrict) {
        this.isStrict = isStrict;
        decides = name.equals("unzip");
        isGzip = name.equals("gunzip");
        inflater = new Inflater(isGzip || name.equals("inflateRaw"));
        if (!isGzip && !decides) {
            place = Place.DATA;
        }
    }

    @Override
    void dictionary(byte[] bytes) {
        dictionary = Optional.of(bytes);
    }

    @Override
    byte[] write(byte[] bytes, int flush, int maximum) throws DataFormatException {
        var out = new ByteArrayOutputStream();
        byte[] all = join(rest, bytes);
        int at = 0;
        int before;
        Place was;
        do {
            before = at;
            was = place;
            switch (place) {
                case HEADER -> at = header(all, at);
                case DATA -> at = data(all, at, out, maximum);
                case TRAILER -> at = trailer(all, at);
                case END -> at = at < all.length ? behind(all, at) : at;
            }
        } while (at != before || place != was);
        rest = Arrays.copyOfRange(all, at, all.length);
        boolean isComplete = place == Place.END || place == Place.HEADER && !isFirst && rest.length == 0;
        if (flush == FINISH && !isComplete) {
            throw new DataFormatException(TOO_SHORT);
        }
        return out.toByteArray();
    }

    /** Behind the end of what is compressed: another part in gzip, or what does not belong to it. */
    private int behind(byte[] all, int at) throws DataFormatException {
        if (isGzip && (all[at] & 0xFF) == MAGIC_1) {
            place = Place.HEADER;
            inflater.reset();
            crc.reset();
            return at;
        }
        if (isStrict) {
            throw new DataFormatException("Unexpected data after the end of the compressed data");
        }
        return all.length;
    }

    private int header(byte[] all, int at) throws DataFormatException {
        if (decides && isFirst && all.length > at && (all[at] & 0xFF) != MAGIC_1) {
            place = Place.DATA;
            return at;
        }
        if (decides && isFirst && !isGzip) {
            if (all.length < at + 1) {
                return at;
            }
            isGzip = true;
            inflater.end();
            inflater = new Inflater(true);
        }
        if (all.length > at && (all[at] & 0xFF) != MAGIC_1 || all.length > at + 1 && (all[at + 1] & 0xFF) != MAGIC_2) {
            throw new DataFormatException("incorrect header check");
        }
        if (all.length < at + HEADER) {
            return at;
        }
        int flags = all[at + 3];
        int end = at + HEADER;
        if ((flags & HAS_EXTRA) != 0) {
            end += all.length < end + 2 ? all.length : 2 + (all[end] & 0xFF | (all[end + 1] & 0xFF) << 8);
        }
        for (int flag : new int[] {HAS_NAME, HAS_COMMENT}) {
            if ((flags & flag) != 0) {
                while (end < all.length && all[end] != 0) {
                    end++;
                }
                end++;
            }
        }
        end += (flags & HAS_CHECKSUM) != 0 ? 2 : 0;
        if (end > all.length) {
            return at;
        }
        place = Place.DATA;
        isFirst = false;
        return end;
    }

    private int data(byte[] all, int at, ByteArrayOutputStream out, int maximum) throws DataFormatException {
        inflater.setInput(all, at, all.length - at);
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int count = inflater.inflate(chunk);
            crc.update(chunk, 0, count);
            append(out, chunk, count, maximum);
            if (inflater.finished()) {
                place = isGzip ? Place.TRAILER : Place.END;
                return all.length - inflater.getRemaining();
            } else if (inflater.needsDictionary()) {
                inflater.setDictionary(dictionary.orElseThrow(() -> new DataFormatException(DICTIONARY)));
            } else if (count == 0) {
                return all.length - inflater.getRemaining();
            }
        }
    }

    private int trailer(byte[] all, int at) throws DataFormatException {
        if (all.length < at + TRAILER) {
            return at;
        }
        if (littleEndian(all, at) != crc.getValue()) {
            throw new DataFormatException("incorrect data check");
        }
        if (littleEndian(all, at + 4) != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new DataFormatException("incorrect length check");
        }
        place = Place.END;
        return at + TRAILER;
    }

    private static long littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24) & 0xFFFF_FFFFL;
    }

    private static byte[] join(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Override
    void close() {
        inflater.end();
    }
}

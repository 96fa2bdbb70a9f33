package dev.jawa.binary;

import dev.jawa.model.Bytes;

/**
 * The bytes of a module that have arrived. What is taken out is a range of the buffer's array, not a copy: the array
 * is never written to again where it holds bytes, a full one is left to those who hold ranges of it, and only bytes
 * not yet taken move on to a new one.
 */
final class StreamBuffer {
    private static final int SMALLEST = 1 << 12;
    private static final int LARGEST_RESERVE = 1 << 22;

    private byte[] array = {};
    private int start;
    private int end;
    private int offset;

    /** Adds bytes at the end, by copying them. */
    void append(byte[] bytes, int from, int length) {
        if (array.length - end < length) {
            int pending = end - start;
            int reserve = Math.clamp(offset + pending, SMALLEST, LARGEST_RESERVE);
            var grown = new byte[Math.max(pending + length + reserve, pending + (pending >> 1))];
            System.arraycopy(array, start, grown, 0, pending);
            array = grown;
            start = 0;
            end = pending;
        }
        System.arraycopy(bytes, from, array, end, length);
        end += length;
    }

    /** Begins with all bytes of a module, without copying them. */
    void wrap(byte[] bytes) {
        array = bytes;
        start = 0;
        end = bytes.length;
    }

    /** How many bytes wait to be taken. */
    int available() {
        return end - start;
    }

    /** Where the first of them stands in the module's binary. */
    int offset() {
        return offset;
    }

    /** A reader of all bytes that wait. */
    ByteReader peek() {
        return new ByteReader(new Bytes(array, start, end - start, offset));
    }

    /** The byte at an index, counted from the first that waits. */
    int byteAt(int index) {
        return array[start + index] & 0xFF;
    }

    /** Takes bytes out. */
    Bytes take(int length) {
        if (length > available()) {
            throw new IllegalArgumentException(length + " of " + available() + " bytes");
        }
        var bytes = new Bytes(array, start, length, offset);
        start += length;
        offset += length;
        return bytes;
    }

    /** Whether a LEB128 of 32 bits that starts at an index can be read, or be seen to be malformed. */
    boolean hasNumberAt(int index) {
        for (int i = index; i < Math.min(index + 5, available()); i++) {
            if (byteAt(i) < 0x80) {
                return true;
            }
        }
        return available() >= index + 5;
    }
}

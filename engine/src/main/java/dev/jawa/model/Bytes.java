package dev.jawa.model;

import java.util.Arrays;

/**
 * A range of bytes of a module that nobody changes any more.
 *
 * @param array holds the bytes; not to be written to
 * @param start index of the first byte in the array
 * @param length how many
 * @param offset where the first byte stood in the module's binary, for messages
 */
public record Bytes(byte[] array, int start, int length, int offset) {
    /** All of an array. */
    public static Bytes of(byte... array) {
        return new Bytes(array, 0, array.length, 0);
    }

    /** The index after the last byte. */
    public int end() {
        return start + length;
    }

    /** The byte at an index counted from the start of the range. */
    public byte at(int index) {
        return array[start + java.util.Objects.checkIndex(index, length)];
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(array, start, end(), bytes.array, bytes.start, bytes.end());
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end(); i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes at offset 0x" + Integer.toHexString(offset);
    }
}

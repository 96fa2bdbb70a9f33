package dev.jawa.binary;

import dev.jawa.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects bytes and writes the values of the binary format (core spec 5.2), numbers as short as can be. */
public final class ByteWriter {
    private byte[] array = new byte[64];
    private int size;

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** Forgets all bytes, so that the writer can be used anew. */
    public void clear() {
        size = 0;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    /** A copy of the bytes, as part of a model. */
    public Bytes toBytes() {
        return Bytes.of(toArray());
    }

    /** A byte, of which the low 8 bits count. */
    public void writeByte(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    /** Some bytes as they are. */
    public void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    /** Some bytes as they are. */
    public void writeBytes(Bytes bytes) {
        writeBytes(bytes.array(), bytes.start(), bytes.length());
    }

    /** All bytes of another writer. */
    public void writeBytes(ByteWriter other) {
        writeBytes(other.array, 0, other.size);
    }

    private void writeBytes(byte[] bytes, int start, int length) {
        reserve(length);
        System.arraycopy(bytes, start, array, size, length);
        size += length;
    }

    /** Bytes after their number. */
    public void writeRun(byte[] bytes) {
        writeUnsigned32(bytes.length);
        writeBytes(bytes);
    }

    /** Bytes after their number. */
    public void writeRun(Bytes bytes) {
        writeUnsigned32(bytes.length());
        writeBytes(bytes);
    }

    /** All bytes of another writer after their number. */
    public void writeRun(ByteWriter other) {
        writeUnsigned32(other.size);
        writeBytes(other);
    }

    /** A name, in UTF-8. */
    public void writeName(String name) {
        writeRun(name.getBytes(StandardCharsets.UTF_8));
    }

    /** An unsigned LEB128 of 32 bits. */
    public void writeUnsigned32(int value) {
        writeUnsigned64(Integer.toUnsignedLong(value));
    }

    /** An unsigned LEB128 of 64 bits. */
    public void writeUnsigned64(long value) {
        long rest = value;
        while ((rest & -0x80) != 0) {
            writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** A signed LEB128. */
    public void writeSigned(long value) {
        long rest = value;
        while (rest < -0x40 || rest > 0x3F) {
            writeByte((int) rest | 0x80);
            rest >>= 7;
        }
        writeByte((int) rest & 0x7F);
    }

    /** Four bytes, little endian. */
    public void writeFixed32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            writeByte(value >>> shift);
        }
    }

    /** Eight bytes, little endian. */
    public void writeFixed64(long value) {
        for (int shift = 0; shift < 64; shift += 8) {
            writeByte((int) (value >>> shift));
        }
    }

    private void reserve(int length) {
        if (length > array.length - size) {
            array = Arrays.copyOf(array, Math.max(size + length, array.length * 2));
        }
    }
}

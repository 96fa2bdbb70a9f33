package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over bytes that reads the values of the binary format (core spec 5.2): bytes, LEB128 numbers, and numbers
 * of fixed width. Whatever is malformed ends in a {@link CompileError} that names the place. Not thread-safe.
 */
public final class ByteReader implements Place {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] array;
    private final int end;
    private final Bytes all;
    private final int offsetOfIndexZero;
    private final int function;
    private int position;

    /** At the start of some bytes that are not of a function. */
    public ByteReader(Bytes bytes) {
        this(bytes, -1);
    }

    /**
     * At the start of some bytes.
     *
     * @param bytes what to read
     * @param function the index of the function they belong to, or -1, for messages
     */
    public ByteReader(Bytes bytes, int function) {
        this.all = bytes;
        this.array = bytes.array();
        this.end = bytes.end();
        this.offsetOfIndexZero = bytes.offset() - bytes.start();
        this.function = function;
        this.position = bytes.start();
    }

    /** The bytes this reader was made for. */
    Bytes all() {
        return all;
    }

    /** The index of the function the bytes belong to, or -1. */
    int function() {
        return function;
    }

    /** The index of the next byte in the array. */
    public int position() {
        return position;
    }

    /** Moves to an index of the array, within the bytes this reader was made for. */
    public void position(int index) {
        position = index;
    }

    /** The index after the last byte. */
    public int end() {
        return end;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** Where the next byte stands in the module's binary. */
    public int offset() {
        return offset(position);
    }

    /** Where the byte at an index of the array stands in the module's binary. */
    public int offset(int index) {
        return offsetOfIndexZero + index;
    }

    /** An error at the next byte. */
    @Override
    public CompileError error(String reason) {
        return errorAt(position, reason);
    }

    /** An error at the byte with an index of the array. */
    public CompileError errorAt(int index, String reason) {
        return new CompileError(reason, offset(index), function);
    }

    /** A byte, 0 to 255. */
    public int readByte() {
        if (position >= end) {
            throw unexpectedEnd();
        }
        return array[position++] & 0xFF;
    }

    /** The byte that {@link #readByte} would give next, or -1 at the end. */
    public int peekByte() {
        return position < end ? array[position] & 0xFF : -1;
    }

    /** The next bytes as a range that shares the array. */
    public Bytes readBytes(int length) {
        require(length);
        var bytes = new Bytes(array, position, length, offset());
        position += length;
        return bytes;
    }

    /** Four bytes, little endian. */
    public int readFixed32() {
        require(4);
        int value = (int) INT.get(array, position);
        position += 4;
        return value;
    }

    /** Eight bytes, little endian. */
    public long readFixed64() {
        require(8);
        long value = (long) LONG.get(array, position);
        position += 8;
        return value;
    }

    /** An unsigned LEB128 of 32 bits; numbers from 2^31 on come out negative. */
    public int readUnsigned32() {
        int at = position;
        if (at < end) {
            byte first = array[at];
            if (first >= 0) {
                position = at + 1;
                return first;
            }
        }
        // Two and three bytes are frequent enough to be worth their own way: with the loop, it is a third of validation.
        if (at + 2 < end) {
            int low = array[at] & 0x7F;
            byte second = array[at + 1];
            if (second >= 0) {
                position = at + 2;
                return low | second << 7;
            }
            byte third = array[at + 2];
            if (third >= 0) {
                position = at + 3;
                return low | (second & 0x7F) << 7 | third << 14;
            }
        }
        return (int) readUnsigned(32);
    }

    /** An unsigned LEB128 of 64 bits. */
    public long readUnsigned64() {
        int at = position;
        if (at < end) {
            byte first = array[at];
            if (first >= 0) {
                position = at + 1;
                return first;
            }
        }
        if (at + 1 < end) {
            byte second = array[at + 1];
            if (second >= 0) {
                position = at + 2;
                return array[at] & 0x7F | second << 7;
            }
        }
        return readUnsigned(64);
    }

    /** A signed LEB128 of 32 bits. */
    public int readSigned32() {
        int at = position;
        if (at < end) {
            byte first = array[at];
            if (first >= 0) {
                position = at + 1;
                return first << 25 >> 25;
            }
        }
        if (at + 2 < end) {
            int low = array[at] & 0x7F;
            byte second = array[at + 1];
            if (second >= 0) {
                position = at + 2;
                return low | second << 25 >> 18;
            }
            byte third = array[at + 2];
            if (third >= 0) {
                position = at + 3;
                return low | (second & 0x7F) << 7 | third << 25 >> 11;
            }
        }
        return (int) readSigned(32);
    }

    /** A signed LEB128 of 33 bits, of block types and heap types. */
    public long readSigned33() {
        return readSigned(33);
    }

    /** A signed LEB128 of 64 bits. */
    public long readSigned64() {
        if (position < end) {
            byte first = array[position];
            if (first >= 0) {
                position++;
                return first << 25 >> 25;
            }
        }
        return readSigned(64);
    }

    /**
     * The length of a vector whose elements take a byte each at least, so that no length is believed that the bytes
     * cannot hold.
     */
    public int readLength() {
        return readLength("unexpected end of section or function");
    }

    /** A name or other run of bytes: its length, then the bytes, as a range that shares the array. */
    Bytes readRun() {
        return readBytes(readLength("length out of bounds"));
    }

    private int readLength(String reason) {
        int start = position;
        int length = readUnsigned32();
        if (length < 0 || length > remaining()) {
            throw errorAt(start, reason);
        }
        return length;
    }

    // Spec 5.2.2: at most ceil(bits / 7) bytes, and those bits of the last one that do not count are zero.
    private long readUnsigned(int bits) {
        int start = position;
        long value = 0;
        for (int shift = 0;; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (shift + 7 >= bits) {
                if ((next & 0x80) != 0) {
                    throw errorAt(start, "integer representation too long");
                }
                if (next >>> bits - shift != 0) {
                    throw errorAt(start, "integer too large");
                }
                return value;
            }
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    // As above, but the unused bits repeat the sign.
    private long readSigned(int bits) {
        int start = position;
        long value = 0;
        for (int shift = 0;; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (shift + 7 >= bits) {
                if ((next & 0x80) != 0) {
                    throw errorAt(start, "integer representation too long");
                }
                int sign = next << 25 >> 24 + bits - shift;
                if (sign != 0 && sign != -1) {
                    throw errorAt(start, "integer too large");
                }
                return shift + 7 >= 64 ? value : value << 57 - shift >> 57 - shift;
            }
            if ((next & 0x80) == 0) {
                return value << 57 - shift >> 57 - shift;
            }
        }
    }

    private void require(int length) {
        if (length > remaining()) {
            throw unexpectedEnd();
        }
    }

    private CompileError unexpectedEnd() {
        return errorAt(end, "unexpected end of section or function");
    }
}

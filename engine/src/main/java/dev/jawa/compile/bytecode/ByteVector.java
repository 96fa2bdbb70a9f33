package dev.jawa.compile.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end, in the big-endian order of class files. */
final class ByteVector {
    private byte[] bytes;
    private int size;

    ByteVector(int capacity) {
        bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, bytes.length * 2));
        }
    }

    ByteVector u1(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteVector u2(int value) {
        reserve(2);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteVector u4(int value) {
        return u2(value >> 16).u2(value);
    }

    ByteVector u8(long value) {
        return u4((int) (value >> 32)).u4((int) value);
    }

    ByteVector append(ByteVector other) {
        reserve(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
        return this;
    }

    /** A string as class files hold it. The compiler's names are plain ASCII, except for constants. */
    ByteVector modifiedUtf8(String text) {
        byte[] encoded = encode(text);
        u2(encoded.length);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return this;
    }

    private static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c > 0x7F) {
                return encodeSlowly(text);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    // JVM specification 4.4.7: zero takes two bytes, and surrogates are encoded one by one.
    private static byte[] encodeSlowly(String text) {
        var out = new ByteVector(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != 0 && c < 0x80) {
                out.u1(c);
            } else if (c < 0x800) {
                out.u1(0xC0 | c >> 6).u1(0x80 | c & 0x3F);
            } else {
                out.u1(0xE0 | c >> 12).u1(0x80 | c >> 6 & 0x3F).u1(0x80 | c & 0x3F);
            }
        }
        return out.toArray();
    }

    int u1At(int index) {
        return bytes[index] & 0xFF;
    }

    void putU2(int index, int value) {
        bytes[index] = (byte) (value >> 8);
        bytes[index + 1] = (byte) value;
    }

    void putU4(int index, int value) {
        putU2(index, value >> 16);
        putU2(index + 2, value);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}

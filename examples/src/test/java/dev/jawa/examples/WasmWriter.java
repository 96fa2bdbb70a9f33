package dev.jawa.examples;

import dev.jawa.model.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of the binary format (core spec 5), written by hand. */
final class WasmWriter {
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins with a module's magic number and version. */
    static WasmWriter module() {
        var writer = new WasmWriter();
        writer.bytes.writeBytes(HEADER);
        return writer;
    }

    /** A section: its id, its size and its contents. */
    WasmWriter section(int id, WasmWriter contents) {
        return raw(id).sized(contents);
    }

    /** Contents with their size before them. */
    WasmWriter sized(WasmWriter contents) {
        unsigned(contents.bytes.size());
        bytes.writeBytes(contents.toByteArray());
        return this;
    }

    /** Bytes as they are. */
    WasmWriter raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    /** A number in unsigned LEB128 (5.2.2). */
    WasmWriter unsigned(int value) {
        int rest = value;
        while (Integer.compareUnsigned(rest, 0x80) >= 0) {
            bytes.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
        return this;
    }

    /** A number in signed LEB128 (5.2.2). */
    WasmWriter signed(long value) {
        long rest = value;
        while (rest < -0x40 || rest >= 0x40) {
            bytes.write((int) rest & 0x7F | 0x80);
            rest >>= 7;
        }
        bytes.write((int) rest & 0x7F);
        return this;
    }

    /** A name (5.2.4). */
    WasmWriter name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        unsigned(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /** An instruction whose immediates are unsigned numbers. */
    WasmWriter op(Opcode opcode, int... immediates) {
        bytes.write(opcode.number());
        for (int immediate : immediates) {
            unsigned(immediate);
        }
        return this;
    }

    /** An instruction with a signed constant. */
    WasmWriter constant(Opcode opcode, long value) {
        bytes.write(opcode.number());
        return signed(value);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}

package dev.jawa.wasm;

import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the instructions of a function; {@code end} comes by itself at the end of the function. */
public final class CodeWriter {
    private final ModuleBytes bytes = ModuleBytes.bytes();

    /** An instruction with unsigned immediates. */
    public CodeWriter op(Opcode opcode, long... immediates) {
        if (opcode.prefix() == 0) {
            bytes.add((byte) opcode.number());
        } else {
            bytes.add((byte) opcode.prefix()).number(opcode.number());
        }
        for (long immediate : immediates) {
            bytes.number(immediate);
        }
        return this;
    }

    public CodeWriter i32(int value) {
        return op(Opcode.I32_CONST).signed(value);
    }

    public CodeWriter i64(long value) {
        return op(Opcode.I64_CONST).signed(value);
    }

    public CodeWriter f32(float value) {
        op(Opcode.F32_CONST);
        bytes.add(little(4).putInt(Float.floatToRawIntBits(value)).array());
        return this;
    }

    public CodeWriter f64(double value) {
        op(Opcode.F64_CONST);
        bytes.add(little(8).putLong(Double.doubleToRawLongBits(value)).array());
        return this;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public CodeWriter get(int local) {
        return op(Opcode.LOCAL_GET, local);
    }

    public CodeWriter set(int local) {
        return op(Opcode.LOCAL_SET, local);
    }

    public CodeWriter tee(int local) {
        return op(Opcode.LOCAL_TEE, local);
    }

    public CodeWriter call(int function) {
        return op(Opcode.CALL, function);
    }

    /** A load or store with its natural alignment. */
    public CodeWriter memory(Opcode opcode, long offset) {
        return op(opcode, Integer.numberOfTrailingZeros(opcode.accessBytes()), offset);
    }

    /** {@code block}, {@code loop} or {@code if} without parameters and results. */
    public CodeWriter open(Opcode opcode) {
        return open(opcode, '-');
    }

    /** {@code block}, {@code loop} or {@code if} with a result, as {@link ModuleWriter#type} writes it. */
    public CodeWriter open(Opcode opcode, char result) {
        op(opcode);
        bytes.add(result == '-' ? 0x40 : ModuleWriter.valueType(result));
        return this;
    }

    /** {@code block}, {@code loop} or {@code if} with a type of the module. */
    public CodeWriter openTyped(Opcode opcode, int type) {
        return op(opcode).signed(type);
    }

    public CodeWriter end() {
        return op(Opcode.END);
    }

    public CodeWriter br(int label) {
        return op(Opcode.BR, label);
    }

    public CodeWriter brIf(int label) {
        return op(Opcode.BR_IF, label);
    }

    /** {@code br_table}; the last label is the default. */
    public CodeWriter brTable(int... labels) {
        op(Opcode.BR_TABLE, labels.length - 1L);
        for (int label : labels) {
            bytes.number(label);
        }
        return this;
    }

    private CodeWriter signed(long value) {
        long rest = value;
        while (rest != rest << 57 >> 57) {
            bytes.add((byte) (rest & 0x7F | 0x80));
            rest >>= 7;
        }
        bytes.add((byte) (rest & 0x7F));
        return this;
    }

    public int size() {
        return bytes.toArray().length;
    }

    byte[] toArray() {
        return bytes.toArray();
    }
}

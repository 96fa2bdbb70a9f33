package dev.jawa.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Bytes;
import dev.jawa.model.NumberType;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.TypeIndex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InstructionReaderTest {
    private static InstructionReader reader(String hex) {
        return new InstructionReader(Bytes.of(ModuleBytes.parse(hex)), 7);
    }

    // Reads one instruction and checks that nothing is left.
    private static InstructionReader read(Opcode expected, String hex) {
        InstructionReader reader = reader(hex);
        assertEquals(expected, reader.next());
        assertFalse(reader.hasNext());
        return reader;
    }

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void readsEveryOpcode(Opcode opcode) {
        var bytes = ModuleBytes.bytes();
        if (opcode.prefix() != 0) {
            bytes.add((byte) opcode.prefix()).number(opcode.number());
        } else {
            bytes.add((byte) opcode.number());
        }
        int length = bytes.toArray().length;
        // Zeros are immediates of every shape, but for block types, which 0x40 stands for.
        switch (opcode.immediates()) {
            case BLOCK_TYPE, BLOCK_TYPE_CATCHES -> bytes.hex("40");
            default -> {
            }
        }
        bytes.repeat(20, (byte) 0);
        var reader = new InstructionReader(Bytes.of(bytes.toArray()));
        assertEquals(opcode, reader.next());
        assertTrue(reader.position() >= length);
        assertEquals(0, reader.offset());
    }

    @Test
    void givesPlaces() {
        var reader = new InstructionReader(new Bytes(ModuleBytes.parse("FF 41 05 1A 0B FF"), 1, 4, 1000));
        assertEquals(Opcode.I32_CONST, reader.next());
        assertEquals(1000, reader.offset());
        assertEquals(1002, reader.nextOffset());
        int position = reader.position();
        assertEquals(Opcode.DROP, reader.next());
        assertEquals(Opcode.END, reader.next());
        assertEquals(1003, reader.offset());
        assertFalse(reader.hasNext());
        reader.position(position);
        assertEquals(Opcode.DROP, reader.next());
    }

    @Test
    void readsConstants() {
        assertEquals(-1, read(Opcode.I32_CONST, "41 7F").constant());
        assertEquals(Long.MIN_VALUE, read(Opcode.I64_CONST, "42 80 80 80 80 80 80 80 80 80 7F").constant());
        assertEquals(0xFFC0_0000L, read(Opcode.F32_CONST, "43 00 00 C0 FF").constant());
        assertEquals(Double.doubleToRawLongBits(1), read(Opcode.F64_CONST, "44 00 00 00 00 00 00 F0 3F").constant());
        InstructionReader vector = read(Opcode.V128_CONST, "FD 0C 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F");
        assertEquals(0x0706_0504_0302_0100L, vector.constant());
        assertEquals(0x0F0E_0D0C_0B0A_0908L, vector.constantHigh());
    }

    @Test
    void readsMemoryArguments() {
        InstructionReader plain = read(Opcode.I32_LOAD, "28 02 10");
        assertEquals(0, plain.memory());
        assertEquals(2, plain.alignment());
        assertEquals(16, plain.memoryOffset());
        InstructionReader other = read(Opcode.I64_STORE, "37 43 05 FF FF FF FF FF FF FF FF FF 01");
        assertEquals(5, other.memory());
        assertEquals(3, other.alignment());
        assertEquals(-1, other.memoryOffset());
        assertEquals(9, read(Opcode.V128_LOAD8_LANE, "FD 54 00 00 09").lane());
    }

    @Test
    void readsBlockTypes() {
        assertTrue(read(Opcode.BLOCK, "02 40").blockTypeIsEmpty());
        assertNull(read(Opcode.BLOCK, "02 40").blockValueType());
        InstructionReader value = read(Opcode.IF, "04 7E");
        assertFalse(value.blockTypeIsIndex());
        assertEquals(NumberType.I64, value.blockValueType());
        assertEquals(new ReferenceType(false, new TypeIndex(3)), read(Opcode.LOOP, "03 64 03").blockValueType());
        assertEquals(ReferenceType.FUNCREF, read(Opcode.LOOP, "03 70").blockValueType());
        InstructionReader index = read(Opcode.BLOCK, "02 C0 00");
        assertTrue(index.blockTypeIsIndex());
        assertEquals(64, index.blockTypeIndex());
    }

    @Test
    void readsLists() {
        InstructionReader table = read(Opcode.BR_TABLE, "0E 02 05 06 07");
        assertEquals(3, table.labelCount());
        assertEquals(5, table.label(0));
        assertEquals(7, table.label(2));
        assertEquals(List.of(NumberType.F32), read(Opcode.SELECT_TYPED, "1C 01 7D").valueTypes());
        assertEquals(List.of(
                new CatchClause(CatchClause.Kind.CATCH, 1, 2), new CatchClause(CatchClause.Kind.CATCH_REF, 3, 4),
                new CatchClause(CatchClause.Kind.CATCH_ALL, -1, 5),
                new CatchClause(CatchClause.Kind.CATCH_ALL_REF, -1, 6)),
                read(Opcode.TRY_TABLE, "1F 40 04 00 01 02 01 03 04 02 05 03 06").catches());
        assertEquals(List.of(new ResumptionHandler(1, 2), new ResumptionHandler(3, -1)),
                read(Opcode.RESUME, "E3 00 02 00 01 02 01 03").handlers());
    }

    @Test
    void readsCasts() {
        InstructionReader cast = read(Opcode.BR_ON_CAST, "FB 18 02 01 6E 04");
        assertEquals(1, cast.index());
        assertFalse(cast.nullable());
        assertTrue(cast.secondNullable());
        assertEquals(AbstractHeapType.ANY, cast.heapType());
        assertEquals(new TypeIndex(4), cast.secondHeapType());
    }

    @ParameterizedTest
    @CsvSource({
        "FF, illegal opcode ff", "27, illegal opcode 27", "FB 7F, illegal opcode fb 7f",
        "FD 80 80 80 80 10, integer too large", "FD FF FF FF FF 0F, illegal opcode fd ffffffff",
        "28 80 01 00, malformed memop flags", "02 41, malformed block type", "02 80 7F, malformed block type",
        "D0 00 01, ''", "D0 67, malformed heap type", "D0 80 7F, malformed heap type",
        "D0 FF FF FF FF 0F, unknown type 4294967295", "1C 01 5F, malformed value type",
        "FB 18 04 00 6E 6E, malformed cast flags", "FE 03 01, zero byte expected",
        "1F 40 01 04 00, malformed catch clause", "0E FF FF FF FF 0F 00, unexpected end of section or function",
        "1C FF FF FF FF 0F 7F, unexpected end of section or function",
        "44 00 00, unexpected end of section or function", "41, unexpected end of section or function",
    })
    void rejectsMalformedInstructions(String hex, String reason) {
        InstructionReader reader = reader(hex);
        if (reason.isEmpty()) {
            reader.next();
            return;
        }
        var error = assertThrows(CompileError.class, reader::next);
        assertEquals(reason, error.reason());
        assertEquals(7, error.function().getAsInt());
    }
}

package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.AddressType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.runtime.memory.MemoryInstance;
import dev.jawa.wasm.ModuleWriter;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Memories, tables and globals as hosts use them. */
class ResourcesTest {
    private static void fails(Kind kind, Executable action) {
        assertEquals(kind, assertThrows(RuntimeError.class, action).kind());
    }

    @Test
    void memoryReadsWhatWasWritten() {
        Memory memory = Memory.of(1);
        memory.writeByte(1, (byte) -2);
        memory.writeShort(3, (short) -300);
        memory.writeInt(5, 0x12345678);
        memory.writeLong(9, Long.MIN_VALUE + 1);
        memory.writeFloat(17, 1.5f);
        memory.writeDouble(21, -2.5);
        assertEquals(-2, memory.readByte(1));
        assertEquals(-300, memory.readShort(3));
        assertEquals(0x12345678, memory.readInt(5));
        assertEquals(0x78, memory.readByte(5));
        assertEquals(Long.MIN_VALUE + 1, memory.readLong(9));
        assertEquals(1.5f, memory.readFloat(17));
        assertEquals(-2.5, memory.readDouble(21));
        memory.writeBytes(100, (byte) 1, (byte) 2);
        assertArrayEquals(new byte[] {0, 1, 2, 0}, memory.readBytes(99, 4));
    }

    @Test
    void memoryChecksBounds() {
        Memory memory = Memory.of(1);
        long size = memory.size();
        assertEquals(65536, size);
        for (long address : new long[] {-1, size, size - 1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, (1L << 32) - 1}) {
            fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.readShort(address));
            fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.writeLong(address, 1));
            fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.readBytes(address, 2));
            fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.putString(address, "ab"));
        }
        fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.readBytes(0, -1));
        fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.string(0, Integer.MIN_VALUE));
        fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.string(-1));
        assertEquals(0, memory.readBytes(size, 0).length);
        fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.readBytes(size + 1, 0));
    }

    @Test
    void memoryHoldsTextInUtf8() {
        Memory memory = Memory.of(1);
        String text = "héllo \uD83D\uDE00";
        int length = memory.putString(10, text);
        assertEquals(text.getBytes(StandardCharsets.UTF_8).length, length);
        assertEquals(text, memory.string(10, length));
        assertEquals(text, memory.string(10));
        memory.writeByte(0, (byte) 0xFF);
        assertEquals("\uFFFD", memory.string(0, 1));
        memory.writeBytes(65534, (byte) 'a', (byte) 'b');
        fails(Kind.MEMORY_OUT_OF_BOUNDS, () -> memory.string(65534));
    }

    @Test
    void memoryGrowsAndTellsWhoListens() {
        var module = new ModuleWriter().memory("01 01 04").export("memory", 2, 0);
        module.export("grow", "i:i", code -> code.get(0).op(Opcode.MEMORY_GROW, 0));
        module.export("size", ":i", code -> code.op(Opcode.MEMORY_SIZE, 0));
        module.export("load", "i:i", code -> code.get(0).memory(Opcode.I32_LOAD, 0));
        Exports exports = module.compile().instantiate().exports();
        Memory memory = exports.memory("memory");
        var sizes = new ArrayList<Long>();
        ((MemoryInstance) memory).onGrow(() -> sizes.add(memory.pages()));
        assertEquals(1, exports.function("grow").callInt(1));
        assertEquals(2, memory.grow(1));
        assertEquals(3, exports.function("size").callInt());
        assertEquals(List.of(2L, 3L), sizes);
        memory.writeInt(3 * 65536 - 4, 77);
        assertEquals(77, exports.function("load").callInt(3 * 65536 - 4));
        assertEquals(-1, exports.function("grow").callInt(2));
        fails(Kind.OUT_OF_MEMORY, () -> memory.grow(-1));
        fails(Kind.OUT_OF_MEMORY, () -> memory.grow(Long.MIN_VALUE));
        assertEquals(3, memory.type().limits().minimum());
    }

    @Test
    void viewsAreLive() {
        var module = new ModuleWriter().memory("00 01").export("memory", 2, 0);
        module.export("load", "i:i", code -> code.get(0).memory(Opcode.I32_LOAD, 0));
        Exports exports = module.compile().instantiate().exports();
        Memory memory = exports.memory("memory");
        memory.buffer().putInt(8, 42);
        assertEquals(42, exports.function("load").callInt(8));
        memory.writeInt(12, 43);
        assertEquals(43, memory.segment().get(ValueLayout.JAVA_INT_UNALIGNED, 12));
        assertEquals(65536, memory.buffer().capacity());
        assertEquals(65536, memory.segment().byteSize());
        assertThrows(IndexOutOfBoundsException.class, () -> memory.segment().asSlice(65530, 8));
    }

    @Test
    void instancesShareMemoriesTablesAndGlobals() {
        Memory memory = Memory.of(1);
        Table table = Table.of(2);
        Global global = Global.of(new GlobalType(NumberType.I32, true), 1);
        Imports imports = Imports.builder().memory("env", "memory", memory).table("env", "table", table)
                .global("env", "global", global).build();
        var module = new ModuleWriter().importMemory("env", "memory", "00 01")
                .importTable("env", "table", 'r', "00 02").importGlobal("env", "global", 'i', true);
        module.export("store", "ii:", code -> code.get(0).get(1).memory(Opcode.I32_STORE, 0));
        module.export("load", "i:i", code -> code.get(0).memory(Opcode.I32_LOAD, 0));
        module.export("next", ":i", code -> code.op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_ADD)
                .op(Opcode.GLOBAL_SET, 0).op(Opcode.GLOBAL_GET, 0));
        int type = module.type(":i");
        module.export("indirect", "i:i", code -> code.get(0).op(Opcode.CALL_INDIRECT, type, 0));
        module.export("grow", ":i", code -> code.i32(1).op(Opcode.MEMORY_GROW, 0));
        Module compiled = module.compile();
        Exports first = compiled.instantiate(imports).exports();
        Exports second = compiled.instantiate(imports).exports();
        first.function("store").call(4, 99);
        assertEquals(99, second.function("load").callInt(4));
        assertEquals(1, first.function("grow").callInt());
        second.function("store").call(65536, 5);
        assertEquals(5, first.function("load").callInt(65536));
        table.element(1, first.function("next"));
        assertEquals(2, second.function("indirect").callInt(1));
        assertEquals(3, second.function("next").callInt());
        assertEquals(3, global.value());
        global.value(10);
        assertEquals(11, first.function("next").callInt());
    }

    @Test
    void tables() {
        Table table = Table.of(new TableType(AddressType.I32, ResizableLimits.of(2, 4), ReferenceType.EXTERNREF), "x");
        assertEquals("x", table.element(1));
        var object = new Object();
        table.element(0, object);
        assertSame(object, table.element(0));
        assertEquals(2, table.grow(2, null));
        assertNull(table.element(3));
        fails(Kind.OUT_OF_MEMORY, () -> table.grow(1, null));
        fails(Kind.OUT_OF_MEMORY, () -> table.grow(-1, null));
        for (long index : new long[] {-1, 4, 1L << 32, Long.MIN_VALUE}) {
            fails(Kind.TABLE_OUT_OF_BOUNDS, () -> table.element(index));
            fails(Kind.TABLE_OUT_OF_BOUNDS, () -> table.element(index, null));
        }
        fails(Kind.TYPE_MISMATCH, () -> Table.of(1).element(0, "not a function"));
        assertEquals(4, table.type().limits().minimum());
    }

    @Test
    void globals() {
        assertEquals(1, Global.of(1).value());
        assertEquals(1L, Global.of(1L).value());
        assertEquals(1f, Global.of(1f).value());
        assertEquals(1.0, Global.of(1.0).value());
        fails(Kind.TYPE_MISMATCH, () -> Global.of(1).value(2));
        Global variable = Global.of(new GlobalType(NumberType.I64, true), 5);
        variable.value(6);
        assertEquals(6L, variable.value());
        fails(Kind.TYPE_MISMATCH, () -> variable.value(1.5));
        fails(Kind.TYPE_MISMATCH, () -> variable.value(null));
        fails(Kind.TYPE_MISMATCH, () -> Global.of(new GlobalType(NumberType.I32, true), "text"));
    }
}

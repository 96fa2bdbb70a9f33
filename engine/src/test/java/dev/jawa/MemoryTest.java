package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.AddressType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memories in all their forms. */
class MemoryTest {
    private static final long GIB = 1L << 30;

    /** What decides where a memory is. */
    enum Form {
        ARRAY(AddressType.I32, false), SHARED(AddressType.I32, true),
        WIDE(AddressType.I64, false), WIDE_SHARED(AddressType.I64, true);

        private final AddressType addressType;
        private final boolean shared;

        Form(AddressType addressType, boolean shared) {
            this.addressType = addressType;
            this.shared = shared;
        }

        Memory memory(long initial, long maximum) {
            return Memory.of(new MemoryType(addressType, ResizableLimits.of(initial, maximum), shared,
                    MemoryType.DEFAULT_PAGE_SIZE_LOG2));
        }
    }

    private static void assertOutOfBounds(Runnable access) {
        assertEquals(Kind.MEMORY_OUT_OF_BOUNDS, assertThrows(RuntimeError.class, access::run).kind());
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(Form form) {
        Memory memory = form.memory(1, 2);
        memory.writeByte(1, (byte) -2);
        memory.writeShort(3, (short) -3);
        memory.writeInt(5, 0x1234_5678);
        memory.writeLong(9, Long.MIN_VALUE + 7);
        memory.writeFloat(17, 1.5f);
        memory.writeDouble(21, -2.5);
        assertEquals(-2, memory.readByte(1));
        assertEquals(-3, memory.readShort(3));
        assertEquals(0x1234_5678, memory.readInt(5));
        assertEquals(0x78, memory.readByte(5));
        assertEquals(Long.MIN_VALUE + 7, memory.readLong(9));
        assertEquals(1.5f, memory.readFloat(17));
        assertEquals(-2.5, memory.readDouble(21));
        memory.writeBytes(100, (byte) 1, (byte) 2, (byte) 3);
        assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, memory.readBytes(99, 5));
        assertEquals(5, memory.putString(200, "grün"));
        assertEquals("grün", memory.string(200));
        assertEquals("gr", memory.string(200, 2));
    }

    @ParameterizedTest
    @EnumSource
    void viewsAreLive(Form form) {
        Memory memory = form.memory(1, 2);
        memory.segment().set(ValueLayout.JAVA_BYTE, 65_535, (byte) 7);
        memory.buffer().putInt(8, 0x0102_0304);
        assertEquals(7, memory.readByte(65_535));
        assertEquals(4, memory.readByte(8));
        assertEquals(65_536, memory.segment().byteSize());
        assertEquals(65_536, memory.buffer().capacity());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsReachedOutside(Form form) {
        Memory memory = form.memory(1, 2);
        byte[] tooMany = new byte[65_537];
        assertOutOfBounds(() -> memory.readByte(65_536));
        assertOutOfBounds(() -> memory.readByte(-1));
        assertOutOfBounds(() -> memory.readInt(65_533));
        assertOutOfBounds(() -> memory.readLong(Long.MAX_VALUE - 3));
        assertOutOfBounds(() -> memory.writeShort(65_535, (short) 0));
        assertOutOfBounds(() -> memory.writeBytes(0, tooMany));
        assertOutOfBounds(() -> memory.readBytes(1, 65_536));
        assertOutOfBounds(() -> memory.readBytes(0, -1));
        memory.segment().fill((byte) 'x');
        assertOutOfBounds(() -> memory.string(0));
    }

    @ParameterizedTest
    @EnumSource
    void growthKeepsWhatIsThere(Form form) {
        Memory memory = form.memory(1, 100);
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        memory.writeBytes(65_532, text);
        assertEquals(1, memory.grow(1));
        assertEquals(2, memory.grow(98));
        assertArrayEquals(text, memory.readBytes(65_532, 4));
        assertEquals(0, memory.readLong(100 * 65_536 - 8));
        memory.writeLong(100 * 65_536 - 8, -1);
        assertEquals(-1, memory.readInt(100 * 65_536 - 4));
        assertEquals(100, memory.pages());
        assertEquals(100 * 65_536, memory.size());
        assertEquals(100, memory.grow(0));
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> memory.grow(1)).kind());
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> memory.grow(-1)).kind());
    }

    @Test
    void whatIsTooLargeIsAnError() {
        for (long pages : new long[] {1L << 48, -1, 1L << 20}) {
            var type = new MemoryType(AddressType.I64, ResizableLimits.of(pages), false, 16);
            assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> Memory.of(type)).kind());
        }
    }

    /** Calls {@code memory.grow} by its parameter, then stores and loads at the first byte that is new. */
    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "WIDE"})
    void codeSeesItsMemoryWhereItIsNow(Form form) {
        boolean wide = form == Form.WIDE;
        String type = wide ? "7E" : "7F";
        Instance instance = new ModuleSketch().memory("memory", wide ? "04 01" : "00 01").type(type, type)
                .function("grow", 0, wide
                        ? "42 00 42 2A 37 03 00 20 00 40 00 42 80 80 04 42 07 37 03 00 42 80 80 04 29 03 00 "
                                + "42 00 29 03 00 7C 7C 0B"
                        : "41 00 41 2A 36 02 00 20 00 40 00 41 80 80 04 41 07 36 02 00 41 80 80 04 28 02 00 "
                                + "41 00 28 02 00 6A 6A 0B")
                .instantiate();
        Function grow = instance.exports().function("grow");
        // The size before, the new bytes and the old ones.
        assertEquals(1 + 7 + 42L, ((Number) grow.call(wide ? (Object) 100L : 100).getFirst()).longValue());
        assertEquals(101 * 65_536, instance.exports().memory("memory").size());
    }

    @Test
    void trapsSayWhere() {
        Exports exports = new ModuleSketch().memory("memory", "04 01").type("7E", "7F")
                .function("load", 0, "20 00 28 02 10 0B").function("far", 0, "20 00 28 02 FF FF FF FF FF FF FF FF FF 01 0B")
                .instantiate().exports();
        assertEquals(0, exports.function("load").callInt(65_516L));
        for (long address : new long[] {65_517, -1, -16, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32}) {
            var trap = assertThrows(RuntimeError.class, () -> exports.function("load").callInt(address));
            assertEquals(Kind.MEMORY_OUT_OF_BOUNDS, trap.kind());
            assertEquals("load", trap.frames().getFirst().function());
        }
        assertOutOfBounds(() -> exports.function("far").callInt(1L));
        assertOutOfBounds(() -> exports.function("far").callInt(0L));
    }

    @Test
    void vectorsInNativeMemory() {
        Instance instance = new ModuleSketch().memory("memory", "04 01").type("7E", "7E")
                .function("vector", 0, "20 00 FD 0C 01 01 01 01 01 01 01 01 02 02 02 02 02 02 02 02 FD 0B 00 00 "
                        + "20 00 FD 00 00 00 FD 1D 01 0B").instantiate();
        Function vector = instance.exports().function("vector");
        assertEquals(0x0202_0202_0202_0202L, vector.callLong(3));
        assertEquals(0x0101_0101_0101_0101L, instance.exports().memory("memory").readLong(3));
        assertEquals(0x0202_0202_0202_0202L, vector.callLong(65_520));
        for (long address : new long[] {65_521, 65_535, -1, -8, -16, Long.MAX_VALUE}) {
            assertOutOfBounds(() -> vector.callLong(address));
        }
    }

    /** What Linux says; nothing on other systems. */
    private static long freeMemory() throws IOException {
        Path file = Path.of("/proc/meminfo");
        return !Files.exists(file) ? 0 : Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).findFirst().orElse(0);
    }

    /** Stores its own address into every so many bytes, then counts where it still is. */
    @Test
    void fiveGibibytes() throws IOException {
        assumeTrue(freeMemory() > 6 * GIB, "not enough memory on this machine");
        Instance instance = new ModuleSketch().memory("memory", "05 80 80 05 81 80 05").type("7E 7E", "7E")
                .function("touch", 0, "02 01 7E 01 7E", "03 40 20 02 20 02 37 03 00 "
                        + "20 02 20 01 7C 22 02 20 00 54 0D 00 0B 42 00 21 02 "
                        + "03 40 20 03 20 02 20 02 29 03 00 51 AD 7C 21 03 "
                        + "20 02 20 01 7C 22 02 20 00 54 0D 00 0B 20 03 0B").instantiate();
        Memory memory = instance.exports().memory("memory");
        assertEquals(5 * GIB, memory.size());
        long step = 1 << 20;
        assertEquals(5 * GIB / step, instance.exports().function("touch").callLong(5 * GIB, step));
        assertEquals(5 * GIB - step, memory.readLong(5 * GIB - step));
        assertEquals(4 * GIB, memory.readLong(4 * GIB));
        assertEquals(0, memory.readLong(5 * GIB - 8));
        assertOutOfBounds(() -> memory.readLong(5 * GIB - 7));
        assertOutOfBounds(() -> instance.exports().function("touch").callLong(5 * GIB + 1, 5 * GIB));
        assertEquals(81_920, memory.grow(1));
        assertEquals(4 * GIB, memory.readLong(4 * GIB));
        memory.writeLong(5 * GIB, -1);
        assertEquals(-1, memory.readLong(5 * GIB));
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, memory::buffer).kind());
    }
}

package dev.jawa.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.CompileError;
import dev.jawa.binary.ImplementationLimits;
import dev.jawa.binary.ModuleBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules made to cost much: they must cost little, or at most in proportion to their size. */
class HostileModulesTest {
    private static final int SMALL = 1 << 20;

    // By reflection, since the engine's module does not read java.management.
    private static long allocatedBytes() throws ReflectiveOperationException {
        Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes")
                .invoke(bean);
    }

    private static String reason(byte[] bytes) {
        return assertThrows(CompileError.class, () -> ModuleValidator.decode(bytes)).reason();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "types | 01 06 FF FF FF FF 0F 60", "group | 01 07 01 4E FF FF FF FF 0F", "imports | 02 06 FF FF FF FF 0F 00",
        "functions | 03 06 FF FF FF FF 0F 00", "parameters | 01 07 01 60 FF FF FF FF 0F",
        "fields | 01 07 01 5F FF FF FF FF 0F", "tables | 04 06 FF FF FF FF 0F 70",
        "memories | 05 06 FF FF FF FF 0F 00", "globals | 06 06 FF FF FF FF 0F 7F",
        "exports | 07 06 FF FF FF FF 0F 00", "elements | 09 06 FF FF FF FF 0F 00",
        "element | 09 07 01 01 00 FF FF FF FF 0F", "data | 0B 06 FF FF FF FF 0F 00",
        "bytes | 0B 07 01 01 FF FF FF FF 0F", "data count | 0C 05 FF FF FF FF 0F",
        "tags | 0D 06 FF FF FF FF 0F 00", "name | 00 06 FF FF FF FF 0F 00", "section | 01 FF FF FF FF 0F",
        "code section | 0A FF FF FF 3F 00", "large section | 0B FF FF FF FF 03 01",
        "bodies | 01 04 01 60 00 00 03 02 01 00 0A 06 FF FF FF FF 0F 00",
        "body | 01 04 01 60 00 00 03 02 01 00 0A 07 01 FF FF FF FF 0F 00",
        "locals | 01 04 01 60 00 00 03 02 01 00 0A 0A 01 08 01 FF FF FF FF 0F 7F 0B",
        "runs | 01 04 01 60 00 00 03 02 01 00 0A 08 01 06 FF FF FF FF 0F 0B",
        "labels | 01 04 01 60 00 00 03 02 01 00 0A 0B 01 09 00 00 0E FF FF FF FF 0F 0B",
        "array | 01 07 02 60 00 00 5E 7F 00 03 02 01 00 0A 0D 01 0B 00 00 FB 08 01 FF FF FF FF 0F 0B",
    })
    void declaredSizesAreNotBelieved(String what, String sections) throws ReflectiveOperationException {
        byte[] bytes = ModuleBytes.module().hex(sections).toArray();
        reason(bytes);
        long before = allocatedBytes();
        long start = System.nanoTime();
        reason(bytes);
        assertTrue(System.nanoTime() - start < 1_000_000_000L, what);
        assertTrue(allocatedBytes() - before < SMALL, what);
        before = allocatedBytes();
        var validator = new StreamingValidator();
        assertThrows(CompileError.class, () -> {
            for (byte next : bytes) {
                validator.push(new byte[] {next}, 0, 1);
            }
            validator.finish();
        });
        assertTrue(allocatedBytes() - before < SMALL, what);
    }

    private static ModuleBytes functions(String types, int count, byte... body) {
        return ModuleBytes.module().section(1, types)
                .section(3, ModuleBytes.bytes().number(count).repeat(count, (byte) 0))
                .section(10, ModuleBytes.bytes().number(count)
                        .repeat(count, ModuleBytes.bytes().sized(body).toArray()));
    }

    private static void finishesSoon(byte... bytes) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> ModuleValidator.decode(bytes));
    }

    @Test
    void manyLocalsInManyFunctions() {
        finishesSoon(functions("01 60 00 00", 500_000, ModuleBytes.parse("01 D0 86 03 7F 0B")).toArray());
    }

    @Test
    void deepBlocks() {
        int depth = 1_000_000;
        finishesSoon(functions("01 60 00 00", 1, ModuleBytes.bytes().hex("00")
                .repeat(depth, (byte) 0x02, (byte) 0x40).repeat(depth + 1, (byte) 0x0B).toArray()).toArray());
    }

    @Test
    void deepExpression() {
        int depth = 500_000;
        byte[] bytes = ModuleBytes.module().section(6, ModuleBytes.bytes().hex("01 7F 00")
                .repeat(depth, (byte) 0x02, (byte) 0x40).repeat(depth + 1, (byte) 0x0B)).toArray();
        assertEquals("constant expression required", reason(bytes));
    }

    @Test
    void manyResultsManyTimes() {
        var types = ModuleBytes.bytes().hex("01 60 00").number(1000).repeat(1000, (byte) 0x7F).toArray();
        // Each call pushes a thousand operands; there would be two billion.
        byte[] body = ModuleBytes.bytes().hex("00").repeat(2_000_000, (byte) 0x10, (byte) 0).hex("0B").toArray();
        byte[] bytes = ModuleBytes.module().section(1, types).section(3, "01 00")
                .section(10, ModuleBytes.bytes().number(1).sized(body)).toArray();
        assertEquals(ImplementationLimits.OPERANDS.reason(),
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> reason(bytes)));
    }

    @Test
    void manyLabelsToManyOperands() {
        var types = ModuleBytes.bytes().hex("01 60 00").number(1000).repeat(1000, (byte) 0x7F).toArray();
        int labels = 2_000_000;
        byte[] body = ModuleBytes.bytes().hex("00 10 00 41 00 0E").number(labels).repeat(labels + 1, (byte) 0)
                .hex("0B").toArray();
        finishesSoon(ModuleBytes.module().section(1, types).section(3, "01 00")
                .section(10, ModuleBytes.bytes().number(1).sized(body)).toArray());
    }

    @Test
    void fixedArraysInUnreachableCode() {
        byte[] array = ModuleBytes.parse("FB 08 01 90 4E 1A");
        byte[] body = ModuleBytes.bytes().hex("00 00").repeat(1_000_000, array).hex("0B").toArray();
        finishesSoon(functions("02 60 00 00 5E 7F 00", 1, body).toArray());
    }

    @Test
    void manyTypes() {
        int count = 200_000;
        // Function types with 18 parameters each, all different.
        var types = ModuleBytes.bytes().number(count);
        for (int i = 0; i < count; i++) {
            types.hex("60").number(18);
            for (int bit = 0; bit < 18; bit++) {
                types.add((byte) ((i >> bit & 1) == 0 ? 0x7F : 0x7E));
            }
            types.number(0);
        }
        finishesSoon(ModuleBytes.module().section(1, types).toArray());
    }

    @Test
    void longChainOfTypes() {
        // Each type below the one before it: only so many are allowed.
        var types = ModuleBytes.bytes().number(100).hex("50 00 5F 00");
        for (int i = 0; i < 99; i++) {
            types.hex("50 01").number(i).hex("5F 00");
        }
        assertEquals(ImplementationLimits.SUBTYPE_DEPTH.reason(),
                reason(ModuleBytes.module().section(1, types).toArray()));
    }

    @Test
    void mutatedModulesAreAcceptedOrRejected() {
        byte[] seed = ModuleBytes.module()
                .section(1, "04 60 01 7F 01 7F 5F 02 7F 01 63 01 00 5E 78 01 50 00 60 00 00")
                .section(2, ModuleBytes.bytes().number(1).name("m").name("f").hex("00 00"))
                .section(3, "02 00 03").section(4, "01 70 00 02").section(5, "01 00 01").section(13, "01 00 03")
                .section(6, "01 63 01 01 D0 01 0B").section(7, ModuleBytes.bytes().number(1).name("e").hex("00 01"))
                .section(9, "01 00 41 00 0B 01 01").section(12, "01")
                .section(10, ModuleBytes.bytes().number(2)
                        .sized(ModuleBytes.parse("01 01 7F 02 7F 20 00 04 7F 41 07 05 20 01 0B 0B 10 01 0B"))
                        .sized(ModuleBytes.parse("00 FB 01 01 24 00 1F 40 00 0B 41 00 28 02 00 1A 0B")))
                .section(11, "01 01 02 AA BB").toArray();
        ModuleValidator.decode(seed);
        var random = new Random(42);
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = seed.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
            }
            try {
                ModuleValidator.decode(bytes);
                accepted++;
            } catch (CompileError error) {
                assertTrue(error.offset().isPresent(), () -> error + " in " + Arrays.toString(bytes));
            }
        }
        assertTrue(accepted > 100, "only " + accepted);
    }
}

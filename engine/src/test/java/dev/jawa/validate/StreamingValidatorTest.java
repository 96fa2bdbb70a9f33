package dev.jawa.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.ModuleModel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamingValidatorTest {
    private static final int FUNCTIONS = 20_000;

    // Functions of type [] -> [i32], some of them giving an i64 instead.
    private static byte[] functions(int... invalid) {
        var code = ModuleBytes.bytes().number(FUNCTIONS);
        for (int i = 0; i < FUNCTIONS; i++) {
            int function = i;
            boolean valid = Arrays.stream(invalid).noneMatch(index -> index == function);
            var body = ModuleBytes.bytes().hex("00").repeat(10, ModuleBytes.parse("41 01 1A"));
            code.sized(body.hex(valid ? "41 00 0B" : "42 00 0B").toArray());
        }
        return ModuleBytes.module()
                .section(1, "01 60 00 01 7F")
                .section(3, ModuleBytes.bytes().number(FUNCTIONS).repeat(FUNCTIONS, (byte) 0))
                .section(10, code)
                .section(0, ModuleBytes.bytes().name("after the code"))
                .toArray();
    }

    private static ModuleModel push(byte[] bytes, int chunk) {
        var validator = new StreamingValidator();
        for (int i = 0; i < bytes.length; i += chunk) {
            validator.push(bytes, i, Math.min(chunk, bytes.length - i));
        }
        return validator.finish();
    }

    @Test
    void givesTheSameModuleForAllChunks() {
        byte[] bytes = functions();
        ModuleModel whole = ModuleValidator.decode(bytes);
        for (int chunk : new int[] {1, 2, 7, 4096, bytes.length}) {
            ModuleModel module = push(bytes, chunk);
            assertEquals(whole.code(), module.code());
            assertEquals(whole.types(), module.types());
            assertEquals(whole.customSections(), module.customSections());
            assertEquals(whole.code().getLast().code().offset(), module.code().getLast().code().offset());
        }
    }

    @Test
    void reportsTheFirstError() {
        byte[] bytes = functions(19_999, 12_345, 777, 15_000);
        for (int run = 0; run < 20; run++) {
            var error = assertThrows(CompileError.class, () -> ModuleValidator.decode(bytes));
            assertEquals(777, error.function().getAsInt());
        }
        for (int chunk : new int[] {1, 1000, 1 << 16}) {
            var error = assertThrows(CompileError.class, () -> push(bytes, chunk));
            assertEquals(777, error.function().getAsInt());
        }
    }

    @Test
    void anInvalidBodyComesBeforeMalformedBytesBehindIt() {
        byte[] bytes = functions(5);
        bytes[bytes.length - 1] = (byte) 0xFF;
        var error = assertThrows(CompileError.class, () -> ModuleValidator.decode(bytes));
        assertEquals(5, error.function().getAsInt());
    }

    @Test
    void throwsTheErrorAgain() {
        var validator = new StreamingValidator();
        byte[] bytes = ModuleBytes.parse("00 61 73 6E");
        var error = assertThrows(CompileError.class, () -> validator.push(bytes, 0, 4));
        assertEquals("magic header not detected: WebAssembly begins with 00 61 73 6d, this with 00 61 73 6e",
                error.reason());
        assertSame(error, assertThrows(CompileError.class, () -> validator.push(bytes, 0, 1)));
        assertSame(error, assertThrows(CompileError.class, validator::finish));
    }

    @Test
    void everyPrefixIsMalformed() {
        byte[] bytes = ModuleBytes.module().section(1, "01 60 00 01 7F").section(3, "02 00 00")
                .section(10, "02 04 00 41 00 0B 04 00 41 01 0B").toArray();
        ModuleValidator.decode(bytes);
        // Where a section ends, the module might.
        var ends = java.util.Set.of(8, 15);
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            if (ends.contains(length)) {
                ModuleValidator.decode(prefix);
                continue;
            }
            var whole = assertThrows(CompileError.class, () -> ModuleValidator.decode(prefix), "length " + length);
            var streamed = assertThrows(CompileError.class, () -> push(prefix, 1));
            assertEquals(whole.getMessage(), streamed.getMessage());
        }
    }

    @Test
    void stopsAfterAbort() {
        byte[] bytes = functions();
        var validator = new StreamingValidator();
        validator.push(bytes, 0, bytes.length);
        validator.abort();
        assertThrows(IllegalStateException.class, validator::finish);
        assertThrows(IllegalStateException.class, () -> validator.push(bytes, 0, 1));
    }
}

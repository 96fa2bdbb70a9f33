package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Frame;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrapsTest {
    private static Exports exports() {
        var module = new ModuleWriter().name("traps");
        module.memory("00 01").table('r', "00 04");
        int typed = module.function("i:i", "", code -> code.get(0));
        module.elements(1, typed);
        module.export("unreachable", ":", code -> code.op(Opcode.UNREACHABLE));
        module.export("divide", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_DIV_S));
        module.export("remainder", "ll:l", code -> code.get(0).get(1).op(Opcode.I64_REM_U));
        module.export("truncate", "d:i", code -> code.get(0).op(Opcode.I32_TRUNC_F64_S));
        module.export("load", "i:i", code -> code.get(0).memory(Opcode.I32_LOAD, 16));
        module.export("store", "i:", code -> code.get(0).i64(1).memory(Opcode.I64_STORE, 0));
        module.export("fill", "ii:", code -> code.get(0).i32(7).get(1).op(Opcode.MEMORY_FILL, 0));
        module.export("table", "i:r", code -> code.get(0).op(Opcode.TABLE_GET, 0));
        int signature = module.type("i:i");
        module.export("indirect", "i:i", code -> code.i32(1).get(0).op(Opcode.CALL_INDIRECT, signature, 0));
        int other = module.type("l:i");
        module.export("mismatch", "i:i", code -> code.i64(1).get(0).op(Opcode.CALL_INDIRECT, other, 0));
        module.export("recurse", "i:i", code -> code.get(0).i32(1).op(Opcode.I32_ADD).call(11).i32(1)
                .op(Opcode.I32_ADD));
        module.export("outer", "i:i", code -> code.op(Opcode.NOP).op(Opcode.NOP).get(0).call(5));
        module.export("grow", "i:i", code -> code.op(Opcode.REF_NULL, 0x70).get(0).op(Opcode.TABLE_GROW, 0));
        return module.compile().instantiate().exports();
    }

    private final Exports exports = exports();

    private RuntimeError trap(String function, Object... arguments) {
        return assertThrows(RuntimeError.class, () -> exports.function(function).call(arguments));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            divide    | 1 | 0 | INTEGER_DIVIDE_BY_ZERO | integer divide by zero
            divide    | -2147483648 | -1 | INTEGER_OVERFLOW | integer overflow
            fill      | 65536 | 1 | MEMORY_OUT_OF_BOUNDS | out of bounds memory access: 1 bytes at 0x10000 in a memory of 65536 bytes
            fill      | -1 | 0 | MEMORY_OUT_OF_BOUNDS | out of bounds memory access: 0 bytes at 0xffffffff in a memory of 65536 bytes
            """)
    void trapsOfTwoNumbers(String function, int a, int b, Kind kind, String message) {
        RuntimeError error = trap(function, a, b);
        assertEquals(kind, error.kind());
        assertEquals(message, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            load      | 65517 | MEMORY_OUT_OF_BOUNDS | out of bounds memory access: i32.load of 4 bytes
            load      | -1    | MEMORY_OUT_OF_BOUNDS | out of bounds memory access: i32.load of 4 bytes
            store     | 65529 | MEMORY_OUT_OF_BOUNDS | out of bounds memory access: i64.store of 8 bytes
            table     | 4     | TABLE_OUT_OF_BOUNDS | out of bounds table access: index 4 in a table of 4 elements
            table     | -1    | TABLE_OUT_OF_BOUNDS | out of bounds table access: index 4294967295 in a table of 4 elements
            indirect  | 4     | UNDEFINED_ELEMENT | undefined element: 4 in a table of 4 elements
            indirect  | 0     | UNINITIALIZED_ELEMENT | uninitialized element: 0
            mismatch  | 1     | INDIRECT_CALL_TYPE_MISMATCH | indirect call type mismatch
            """)
    void trapsOfOneNumber(String function, int a, Kind kind, String message) {
        RuntimeError error = trap(function, a);
        assertEquals(kind, error.kind());
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @Test
    void otherTraps() {
        assertEquals(Kind.UNREACHABLE, trap("unreachable").kind());
        assertEquals("unreachable", trap("unreachable").getMessage());
        assertEquals(Kind.INTEGER_DIVIDE_BY_ZERO, trap("remainder", 1, 0).kind());
        assertEquals(Kind.INVALID_CONVERSION_TO_INTEGER, trap("truncate", Double.NaN).kind());
        assertEquals("integer overflow: 1.0E10", trap("truncate", 1e10).getMessage());
        assertEquals(1, exports.function("indirect").callInt(1));
    }

    @Test
    void aTableHasRoomForMoreThanItsElements() {
        assertEquals(4, exports.function("grow").callInt(1));
        assertEquals(Kind.UNINITIALIZED_ELEMENT, trap("indirect", 4).kind());
        assertEquals("undefined element: 5 in a table of 5 elements", trap("indirect", 5).getMessage());
    }

    @Test
    void framesNameTheFunctions() {
        RuntimeError error = trap("outer", -4);
        assertEquals(List.of("load", "outer"), error.frames().stream().map(Frame::function).toList());
        assertEquals(List.of("traps", "traps"), error.frames().stream().map(Frame::module).toList());
        assertEquals(List.of(5, 12), error.frames().stream().map(Frame::index).toList());
        error.frames().forEach(frame -> assertTrue(frame.offset() > 0, frame.toString()));
        assertTrue(error.frames().getFirst().toString().matches(
                "traps\\.load \\(wasm-function\\[5]:0x[0-9a-f]+\\)"), error.frames().toString());
    }

    @Test
    void offsetsAreThoseOfTheInstructions() {
        var module = new ModuleWriter();
        module.export("f", "i:", code -> {
            for (int i = 0; i < 5; i++) {
                code.op(Opcode.NOP);
            }
            code.open(Opcode.BLOCK).get(0).op(Opcode.I32_EQZ).brIf(0).op(Opcode.UNREACHABLE).end()
                    .op(Opcode.UNREACHABLE);
        });
        byte[] bytes = module.toArray();
        Function function = Module.compile(bytes).instantiate().exports().function("f");
        int first = assertThrows(RuntimeError.class, () -> function.call(1)).frames().getFirst().offset();
        int second = assertThrows(RuntimeError.class, () -> function.call(0)).frames().getFirst().offset();
        assertEquals(0, bytes[first]);
        assertEquals(0, bytes[second]);
        assertEquals(first + 2, second);
    }

    @Test
    void theStackTraceShowsWasmAndNotWhatItBecame() {
        RuntimeError error = trap("outer", -4);
        List<StackTraceElement> trace = Arrays.asList(error.getStackTrace());
        assertEquals("traps", trace.get(0).getClassName());
        assertEquals("load", trace.get(0).getMethodName());
        assertTrue(trace.get(0).getFileName().startsWith("wasm-function[5]:0x"), trace.get(0).toString());
        assertEquals("outer", trace.get(1).getMethodName());
        assertTrue(trace.get(2).getClassName().startsWith(TrapsTest.class.getName()), trace.get(2).toString());
        for (StackTraceElement element : trace) {
            assertFalse(element.getClassName().startsWith("dev.jawa.generated"), element.toString());
            assertFalse(element.getClassName().startsWith("dev.jawa.runtime"), element.toString());
        }
    }

    @Test
    void hotTrapsKeepTheirStackTrace() {
        Function load = exports.function("load");
        for (int i = 0; i < 30_000; i++) {
            RuntimeError error = assertThrows(RuntimeError.class, () -> load.callInt(-4));
            assertEquals("load", error.frames().getFirst().function(), "call " + i);
        }
    }

    @Test
    void anEndlessRecursionIsATrapAndLeavesTheInstanceUsable() {
        for (int i = 0; i < 5; i++) {
            RuntimeError error = trap("recurse", 1);
            assertEquals(Kind.CALL_STACK_EXHAUSTED, error.kind());
            assertEquals("call stack exhausted: the thread's stack is full", error.getMessage());
            assertEquals("recurse", error.frames().getFirst().function());
            assertEquals(3, exports.function("divide").callInt(6, 2));
        }
    }

    @Test
    void aRecursionThatEndsInCodeNeverRunBefore() {
        // Deep down, a class is loaded and fails for want of stack; later, with room, it must work.
        var module = new ModuleWriter();
        int filler = 40;
        module.export("down", "i:i", code -> code.get(0).open(Opcode.IF, 'i')
                .get(0).i32(1).op(Opcode.I32_SUB).call(0).op(Opcode.ELSE).i32(5).call(filler).end());
        while (module.function(":", "", code -> code.op(Opcode.NOP)) < filler - 1) {
            // Functions in between, so that the one that is called is in another class.
        }
        module.function("i:i", "", code -> code.get(0).op(Opcode.I32_CTZ));
        Module compiled = module.compile();
        Function down = compiled.instantiate().exports().function("down");
        var thread = Thread.ofPlatform().unstarted(() -> {
            int failed = 0;
            for (int depth = 200; depth < 2_000_000; depth += Math.max(1, depth / 200)) {
                try {
                    down.callInt(depth);
                } catch (RuntimeError error) {
                    assertEquals(Kind.CALL_STACK_EXHAUSTED, error.kind());
                    if (++failed > 20) {
                        break;
                    }
                }
            }
        });
        thread.start();
        assertEquals(0, join(thread, () -> down.callInt(3)));
    }

    private static int join(Thread thread, java.util.function.IntSupplier then) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return then.getAsInt();
    }

    @Test
    void memoryThatCannotBeHadIsAnError() {
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> Memory.of(65536)).kind());
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> Table.of(1L << 31)).kind());
        Memory memory = Memory.of(1, 2);
        assertEquals(Kind.OUT_OF_MEMORY, assertThrows(RuntimeError.class, () -> memory.grow(2)).kind());
        assertEquals(1, memory.grow(1));
        assertEquals(1, memory.pages() - 1);
    }

    @Test
    void anOutOfMemoryErrorOfTheHostIsAsThrown() {
        var module = new ModuleWriter();
        int host = module.importFunction("env", "host", ":");
        module.export("run", ":", code -> code.call(host));
        Exports run = module.compile().instantiate(Imports.builder().function("env", "host", (HostFunction) _ -> {
            throw new IllegalStateException(new OutOfMemoryError("pretended"));
        }).build()).exports();
        assertEquals("pretended", assertThrows(IllegalStateException.class, () -> run.function("run").call())
                .getCause().getMessage());
    }
}

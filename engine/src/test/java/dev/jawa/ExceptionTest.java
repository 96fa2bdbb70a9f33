package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions between WebAssembly and the host. */
class ExceptionTest {
    private static final Module MODULE = new ModuleSketch()
            .type("", "").type("7F", "").type("", "7F").type("6F", "").type("", "6F").type("7F", "7F")
            .importFunction("host", 0).importTag("number", 1).importTag("foreign", 3)
            .function("pass", 0, "10 00 0B")
            // (block (try_table (catch_all 0) (call $host)) (return (i32.const 0))) (i32.const 1)
            .function("catch_all", 2, "02 40 1F 40 01 02 00 10 00 0B 41 00 0F 0B 41 01 0B")
            // (block (result exnref) (try_table (catch_all_ref 0) (call $host)) (return)) (throw_ref)
            .function("rethrow", 0, "02 69 1F 40 01 03 00 10 00 0B 0F 0B 0A 0B")
            // (block (result i32) (try_table (catch $number 0) (call $host)) (return (i32.const -1)))
            .function("catch_number", 2, "02 7F 1F 40 01 00 00 00 10 00 0B 41 7F 0F 0B 0B")
            .function("throw_number", 1, "20 00 08 00 0B")
            // (block (result externref) (try_table (catch $foreign 0) (call $host)) (return (ref.null extern)))
            .function("catch_foreign", 4, "02 6F 1F 40 01 00 01 00 10 00 0B D0 6F 0F 0B 0B")
            .function("throw_foreign", 3, "20 00 08 01 0B")
            // (try (result i32) (do (call $host) (i32.const 0)) (catch_all (i32.const 1)))
            .function("legacy_catch_all", 2, "06 7F 10 00 41 00 19 41 01 0B 0B")
            // (try (do (call $host)) (catch_all (rethrow 0)))
            .function("legacy_rethrow", 0, "06 40 10 00 19 09 00 0B 0B")
            // (block (try_table (catch_all 0) (unreachable))) (i32.const 1)
            .function("unreachable", 2, "02 40 1F 40 01 02 00 00 0B 0B 41 01 0B")
            .function("null", 2, "02 40 1F 40 01 02 00 D0 69 0A 0B 0B 41 01 0B")
            .function("divide", 2, "02 40 1F 40 01 02 00 41 01 41 00 6D 1A 0B 0B 41 01 0B")
            .function("recurse", 0, "10 0D 0B")
            .function("exhaust", 2, "02 40 1F 40 01 02 00 10 0D 0B 0B 41 01 0B")
            .compile();

    private static final Tag NUMBER = Tag.of(new FunctionType(List.of(NumberType.I32), List.of()));

    private static Exports exports(HostFunction host) {
        Imports imports = Imports.builder().function("env", "host", host).tag("env", "number", NUMBER)
                .tag("env", "foreign", Tag.host()).build();
        return new Instance(MODULE, imports).exports();
    }

    private static Exports throwing(Throwable thrown) {
        return exports(_ -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass", "rethrow", "legacy_rethrow", "catch_number"})
    void whatAHostFunctionThrowsComesThroughAsItIs(String export) {
        for (Exception thrown : List.of(new IOException("gone"), new IndexOutOfBoundsException(3),
                new ClassCastException(), new WasmException(Tag.of(new FunctionType(List.of(), List.of()))))) {
            assertSame(thrown, assertThrows(Exception.class, () -> throwing(thrown).function(export).call()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"catch_all", "legacy_catch_all"})
    void catchAllCatchesWhatAHostFunctionThrows(String export) {
        assertEquals(1, throwing(new IOException()).function(export).callInt());
        assertEquals(1, throwing(new NullPointerException()).function(export).callInt());
        assertEquals(1, throwing(new WasmException(NUMBER, 5)).function(export).callInt());
        assertEquals(0, exports(_ -> null).function(export).callInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"catch_all", "legacy_catch_all", "catch_foreign"})
    void trapsAndErrorsAreNotCaught(String export) {
        var trap = new RuntimeError(Kind.UNREACHABLE);
        assertSame(trap, assertThrows(RuntimeError.class, () -> throwing(trap).function(export).call()));
        var error = new AssertionError("ours");
        assertSame(error, assertThrows(AssertionError.class, () -> throwing(error).function(export).call()));
    }

    @Test
    void trapsOfTheCodeItselfAreNotCaught() {
        Exports exports = exports(_ -> null);
        assertEquals(Kind.UNREACHABLE, trap(exports, "unreachable"));
        assertEquals(Kind.INTEGER_DIVIDE_BY_ZERO, trap(exports, "divide"));
        assertEquals(Kind.NULL_REFERENCE, trap(exports, "null"));
        assertEquals(Kind.CALL_STACK_EXHAUSTED, trap(exports, "exhaust"));
        assertEquals(0, exports.function("catch_all").callInt());
    }

    private static Kind trap(Exports exports, String export) {
        return assertThrows(RuntimeError.class, () -> exports.function(export).call()).kind();
    }

    @Test
    void anExceptionOfTheHostIsCaughtByItsTag() {
        assertEquals(42, throwing(new WasmException(NUMBER, 42)).function("catch_number").callInt());
        Tag other = Tag.of(NUMBER.type());
        assertThrows(WasmException.class, throwing(new WasmException(other, 42)).function("catch_number")::callInt);
    }

    @Test
    void theHostsTagCatchesWhatIsThrown() {
        var thrown = new IOException("gone");
        assertEquals(List.of(thrown), throwing(thrown).function("catch_foreign").call());
        var own = new WasmException(NUMBER, 1);
        assertSame(own, assertThrows(WasmException.class, () -> throwing(own).function("catch_foreign").call()));
        assertNull(exports(_ -> null).function("catch_foreign").call().getFirst());
    }

    @Test
    void whatIsThrownWithTheHostsTagArrivesAsItself() {
        Function function = exports(_ -> null).function("throw_foreign");
        var thrown = new IOException("back");
        assertSame(thrown, assertThrows(IOException.class, () -> function.call(thrown)));
        WasmException wrapped = assertThrows(WasmException.class, () -> function.call("no exception"));
        assertTrue(wrapped.is(Tag.host()));
        assertEquals("no exception", wrapped.argument(0));
        assertNull(assertThrows(WasmException.class, () -> function.call((Object) null)).argument(0));
    }

    @Test
    void anUncaughtExceptionHasTagAndValues() {
        WasmException thrown = assertThrows(WasmException.class,
                () -> exports(_ -> null).function("throw_number").call(7));
        assertTrue(thrown.is(NUMBER));
        assertFalse(thrown.is(Tag.of(NUMBER.type())));
        assertEquals(List.of(7), thrown.arguments());
        assertThrows(IndexOutOfBoundsException.class, () -> thrown.argument(1));
        assertEquals(ExceptionTest.class.getName(), firstOwnFrame(thrown));
    }

    private static String firstOwnFrame(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            assertFalse(element.getClassName().startsWith("dev.jawa.generated"), element.toString());
            if (element.getClassName().startsWith("dev.jawa.")) {
                return element.getClassName();
            }
        }
        return "none";
    }

    @Test
    void anExceptionKeepsItsIdentityThroughHostAndCode() {
        Exports inner = exports(_ -> null);
        var seen = new WasmException[1];
        Exports outer = exports(_ -> {
            try {
                return inner.function("throw_number").call(9);
            } catch (WasmException e) {
                seen[0] = e;
                throw e;
            }
        });
        assertSame(assertThrows(WasmException.class, () -> outer.function("rethrow").call()), seen[0]);
        assertEquals(9, outer.function("catch_number").callInt());
    }

    @Test
    void anExceptionsValuesMustFitItsTag() {
        assertEquals(Kind.TYPE_MISMATCH, assertThrows(RuntimeError.class, () -> new WasmException(NUMBER)).kind());
        assertEquals(Kind.TYPE_MISMATCH,
                assertThrows(RuntimeError.class, () -> new WasmException(NUMBER, "no number")).kind());
        Tag tag = Tag.of(new FunctionType(List.of(NumberType.F64, ReferenceType.EXTERNREF), List.of()));
        assertInstanceOf(Double.class, new WasmException(tag, 1, null).argument(0));
    }

    @Test
    void handlersSeeLocalsAsTheyWereAtTheThrow() {
        // x = 1; try { x = 2; f(x = 3, throw); x = 4 } catch { return x * 10 + what f left pending }
        Module module = new ModuleSketch().type("", "").type("", "7F").tag("tag", 0)
                // (func $fail (result i32) (throw $tag))
                .function("fail", 1, "08 00 0B")
                // (call $fail) stays on the stack while (local.set 0 (i32.const 4)) follows: the handler must see 3.
                .function("pending", 1, "01 01 7F",
                        "41 01 21 00 02 40 1F 40 01 02 00 41 03 21 00 10 00 41 04 21 00 1A 0B 0B 20 00 0B")
                // The same in a loop, with a throw in the second round.
                .function("loop", 1, "01 02 7F", "02 40 1F 40 01 02 00 03 40 20 00 41 01 6A 22 00 41 02 46 04 40 "
                        + "08 00 0B 20 00 41 0A 6C 21 01 0C 00 0B 0B 0B 20 00 20 01 6A 0B")
                .compile();
        Exports exports = new Instance(module, Imports.none()).exports();
        assertEquals(3, exports.function("pending").callInt());
        assertEquals(12, exports.function("loop").callInt());
    }

    @Test
    void handlersMayBeNestedDeep() {
        // Around a throw, 3,000 times (try ... (catch_all (local.set 0 (local.get 0) + 1) (rethrow 0))); each try has
        // assigned a local of its own before, and the outermost handler adds the first and the last of them.
        int depth = 3000;
        var body = new StringBuilder("06 7F ");
        for (int i = 1; i <= depth; i++) {
            body.append("06 40 20 00 41 01 6A 21 ").append(leb(i)).append(' ');
        }
        body.append("08 00 ").append("19 20 00 41 01 6A 21 00 09 00 0B ".repeat(depth));
        body.append("41 00 19 20 00 20 01 6A 20 ").append(leb(depth)).append(" 6A 0B 0B");
        Exports exports = new ModuleSketch().type("", "").type("", "7F").tag("tag", 0)
                .function("nested", 1, "01 " + leb(depth + 1) + " 7F", body.toString()).instantiate().exports();
        assertEquals(depth + 2, assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> exports.function("nested").callInt()));
    }

    private static String leb(int number) {
        return HexFormat.of().formatHex(ModuleBytes.bytes().number(number).toArray());
    }
}

package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tail calls: any number of them takes no more stack than one. */
class TailCallTest {
    private static final int MANY = 10_000_000;

    /** If parameter 0 is 0, returns a constant. */
    private static String whenZero(String constant) {
        return "20 00 45 04 40 41 " + constant + " 0F 0B ";
    }

    private static final String LESS_ONE = "20 00 41 01 6B ";

    @Test
    void mutualRecursion() {
        Exports exports = new ModuleSketch().type("7F", "7F")
                .function("even", 0, whenZero("01") + LESS_ONE + "12 01 0B")
                .function("odd", 0, whenZero("00") + LESS_ONE + "12 00 0B")
                .instantiate().exports();
        assertEquals(1, exports.function("even").callInt(MANY));
        assertEquals(0, exports.function("even").callInt(MANY + 1));
    }

    @Test
    void mutualRecursionThroughATable() {
        Exports exports = new ModuleSketch().type("7F", "7F").table("table", 2).element(0, 0).element(1, 1)
                .function("even", 0, whenZero("01") + LESS_ONE + "41 01 13 00 00 0B")
                .function("odd", 0, whenZero("00") + LESS_ONE + "41 00 13 00 00 0B")
                .instantiate().exports();
        assertEquals(0, exports.function("odd").callInt(MANY));
    }

    @Test
    void mutualRecursionOfInstances() {
        Instance even = new ModuleSketch().type("7F", "7F").table("table", 1)
                .function("even", 0, whenZero("01") + LESS_ONE + "41 00 13 00 00 0B")
                .instantiate();
        Module odd = new ModuleSketch().type("7F", "7F").importFunction("even", 0).importTable("table", 1)
                .element(0, 1)
                .function("odd", 0, whenZero("00") + LESS_ONE + "12 00 0B").compile();
        Exports exports = new Instance(odd, Imports.builder().module("env", even.exports()).build()).exports();
        assertEquals(0, exports.function("odd").callInt(MANY));
        assertEquals(1, even.exports().function("even").callInt(MANY));
    }

    @Test
    void recursionIsALoopWithFreshLocals() {
        // A local that is not 0 at first traps.
        Exports exports = new ModuleSketch().type("7F7E", "7E")
                .function("sum", 0, "01 01 7F", "20 02 04 40 00 0B 41 01 21 02 20 00 45 04 40 20 01 0F 0B "
                        + "20 00 41 01 6B 20 01 20 00 AD 7C 12 00 0B")
                .instantiate().exports();
        assertEquals(List.of((long) MANY * (MANY + 1) / 2), exports.function("sum").call(MANY, 0L));
    }

    @Test
    void argumentsOfEveryKind() {
        // Passes (i32 i64 f32 f64 externref) on in another order and back, with results of every kind.
        Exports exports = new ModuleSketch()
                .type("7F7E7D7C6F", "6F7C7D7E7F").type("6F7C7D7E7F", "6F7C7D7E7F")
                .function("first", 0, "20 04 20 03 20 02 20 01 20 00 12 01 0B")
                // if the i32 is 0, its own parameters; else first again with the i32 less by one
                .function("second", 1, "20 04 45 04 40 20 00 20 01 20 02 20 03 20 04 0F 0B "
                        + "20 04 41 01 6B 20 03 20 02 20 01 20 00 12 00 0B")
                .instantiate().exports();
        assertEquals(List.of("text", 0.1, 0.2f, -3L, 0),
                exports.function("first").call(1000, -3L, 0.2f, 0.1, "text"));
    }

    @Test
    void moreArgumentsThanFields() {
        // Ten parameters, moved by one place in each round.
        Exports exports = new ModuleSketch().type("7F" + "7E".repeat(5) + "7C".repeat(4), "7E7C")
                .function("rotate", 0, "20 00 45 04 40 20 01 20 06 0F 0B " + LESS_ONE
                        + "20 02 20 03 20 04 20 05 20 01 20 07 20 08 20 09 20 06 12 01 0B")
                .function("other", 0, "20 00 20 01 20 02 20 03 20 04 20 05 20 06 20 07 20 08 20 09 12 00 0B")
                .instantiate().exports();
        assertEquals(List.of(4L, 40.0),
                exports.function("rotate").call(3, 1L, 2L, 3L, 4L, 5L, 10.0, 20.0, 30.0, 40.0));
    }

    @Test
    void aHostFunctionAtTheEnd() {
        Module module = new ModuleSketch().type("7F", "7F").importFunction("host", 0)
                .function("count", 0, "20 00 45 04 40 41 07 12 00 0B " + LESS_ONE + "12 02 0B")
                .function("again", 0, "20 00 12 01 0B").compile();
        Function count = new Instance(module, Imports.builder().function("env", "host", (int a) -> a * 6).build())
                .exports().function("count");
        assertEquals(42, count.callInt(1_000_000));
        var thrown = new IOException();
        HostFunction body = _ -> {
            throw thrown;
        };
        Function failing = new Instance(module, Imports.builder().function("env", "host", body).build())
                .exports().function("count");
        assertSame(thrown, assertThrows(IOException.class, () -> failing.callInt(1000)));
        assertSame(thrown, assertThrows(IOException.class, () -> failing.callInt(1000)));
    }

    @Test
    void aCallInAnArgumentMayMakeTailCallsItself() {
        // even(n - 1) is called for the argument of a tail call while another argument waits.
        Exports exports = new ModuleSketch().type("7F", "7F").type("7F7F", "7F")
                .function("even", 0, whenZero("01") + LESS_ONE + "12 01 0B")
                .function("odd", 0, whenZero("00") + LESS_ONE + "12 00 0B")
                .function("pair", 0, "20 00 20 00 10 00 12 03 0B")
                .function("combine", 1, "20 01 45 04 40 20 00 0F 0B 20 00 41 E4 00 6A 12 04 0B")
                .function("give", 0, "20 00 12 05 0B")
                .function("last", 0, "20 00 0B")
                .instantiate().exports();
        assertEquals(110, exports.function("pair").callInt(10));
        assertEquals(11, exports.function("pair").callInt(11));
    }

    @Test
    void trapsAndExceptionsEndTheChain() {
        Exports exports = new ModuleSketch().type("7F", "7F").type("", "").tag("tag", 1)
                .function("trap", 0, "20 00 45 04 40 00 0B " + LESS_ONE + "12 01 0B")
                .function("trap2", 0, "20 00 12 00 0B")
                .function("throw", 0, "20 00 45 04 40 08 00 0B " + LESS_ONE + "12 03 0B")
                .function("throw2", 0, "20 00 12 02 0B")
                // A handler of a function that has ended with a tail call catches nothing; its caller's does.
                .function("leave", 0, "02 40 1F 40 01 02 00 20 00 12 02 0B 0B 41 01 0B")
                .function("catch", 0, "02 40 1F 40 01 02 00 20 00 10 04 0F 0B 00 0B 41 02 0B")
                .instantiate().exports();
        RuntimeError trap = assertThrows(RuntimeError.class, () -> exports.function("trap").callInt(100_000));
        assertEquals(Kind.UNREACHABLE, trap.kind());
        assertEquals(List.of(0), trap.frames().stream().map(RuntimeError.Frame::index).toList());
        assertThrows(WasmException.class, () -> exports.function("leave").callInt(100_000));
        assertEquals(2, exports.function("catch").callInt(100_000));
    }

    @Test
    void recursionThatIsNotAtTheEndExhaustsTheStack() {
        Exports exports = new ModuleSketch().type("7F", "7F")
                .function("even", 0, whenZero("01") + LESS_ONE + "12 01 0B")
                .function("odd", 0, whenZero("00") + LESS_ONE + "12 00 0B")
                .function("deep", 0, "20 00 12 03 0B")
                .function("deeper", 0, "20 00 10 02 41 01 6A 12 02 0B")
                .instantiate().exports();
        for (int i = 0; i < 20; i++) {
            RuntimeError trap = assertThrows(RuntimeError.class, () -> exports.function("deep").callInt(0));
            assertEquals(Kind.CALL_STACK_EXHAUSTED, trap.kind());
            assertEquals(1, exports.function("even").callInt(1000));
        }
    }
}

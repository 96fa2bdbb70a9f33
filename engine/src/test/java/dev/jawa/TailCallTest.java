package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.FunctionType;
import dev.jawa.model.NumberType;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.CodeWriter;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** The function that is called is the one that the module names, but another instance's; and at last one of the host's. */
    @Test
    void recursionOfTwoInstancesThroughTheirTables() {
        var writer = new ModuleWriter();
        int type = writer.type("i:i");
        int step = writer.function("i:i", "", code -> code.get(0).i32(1).op(Opcode.I32_SUB).tee(0)
                .get(0).i32(0).op(Opcode.I32_GT_S).op(Opcode.RETURN_CALL_INDIRECT, type, 0));
        Module module = writer.table('r', "00 02").elements(1, step).export("table", 1, 0).compile();
        Table first = module.instantiate().exports().table("table");
        Table second = module.instantiate().exports().table("table");
        Object own = first.element(1);
        first.element(1, second.element(1));
        second.element(1, own);
        Function last = Function.of(new FunctionType(List.of(NumberType.I32), List.of(NumberType.I32)),
                arguments -> (int) arguments[0] + 40);
        first.element(0, last);
        second.element(0, last);
        assertEquals(40, ((Function) own).callInt(MANY));
        assertEquals(40, ((Function) own).callInt(MANY + 1));
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
    void oneResultOfEveryKindThroughSmallFunctions() {
        var values = Map.of('i', 7, 'l', -8L, 'f', 0.5f, 'd', -0.25, 'e', "text");
        values.forEach((letter, value) -> {
            var module = new ModuleWriter();
            String signature = "i" + letter + ":" + letter;
            for (int i = 0; i < 2; i++) {
                int other = 1 - i;
                module.export("f" + i, signature, code -> code.get(0).op(Opcode.I32_EQZ).open(Opcode.IF)
                        .get(1).op(Opcode.RETURN).end()
                        .get(0).i32(1).op(Opcode.I32_SUB).get(1).op(Opcode.RETURN_CALL, other));
            }
            Exports exports = module.compile().instantiate().exports();
            for (int n = 0; n < 20; n++) {
                assertEquals(List.of(value), exports.function("f0").call(n, value));
            }
            assertEquals(List.of(value), exports.function("f1").call(MANY / 10, value));
        });
    }

    /** How a function goes on if a bit is 0; if it is 1, each makes a tail call. */
    private enum Otherwise { TAIL_CALL, IN_A_HANDLER, THROUGH_A_TABLE, AFTER_A_LOOP, AFTER_MUCH_CODE, BY_A_CALL }

    private record State(int next, Otherwise otherwise, int other) {
    }

    /** Functions of a random graph, against the same as a loop. */
    @Test
    void chainsThroughFunctionsOfAllKinds() {
        var limits = List.of(Limits.none(), Limits.builder().fuel(1L << 40).build(),
                Limits.builder().stackDepth(1000).build(), Limits.builder().deadline(Duration.ofHours(1)).build());
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            int count = 2 + random.nextInt(6);
            State[] states = Stream.generate(() -> new State(random.nextInt(count),
                            Otherwise.values()[random.nextInt(Otherwise.values().length)], random.nextInt(count)))
                    .limit(count).toArray(State[]::new);
            Module module = chain(states);
            for (Limits limit : limits) {
                Exports exports = new Instance(module, Imports.none(), limit).exports();
                for (int i = 0; i < 60; i++) {
                    int first = random.nextInt(count);
                    int steps = i < 40 ? i : 300 + random.nextInt(300);
                    assertEquals(expected(states, first, steps), exports.function("f" + first).callLong(steps, 1L),
                            "seed " + seed + ", " + steps + " steps from " + first);
                }
            }
        }
    }

    private static Module chain(State[] states) {
        var module = new ModuleWriter().table('r', "00 " + "%02X".formatted(states.length))
                .elements(0, IntStream.range(0, states.length).toArray());
        int type = module.type("il:l");
        for (int i = 0; i < states.length; i++) {
            int number = i;
            module.export("f" + i, "il:l", code -> step(code, number, states[number], type));
        }
        return module.compile();
    }

    private static void step(CodeWriter code, int number, State state, int type) {
        code.get(0).op(Opcode.I32_EQZ).open(Opcode.IF).get(1).op(Opcode.RETURN).end()
                .get(1).i64(31).op(Opcode.I64_MUL).i64(number).op(Opcode.I64_XOR).set(1)
                .get(1).i64(2).op(Opcode.I64_AND).op(Opcode.I64_EQZ).op(Opcode.I32_EQZ).open(Opcode.IF);
        arguments(code).op(Opcode.RETURN_CALL, state.next).end();
        switch (state.otherwise) {
            case TAIL_CALL -> arguments(code).op(Opcode.RETURN_CALL, state.other);
            case IN_A_HANDLER -> {
                // A block without parameters and results, and no handlers.
                code.op(Opcode.TRY_TABLE, 0x40, 0);
                arguments(code).op(Opcode.RETURN_CALL, state.other).end().op(Opcode.UNREACHABLE);
            }
            case THROUGH_A_TABLE -> arguments(code).i32(state.other).op(Opcode.RETURN_CALL_INDIRECT, type, 0);
            case AFTER_A_LOOP -> {
                code.open(Opcode.LOOP).get(1).i64(1).op(Opcode.I64_ADD).tee(1)
                        .i64(7).op(Opcode.I64_AND).op(Opcode.I64_EQZ).op(Opcode.I32_EQZ).brIf(0).end();
                arguments(code).op(Opcode.RETURN_CALL, state.other);
            }
            case AFTER_MUCH_CODE -> {
                for (int i = 0; i < 20; i++) {
                    code.get(1).i64(i).op(Opcode.I64_ADD).set(1);
                }
                arguments(code).op(Opcode.RETURN_CALL, state.other);
            }
            case BY_A_CALL -> arguments(code).call(state.other).i64(5).op(Opcode.I64_ADD);
        }
    }

    private static CodeWriter arguments(CodeWriter code) {
        return code.get(0).i32(1).op(Opcode.I32_SUB).get(1);
    }

    private static long expected(State[] states, int first, int steps) {
        long value = 1;
        long after = 0;
        State state = states[first];
        for (int n = steps, number = first; n > 0; n--) {
            value = value * 31 ^ number;
            boolean usual = (value & 2) != 0;
            if (!usual) {
                switch (state.otherwise) {
                    case AFTER_A_LOOP -> {
                        do {
                            value++;
                        } while ((value & 7) != 0);
                    }
                    case AFTER_MUCH_CODE -> value += 190;
                    case BY_A_CALL -> after += 5;
                    default -> {
                    }
                }
            }
            number = usual ? state.next : state.other;
            state = states[number];
        }
        return value + after;
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

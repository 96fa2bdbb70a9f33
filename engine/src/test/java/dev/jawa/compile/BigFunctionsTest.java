package dev.jawa.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Memory;
import dev.jawa.model.Opcode;
import dev.jawa.CompileOptions;
import dev.jawa.CompilePlan;
import dev.jawa.validate.ModuleValidator;
import dev.jawa.wasm.CodeWriter;
import dev.jawa.wasm.ModuleWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are too big for one method: they run as they should, in methods that HotSpot compiles. */
class BigFunctionsTest {
    private static final int LARGEST_METHOD = 8000;

    private static Exports run(ModuleWriter module) {
        return module.compile().instantiate().exports();
    }

    private static void requireSmallMethods(ModuleWriter module) {
        var classes = new ModuleClasses(new CompiledModule(ModuleValidator.decode(module.toArray()),
                CompileOptions.none()));
        for (MethodModel method : ClassFile.of().parse(classes.generateCode(0)).methods()) {
            int size = method.findAttribute(java.lang.classfile.Attributes.code()).map(CodeAttribute::codeLength)
                    .orElse(0);
            assertTrue(size <= LARGEST_METHOD, method.methodName() + " has " + size + " bytes");
        }
    }

    /** A switch in a loop: opcode in memory, 300 cases that all change the accumulator in their own way. */
    private static void interpreter(CodeWriter code, int cases) {
        code.open(Opcode.LOOP).open(Opcode.BLOCK);
        for (int i = 0; i < cases; i++) {
            code.open(Opcode.BLOCK);
        }
        code.get(0).memory(Opcode.I32_LOAD16_U, 0);
        code.brTable(IntStream.rangeClosed(0, cases).toArray());
        for (int i = 0; i < cases; i++) {
            code.end();
            code.get(1).i64(i * 7L + 3).op(Opcode.I64_XOR).i64(i | 1).op(Opcode.I64_MUL)
                    .get(1).i64(i % 63 + 1).op(Opcode.I64_ROTL).op(Opcode.I64_ADD).set(1);
            if (i % 5 == 0) {
                code.get(0).get(1).memory(Opcode.I64_STORE, 4096).get(0).memory(Opcode.I64_LOAD, 4096)
                        .i64(1).op(Opcode.I64_ADD).set(1);
            }
            code.get(0).i32(2).op(Opcode.I32_ADD).set(0).br(cases - i);
        }
        code.end().end().get(1);
    }

    private static long interpreted(int[] program, int cases) {
        long accumulator = 0;
        for (int opcode : program) {
            if (opcode >= cases) {
                return accumulator;
            }
            accumulator = (accumulator ^ opcode * 7L + 3) * (opcode | 1)
                    + Long.rotateLeft(accumulator, opcode % 63 + 1);
            if (opcode % 5 == 0) {
                accumulator++;
            }
        }
        return accumulator;
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 5_000})
    void anInterpreter(int cases) {
        var module = new ModuleWriter().memory("00 01").export("memory", 2, 0);
        module.export("run", "il:l", code -> interpreter(code, cases));
        requireSmallMethods(module);
        CompilePlan.Function plan = module.compile().compilePlan().functions().getFirst();
        assertEquals(Optional.of(CompilePlan.Reason.ESTIMATE), plan.reason());
        assertTrue(plan.pieces().size() > 1 && plan.pieces().stream().allMatch(piece -> piece.methodSize() <= 8000));
        assertTrue(plan.frameFields() > 0 && plan.methodSize() <= 8000);
        Exports exports = run(module);
        var random = new Random(1);
        int[] program = random.ints(1000, 0, cases).toArray();
        program[999] = cases;
        for (int i = 0; i < program.length; i++) {
            exports.memory("memory").writeShort(i * 2L, (short) program[i]);
        }
        long expected = interpreted(program, cases);
        for (int i = 0; i < 50; i++) {
            assertEquals(expected, exports.function("run").callLong(0, 0L));
        }
    }

    /** The last case is entered by the branch table, which has no value for it, and from before it with one. */
    @Test
    void aSwitchOneCaseOfWhichIsEnteredWithAValue() {
        int cases = 41;
        var module = new ModuleWriter();
        int value = module.type(":l");
        module.export("run", "il:l", code -> {
            code.open(Opcode.BLOCK).openTyped(Opcode.BLOCK, value);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).i32(1000).op(Opcode.I32_EQ).open(Opcode.IF).get(1).br(cases + 1).end();
            code.get(0).brTable(IntStream.range(0, cases).toArray());
            for (int i = 0; i < cases; i++) {
                code.end();
                multiplyOften(code, i);
                if (i < cases - 1) {
                    code.br(cases - i);
                }
            }
            code.get(1).end().i64(5).op(Opcode.I64_ADD).set(1);
            multiplyOften(code, cases);
            code.end().get(1);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int i = 0; i < cases - 1; i++) {
            assertEquals(multipliedOften(7, i), function.callLong(i, 7L));
        }
        assertEquals(multipliedOften(multipliedOften(7, cases - 1) + 5, cases), function.callLong(cases - 1, 7L));
        assertEquals(multipliedOften(7 + 5, cases), function.callLong(1000, 7L));
    }

    /** Cases that end the switch, fall through, go to a later case, return, or do what depends on a variable. */
    @ParameterizedTest
    @ValueSource(ints = {100, 400})
    void aSwitchWithAllWaysOutOfItsCases(int cases) {
        var module = new ModuleWriter();
        module.export("run", "il:l", code -> {
            code.open(Opcode.BLOCK);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brTable(IntStream.range(0, cases).toArray());
            for (int i = 0; i < cases; i++) {
                code.end();
                multiplyOften(code, i);
                int end = cases - 1 - i;
                switch (i % 5) {
                    case 0 -> code.br(end);
                    case 2 -> code.br(Math.min(2, end));
                    case 3 -> code.get(1).i64(i).op(Opcode.I64_ADD).op(Opcode.RETURN);
                    case 4 -> code.get(1).op(Opcode.I32_WRAP_I64).i32(4).op(Opcode.I32_AND).open(Opcode.IF).br(end + 1).end();
                    default -> {
                    }
                }
            }
            code.end().get(1).i64(-1).op(Opcode.I64_XOR);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int i = 0; i < cases; i++) {
            assertEquals(switched(i, cases, i + 7L), function.callLong(i, i + 7L), "from " + i);
        }
        assertEquals(switched(cases - 1, cases, 7), function.callLong(-1, 7L));
    }

    @Test
    void aSwitchWhoseLastCaseIsEmpty() {
        int cases = 41;
        var module = new ModuleWriter();
        module.export("run", "il:l", code -> {
            code.open(Opcode.BLOCK);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brTable(IntStream.range(0, cases).toArray());
            for (int i = 0; i < cases - 1; i++) {
                code.end();
                multiplyOften(code, i);
                code.br(cases - 1 - i);
            }
            code.end().end().get(1);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int i = 0; i < cases; i++) {
            assertEquals(i == cases - 1 ? 7 : multipliedOften(7, i), function.callLong(i, 7L));
        }
    }

    /** What is before the branch table becomes a piece too, from which a case is entered that reads what nobody else does. */
    @Test
    void aCaseThatIsEnteredFromAPieceBeforeTheTable() {
        int cases = 41;
        int before = 24;
        var module = new ModuleWriter();
        module.export("run", "il:l", "l", code -> {
            code.open(Opcode.LOOP).get(0).op(Opcode.I64_EXTEND_I32_S).i64(5).op(Opcode.I64_MUL).set(2);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            for (int i = 0; i < before; i++) {
                multiplyOften(code, i);
                if (i == before / 2) {
                    code.get(1).i64(4).op(Opcode.I64_AND).op(Opcode.I64_EQZ).brIf(3);
                }
            }
            code.get(0).brTable(IntStream.range(0, cases).toArray());
            for (int i = 0; i < cases; i++) {
                code.end();
                multiplyOften(code, i);
                if (i % 4 == 3) {
                    code.get(1).get(2).op(Opcode.I64_ADD).set(1);
                }
                // On with the next case, or the next round.
                if (i % 2 == 1) {
                    code.get(0).i32(1).op(Opcode.I32_SUB).tee(0).i32(0).op(Opcode.I32_GE_S).brIf(cases - 1 - i);
                }
            }
            code.end().get(1);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int i = 0; i < cases; i++) {
            assertEquals(entered(i, cases, before, i + 7L), function.callLong(i, i + 7L), "from " + i);
        }
    }

    /** A case that reads it is entered from behind others that are left in the same way, before which it has no value. */
    @Test
    void aLocalThatOnlyOneWayToACaseAssigns() {
        int cases = 41;
        int assigning = 3;
        int reading = 30;
        var module = new ModuleWriter();
        module.export("run", "il:l", "l", code -> {
            code.open(Opcode.BLOCK).open(Opcode.LOOP);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(1).i64(4).op(Opcode.I64_AND).op(Opcode.I64_EQZ).open(Opcode.IF);
            code.get(0).op(Opcode.I64_EXTEND_I32_S).i64(5).op(Opcode.I64_MUL).set(2).br(assigning + 1).end();
            code.get(0).brTable(IntStream.range(0, cases).map(i -> i == reading || i == assigning ? cases + 1 : i)
                    .toArray());
            for (int i = 0; i < cases; i++) {
                code.end();
                multiplyOften(code, i);
                if (i == assigning) {
                    code.get(1).i64(8).op(Opcode.I64_AND).op(Opcode.I64_EQZ).brIf(reading - i - 1);
                } else if (i == reading) {
                    code.get(1).get(2).op(Opcode.I64_ADD).set(1);
                }
                code.get(0).i32(1).op(Opcode.I32_SUB).tee(0).i32(0).op(Opcode.I32_GE_S).brIf(cases - 1 - i)
                        .br(cases - i);
            }
            code.end().end().get(1);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int i = 0; i < cases; i++) {
            for (long start = 0; start < 9; start++) {
                assertEquals(read(i, assigning, reading, start), function.callLong(i, start),
                        "from " + i + " with " + start);
            }
        }
    }

    private static long read(int first, int assigning, int reading, long start) {
        long value = start;
        for (int round = first; round >= 0; round--) {
            boolean assigns = (value & 4) == 0;
            if (!assigns && (round == assigning || round == reading)) {
                return value;
            }
            value = multipliedOften(value, assigns ? assigning : round);
            if (assigns && (value & 8) == 0) {
                value = multipliedOften(value, reading) + round * 5L;
            }
        }
        return value;
    }

    private static long entered(int first, int cases, int before, long start) {
        long value = start;
        int round = first;
        while (true) {
            long read = round * 5L;
            int from = round;
            for (int i = 0; i < before; i++) {
                value = multipliedOften(value, i);
                if (i == before / 2 && (value & 4) == 0) {
                    from = 3;
                    break;
                }
            }
            int i = from;
            for (; i < cases; i++) {
                value = multipliedOften(value, i) + (i % 4 == 3 ? read : 0);
                if (i % 2 == 1 && --round >= 0) {
                    break;
                }
            }
            if (i == cases) {
                return value;
            }
        }
    }

    private static long switched(int first, int cases, long start) {
        long value = start;
        for (int i = first; i < cases; i++) {
            value = multipliedOften(value, i);
            if (i % 5 == 3) {
                return value + i;
            } else if (i % 5 == 0 || i % 5 == 4 && (value & 4) != 0) {
                return ~value;
            } else if (i % 5 == 2) {
                i += 2;
            }
        }
        return ~value;
    }

    private static void multiplyOften(CodeWriter code, int factor) {
        for (int step = 0; step < 20; step++) {
            code.get(1).i64(step).op(Opcode.I64_XOR).i64(2 * factor + 1).op(Opcode.I64_MUL).set(1);
        }
    }

    private static long multipliedOften(long value, int factor) {
        long result = value;
        for (int step = 0; step < 20; step++) {
            result = (result ^ step) * (2 * factor + 1);
        }
        return result;
    }

    /** As a library accesses count for all that is inlined for them, but not in each of many cases. */
    @Test
    @DisabledIfSystemProperty(named = "dev.jawa.pieceSize", matches = ".*")
    void aSwitchWhoseCasesAccessMemoryStaysWhole() {
        int cases = 30;
        var module = new ModuleWriter().memory("00 01");
        module.export("run", "i:i", code -> {
            code.open(Opcode.BLOCK);
            for (int i = 0; i < cases; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brTable(IntStream.range(0, cases).toArray());
            for (int i = 0; i < cases; i++) {
                code.end().get(0).get(0).memory(Opcode.I32_LOAD, 4 * i).memory(Opcode.I32_LOAD, 8).i32(i)
                        .op(Opcode.I32_ADD).memory(Opcode.I32_STORE, 4096).br(cases - 1 - i);
            }
            code.end().get(0).memory(Opcode.I32_LOAD, 4096);
        });
        assertTrue(module.compile().compilePlan().functions().getFirst().pieces().isEmpty());
        Function function = run(module).function("run");
        for (int i = 0; i < cases; i++) {
            assertEquals(i, function.callInt(i));
        }
    }

    /** As a library, too, a loop is proved that leaves no room for twice what is inlined for its accesses. */
    @Test
    @DisabledIfSystemProperty(named = "dev.jawa.pieceSize", matches = ".*")
    void aLoopOfManyAccessesIsProved() {
        int accesses = 14;
        var module = new ModuleWriter().memory("00 01");
        module.export("run", "ii:i", code -> {
            code.open(Opcode.LOOP);
            for (int i = 0; i < accesses; i++) {
                code.get(0).get(0).memory(Opcode.I32_LOAD, 4 * i).get(1).op(Opcode.I32_ADD)
                        .memory(Opcode.I32_STORE, 4 * i);
            }
            code.get(0).i32(4 * accesses).op(Opcode.I32_ADD).set(0);
            code.get(0).i32(16_000).op(Opcode.I32_LT_U).brIf(0).end();
            code.i32(0).memory(Opcode.I32_LOAD, 4 * accesses + 4);
        });
        assertEquals(1, module.compile().compilePlan().functions().getFirst().provedLoops());
        Function function = run(module).function("run");
        assertEquals(3, function.callInt(0, 3));
        assertEquals(10, function.callInt(0, 7));
    }

    /** As a library, too, a function stays whole of whose accesses most are where code seldom comes. */
    @Test
    @DisabledIfSystemProperty(named = "dev.jawa.pieceSize", matches = ".*")
    void accessesBehindBranchesCountLess() {
        int groups = 24;
        var module = new ModuleWriter().memory("00 01");
        module.export("run", "ii:i", code -> {
            for (int group = 0; group < groups; group++) {
                code.get(0).i32(group).op(Opcode.I32_EQ).open(Opcode.IF);
                for (int i = 0; i < 3; i++) {
                    code.get(1).get(0).i32(i).op(Opcode.I32_ADD).memory(Opcode.I32_STORE, 12 * group + 4 * i);
                }
                code.end();
            }
            code.get(1).memory(Opcode.I32_LOAD, 12 * 7 + 8);
        });
        assertEquals(List.of(), module.compile().compilePlan().functions().getFirst().pieces());
        assertEquals(9, run(module).function("run").callInt(7, 64));
    }

    @Test
    void twoHundredKilobytesInALine() {
        var module = new ModuleWriter();
        int steps = 20_000;
        int[] sizes = new int[1];
        module.export("run", "ii:i", "ld", code -> {
            for (int i = 0; i < steps; i++) {
                code.get(i & 1).i32(i).op(Opcode.I32_ADD).get(1 - (i & 1)).op(Opcode.I32_XOR).set(i & 1);
            }
            code.get(0).get(1).op(Opcode.I32_ADD);
            sizes[0] = code.size();
        });
        assertTrue(sizes[0] > 200_000, sizes[0] + " bytes");
        requireSmallMethods(module);
        int[] locals = {5, 6};
        for (int i = 0; i < steps; i++) {
            locals[i & 1] = locals[i & 1] + i ^ locals[1 - (i & 1)];
        }
        assertEquals(locals[0] + locals[1], run(module).function("run").callInt(5, 6));
    }

    /** As what Emscripten makes of the pointers in the data of a large program that can be moved. */
    @Test
    void moreNumbersThanAConstantPoolHas() {
        int stores = 80_000;
        var module = new ModuleWriter().memory("00 0A").export("memory", 2, 0);
        module.export("f", ":", code -> {
            for (int i = 0; i < stores; i++) {
                code.i32(8 * i).i32(number(i)).memory(Opcode.I32_STORE, 0);
            }
            code.i32(0).i64(Long.MIN_VALUE + 0xFFFF_FFFFL).memory(Opcode.I64_STORE, 0);
            code.i32(8).i64(0x7FFF_FFFF_8000_0000L).memory(Opcode.I64_STORE, 0);
            code.i32(16).f64(Math.PI).memory(Opcode.F64_STORE, 0);
            code.i32(24).f32(-0.1f).memory(Opcode.F32_STORE, 0);
        });
        Exports exports = run(module);
        exports.function("f").call();
        Memory memory = exports.memory("memory");
        for (int i = 4; i < stores; i++) {
            assertEquals(number(i), memory.readInt(8 * i));
        }
        assertEquals(Long.MIN_VALUE + 0xFFFF_FFFFL, memory.readLong(0));
        assertEquals(0x7FFF_FFFF_8000_0000L, memory.readLong(8));
        assertEquals(Math.PI, memory.readDouble(16));
        assertEquals(-0.1f, memory.readFloat(24));
    }

    private static int number(int i) {
        return i % 4 == 0 ? Integer.MAX_VALUE - i : i * 0x1234567;
    }

    /** The arguments of a large call are evaluated before it, once. */
    @Test
    void callsWithinTheArgumentsOfCallsAreMadeOnce() {
        for (int calls = 1; calls < 60; calls++) {
            var module = new ModuleWriter().global('i', true, code -> code.i32(0));
            int next = module.function("iiiiiiii:i", "", code ->
                    code.op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_ADD).op(Opcode.GLOBAL_SET, 0)
                            .get(0).get(7).op(Opcode.I32_ADD));
            int nested = calls;
            module.export("f", "i:i", code -> {
                code.get(0);
                for (int i = 0; i < nested; i++) {
                    code.i32(0).i32(0).i32(0).i32(0).i32(0).i32(0).i32(i).call(next);
                }
                code.op(Opcode.GLOBAL_GET, 0).i32(1000).op(Opcode.I32_MUL).op(Opcode.I32_ADD);
            });
            assertEquals(5 + calls * (calls - 1) / 2 + 1000 * calls, run(module).function("f").callInt(5));
        }
    }

    @Test
    void fiveThousandNestedBlocks() {
        int depth = 5000;
        var module = new ModuleWriter();
        module.export("run", "ii:i", code -> {
            for (int i = 0; i < depth; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brTable(IntStream.range(0, depth).toArray());
            for (int i = 0; i < depth; i++) {
                code.end().get(1).i32(i).op(Opcode.I32_XOR).i32(3).op(Opcode.I32_MUL).set(1);
            }
            code.get(1);
        });
        Function function = run(module).function("run");
        for (int start : new int[] {0, 1, 77, 2500, 4998, 4999, 5000, -1}) {
            int expected = 9;
            for (int i = (int) Math.min(Integer.toUnsignedLong(start), depth - 1); i < depth; i++) {
                expected = (expected ^ i) * 3;
            }
            assertEquals(expected, function.callInt(start, 9), "from " + start);
        }
    }

    @Test
    void aBranchTableOf60000Entries() {
        var module = new ModuleWriter();
        int[] labels = new Random(2).ints(60_001, 0, 4).toArray();
        module.export("run", "i:i", code -> {
            for (int i = 0; i < 4; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brTable(labels);
            for (int i = 0; i < 4; i++) {
                code.end().i32(i * 11 + 1).op(Opcode.RETURN);
            }
            code.op(Opcode.UNREACHABLE);
        });
        Function function = run(module).function("run");
        for (int index : new int[] {0, 1, 2, 3, 30_000, 59_999, 60_000, 60_001, -1}) {
            int label = labels[(int) Math.min(Integer.toUnsignedLong(index), 60_000)];
            assertEquals(label * 11 + 1, function.callInt(index), "entry " + index);
        }
    }

    @Test
    void blocksOfSeveralValuesLocalsOfAllTypesAndReturnsFromTheMiddle() {
        var module = new ModuleWriter();
        int pair = module.type("il:il");
        int steps = 600;
        module.export("run", "ilfde:ilfd", "ilfde", code -> {
            for (int i = 0; i < steps; i++) {
                code.get(0).get(1).openTyped(Opcode.BLOCK, pair)
                        .i64(i).op(Opcode.I64_ADD).set(6).i32(i).op(Opcode.I32_XOR).tee(5)
                        .get(6).get(0).i32(i * 3).op(Opcode.I32_EQ).brIf(0)
                        .i64(5).op(Opcode.I64_MUL).end()
                        .set(1).set(0)
                        .get(2).f32(i).op(Opcode.F32_ADD).set(2).get(3).get(2).op(Opcode.F64_PROMOTE_F32)
                        .op(Opcode.F64_SUB).set(3);
                if (i % 50 == 49) {
                    code.get(0).i32(1023).op(Opcode.I32_AND).i32(i).op(Opcode.I32_EQ).open(Opcode.IF)
                            .get(0).get(1).get(2).get(3).op(Opcode.RETURN).end();
                }
            }
            code.get(0).get(1).get(2).get(3);
        });
        requireSmallMethods(module);
        Function function = run(module).function("run");
        for (int start = 0; start < 1200; start += 7) {
            assertEquals(straight(start, steps), function.call(start, 3L, 1f, 2.0, "reference"), "from " + start);
        }
    }

    private static List<Object> straight(int start, int steps) {
        int a = start;
        long b = 3;
        float c = 1;
        double d = 2;
        for (int i = 0; i < steps; i++) {
            boolean leaves = a == i * 3;
            a ^= i;
            b += i;
            b = leaves ? b : b * 5;
            c += i;
            d -= c;
            if (i % 50 == 49 && (a & 1023) == i) {
                break;
            }
        }
        return List.of(a, b, c, d);
    }

    @Test
    void deeplyNestedChoicesAreCutInReasonableTime() {
        var module = new ModuleWriter();
        int depth = 400;
        module.export("run", "i:i", code -> {
            for (int i = 0; i < depth; i++) {
                code.get(0).i32(i).op(Opcode.I32_GT_S).open(Opcode.IF, 'i');
            }
            code.i32(depth);
            for (int i = depth - 1; i >= 0; i--) {
                code.op(Opcode.ELSE).get(0).i32(i).op(Opcode.I32_MUL).i32(i).op(Opcode.I32_ADD).end();
            }
        });
        Function function = run(module).function("run");
        for (int value : new int[] {0, 1, 200, 399, 400, 1000}) {
            assertEquals(value >= depth ? depth : value * value + value, function.callInt(value));
        }
    }

    @Test
    void codeNestedBeyondReasonIsRunOrRefused() {
        int depth = 200_000;
        var module = new ModuleWriter();
        module.export("run", "i:i", code -> {
            for (int i = 0; i < depth; i++) {
                code.open(Opcode.BLOCK);
            }
            code.get(0).brIf(depth / 2);
            for (int i = 0; i < depth; i++) {
                code.get(0).i32(1).op(Opcode.I32_ADD).set(0).end();
            }
            code.get(0);
        });
        try {
            assertEquals(1 + depth / 2 - 1, run(module).function("run").callInt(1));
        } catch (dev.jawa.CompileError refused) {
            assertTrue(refused.getMessage().contains("the function"), refused.getMessage());
        }
    }
}

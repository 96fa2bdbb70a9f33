package dev.jawa.random;

import dev.jawa.Module;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.CodeWriter;
import dev.jawa.wasm.ModuleWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random function that does little but compute addresses and access memory with them, many at the same addresses
 * and around the memory's end; and a run of it in Java.
 */
final class AddressProgram {
    static final int PARAMETERS = 3;
    static final int MEMORY_BYTES = 1 << 16;
    private static final int LOCALS = 6;
    private static final int COUNTERS = 3;
    private static final Opcode[] LOADS = {Opcode.I32_LOAD8_U, Opcode.I32_LOAD16_U, Opcode.I32_LOAD};
    private static final Opcode[] STORES = {Opcode.I32_STORE8, Opcode.I32_STORE16, Opcode.I32_STORE};

    /** The access is out of bounds. */
    static final class OutOfBounds extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** One step of the function, of which there are the code and the meaning. */
    private interface Step {
        void write(CodeWriter code);

        /** Runs it; says whether the innermost block around is left. */
        boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds;
    }

    private static final Opcode[] WIDE_LOADS = {Opcode.I64_LOAD8_U, Opcode.I64_LOAD16_U, Opcode.I64_LOAD32_S};
    private static final Opcode[] WIDE_STORES = {Opcode.I64_STORE8, Opcode.I64_STORE16, Opcode.I64_STORE32};

    private final boolean wide;
    private final Random random;
    private final List<Step> steps;

    /** A program that reckons in 64 bits, as addresses of its memory have, or in 32. */
    AddressProgram(long seed, boolean wide) {
        this.wide = wide;
        random = new Random(seed);
        steps = steps(8 + random.nextInt(12), 0, false);
    }

    Module compile() {
        var module = new ModuleWriter();
        String type = wide ? "l" : "i";
        module.memory(wide ? "04 01" : "00 01");
        module.export("memory", 2, 0);
        module.export("run", type.repeat(PARAMETERS) + ":" + type, type.repeat(PARAMETERS + COUNTERS), code -> {
            steps.forEach(step -> step.write(code));
            code.get(LOCALS - 1);
        });
        return module.compile();
    }

    /** What it gives for arguments. */
    long run(ByteBuffer memory, long... arguments) throws OutOfBounds {
        long[] locals = Arrays.copyOf(arguments, LOCALS + COUNTERS);
        run(steps, locals, memory);
        return locals[LOCALS - 1];
    }

    private static boolean run(List<Step> steps, long[] locals, ByteBuffer memory) throws OutOfBounds {
        for (Step step : steps) {
            if (step.run(locals, memory)) {
                return true;
            }
        }
        return false;
    }

    private List<Step> steps(int count, int depth, boolean inBlock) {
        var all = new ArrayList<Step>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(depth == COUNTERS ? 12 : 16);
            all.add(switch (kind) {
                case 0, 1 -> sum();
                case 2, 3 -> inBlock ? leave() : random.nextBoolean() ? sum() : scaled();
                case 4, 5, 6 -> store();
                case 7, 8, 9, 10, 11 -> load();
                case 12 -> choice(depth);
                case 13 -> block(depth);
                default -> loop(depth);
            });
        }
        return all;
    }

    private int local() {
        return random.nextInt(LOCALS - 1);
    }

    /** The instruction for the width that is reckoned in. */
    private Opcode op(Opcode narrow) {
        return wide ? Opcode.valueOf(narrow.name().replace("I32", "I64")) : narrow;
    }

    private void constant(CodeWriter code, long number) {
        if (wide) {
            code.i64(number);
        } else {
            code.i32((int) number);
        }
    }

    private long fit(long number) {
        return wide ? number : (int) number;
    }

    /** A number's bit as a condition. */
    private void bit(CodeWriter code, int local, int bit) {
        constant(code.get(local), bit);
        code.op(op(Opcode.I32_AND));
        if (wide) {
            code.op(Opcode.I32_WRAP_I64);
        }
    }

    private Step sum() {
        int to = local();
        int from = local();
        int other = random.nextInt(4) == 0 ? local() : -1;
        int constant = random.nextInt(24) - 8;
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                code.get(from);
                if (other >= 0) {
                    code.get(other).op(op(Opcode.I32_SUB));
                }
                constant(code, constant);
                code.op(op(Opcode.I32_ADD)).set(to);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) {
                locals[to] = fit(locals[from] - (other >= 0 ? locals[other] : 0) + constant);
                return false;
            }
        };
    }

    private Step scaled() {
        int to = local();
        int from = local();
        int index = local();
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                constant(code.get(from).get(index), 2);
                code.op(op(Opcode.I32_SHL)).op(op(Opcode.I32_ADD)).set(to);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) {
                locals[to] = fit(locals[from] + (locals[index] << 2));
                return false;
            }
        };
    }

    private int address(long base, int plus, int offset, int bytes) throws OutOfBounds {
        long address = wide ? base + plus : base + plus & 0xFFFF_FFFFL;
        if (Long.compareUnsigned(address, MEMORY_BYTES) > 0 || address + offset + bytes > MEMORY_BYTES) {
            throw new OutOfBounds();
        }
        return (int) address + offset;
    }

    private Step load() {
        int base = local();
        int plus = random.nextInt(3) == 0 ? random.nextInt(20) - 6 : 0;
        int offset = random.nextInt(20);
        int width = random.nextInt(LOADS.length);
        boolean keeps = random.nextInt(6) == 0;
        int to = keeps ? local() : LOCALS - 1;
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                if (!keeps) {
                    code.get(to);
                }
                code.get(base);
                if (plus != 0) {
                    constant(code, plus);
                    code.op(op(Opcode.I32_ADD));
                }
                code.memory((wide ? WIDE_LOADS : LOADS)[width], offset);
                if (!keeps) {
                    code.op(op(Opcode.I32_ADD));
                }
                code.set(to);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds {
                int address = address(locals[base], plus, offset, 1 << width);
                long value = switch (width) {
                    case 0 -> memory.get(address) & 0xFF;
                    case 1 -> memory.getShort(address) & 0xFFFF;
                    default -> memory.getInt(address);
                };
                locals[to] = keeps ? value : fit(locals[to] + value);
                return false;
            }
        };
    }

    private Step store() {
        int base = local();
        int offset = random.nextInt(20);
        int width = random.nextInt(STORES.length);
        int value = LOCALS - 1;
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                code.get(base).get(value).memory((wide ? WIDE_STORES : STORES)[width], offset);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds {
                int address = address(locals[base], 0, offset, 1 << width);
                switch (width) {
                    case 0 -> memory.put(address, (byte) locals[value]);
                    case 1 -> memory.putShort(address, (short) locals[value]);
                    default -> memory.putInt(address, (int) locals[value]);
                }
                return false;
            }
        };
    }

    private Step leave() {
        int condition = local();
        int bit = 1 << random.nextInt(3);
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                bit(code, condition, bit);
                code.op(Opcode.BR_IF, 0);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) {
                return (locals[condition] & bit) != 0;
            }
        };
    }

    private Step choice(int depth) {
        int condition = local();
        List<Step> then = steps(1 + random.nextInt(4), depth + 1, false);
        List<Step> otherwise = steps(random.nextInt(4), depth + 1, false);
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                bit(code, condition, 1);
                code.op(Opcode.IF, 0x40);
                then.forEach(step -> step.write(code));
                code.op(Opcode.ELSE);
                otherwise.forEach(step -> step.write(code));
                code.op(Opcode.END);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds {
                AddressProgram.run((locals[condition] & 1) != 0 ? then : otherwise, locals, memory);
                return false;
            }
        };
    }

    private Step block(int depth) {
        List<Step> body = steps(2 + random.nextInt(5), depth + 1, true);
        return new Step() {
            @Override
            public void write(CodeWriter code) {
                code.op(Opcode.BLOCK, 0x40);
                body.forEach(step -> step.write(code));
                code.op(Opcode.END);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds {
                AddressProgram.run(body, locals, memory);
                return false;
            }
        };
    }

    /** A loop whose counter goes up or down by a step to a bound, by one of several comparisons. */
    private Step loop(int depth) {
        int counter = random.nextBoolean() ? LOCALS + depth : local();
        int begin = random.nextInt(3) == 0 ? 0 : MEMORY_BYTES - 60 + random.nextInt(50);
        int step = (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(4));
        int rounds = 1 + random.nextInt(12);
        // By a counter that jumps over its bound, a loop of the outermost level goes on for long.
        int bound = begin + step * rounds + (depth == 0 && random.nextInt(6) == 0 ? 1 : 0);
        Opcode comparison = step > 0
                ? pick(Opcode.I32_NE, Opcode.I32_LT_U, Opcode.I32_LT_S, Opcode.I32_LE_U, Opcode.I32_LE_S)
                : pick(Opcode.I32_NE, Opcode.I32_GT_U, Opcode.I32_GT_S, Opcode.I32_GE_U, Opcode.I32_GE_S);
        List<Step> body = steps(1 + random.nextInt(5), depth + 1, false);
        int walker = local();
        int stride = random.nextInt(9) - 4;
        return new Step() {
            private int fuel() {
                return LOCALS + depth;
            }

            @Override
            public void write(CodeWriter code) {
                constant(code, begin);
                code.set(counter);
                code.op(Opcode.LOOP, 0x40);
                body.forEach(one -> one.write(code));
                code.get(counter).memory(op(Opcode.I32_LOAD8_U), 3).get(LOCALS - 1).op(op(Opcode.I32_ADD))
                        .set(LOCALS - 1);
                constant(code.get(walker), stride);
                code.op(op(Opcode.I32_ADD)).set(walker);
                constant(code.get(counter), step);
                constant(code.op(op(Opcode.I32_ADD)).tee(counter), bound);
                code.op(op(comparison));
                if (counter == fuel()) {
                    code.op(Opcode.BR_IF, 0);
                } else {
                    // The body may assign the counter: so the memory's end or the fuel ends the loop.
                    constant(code.get(fuel()), 1);
                    constant(code.op(op(Opcode.I32_ADD)).tee(fuel()), 40);
                    code.op(op(Opcode.I32_LT_U)).op(Opcode.I32_AND).op(Opcode.BR_IF, 0);
                }
                code.op(Opcode.END);
            }

            @Override
            public boolean run(long[] locals, ByteBuffer memory) throws OutOfBounds {
                locals[counter] = begin;
                boolean again;
                do {
                    AddressProgram.run(body, locals, memory);
                    locals[LOCALS - 1] = fit(locals[LOCALS - 1]
                            + (memory.get(address(locals[counter], 0, 3, 1)) & 0xFF));
                    locals[walker] = fit(locals[walker] + stride);
                    locals[counter] = fit(locals[counter] + step);
                    again = compare(locals[counter], bound);
                    if (counter != fuel()) {
                        again &= Long.compareUnsigned(++locals[fuel()], 40) < 0;
                    }
                } while (again);
                return false;
            }

            private boolean compare(long a, long b) {
                return switch (comparison) {
                    case I32_NE -> a != b;
                    case I32_LT_U -> Long.compareUnsigned(a, b) < 0;
                    case I32_LE_U -> Long.compareUnsigned(a, b) <= 0;
                    case I32_GT_U -> Long.compareUnsigned(a, b) > 0;
                    case I32_GE_U -> Long.compareUnsigned(a, b) >= 0;
                    case I32_LT_S -> a < b;
                    case I32_LE_S -> a <= b;
                    case I32_GT_S -> a > b;
                    default -> a >= b;
                };
            }
        };
    }

    private Opcode pick(Opcode... opcodes) {
        return opcodes[random.nextInt(opcodes.length)];
    }

    static ByteBuffer memory() {
        return ByteBuffer.allocate(MEMORY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}

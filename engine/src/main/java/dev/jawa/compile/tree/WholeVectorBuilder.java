package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.Opcode;

/**
 * Builds the vector instructions on whole vectors. What the JDK's vectors have no method for is put together from
 * instructions that they have.
 */
final class WholeVectorBuilder {
    private final PendingStack stack;
    private final InstructionReader reader;
    private final OperationBuilder operations;

    WholeVectorBuilder(PendingStack stack, InstructionReader reader, OperationBuilder operations) {
        this.stack = stack;
        this.reader = reader;
        this.operations = operations;
    }

    /** Whether it knows an instruction. */
    static boolean has(Opcode opcode) {
        return switch (opcode) {
            case F32X4_CEIL, F32X4_FLOOR, F32X4_TRUNC, F32X4_NEAREST, F64X2_CEIL, F64X2_FLOOR, F64X2_TRUNC,
                    F64X2_NEAREST, F32X4_CONVERT_I32X4_U, F64X2_CONVERT_LOW_I32X4_U, I32X4_TRUNC_SAT_F32X4_U,
                    I32X4_RELAXED_TRUNC_F32X4_U, I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_TRUNC_SAT_F64X2_U_ZERO,
                    I32X4_RELAXED_TRUNC_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_U_ZERO, F32X4_DEMOTE_F64X2_ZERO -> false;
            default -> true;
        };
    }

    /** Takes in the instruction that the reader is at. */
    void add(Opcode opcode) {
        if (opcode.accessBytes() != 0) {
            access(opcode);
            return;
        }
        switch (opcode) {
            case V128_CONST -> stack.pushWhole(constant(reader.constant(), reader.constantHigh()));
            case I8X16_SPLAT, I16X8_SPLAT, I32X4_SPLAT, I64X2_SPLAT, F32X4_SPLAT, F64X2_SPLAT ->
                    push(opcode, stack.pop());
            case I8X16_EXTRACT_LANE_S, I8X16_EXTRACT_LANE_U, I16X8_EXTRACT_LANE_S, I16X8_EXTRACT_LANE_U,
                    I32X4_EXTRACT_LANE, I64X2_EXTRACT_LANE, F32X4_EXTRACT_LANE, F64X2_EXTRACT_LANE ->
                    stack.push(lane(opcode, stack.popWhole(), reader.lane()));
            case I8X16_REPLACE_LANE, I16X8_REPLACE_LANE, I32X4_REPLACE_LANE, I64X2_REPLACE_LANE, F32X4_REPLACE_LANE,
                    F64X2_REPLACE_LANE -> {
                Expression value = stack.pop();
                stack.pushWhole(replaced(opcode, stack.popWhole(), value, reader.lane()));
            }
            case I8X16_SHUFFLE -> {
                Expression second = stack.popWhole();
                Expression first = stack.popWhole();
                stack.pushWhole(shuffled(first, second, reader.constant(), reader.constantHigh()));
            }
            case V128_ANY_TRUE, I8X16_ALL_TRUE, I16X8_ALL_TRUE, I32X4_ALL_TRUE, I64X2_ALL_TRUE, I8X16_BITMASK,
                    I16X8_BITMASK, I32X4_BITMASK, I64X2_BITMASK ->
                    stack.push(lane(opcode, stack.popWhole(), 0));
            case I8X16_SHL, I8X16_SHR_S, I8X16_SHR_U, I16X8_SHL, I16X8_SHR_S, I16X8_SHR_U, I32X4_SHL, I32X4_SHR_S,
                    I32X4_SHR_U, I64X2_SHL, I64X2_SHR_S, I64X2_SHR_U -> {
                Expression count = stack.pop();
                push(opcode, stack.popWhole(), count);
            }
            default -> {
                Expression[] operands = new Expression[opcode.operands().length()];
                for (int i = operands.length - 1; i >= 0; i--) {
                    operands[i] = stack.popWhole();
                }
                stack.pushWhole(combined(opcode, operands));
            }
        }
    }

    // ---- expressions

    private void push(Opcode opcode, Expression... operands) {
        stack.pushWhole(whole(opcode, operands));
    }

    private Operation whole(Opcode opcode, Expression... operands) {
        return operations.operation(opcode, operands, Carrier.VECTOR, 0, 0, 0);
    }

    private Operation constant(long low, long high) {
        Expression[] halves = {new Constant(Carrier.LONG, low), new Constant(Carrier.LONG, high)};
        return operations.operation(Opcode.V128_CONST, halves, Carrier.VECTOR, WholeVectorLoop.I64X2, 0, 0);
    }

    /** The same half twice. */
    private Operation constant(long half) {
        return constant(half, half);
    }

    private Operation lane(Opcode opcode, Expression vector, int lane) {
        return operations.operation(opcode, new Expression[] {vector}, Carrier.of(opcode.results().charAt(0)), lane, 0, 0);
    }

    private Operation replaced(Opcode opcode, Expression vector, Expression value, int lane) {
        return operations.operation(opcode, new Expression[] {vector, value}, Carrier.VECTOR, lane, 0, 0);
    }

    private Operation shifted(Opcode opcode, Expression vector, int count) {
        return whole(opcode, vector, new Constant(Carrier.INT, count));
    }

    private Operation shuffled(Expression first, Expression second, long low, long high) {
        long sources = (low | high) & 0x1010_1010_1010_1010L;
        if (sources == 0) {
            drop(second);
            return whole(Opcode.I8X16_SHUFFLE, first, constant(low, high));
        } else if ((low & high & 0x1010_1010_1010_1010L) == 0x1010_1010_1010_1010L) {
            drop(first);
            long lanes = 0x0F0F_0F0F_0F0F_0F0FL;
            return whole(Opcode.I8X16_SHUFFLE, second, constant(low & lanes, high & lanes));
        }
        return whole(Opcode.I8X16_SHUFFLE, first, second, constant(low, high));
    }

    private void drop(Expression unneeded) {
        if ((unneeded.effects() & Effects.OBSERVABLE) != 0) {
            stack.add(new Statement.Evaluate(unneeded), unneeded.effects());
        }
    }

    // ---- instructions

    private Expression combined(Opcode opcode, Expression[] operands) {
        return switch (opcode) {
            case I8X16_RELAXED_LANESELECT, I16X8_RELAXED_LANESELECT, I32X4_RELAXED_LANESELECT,
                    I64X2_RELAXED_LANESELECT -> whole(Opcode.V128_BITSELECT, operands);
            case I32X4_RELAXED_TRUNC_F32X4_S -> whole(Opcode.I32X4_TRUNC_SAT_F32X4_S, operands);
            // What is needed twice is an operand twice.
            case I8X16_SWIZZLE, I8X16_RELAXED_SWIZZLE -> {
                Expression indices = stack.evaluated(operands[1]);
                yield whole(Opcode.I8X16_SWIZZLE, operands[0], indices, indices);
            }
            case F32X4_PMIN, F32X4_PMAX, F64X2_PMIN, F64X2_PMAX, F32X4_RELAXED_MIN, F32X4_RELAXED_MAX,
                    F64X2_RELAXED_MIN, F64X2_RELAXED_MAX -> {
                Expression first = stack.evaluated(operands[0]);
                Expression second = stack.evaluated(operands[1]);
                yield whole(opcode, first, second, first, second);
            }
            case I8X16_AVGR_U, I16X8_AVGR_U -> average(opcode, stack.evaluated(operands[0]),
                    stack.evaluated(operands[1]));
            case I8X16_NARROW_I16X8_S, I8X16_NARROW_I16X8_U, I16X8_NARROW_I32X4_S, I16X8_NARROW_I32X4_U ->
                    narrowed(opcode, operands[0], operands[1]);
            case I16X8_Q15MULR_SAT_S, I16X8_RELAXED_Q15MULR_S -> q15Product(stack.evaluated(operands[0]),
                    stack.evaluated(operands[1]));
            case I32X4_DOT_I16X8_S -> dot(Widening.SHORT, stack.evaluated(operands[0]), stack.evaluated(operands[1]));
            case I16X8_RELAXED_DOT_I8X16_I7X16_S ->
                    dot(Widening.BYTE, stack.evaluated(operands[0]), stack.evaluated(operands[1]));
            case I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S -> {
                Expression sums = stack.evaluated(dot(Widening.BYTE, stack.evaluated(operands[0]),
                        stack.evaluated(operands[1])));
                yield whole(Opcode.I32X4_ADD, whole(Opcode.I32X4_ADD, even(Widening.SHORT, sums),
                        odd(Widening.SHORT, sums)), operands[2]);
            }
            default -> {
                Widening widening = Widening.of(opcode);
                yield widening == null ? whole(opcode, operands) : widened(opcode, widening, operands);
            }
        };
    }

    private Expression average(Opcode opcode, Expression first, Expression second) {
        boolean bytes = opcode == Opcode.I8X16_AVGR_U;
        Expression different = whole(Opcode.V128_XOR, first, second);
        Expression half = bytes ? shifted(Opcode.I64X2_SHR_U, whole(Opcode.V128_AND, different,
                constant(0xFEFE_FEFE_FEFE_FEFEL)), 1) : shifted(Opcode.I16X8_SHR_U, different, 1);
        return whole(bytes ? Opcode.I8X16_SUB : Opcode.I16X8_SUB, whole(Opcode.V128_OR, first, second), half);
    }

    private Expression narrowed(Opcode opcode, Expression first, Expression second) {
        boolean bytes = opcode == Opcode.I8X16_NARROW_I16X8_S || opcode == Opcode.I8X16_NARROW_I16X8_U;
        boolean signed = opcode == Opcode.I8X16_NARROW_I16X8_S || opcode == Opcode.I16X8_NARROW_I32X4_S;
        Expression low = clamped(bytes, signed, first);
        Expression high = clamped(bytes, signed, second);
        return bytes ? shuffled(low, high, 0x0E0C_0A08_0604_0200L, 0x1E1C_1A18_1614_1210L)
                : shuffled(low, high, 0x0D0C_0908_0504_0100L, 0x1D1C_1918_1514_1110L);
    }

    private Expression clamped(boolean bytes, boolean signed, Expression lanes) {
        int bits = bytes ? 8 : 16;
        long least = signed ? -1L << bits - 1 : 0;
        long most = signed ? (1L << bits - 1) - 1 : (1L << bits) - 1;
        Expression above = whole(bytes ? Opcode.I16X8_MAX_S : Opcode.I32X4_MAX_S, lanes, constant(repeated(least, bits)));
        return whole(bytes ? Opcode.I16X8_MIN_S : Opcode.I32X4_MIN_S, above, constant(repeated(most, bits)));
    }

    /** A number in each lane that is twice as wide. */
    private static long repeated(long number, int bits) {
        return bits == 8 ? (number & 0xFFFF) * 0x0001_0001_0001_0001L : (number & 0xFFFF_FFFFL) * 0x0000_0001_0000_0001L;
    }

    private Expression q15Product(Expression first, Expression second) {
        Expression low = rounded(whole(Opcode.I32X4_MUL, even(Widening.SHORT, first), even(Widening.SHORT, second)));
        Expression high = rounded(whole(Opcode.I32X4_MUL, odd(Widening.SHORT, first), odd(Widening.SHORT, second)));
        return whole(Opcode.V128_OR, whole(Opcode.V128_AND, low, constant(0x0000_FFFF_0000_FFFFL)),
                shifted(Opcode.I32X4_SHL, high, 16));
    }

    private Expression rounded(Expression products) {
        return whole(Opcode.I32X4_MIN_S, shifted(Opcode.I32X4_SHR_S, whole(Opcode.I32X4_ADD, products,
                constant(0x0000_4000_0000_4000L)), 15), constant(0x0000_7FFF_0000_7FFFL));
    }

    // ---- lanes that become wider

    /** Instructions on lanes that are twice as wide as some, those being of a size. */
    private enum Widening {
        BYTE(8, Opcode.I16X8_SHL, Opcode.I16X8_SHR_S, Opcode.I16X8_SHR_U, Opcode.I16X8_ADD, Opcode.I16X8_MUL),
        SHORT(16, Opcode.I32X4_SHL, Opcode.I32X4_SHR_S, Opcode.I32X4_SHR_U, Opcode.I32X4_ADD, Opcode.I32X4_MUL),
        INT(32, Opcode.I64X2_SHL, Opcode.I64X2_SHR_S, Opcode.I64X2_SHR_U, Opcode.I64X2_ADD, Opcode.I64X2_MUL);

        private final int bits;
        private final Opcode shl;
        private final Opcode shrS;
        private final Opcode shrU;
        private final Opcode add;
        private final Opcode mul;

        Widening(int bits, Opcode shl, Opcode shrS, Opcode shrU, Opcode add, Opcode mul) {
            this.bits = bits;
            this.shl = shl;
            this.shrS = shrS;
            this.shrU = shrU;
            this.add = add;
            this.mul = mul;
        }

        private static Widening of(Opcode opcode) {
            String mnemonic = opcode.mnemonic();
            int dot = mnemonic.indexOf('.');
            return !mnemonic.startsWith("ext", dot + 1) || mnemonic.startsWith("extract", dot + 1) ? null
                    : mnemonic.contains("i8x16") ? BYTE : mnemonic.contains("_i16x8") ? SHORT : INT;
        }
    }

    private Expression widened(Opcode opcode, Widening widening, Expression[] operands) {
        String mnemonic = opcode.mnemonic();
        boolean signed = mnemonic.endsWith("_s");
        boolean high = mnemonic.contains("_high_");
        if (mnemonic.contains("extadd")) {
            Expression settled = stack.evaluated(operands[0]);
            return signed ? whole(widening.add, even(widening, settled), odd(widening, settled))
                    : whole(widening.add, shifted(widening.shrU, shifted(widening.shl, settled, widening.bits),
                            widening.bits), shifted(widening.shrU, settled, widening.bits));
        }
        Expression first = extended(widening, signed, high, operands[0]);
        return operands.length == 1 ? first
                : whole(widening.mul, first, extended(widening, signed, high, operands[1]));
    }

    /** The lanes of one half, each as both halves of a wider one and then shifted down. */
    private Expression extended(Widening widening, boolean signed, boolean high, Expression vector) {
        int bytes = widening.bits / 8;
        long[] lanes = new long[2];
        for (int i = 0; i < 16; i++) {
            long source = (high ? 8 : 0) + i / (2 * bytes) * bytes + i % bytes;
            lanes[i / 8] |= source << 8 * (i % 8);
        }
        return shifted(signed ? widening.shrS : widening.shrU,
                whole(Opcode.I8X16_SHUFFLE, vector, constant(lanes[0], lanes[1])), widening.bits);
    }

    private Expression even(Widening widening, Expression vector) {
        return shifted(widening.shrS, shifted(widening.shl, vector, widening.bits), widening.bits);
    }

    private Expression odd(Widening widening, Expression vector) {
        return shifted(widening.shrS, vector, widening.bits);
    }

    private Expression dot(Widening widening, Expression first, Expression second) {
        return whole(widening.add, whole(widening.mul, even(widening, first), even(widening, second)),
                whole(widening.mul, odd(widening, first), odd(widening, second)));
    }

    // ---- memory

    private void access(Opcode opcode) {
        switch (opcode) {
            case V128_LOAD -> stack.pushWhole(operations.operation(opcode, operations.loadOperands(), Carrier.VECTOR,
                    reader.memory(), 0, Effects.of(opcode)));
            case V128_STORE -> {
                Expression value = stack.popWhole();
                Operation store = operations.operation(opcode, new Expression[] {stack.pop(), value}, Carrier.VOID,
                        reader.memory(), 0, Effects.of(opcode));
                stack.add(new Statement.Evaluate(store), store.effects());
            }
            case V128_LOAD8X8_S -> pushExtended(Widening.BYTE, true);
            case V128_LOAD8X8_U -> pushExtended(Widening.BYTE, false);
            case V128_LOAD16X4_S -> pushExtended(Widening.SHORT, true);
            case V128_LOAD16X4_U -> pushExtended(Widening.SHORT, false);
            case V128_LOAD32X2_S -> pushExtended(Widening.INT, true);
            case V128_LOAD32X2_U -> pushExtended(Widening.INT, false);
            case V128_LOAD8_SPLAT -> push(Opcode.I8X16_SPLAT, load(Opcode.I32_LOAD8_U, Carrier.INT));
            case V128_LOAD16_SPLAT -> push(Opcode.I16X8_SPLAT, load(Opcode.I32_LOAD16_U, Carrier.INT));
            case V128_LOAD32_SPLAT -> push(Opcode.I32X4_SPLAT, load(Opcode.I32_LOAD, Carrier.INT));
            case V128_LOAD64_SPLAT -> push(Opcode.I64X2_SPLAT, load(Opcode.I64_LOAD, Carrier.LONG));
            case V128_LOAD32_ZERO -> stack.pushWhole(replaced(Opcode.I32X4_REPLACE_LANE, constant(0),
                    load(Opcode.I32_LOAD, Carrier.INT), 0));
            case V128_LOAD64_ZERO -> stack.pushWhole(replaced(Opcode.I64X2_REPLACE_LANE, constant(0),
                    load(Opcode.I64_LOAD, Carrier.LONG), 0));
            case V128_LOAD8_LANE -> loadLane(Opcode.I8X16_REPLACE_LANE, Opcode.I32_LOAD8_U, Carrier.INT);
            case V128_LOAD16_LANE -> loadLane(Opcode.I16X8_REPLACE_LANE, Opcode.I32_LOAD16_U, Carrier.INT);
            case V128_LOAD32_LANE -> loadLane(Opcode.I32X4_REPLACE_LANE, Opcode.I32_LOAD, Carrier.INT);
            case V128_LOAD64_LANE -> loadLane(Opcode.I64X2_REPLACE_LANE, Opcode.I64_LOAD, Carrier.LONG);
            case V128_STORE8_LANE -> storeLane(Opcode.I8X16_EXTRACT_LANE_U, Opcode.I32_STORE8);
            case V128_STORE16_LANE -> storeLane(Opcode.I16X8_EXTRACT_LANE_U, Opcode.I32_STORE16);
            case V128_STORE32_LANE -> storeLane(Opcode.I32X4_EXTRACT_LANE, Opcode.I32_STORE);
            case V128_STORE64_LANE -> storeLane(Opcode.I64X2_EXTRACT_LANE, Opcode.I64_STORE);
            default -> throw new IllegalArgumentException(opcode.mnemonic());
        }
    }

    private Operation load(Opcode scalar, Carrier carrier) {
        return operations.operation(scalar, operations.loadOperands(), carrier);
    }

    private void pushExtended(Widening widening, boolean signed) {
        stack.pushWhole(extended(widening, signed, false, whole(Opcode.I64X2_SPLAT, load(Opcode.I64_LOAD, Carrier.LONG))));
    }

    private void loadLane(Opcode replace, Opcode scalar, Carrier carrier) {
        // The address comes first on the stack, but the vector is evaluated before the load.
        Expression vector = stack.evaluated(stack.popWhole());
        stack.pushWhole(replaced(replace, vector, load(scalar, carrier), reader.lane()));
    }

    private void storeLane(Opcode extract, Opcode scalar) {
        Operation lane = lane(extract, stack.popWhole(), reader.lane());
        Expression[] operands = {stack.pop(), lane};
        operations.evaluate(scalar, operands);
    }

    /** A {@code select} between vectors: only one is evaluated, so neither may be noticed. */
    void select() {
        Expression condition = stack.evaluated(stack.pop());
        Expression otherwise = stack.evaluated(stack.popWhole());
        Expression chosen = stack.evaluated(stack.popWhole());
        push(Opcode.SELECT, chosen, otherwise, condition);
    }
}

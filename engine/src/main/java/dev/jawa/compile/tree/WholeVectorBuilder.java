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
            case F32X4_CONVERT_I32X4_U, F64X2_CONVERT_LOW_I32X4_U, I32X4_TRUNC_SAT_F32X4_U,
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
                push(opcode, operands);
            }
        }
    }

    // ---- expressions

    private void push(Opcode opcode, Expression... operands) {
        stack.pushWhole(whole(opcode, operands));
    }

    private Expression whole(Opcode opcode, Expression... operands) {
        return VectorFusion.simplified(operations.operation(opcode, operands, Carrier.VECTOR, 0, 0, 0));
    }

    private Operation constant(long low, long high) {
        Expression[] halves = {new Constant(Carrier.LONG, low), new Constant(Carrier.LONG, high)};
        return operations.operation(Opcode.V128_CONST, halves, Carrier.VECTOR, WholeVectorLoop.I64X2, 0, 0);
    }

    private Operation lane(Opcode opcode, Expression vector, int lane) {
        return operations.operation(opcode, new Expression[] {vector}, Carrier.of(opcode.results().charAt(0)), lane, 0, 0);
    }

    private Operation replaced(Opcode opcode, Expression vector, Expression value, int lane) {
        return operations.operation(opcode, new Expression[] {vector, value}, Carrier.VECTOR, lane, 0, 0);
    }

    private Expression shuffled(Expression first, Expression second, long low, long high) {
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
            case V128_LOAD8X8_S -> pushExtended(Opcode.I16X8_EXTEND_LOW_I8X16_S);
            case V128_LOAD8X8_U -> pushExtended(Opcode.I16X8_EXTEND_LOW_I8X16_U);
            case V128_LOAD16X4_S -> pushExtended(Opcode.I32X4_EXTEND_LOW_I16X8_S);
            case V128_LOAD16X4_U -> pushExtended(Opcode.I32X4_EXTEND_LOW_I16X8_U);
            case V128_LOAD32X2_S -> pushExtended(Opcode.I64X2_EXTEND_LOW_I32X4_S);
            case V128_LOAD32X2_U -> pushExtended(Opcode.I64X2_EXTEND_LOW_I32X4_U);
            case V128_LOAD8_SPLAT -> push(Opcode.I8X16_SPLAT, load(Opcode.I32_LOAD8_U, Carrier.INT));
            case V128_LOAD16_SPLAT -> push(Opcode.I16X8_SPLAT, load(Opcode.I32_LOAD16_U, Carrier.INT));
            case V128_LOAD32_SPLAT -> push(Opcode.I32X4_SPLAT, load(Opcode.I32_LOAD, Carrier.INT));
            case V128_LOAD64_SPLAT -> push(Opcode.I64X2_SPLAT, load(Opcode.I64_LOAD, Carrier.LONG));
            case V128_LOAD32_ZERO -> stack.pushWhole(replaced(Opcode.I32X4_REPLACE_LANE, constant(0, 0),
                    load(Opcode.I32_LOAD, Carrier.INT), 0));
            case V128_LOAD64_ZERO -> stack.pushWhole(replaced(Opcode.I64X2_REPLACE_LANE, constant(0, 0),
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

    private void pushExtended(Opcode extend) {
        push(extend, whole(Opcode.I64X2_SPLAT, load(Opcode.I64_LOAD, Carrier.LONG)));
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

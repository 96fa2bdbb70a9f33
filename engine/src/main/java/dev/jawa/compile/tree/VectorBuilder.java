package dev.jawa.compile.tree;

import static dev.jawa.compile.tree.Effects.OBSERVABLE;
import static dev.jawa.compile.tree.Effects.READS;
import static dev.jawa.compile.tree.Effects.TRAPS_ON_MEMORY;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.model.Opcode;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Builds the vector instructions (core spec 4.4.3), which work on a v128 as two i64: its low and its high half.
 *
 * <p>Most instructions do the same with the lanes of both halves and become two operations that know nothing of each
 * other. What has a scalar instruction that does it is built from that; for the rest there are static methods named
 * after the instruction. Where a half is needed more than once it is evaluated into a variable first.
 *
 * <p>A half never does more than read and trap on memory, so two halves may be evaluated in any order.
 */
final class VectorBuilder {
    private final PendingStack stack;
    private final InstructionReader reader;
    private final OperationBuilder operations;
    private final LaneBuilder lanes;

    VectorBuilder(PendingStack stack, InstructionReader reader, OperationBuilder operations,
            LaneBuilder lanes) {
        this.stack = stack;
        this.reader = reader;
        this.operations = operations;
        this.lanes = lanes;
    }

    /** The halves of a v128. */
    private record Vector(Expression low, Expression high) {
    }

    /** A half, tagged as the low one by {@link Carrier#LONG} or as the high one by {@link Carrier#HIGH}. */
    static Expression tagged(Expression half, Carrier carrier) {
        if (half.carrier() == carrier) {
            return half;
        } else if (half instanceof Constant(var _, long bits)) {
            return new Constant(carrier, bits);
        }
        if (half instanceof Operation operation) {
            return new Operation(operation.opcode(), operation.operands(), carrier, operation.index(),
                    operation.secondIndex(), operation.immediate(), operation.offset(), operation.effects(),
                    operation.size());
        }
        Opcode nothing = carrier == Carrier.HIGH ? Opcode.I64X2_SPLAT : Opcode.I64X2_EXTRACT_LANE;
        return new Operation(nothing, new Expression[] {half}, carrier, 0, 0, 0, 0, half.effects(), half.size());
    }

    /** Takes in the instruction that the reader is at. */
    void add(Opcode opcode) {
        if (opcode.accessBytes() != 0) {
            access(opcode);
            return;
        }
        switch (opcode) {
            case V128_CONST -> stack.push(constant(reader.constant()), constant(reader.constantHigh()));
            case I8X16_SPLAT, I16X8_SPLAT, I64X2_SPLAT, F64X2_SPLAT -> pushTwice(lanes.splat(opcode, stack.pop()));
            case I32X4_SPLAT -> intSplat(stack.pop());
            case F32X4_SPLAT -> floatSplat();
            case I8X16_EXTRACT_LANE_S, I8X16_EXTRACT_LANE_U, I16X8_EXTRACT_LANE_S, I16X8_EXTRACT_LANE_U,
                    I32X4_EXTRACT_LANE, I64X2_EXTRACT_LANE, F32X4_EXTRACT_LANE, F64X2_EXTRACT_LANE ->
                    extractLane(opcode);
            case I8X16_REPLACE_LANE, I16X8_REPLACE_LANE, I32X4_REPLACE_LANE, I64X2_REPLACE_LANE, F32X4_REPLACE_LANE,
                    F64X2_REPLACE_LANE -> replaceLane(opcode);
            case I8X16_SHUFFLE -> shuffle();
            case I8X16_SWIZZLE, I8X16_RELAXED_SWIZZLE -> swizzle();
            case V128_ANY_TRUE -> {
                Vector vector = pop();
                stack.push(lanes.operation(Opcode.I64_NE, Carrier.INT,
                        lanes.i64(Opcode.I64_OR, vector.low(), vector.high()), constant(0)));
            }
            case I8X16_ALL_TRUE, I16X8_ALL_TRUE, I32X4_ALL_TRUE, I64X2_ALL_TRUE,
                    I8X16_BITMASK, I16X8_BITMASK, I32X4_BITMASK, I64X2_BITMASK -> {
                Vector vector = pop();
                stack.push(lanes.operation(opcode, Carrier.INT, vector.low(), vector.high()));
            }
            case I8X16_NARROW_I16X8_S, I8X16_NARROW_I16X8_U, I16X8_NARROW_I32X4_S, I16X8_NARROW_I32X4_U -> {
                Vector high = pop();
                Vector low = pop();
                stack.push(lanes.i64(opcode, low.low(), low.high()), lanes.i64(opcode, high.low(), high.high()));
            }
            case F32X4_DEMOTE_F64X2_ZERO, I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_TRUNC_SAT_F64X2_U_ZERO,
                    I32X4_RELAXED_TRUNC_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_U_ZERO -> {
                Vector vector = pop();
                stack.push(lanes.fromDoubles(opcode, vector.low(), vector.high()), constant(0));
            }
            case I8X16_SHL, I8X16_SHR_S, I8X16_SHR_U, I16X8_SHL, I16X8_SHR_S, I16X8_SHR_U, I32X4_SHL, I32X4_SHR_S,
                    I32X4_SHR_U, I64X2_SHL, I64X2_SHR_S, I64X2_SHR_U -> shift(opcode);
            default -> {
                if (!widening(opcode)) {
                    lanewise(opcode);
                }
            }
        }
    }

    // ---- the stack

    private Constant constant(long bits) {
        return new Constant(Carrier.LONG, bits);
    }

    private Vector pop() {
        Expression high = stack.pop();
        return new Vector(stack.pop(), high);
    }

    /** Says that the entry below so many others is evaluated after them, and maybe more than once. */
    private void settle(int below) {
        if ((stack.effects(below) & ~(READS | TRAPS_ON_MEMORY)) != 0) {
            stack.settleTop(below + 1);
        }
    }

    private void lanewise(Opcode opcode) {
        Vector[] operands = new Vector[opcode.operands().length()];
        for (int i = operands.length - 1; i >= 0; i--) {
            operands[i] = pop();
        }
        stack.push(lanes.lanewise(opcode, half(operands, Vector::low)),
                lanes.lanewise(opcode, half(operands, Vector::high)));
    }

    private static Expression[] half(Vector[] vectors, Function<Vector, Expression> half) {
        return Arrays.stream(vectors).map(half).toArray(Expression[]::new);
    }

    private void shift(Opcode opcode) {
        settle(0);
        Expression count = lanes.duplicable(stack.pop());
        Vector vector = pop();
        stack.push(lanes.shift(opcode, vector.low(), count), lanes.shift(opcode, vector.high(), count));
    }

    /** Instructions that make a vector of one half of each operand: its low, then its high 32 bits. */
    private boolean widening(Opcode opcode) {
        boolean low = switch (opcode) {
            case I16X8_EXTEND_LOW_I8X16_S, I16X8_EXTEND_LOW_I8X16_U, I32X4_EXTEND_LOW_I16X8_S,
                    I32X4_EXTEND_LOW_I16X8_U, I64X2_EXTEND_LOW_I32X4_S, I64X2_EXTEND_LOW_I32X4_U,
                    I16X8_EXTMUL_LOW_I8X16_S, I16X8_EXTMUL_LOW_I8X16_U, I32X4_EXTMUL_LOW_I16X8_S,
                    I32X4_EXTMUL_LOW_I16X8_U, I64X2_EXTMUL_LOW_I32X4_S, I64X2_EXTMUL_LOW_I32X4_U,
                    F64X2_PROMOTE_LOW_F32X4, F64X2_CONVERT_LOW_I32X4_S, F64X2_CONVERT_LOW_I32X4_U -> true;
            default -> false;
        };
        boolean high = switch (opcode) {
            case I16X8_EXTEND_HIGH_I8X16_S, I16X8_EXTEND_HIGH_I8X16_U, I32X4_EXTEND_HIGH_I16X8_S,
                    I32X4_EXTEND_HIGH_I16X8_U, I64X2_EXTEND_HIGH_I32X4_S, I64X2_EXTEND_HIGH_I32X4_U,
                    I16X8_EXTMUL_HIGH_I8X16_S, I16X8_EXTMUL_HIGH_I8X16_U, I32X4_EXTMUL_HIGH_I16X8_S,
                    I32X4_EXTMUL_HIGH_I16X8_U, I64X2_EXTMUL_HIGH_I32X4_S, I64X2_EXTMUL_HIGH_I32X4_U -> true;
            default -> false;
        };
        if (!low && !high) {
            return false;
        }
        Expression[] sources = new Expression[opcode.operands().length()];
        for (int i = sources.length - 1; i >= 0; i--) {
            Vector vector = pop();
            lanes.drop(low ? vector.high() : vector.low());
            sources[i] = lanes.duplicable(low ? vector.low() : vector.high());
        }
        widen(opcode, sources);
        return true;
    }

    private void widen(Opcode opcode, Expression... sources) {
        Expression[] upper = new Expression[sources.length];
        Arrays.setAll(upper, i -> lanes.shifted(sources[i], -32));
        stack.push(lanes.widen(opcode, sources), lanes.widen(opcode, upper));
    }

    // ---- lanes

    private void pushTwice(Expression half) {
        Expression settled = lanes.duplicable(half);
        stack.push(settled, settled);
    }

    private void floatSplat() {
        Expression lane = lanes.duplicable(stack.pop());
        Expression half = lanes.floats(lane, lane);
        stack.push(half, half);
    }

    private void intSplat(Expression value) {
        if (lanes.prefersInts()) {
            Expression lane = lanes.duplicable(value);
            Expression half = lanes.ints(lane, lane);
            stack.push(half, half);
        } else {
            pushTwice(lanes.repeated(lanes.laneAsI64(Opcode.I32X4_SPLAT, value), 32));
        }
    }

    private static int laneBits(Opcode opcode) {
        String shape = opcode.mnemonic();
        return Integer.parseInt(shape.substring(1, shape.indexOf('x')));
    }

    private void extractLane(Opcode opcode) {
        int bits = laneBits(opcode);
        int position = reader.lane() * bits;
        Vector vector = pop();
        lanes.drop(position < 64 ? vector.high() : vector.low());
        stack.push(lanes.extract(opcode, position < 64 ? vector.low() : vector.high(), position % 64));
    }

    private void replaceLane(Opcode opcode) {
        settle(0);
        Expression value = stack.pop();
        replaceLane(laneBits(opcode), lanes.laneAsI64(opcode, value));
    }

    /** Replaces a lane of the vector on the stack by what an i64 has in its lowest bits. */
    private void replaceLane(int bits, Expression value) {
        int position = reader.lane() * bits;
        Vector vector = pop();
        Expression old = position < 64 ? vector.low() : vector.high();
        if (bits == 64) {
            lanes.drop(old);
        }
        Expression replaced = lanes.replace(old, value, bits, position % 64);
        stack.push(position < 64 ? replaced : vector.low(), position < 64 ? vector.high() : replaced);
    }

    private void shuffle() {
        Vector second = pop();
        Vector first = pop();
        Expression[] sources = {first.low(), first.high(), second.low(), second.high()};
        Shuffle low = new Shuffle(reader.constant());
        Shuffle high = new Shuffle(reader.constantHigh());
        boolean whole = low.keepsLanes() && high.keepsLanes()
                && (lanes.prefersInts() || Arrays.stream(sources).anyMatch(LaneBuilder::isPair));
        for (int i = 0; i < sources.length; i++) {
            if (!low.mentions(i) && !high.mentions(i)) {
                lanes.drop(sources[i]);
            } else {
                sources[i] = whole ? stack.evaluated(sources[i]) : lanes.duplicable(sources[i]);
            }
        }
        stack.push(low.build(sources, whole, lanes), high.build(sources, whole, lanes));
    }

    private void swizzle() {
        Vector indices = pop();
        Vector vector = pop();
        Expression low = lanes.duplicable(vector.low());
        Expression high = lanes.duplicable(vector.high());
        stack.push(lanes.i64(Opcode.I8X16_SWIZZLE, low, high, indices.low()),
                lanes.i64(Opcode.I8X16_SWIZZLE, low, high, indices.high()));
    }

    // ---- memory

    private void access(Opcode opcode) {
        switch (opcode) {
            case V128_LOAD -> {
                Expression[] address = {lanes.duplicable(operations.loadOperands()[0])};
                stack.push(partAccess(opcode, 0, Carrier.LONG, address),
                        partAccess(opcode, 8, Carrier.HIGH, address));
            }
            case V128_STORE -> store();
            case V128_LOAD8X8_S -> widen(Opcode.I16X8_EXTEND_LOW_I8X16_S, loaded(Opcode.I64_LOAD));
            case V128_LOAD8X8_U -> widen(Opcode.I16X8_EXTEND_LOW_I8X16_U, loaded(Opcode.I64_LOAD));
            case V128_LOAD16X4_S -> widen(Opcode.I32X4_EXTEND_LOW_I16X8_S, loaded(Opcode.I64_LOAD));
            case V128_LOAD16X4_U -> widen(Opcode.I32X4_EXTEND_LOW_I16X8_U, loaded(Opcode.I64_LOAD));
            case V128_LOAD32X2_S -> widen(Opcode.I64X2_EXTEND_LOW_I32X4_S, loaded(Opcode.I64_LOAD));
            case V128_LOAD32X2_U -> widen(Opcode.I64X2_EXTEND_LOW_I32X4_U, loaded(Opcode.I64_LOAD));
            case V128_LOAD8_SPLAT -> pushTwice(lanes.repeated(load(Opcode.I64_LOAD8_U), 8));
            case V128_LOAD16_SPLAT -> pushTwice(lanes.repeated(load(Opcode.I64_LOAD16_U), 16));
            case V128_LOAD32_SPLAT -> intSplat(operations.operation(Opcode.I32_LOAD, operations.loadOperands(), Carrier.INT));
            case V128_LOAD64_SPLAT -> pushTwice(load(Opcode.I64_LOAD));
            case V128_LOAD32_ZERO -> stack.push(load(Opcode.I64_LOAD32_U), constant(0));
            case V128_LOAD64_ZERO -> stack.push(load(Opcode.I64_LOAD), constant(0));
            case V128_LOAD8_LANE -> loadLane(Opcode.I64_LOAD8_U);
            case V128_LOAD16_LANE -> loadLane(Opcode.I64_LOAD16_U);
            case V128_LOAD32_LANE -> loadLane(Opcode.I64_LOAD32_U);
            case V128_LOAD64_LANE -> loadLane(Opcode.I64_LOAD);
            case V128_STORE8_LANE -> storeLane(Opcode.I64_STORE8);
            case V128_STORE16_LANE -> storeLane(Opcode.I64_STORE16);
            case V128_STORE32_LANE -> storeLane(Opcode.I64_STORE32);
            case V128_STORE64_LANE -> storeLane(Opcode.I64_STORE);
            default -> throw new IllegalArgumentException(opcode.mnemonic());
        }
    }

    /** A load or store of the part that begins at a byte, for which the memory must have room for all 16. */
    private Operation partAccess(Opcode opcode, int start, Carrier carrier, Expression... operands) {
        return operations.operation(opcode, operands, carrier, reader.memory(), start, Effects.of(opcode));
    }

    private Operation load(Opcode scalar) {
        return operations.operation(scalar, operations.loadOperands(), Carrier.LONG);
    }

    private Expression loaded(Opcode scalar) {
        return lanes.duplicable(load(scalar));
    }

    private void store() {
        settle(2);
        Vector value = pop();
        Expression address = lanes.duplicable(stack.pop());
        // No part must be read from where another one has been stored.
        boolean readsMemory = ((value.low().effects() | value.high().effects()) & Effects.READS_MEMORY) != 0;
        Expression low = readsMemory ? stack.evaluated(value.low()) : value.low();
        Expression high = readsMemory ? stack.evaluated(value.high()) : value.high();
        // The highest comes first: if there is room for it, there is for the others.
        storeHalf(address, high, 8);
        storeHalf(address, low, 0);
    }

    private void storeHalf(Expression address, Expression half, int start) {
        Expression[] apart = lanes.separate(half);
        if (apart == null) {
            storePart(address, half, start);
        } else {
            storePart(address, apart[1], start + 4);
            storePart(address, apart[0], start);
        }
    }

    private void storePart(Expression address, Expression value, int start) {
        Operation part = partAccess(Opcode.V128_STORE, start, Carrier.VOID, address, value);
        stack.add(new Evaluate(part), part.effects());
    }

    private void loadLane(Opcode scalar) {
        settle(2);
        Vector vector = pop();
        Operation loaded = load(scalar);
        stack.push(vector.low());
        stack.push(vector.high());
        replaceLane(8 * scalar.accessBytes(), loaded);
    }

    private void storeLane(Opcode scalar) {
        settle(2);
        Vector vector = pop();
        int position = reader.lane() * 8 * scalar.accessBytes();
        lanes.drop(position < 64 ? vector.high() : vector.low());
        Expression value = lanes.shifted(position < 64 ? vector.low() : vector.high(), -(position % 64));
        Expression[] operands = {stack.pop(), value};
        operations.evaluate(scalar, operands);
    }

    // ---- what is not only for vectors

    /** Pushes a global. */
    void getGlobal() {
        stack.push(globalHalf(Opcode.GLOBAL_GET, 0, Carrier.LONG), globalHalf(Opcode.GLOBAL_GET, 1, Carrier.HIGH));
    }

    /** Sets a global. */
    void setGlobal() {
        Vector value = pop();
        Expression high = (value.high().effects() & READS) != 0 ? stack.evaluated(value.high()) : value.high();
        Operation setLow = globalHalf(Opcode.GLOBAL_SET, 0, Carrier.VOID, value.low());
        stack.add(new Evaluate(setLow), setLow.effects());
        Operation setHigh = globalHalf(Opcode.GLOBAL_SET, 1, Carrier.VOID, high);
        stack.add(new Evaluate(setHigh), setHigh.effects());
    }

    private Operation globalHalf(Opcode opcode, int half, Carrier carrier, Expression... operands) {
        return operations.operation(opcode, operands, carrier, reader.index(), half, Effects.of(opcode));
    }

    /** A {@code select} between vectors: only one is evaluated, so neither may be noticed. */
    void select() {
        boolean noticed = false;
        for (int i = 1; i < 5; i++) {
            noticed |= (stack.effects(i) & OBSERVABLE) != 0;
        }
        if (noticed) {
            stack.settleTop(5);
        } else {
            settle(0);
        }
        Expression condition = lanes.duplicable(stack.pop());
        Vector otherwise = pop();
        Vector chosen = pop();
        stack.push(lanes.i64(Opcode.SELECT, chosen.low(), otherwise.low(), condition),
                lanes.i64(Opcode.SELECT, chosen.high(), otherwise.high(), condition));
    }
}

package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.Opcode;

/**
 * Builds expressions for halves of vectors.
 *
 * <p>Where the lanes of a half are computed one by one, they stay apart as long as the instructions that follow work on
 * lanes of the same size: a half that has just been put together from two numbers gives them back as they are. Such a
 * half is an operation {@code f32x4.splat} or {@code i32x4.splat} with two operands.
 */
final class LaneBuilder {
    private static final long FLOAT_SIGNS = 0x8000_0000_8000_0000L;

    private final PendingStack stack;
    private final OperationBuilder operations;
    private boolean prefersInts;

    LaneBuilder(PendingStack stack, OperationBuilder operations) {
        this.stack = stack;
        this.operations = operations;
    }

    /** Says whether lanes of 32 bits are what the function works with, so that they are best kept apart. */
    void prefersInts(boolean prefers) {
        prefersInts = prefers;
    }

    boolean prefersInts() {
        return prefersInts;
    }

    // ---- expressions

    /** An operation. */
    Operation operation(Opcode opcode, Carrier carrier, Expression... operands) {
        return operations.operation(opcode, operands, carrier, 0, 0, 0);
    }

    /** A whole vector of two halves, which will be seen as one with lanes of a kind. */
    Operation whole(Expression[] halves, int shape) {
        return operations.operation(Opcode.V128_CONST, halves, Carrier.VECTOR, shape, 0, 0);
    }

    /** A lane of a whole vector. */
    Operation lane(Opcode opcode, Expression vector, int lane, Carrier carrier) {
        return operations.operation(opcode, new Expression[] {vector}, carrier, lane, 0, 0);
    }

    /** An operation that gives an i64. */
    Operation i64(Opcode opcode, Expression... operands) {
        return operation(opcode, Carrier.LONG, operands);
    }

    private Operation i32(Opcode opcode, Expression... operands) {
        return operation(opcode, Carrier.INT, operands);
    }

    private static Constant constant(long bits) {
        return new Constant(Carrier.LONG, bits);
    }

    /** An expression with the same value that may stand in several places. */
    Expression duplicable(Expression expression) {
        if (expression instanceof Constant || expression instanceof Get) {
            return expression;
        } else if (expression instanceof Operation operation && isPair(operation)) {
            Variable both = stack.variable(Carrier.LONG, true);
            stack.set(both, expression);
            return new Get(both);
        }
        return stack.evaluated(expression);
    }

    /** An i64 shifted up by so many bits, or down if there are less than none; zeros come in. */
    Expression shifted(Expression value, int bits) {
        if (bits == 0) {
            return value;
        } else if (value instanceof Constant(var _, long number)) {
            return constant(bits > 0 ? number << bits : number >>> -bits);
        }
        return i64(bits > 0 ? Opcode.I64_SHL : Opcode.I64_SHR_U, value, constant(Math.abs(bits)));
    }

    private Expression wrapped(Expression value) {
        return switch (value) {
            case Constant(var _, long number) -> new Constant(Carrier.INT, (int) number);
            case Operation operation when operation.opcode() == Opcode.I64_EXTEND_I32_U -> operation.operands()[0];
            default -> i32(Opcode.I32_WRAP_I64, value);
        };
    }

    private Expression extended(Expression value) {
        return value instanceof Constant(var _, long number)
                ? constant(Integer.toUnsignedLong((int) number)) : i64(Opcode.I64_EXTEND_I32_U, value);
    }

    private Expression asFloat(Expression value) {
        return switch (value) {
            case Constant(var _, long number) -> new Constant(Carrier.FLOAT, (int) number);
            case Operation operation when operation.opcode() == Opcode.I32_REINTERPRET_F32 -> operation.operands()[0];
            default -> operation(Opcode.F32_REINTERPRET_I32, Carrier.FLOAT, value);
        };
    }

    private Expression asDouble(Expression value) {
        return switch (value) {
            case Constant(var _, long number) -> new Constant(Carrier.DOUBLE, number);
            case Operation operation when operation.opcode() == Opcode.I64_REINTERPRET_F64 -> operation.operands()[0];
            default -> operation(Opcode.F64_REINTERPRET_I64, Carrier.DOUBLE, value);
        };
    }

    private Expression bits(Expression value) {
        return switch (value.carrier()) {
            case FLOAT -> i32(Opcode.I32_REINTERPRET_F32, value);
            case DOUBLE -> i64(Opcode.I64_REINTERPRET_F64, value);
            default -> value;
        };
    }

    // ---- vectors as objects

    /** The two halves as an object. */
    Expression packed(Expression[] halves) {
        return operation(Opcode.V128_CONST, Carrier.REFERENCE, halves);
    }

    /** Pushes the halves of a vector that is an object, or null for zero. */
    void pushUnpacked(Expression object) {
        Expression settled = stack.evaluated(object);
        stack.push(unpacked(settled, 0, Carrier.LONG), unpacked(settled, 1, Carrier.HIGH));
    }

    private Operation unpacked(Expression object, int half, Carrier carrier) {
        return operations.operation(Opcode.I64X2_EXTRACT_LANE, new Expression[] {object}, carrier, 0, half, 0);
    }

    // ---- lanes apart

    /** A half of two f32. */
    Operation floats(Expression low, Expression high) {
        return i64(Opcode.F32X4_SPLAT, low, high);
    }

    /** A half of two i32. */
    Operation ints(Expression low, Expression high) {
        return i64(Opcode.I32X4_SPLAT, low, high);
    }

    /** Whether a half has just been put together from two lanes. */
    static boolean isPair(Expression half) {
        return half instanceof Operation operation && isPair(operation);
    }

    private static boolean isPair(Expression half, Opcode shape) {
        return half instanceof Operation operation && operation.opcode() == shape && isPair(operation);
    }

    /** Whether an operation puts two lanes together. */
    static boolean isPair(Operation operation) {
        boolean shape = operation.opcode() == Opcode.F32X4_SPLAT || operation.opcode() == Opcode.I32X4_SPLAT;
        return shape && operation.operands().length == 2;
    }

    /** As an operation that puts lanes together, with others, which do nothing but give their values. */
    static Operation pair(Operation pair, Expression low, Expression high) {
        return new Operation(pair.opcode(), new Expression[] {low, high}, pair.carrier(), 0, 0, 0, pair.offset(), 0,
                Sizes.of(pair.opcode(), 2) + low.size() + high.size());
    }

    /** The two lanes of a half that are apart still; {@code null} if they are not. */
    Expression[] separate(Expression half) {
        return isPair(half) ? ((Operation) half).operands() : null;
    }

    /** The two f32 lanes of a half. */
    Expression[] floats(Expression half) {
        if (isPair(half, Opcode.F32X4_SPLAT)) {
            return ((Operation) half).operands();
        } else if (half instanceof Operation operation && operation.opcode() == Opcode.V128_LOAD) {
            return new Expression[] {loadedFloat(operation, 0), loadedFloat(operation, 4)};
        }
        Expression[] lanes = ints(half);
        return new Expression[] {asFloat(lanes[0]), asFloat(lanes[1])};
    }

    /** A lane of a half that would be loaded, loaded by itself. */
    private static Operation loadedFloat(Operation load, int start) {
        return new Operation(load.opcode(), load.operands(), Carrier.FLOAT, load.index(), load.secondIndex() + start,
                load.immediate(), load.offset(), load.effects(), load.size());
    }

    /** The two i32 lanes of a half. */
    Expression[] ints(Expression half) {
        if (isPair(half, Opcode.I32X4_SPLAT)) {
            return ((Operation) half).operands();
        } else if (isPair(half, Opcode.F32X4_SPLAT)) {
            Expression[] lanes = ((Operation) half).operands();
            return new Expression[] {bits(lanes[0]), bits(lanes[1])};
        }
        Expression both = duplicable(half);
        return new Expression[] {wrapped(both), wrapped(shifted(both, -32))};
    }

    // ---- instructions

    /** What an instruction that does the same with both halves does with one. */
    Expression lanewise(Opcode opcode, Expression[] operands) {
        return switch (opcode) {
            case V128_NOT -> bitwise(Opcode.I64_XOR, Opcode.I32_XOR, operands[0], constant(-1));
            case V128_AND -> bitwise(Opcode.I64_AND, Opcode.I32_AND, operands);
            case V128_OR -> bitwise(Opcode.I64_OR, Opcode.I32_OR, operands);
            case V128_XOR -> bitwise(Opcode.I64_XOR, Opcode.I32_XOR, operands);
            case V128_ANDNOT -> bitwise(Opcode.I64_AND, Opcode.I32_AND, operands[0],
                    bitwise(Opcode.I64_XOR, Opcode.I32_XOR, operands[1], constant(-1)));
            // The spec lets a mask's lanes that are neither all ones nor all zeros select bit by bit.
            case V128_BITSELECT, I8X16_RELAXED_LANESELECT, I16X8_RELAXED_LANESELECT, I32X4_RELAXED_LANESELECT,
                    I64X2_RELAXED_LANESELECT -> i64(Opcode.V128_BITSELECT, operands);
            case I64X2_ADD -> i64(Opcode.I64_ADD, operands);
            case I64X2_SUB -> i64(Opcode.I64_SUB, operands);
            case I64X2_MUL -> i64(Opcode.I64_MUL, operands);
            case I64X2_NEG -> i64(Opcode.I64_SUB, constant(0), operands[0]);
            case I16X8_RELAXED_Q15MULR_S -> i64(Opcode.I16X8_Q15MULR_SAT_S, operands);
            case I32X4_MUL -> eachInt(Opcode.I32_MUL, operands);
            case I32X4_ADD -> arithmetic(opcode, Opcode.I32_ADD, operands);
            case I32X4_SUB -> arithmetic(opcode, Opcode.I32_SUB, operands);
            case I32X4_NEG -> isApart(operands) ? eachInt(Opcode.I32_SUB, constant(0), operands[0])
                    : i64(opcode, operands);
            case F32X4_ABS -> signs(opcode, Opcode.I64_AND, ~FLOAT_SIGNS, operands[0]);
            case F32X4_NEG -> signs(opcode, Opcode.I64_XOR, FLOAT_SIGNS, operands[0]);
            case F64X2_ABS -> i64(Opcode.I64_AND, operands[0], constant(Long.MAX_VALUE));
            case F64X2_NEG -> i64(Opcode.I64_XOR, operands[0], constant(Long.MIN_VALUE));
            case F32X4_EQ, F32X4_NE, F32X4_LT, F32X4_GT, F32X4_LE, F32X4_GE -> compareFloats(opcode, operands);
            case F64X2_EQ, F64X2_NE, F64X2_LT, F64X2_GT, F64X2_LE, F64X2_GE ->
                    i64(opcode, asDouble(operands[0]), asDouble(operands[1]));
            case F32X4_CONVERT_I32X4_S -> convert(Opcode.F32_CONVERT_I32_S, operands[0]);
            case F32X4_CONVERT_I32X4_U -> convert(Opcode.F32_CONVERT_I32_U, operands[0]);
            case I32X4_TRUNC_SAT_F32X4_S, I32X4_RELAXED_TRUNC_F32X4_S ->
                    truncate(Opcode.I32_TRUNC_SAT_F32_S, operands[0]);
            case I32X4_TRUNC_SAT_F32X4_U, I32X4_RELAXED_TRUNC_F32X4_U ->
                    truncate(Opcode.I32_TRUNC_SAT_F32_U, operands[0]);
            default -> {
                Opcode scalar = scalarFloat(opcode);
                yield scalar == null ? i64(opcode, operands)
                        : opcode.mnemonic().startsWith("f32x4") ? eachFloat(scalar, operands)
                        : eachDouble(scalar, operands);
            }
        };
    }

    /** Whether an instruction gives lanes that are f32. */
    static boolean givesFloats(Opcode opcode) {
        return switch (opcode) {
            case F32X4_SPLAT, F32X4_REPLACE_LANE, F32X4_CONVERT_I32X4_S, F32X4_CONVERT_I32X4_U, F32X4_ABS, F32X4_NEG,
                    F32X4_RELAXED_MADD, F32X4_RELAXED_NMADD, F32X4_PMIN, F32X4_PMAX, F32X4_RELAXED_MIN,
                    F32X4_RELAXED_MAX -> true;
            default -> opcode.mnemonic().startsWith("f32x4") && scalarFloat(opcode) != null;
        };
    }

    /** Whether an instruction gives lanes that are i32 or may be taken for such. */
    static boolean mayGiveInts(Opcode opcode) {
        return worksOnInts(opcode) || switch (opcode) {
            case V128_NOT, V128_AND, V128_OR, V128_XOR, V128_ANDNOT, I8X16_SHUFFLE, V128_LOAD32_SPLAT, I32X4_SPLAT,
                    I32X4_REPLACE_LANE -> true;
            default -> false;
        };
    }

    /** Whether an instruction is one that is done with i32 lanes. */
    static boolean worksOnInts(Opcode opcode) {
        return switch (opcode) {
            case I32X4_ADD, I32X4_SUB, I32X4_NEG, I32X4_MUL, I32X4_SHL, I32X4_SHR_S, I32X4_SHR_U -> true;
            default -> false;
        };
    }

    /** Whether an instruction computes with smaller lanes, for which they had better be together. */
    static boolean worksOnSmallLanes(Opcode opcode) {
        String mnemonic = opcode.mnemonic();
        return opcode != Opcode.I8X16_SHUFFLE && (mnemonic.startsWith("i8x16") || mnemonic.startsWith("i16x8"));
    }

    /** The instruction that does with one floating-point number what another one does with all lanes, if any. */
    private static Opcode scalarFloat(Opcode opcode) {
        return switch (opcode) {
            case F32X4_ADD -> Opcode.F32_ADD;
            case F32X4_SUB -> Opcode.F32_SUB;
            case F32X4_MUL -> Opcode.F32_MUL;
            case F32X4_DIV -> Opcode.F32_DIV;
            case F32X4_MIN -> Opcode.F32_MIN;
            case F32X4_MAX -> Opcode.F32_MAX;
            case F32X4_SQRT -> Opcode.F32_SQRT;
            case F32X4_CEIL -> Opcode.F32_CEIL;
            case F32X4_FLOOR -> Opcode.F32_FLOOR;
            case F32X4_TRUNC -> Opcode.F32_TRUNC;
            case F32X4_NEAREST -> Opcode.F32_NEAREST;
            case F64X2_ADD -> Opcode.F64_ADD;
            case F64X2_SUB -> Opcode.F64_SUB;
            case F64X2_MUL -> Opcode.F64_MUL;
            case F64X2_DIV -> Opcode.F64_DIV;
            case F64X2_MIN -> Opcode.F64_MIN;
            case F64X2_MAX -> Opcode.F64_MAX;
            case F64X2_SQRT -> Opcode.F64_SQRT;
            case F64X2_CEIL -> Opcode.F64_CEIL;
            case F64X2_FLOOR -> Opcode.F64_FLOOR;
            case F64X2_TRUNC -> Opcode.F64_TRUNC;
            case F64X2_NEAREST -> Opcode.F64_NEAREST;
            // For these there are methods that take numbers rather than halves.
            case F32X4_PMIN, F32X4_PMAX, F64X2_PMIN, F64X2_PMAX, F32X4_RELAXED_MADD, F32X4_RELAXED_NMADD,
                    F64X2_RELAXED_MADD, F64X2_RELAXED_NMADD, F32X4_RELAXED_MIN, F32X4_RELAXED_MAX, F64X2_RELAXED_MIN,
                    F64X2_RELAXED_MAX -> opcode;
            default -> null;
        };
    }

    private Expression eachFloat(Opcode scalar, Expression[] operands) {
        Expression[] low = new Expression[operands.length];
        Expression[] high = new Expression[operands.length];
        for (int i = 0; i < operands.length; i++) {
            Expression[] lanes = floats(operands[i]);
            low[i] = lanes[0];
            high[i] = lanes[1];
        }
        return floats(operation(scalar, Carrier.FLOAT, low), operation(scalar, Carrier.FLOAT, high));
    }

    private Expression eachDouble(Opcode scalar, Expression[] operands) {
        Expression[] lanes = new Expression[operands.length];
        for (int i = 0; i < operands.length; i++) {
            lanes[i] = asDouble(operands[i]);
        }
        return bits(operation(scalar, Carrier.DOUBLE, lanes));
    }

    private boolean isApart(Expression... halves) {
        boolean apart = prefersInts;
        for (Expression half : halves) {
            apart |= isPair(half, Opcode.I32X4_SPLAT);
        }
        return apart;
    }

    private Expression arithmetic(Opcode opcode, Opcode scalar, Expression[] operands) {
        return isApart(operands) ? eachInt(scalar, operands) : i64(opcode, operands);
    }

    /** What does the same with all bits: done with lanes if they are apart. */
    private Expression bitwise(Opcode wide, Opcode scalar, Expression... operands) {
        return isPair(operands[0], Opcode.I32X4_SPLAT) || isPair(operands[1], Opcode.I32X4_SPLAT)
                ? eachInt(scalar, operands) : i64(wide, operands);
    }

    private Expression eachInt(Opcode scalar, Expression... operands) {
        Expression[] first = ints(operands[0]);
        Expression[] second = ints(operands[1]);
        return ints(i32(scalar, first[0], second[0]), i32(scalar, first[1], second[1]));
    }

    private Expression signs(Opcode opcode, Opcode bitwise, long mask, Expression operand) {
        if (isPair(operand, Opcode.F32X4_SPLAT)) {
            return eachFloat(opcode == Opcode.F32X4_ABS ? Opcode.F32_ABS : Opcode.F32_NEG, new Expression[] {operand});
        }
        return i64(bitwise, operand, constant(mask));
    }

    private Expression compareFloats(Opcode opcode, Expression[] operands) {
        Expression[] first = floats(operands[0]);
        Expression[] second = floats(operands[1]);
        return i64(opcode, first[0], first[1], second[0], second[1]);
    }

    private Expression convert(Opcode scalar, Expression operand) {
        Expression[] lanes = ints(operand);
        return floats(operation(scalar, Carrier.FLOAT, lanes[0]), operation(scalar, Carrier.FLOAT, lanes[1]));
    }

    private Expression truncate(Opcode scalar, Expression operand) {
        Expression[] lanes = floats(operand);
        return ints(i32(scalar, lanes[0]), i32(scalar, lanes[1]));
    }

    /** The low half of what instructions make of two f64; the high one is zero. */
    Expression fromDoubles(Opcode opcode, Expression low, Expression high) {
        Expression first = asDouble(low);
        Expression second = asDouble(high);
        return switch (opcode) {
            case F32X4_DEMOTE_F64X2_ZERO -> floats(operation(Opcode.F32_DEMOTE_F64, Carrier.FLOAT, first),
                    operation(Opcode.F32_DEMOTE_F64, Carrier.FLOAT, second));
            case I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_S_ZERO ->
                    ints(i32(Opcode.I32_TRUNC_SAT_F64_S, first), i32(Opcode.I32_TRUNC_SAT_F64_S, second));
            default -> ints(i32(Opcode.I32_TRUNC_SAT_F64_U, first), i32(Opcode.I32_TRUNC_SAT_F64_U, second));
        };
    }

    /** What an instruction that makes larger lanes makes of the low 32 bits of its operands. */
    Expression widen(Opcode opcode, Expression[] operands) {
        return switch (opcode) {
            case F64X2_PROMOTE_LOW_F32X4 -> bits(operation(Opcode.F64_PROMOTE_F32, Carrier.DOUBLE,
                    asFloat(wrapped(operands[0]))));
            case F64X2_CONVERT_LOW_I32X4_S -> bits(operation(Opcode.F64_CONVERT_I32_S, Carrier.DOUBLE,
                    wrapped(operands[0])));
            case F64X2_CONVERT_LOW_I32X4_U -> bits(operation(Opcode.F64_CONVERT_I32_U, Carrier.DOUBLE,
                    wrapped(operands[0])));
            case I64X2_EXTEND_LOW_I32X4_S, I64X2_EXTEND_HIGH_I32X4_S ->
                    i64(Opcode.I64_EXTEND_I32_S, wrapped(operands[0]));
            case I64X2_EXTEND_LOW_I32X4_U, I64X2_EXTEND_HIGH_I32X4_U ->
                    i64(Opcode.I64_EXTEND_I32_U, wrapped(operands[0]));
            case I64X2_EXTMUL_LOW_I32X4_S, I64X2_EXTMUL_HIGH_I32X4_S -> i64(Opcode.I64_MUL,
                    i64(Opcode.I64_EXTEND_I32_S, wrapped(operands[0])),
                    i64(Opcode.I64_EXTEND_I32_S, wrapped(operands[1])));
            case I64X2_EXTMUL_LOW_I32X4_U, I64X2_EXTMUL_HIGH_I32X4_U -> i64(Opcode.I64_MUL,
                    i64(Opcode.I64_EXTEND_I32_U, wrapped(operands[0])),
                    i64(Opcode.I64_EXTEND_I32_U, wrapped(operands[1])));
            default -> i64(opcode, operands);
        };
    }

    /** A half with its lanes shifted by an i32, of which only the bits that make sense count. */
    Expression shift(Opcode opcode, Expression half, Expression count) {
        if (isPair(half, Opcode.I32X4_SPLAT) || prefersInts) {
            Opcode each = switch (opcode) {
                case I32X4_SHL -> Opcode.I32_SHL;
                case I32X4_SHR_S -> Opcode.I32_SHR_S;
                case I32X4_SHR_U -> Opcode.I32_SHR_U;
                default -> null;
            };
            if (each != null) {
                Expression[] lanes = ints(half);
                return ints(i32(each, lanes[0], count), i32(each, lanes[1], count));
            }
        }
        Opcode scalar = switch (opcode) {
            case I64X2_SHL -> Opcode.I64_SHL;
            case I64X2_SHR_S -> Opcode.I64_SHR_S;
            case I64X2_SHR_U -> Opcode.I64_SHR_U;
            default -> null;
        };
        return scalar == null ? i64(opcode, half, count) : i64(scalar, half, extended(count));
    }

    // ---- single lanes

    /** A half whose lanes are all the same. */
    Expression splat(Opcode opcode, Expression value) {
        return switch (opcode) {
            case I8X16_SPLAT -> repeated(laneAsI64(opcode, value), 8);
            case I16X8_SPLAT -> repeated(laneAsI64(opcode, value), 16);
            default -> laneAsI64(opcode, value);
        };
    }

    /** A number of so many bits, unsigned, in every lane of a half. */
    Expression repeated(Expression value, int bits) {
        long ones = switch (bits) {
            case 8 -> 0x0101_0101_0101_0101L;
            case 16 -> 0x0001_0001_0001_0001L;
            default -> 0x0000_0001_0000_0001L;
        };
        return value instanceof Constant(var _, long number)
                ? constant(number * ones) : i64(Opcode.I64_MUL, value, constant(ones));
    }

    /** A value of a lane's type as an i64 with its bits, the others zero. */
    Expression laneAsI64(Opcode opcode, Expression value) {
        return switch (opcode) {
            case I8X16_SPLAT, I8X16_REPLACE_LANE -> extended(masked(value, 0xFF));
            case I16X8_SPLAT, I16X8_REPLACE_LANE -> extended(masked(value, 0xFFFF));
            case I32X4_SPLAT, I32X4_REPLACE_LANE -> extended(value);
            case F32X4_REPLACE_LANE -> extended(floatBits(value));
            case F64X2_SPLAT, F64X2_REPLACE_LANE -> value instanceof Constant(var _, long number)
                    ? constant(number) : bits(value);
            default -> value;
        };
    }

    private Expression floatBits(Expression value) {
        return value instanceof Constant(var _, long number) ? new Constant(Carrier.INT, (int) number) : bits(value);
    }

    private Expression masked(Expression value, int mask) {
        return value instanceof Constant(var _, long number) ? new Constant(Carrier.INT, (int) number & mask)
                : i32(Opcode.I32_AND, value, new Constant(Carrier.INT, mask));
    }

    /** A half with a lane replaced by the low bits of an i64 whose others are zero. */
    Expression replace(Expression half, Expression value, int bits, int position) {
        if (bits == 64) {
            return value;
        } else if (bits == 32 && isPair(half, Opcode.F32X4_SPLAT)) {
            Expression kept = laneOf(half, 32 - position);
            Expression replaced = asFloat(wrapped(value));
            return position == 0 ? floats(replaced, kept) : floats(kept, replaced);
        } else if (bits == 32 && isApart(half)) {
            Expression[] lanes = ints(half);
            drop(lanes[position / 32]);
            return position == 0 ? ints(wrapped(value), lanes[1]) : ints(lanes[0], wrapped(value));
        }
        long mask = (1L << bits) - 1 << position;
        return i64(Opcode.I64_OR, i64(Opcode.I64_AND, half, constant(~mask)), shifted(value, position));
    }

    /** A lane of a half, as a value of its type. */
    Expression extract(Opcode opcode, Expression half, int position) {
        return switch (opcode) {
            case I8X16_EXTRACT_LANE_S -> i32(Opcode.I32_EXTEND8_S, wrapped(shifted(half, -position)));
            case I8X16_EXTRACT_LANE_U -> masked(wrapped(shifted(half, -position)), 0xFF);
            case I16X8_EXTRACT_LANE_S -> i32(Opcode.I32_EXTEND16_S, wrapped(shifted(half, -position)));
            case I16X8_EXTRACT_LANE_U -> masked(wrapped(shifted(half, -position)), 0xFFFF);
            case I32X4_EXTRACT_LANE -> isPair(half, Opcode.I32X4_SPLAT)
                    ? laneOf(half, position) : wrapped(shifted(half, -position));
            case F32X4_EXTRACT_LANE -> isPair(half, Opcode.F32X4_SPLAT)
                    ? laneOf(half, position) : asFloat(wrapped(shifted(half, -position)));
            case I64X2_EXTRACT_LANE -> VectorBuilder.tagged(half, Carrier.LONG);
            default -> asDouble(half);
        };
    }

    private Expression laneOf(Expression half, int position) {
        Expression[] lanes = ((Operation) half).operands();
        drop(lanes[1 - position / 32]);
        return lanes[position / 32];
    }

    /** Does what evaluating something that is not needed would do. */
    void drop(Expression unneeded) {
        if ((unneeded.effects() & Effects.OBSERVABLE) != 0) {
            stack.add(new Statement.Evaluate(unneeded), unneeded.effects());
        }
    }
}

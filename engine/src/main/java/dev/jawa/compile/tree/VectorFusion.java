package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.model.Opcode;

/**
 * Puts operations on whole vectors into those that read what they give, and makes one of several where a single operation
 * of the JDK's vectors does as much: loops come to fit into a method, and C2 has less to compile.
 */
public final class VectorFusion {
    /** Statements with larger expressions take the JVM's operand stack too high. */
    private static final int LARGEST_EXPRESSION = 500;
    private static final int LANE_BITS = 32;

    private VectorFusion() {
    }

    /**
     * The statement that does what two do, if the second one alone reads the vector that the first one assigns.
     *
     * @param isRead whether what the first one assigns is read after the second one
     * @return {@code null} if they stay two
     */
    static Statement joined(Statement first, Statement second, boolean isRead) {
        if (!(first instanceof Set(var variable, var value)) || variable.carrier() != Carrier.VECTOR || value.effects() != 0) {
            return null;
        }
        return switch (second) {
            case Set(var assigned, var reader) when (!isRead || assigned == variable) && fits(variable, value, reader) ->
                    new Set(assigned, replaced(reader, variable, value));
            case Evaluate(var reader) when !isRead && fits(variable, value, reader) ->
                    new Evaluate(replaced(reader, variable, value));
            default -> null;
        };
    }

    private static boolean fits(Variable variable, Expression value, Expression reader) {
        return value.size() + reader.size() <= LARGEST_EXPRESSION && reads(reader, variable) == 1;
    }

    private static int reads(Expression expression, Variable variable) {
        return switch (expression) {
            case Get(var read) -> read == variable ? 1 : 0;
            case Operation operation -> {
                int reads = 0;
                for (Expression operand : operation.operands()) {
                    reads += reads(operand, variable);
                }
                // It has to be a variable whose class is to become known.
                yield operation.opcode() == Opcode.NOP ? 2 * reads : reads;
            }
            default -> 0;
        };
    }

    private static Expression replaced(Expression expression, Variable variable, Expression value) {
        if (expression instanceof Get(var read)) {
            return read == variable ? value : expression;
        }
        if (!(expression instanceof Operation operation) || reads(operation, variable) == 0) {
            return expression;
        }
        Expression[] operands = operation.operands().clone();
        int size = operation.size();
        for (int i = 0; i < operands.length; i++) {
            size -= operands[i].size();
            operands[i] = replaced(operands[i], variable, value);
            size += operands[i].size();
        }
        return simplified(with(operation, operation.opcode(), size, operands));
    }

    private static Operation with(Operation operation, Opcode opcode, int size, Expression... operands) {
        return new Operation(opcode, operands, operation.carrier(), operation.index(), operation.secondIndex(),
                operation.immediate(), operation.offset(), operation.effects(), size);
    }

    // ---- one operation for several

    /** An operation on whole vectors, or a single one that does what it and its operands do. */
    static Expression simplified(Operation operation) {
        return switch (operation.opcode()) {
            case V128_OR, V128_XOR, I32X4_ADD -> joinedShifts(operation);
            case I8X16_SHUFFLE -> shuffled(operation);
            default -> operation;
        };
    }

    /** The rotation of i32 lanes that two shifts are halves of. */
    private static Expression joinedShifts(Operation join) {
        if (!(join.operands()[0] instanceof Operation first) || !(join.operands()[1] instanceof Operation second)) {
            return join;
        }
        Operation left = first.opcode() == Opcode.I32X4_SHL ? first : second;
        Operation right = left == first ? second : first;
        if (left.opcode() != Opcode.I32X4_SHL || right.opcode() != Opcode.I32X4_SHR_U
                || !(left.operands()[0] instanceof Get(var rotated)) || !(right.operands()[0] instanceof Get(var same))
                || rotated != same || !(left.operands()[1] instanceof Constant(var _, long up))
                || !(right.operands()[1] instanceof Constant(var _, long down))
                || up % LANE_BITS == 0 || (up + down) % LANE_BITS != 0) {
            return join;
        }
        return rotated(join, left.operands()[0], (int) up);
    }

    private static Operation rotated(Operation like, Expression vector, int count) {
        var bits = new Constant(Carrier.INT, count & LANE_BITS - 1);
        return with(like, Opcode.I32_ROTL, Sizes.VECTOR + vector.size() + bits.size(), vector, bits);
    }

    /** A shuffle of what another one gives, and one that rotates lanes. */
    private static Expression shuffled(Operation shuffle) {
        Expression vector = shuffle.operands()[0];
        byte[] lanes = lanes(shuffle);
        if (lanes == null) {
            return shuffle;
        }
        if (vector instanceof Operation inner && inner.opcode() == Opcode.I8X16_SHUFFLE && lanes(inner) != null) {
            byte[] before = lanes(inner);
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = before[lanes[i]];
            }
            vector = inner.operands()[0];
        }
        int rotation = rotation(lanes);
        if (rotation > 0) {
            return rotated(shuffle, vector, rotation);
        }
        Operation constant = (Operation) shuffle.operands()[1];
        Operation composed = with(constant, constant.opcode(), constant.size(), half(lanes, 0), half(lanes, 8));
        return with(shuffle, shuffle.opcode(), Sizes.VECTOR + vector.size() + composed.size(), vector, composed);
    }

    /** Which bytes a shuffle of a single vector takes; {@code null} if it is none. */
    private static byte[] lanes(Operation shuffle) {
        return shuffle.operands().length == 2 ? bytes(shuffle) : null;
    }

    private static byte[] bytes(Operation shuffle) {
        byte[] lanes = new byte[16];
        Expression[] halves = ((Operation) shuffle.operands()[shuffle.operands().length - 1]).operands();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = (byte) (((Constant) halves[i / 8]).bits() >>> i % 8 * 8);
        }
        return lanes;
    }

    /** Which lanes of 32 bits a shuffle takes, as a number with four bits for each; less than 0 if they do not stay whole. */
    public static int intLanes(Operation shuffle) {
        byte[] lanes = bytes(shuffle);
        int numbers = 0;
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i] != lanes[i & ~3] + i % 4 || lanes[i & ~3] % 4 != 0) {
                return -1;
            }
            numbers |= lanes[i] / 4 << i / 4 * 4;
        }
        return numbers;
    }

    private static Constant half(byte[] lanes, int start) {
        long half = 0;
        for (int i = 0; i < 8; i++) {
            half |= (long) lanes[start + i] << 8 * i;
        }
        return new Constant(Carrier.LONG, half);
    }

    /** By how many bits all lanes of 32 bits are rotated to the left; 0 if that is not all that happens. */
    private static int rotation(byte[] lanes) {
        int bytes = -lanes[0] & 3;
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i] != (i & ~3 | i - bytes & 3)) {
                return 0;
            }
        }
        return 8 * bytes;
    }
}

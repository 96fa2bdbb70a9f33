package dev.jawa.compile.tree;

import dev.jawa.model.Opcode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Eight lanes of an {@code i8x16.shuffle}: one half of its result, from four halves. Bytes of one half that move equally
 * far move together.
 */
final class Shuffle {
    /** Where bytes come from, and how many bits they move up. */
    private record Move(int source, int shift) {
    }

    private final long lanes;
    // The bytes of the result that each move gives.
    private final Map<Move, Long> masks = new LinkedHashMap<>();

    /** The half whose lanes are the bytes of {@code lanes}, each a number from 0 to 31. */
    Shuffle(long lanes) {
        this.lanes = lanes;
        for (int i = 0; i < 8; i++) {
            int lane = (int) (lanes >>> 8 * i) & 31;
            masks.merge(new Move(lane / 8, 8 * (i - lane % 8)), 0xFFL << 8 * i, (a, b) -> a | b);
        }
    }

    /** Whether it takes bytes from a half, 0 to 3. */
    boolean mentions(int source) {
        return masks.keySet().stream().anyMatch(move -> move.source() == source);
    }

    /**
     * The half of the result.
     *
     * @param whole whether it is built from lanes of 32 bits, which must be kept
     */
    Expression build(Expression[] sources, boolean whole, LaneBuilder builder) {
        return whole ? builder.ints(wholeLane(sources, 0, builder), wholeLane(sources, 4, builder))
                : isZip() ? zip(sources, builder) : moved(sources, builder);
    }

    /** Whether each of its lanes of 32 bits is one of a source, maybe rotated. */
    boolean keepsLanes() {
        return keepsLane(0) && keepsLane(4);
    }

    private boolean keepsLane(int start) {
        for (int i = 1; i < 4; i++) {
            if (lane(start + i) / 4 != lane(start) / 4 || lane(start + i) % 4 != (lane(start) + i) % 4) {
                return false;
            }
        }
        return true;
    }

    private Expression wholeLane(Expression[] sources, int start, LaneBuilder builder) {
        Expression lane = builder.ints(sources[lane(start) / 8])[lane(start) / 4 % 2];
        int rotation = 8 * (lane(start) % 4);
        return rotation == 0 ? lane : builder.operation(Opcode.I32_ROTR, Carrier.INT, lane,
                new Expression.Constant(Carrier.INT, rotation));
    }

    private int lane(int index) {
        return (int) (lanes >>> 8 * index) & 31;
    }

    /** Whether it takes the same four bytes from two halves, in turn. */
    private boolean isZip() {
        boolean zip = lane(0) % 4 == 0 && lane(0) % 8 == lane(1) % 8;
        for (int i = 2; zip && i < 8; i++) {
            zip = lane(i) == lane(i - 2) + 1;
        }
        return zip;
    }

    private Expression zip(Expression[] sources, LaneBuilder builder) {
        return builder.i64(Opcode.I64_OR, spread(sources, lane(0), builder),
                builder.shifted(spread(sources, lane(1), builder), 8));
    }

    private static Expression spread(Expression[] sources, int lane, LaneBuilder builder) {
        return builder.i64(Opcode.I16X8_EXTEND_LOW_I8X16_U, builder.shifted(sources[lane / 8], -8 * (lane % 8)));
    }

    private Expression moved(Expression[] sources, LaneBuilder builder) {
        Expression result = null;
        for (Map.Entry<Move, Long> entry : masks.entrySet()) {
            int shift = entry.getKey().shift();
            long shifted = shift < 0 ? -1L >>> -shift : -1L << shift;
            Expression bytes = builder.shifted(sources[entry.getKey().source()], shift);
            if (entry.getValue() != shifted) {
                bytes = builder.i64(Opcode.I64_AND, bytes, new Expression.Constant(Carrier.LONG, entry.getValue()));
            }
            result = result == null ? bytes : builder.i64(Opcode.I64_OR, result, bytes);
        }
        return result;
    }
}

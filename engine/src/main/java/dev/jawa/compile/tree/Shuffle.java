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

    // The bytes of the result that each move gives.
    private final Map<Move, Long> masks = new LinkedHashMap<>();

    /** The half whose lanes are the bytes of {@code lanes}, each a number from 0 to 31. */
    Shuffle(long lanes) {
        for (int i = 0; i < 8; i++) {
            int lane = (int) (lanes >>> 8 * i) & 31;
            masks.merge(new Move(lane / 8, 8 * (i - lane % 8)), 0xFFL << 8 * i, (a, b) -> a | b);
        }
    }

    /** Whether it takes bytes from a half, 0 to 3. */
    boolean mentions(int source) {
        return masks.keySet().stream().anyMatch(move -> move.source() == source);
    }

    /** The half of the result. */
    Expression build(Expression[] sources, LaneBuilder lanes) {
        Expression result = null;
        for (Map.Entry<Move, Long> entry : masks.entrySet()) {
            int shift = entry.getKey().shift();
            long shifted = shift < 0 ? -1L >>> -shift : -1L << shift;
            Expression bytes = lanes.shifted(sources[entry.getKey().source()], shift);
            if (entry.getValue() != shifted) {
                bytes = lanes.i64(Opcode.I64_AND, bytes, new Expression.Constant(Carrier.LONG, entry.getValue()));
            }
            result = result == null ? bytes : lanes.i64(Opcode.I64_OR, result, bytes);
        }
        return result;
    }
}

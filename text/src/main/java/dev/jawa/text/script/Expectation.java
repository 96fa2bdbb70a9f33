package dev.jawa.text.script;

import dev.jawa.Function;
import dev.jawa.model.AbstractHeapType;
import java.util.List;

/** What a result should be. */
public sealed interface Expectation {
    /** Whether a result, as the engine gives it, is as expected. */
    boolean matches(Object result);

    /** Exactly this value, bit by bit. */
    record Exactly(ScriptValue value) implements Expectation {
        @Override
        public boolean matches(Object result) {
            return switch (value) {
                case ScriptValue.F32(int bits) -> result instanceof Float number
                        && Float.floatToRawIntBits(number) == bits;
                case ScriptValue.F64(long bits) -> result instanceof Double number
                        && Double.doubleToRawLongBits(number) == bits;
                case ScriptValue.V128(long low, long high) -> result instanceof long[] halves && halves.length == 2
                        && halves[0] == low && halves[1] == high;
                case ScriptValue.Null _ -> result == null;
                default -> value.toJava().equals(result);
            };
        }
    }

    /** A NaN, of the canonical payload or any with its highest bit set. */
    record Nan(int bits, boolean canonical) implements Expectation {
        private static final int CANONICAL_32 = 0x7FC0_0000;
        private static final long CANONICAL_64 = 0x7FF8_0000_0000_0000L;

        @Override
        public boolean matches(Object result) {
            return switch (result) {
                case Float number -> bits == 32 && matches(Float.floatToRawIntBits(number));
                case Double number -> bits == 64 && matches(Double.doubleToRawLongBits(number));
                case null, default -> false;
            };
        }

        /** Whether the bits of a number are as expected. */
        boolean matches(long number) {
            long pattern = bits == 32 ? CANONICAL_32 : CANONICAL_64;
            long magnitude = bits == 32 ? number & Integer.MAX_VALUE : number & Long.MAX_VALUE;
            return canonical ? magnitude == pattern : (magnitude & pattern) == pattern;
        }
    }

    /**
     * A v128, lane by lane.
     *
     * @param lanes each {@link Exactly} an f32 or f64, or {@link Nan}
     */
    record Lanes(List<Expectation> lanes) implements Expectation {
        public Lanes {
            lanes = List.copyOf(lanes);
        }

        @Override
        public boolean matches(Object result) {
            if (!(result instanceof long[] halves) || halves.length != 2) {
                return false;
            }
            int bits = 128 / lanes.size();
            for (int i = 0; i < lanes.size(); i++) {
                long lane = halves[i * bits / 64] >>> i * bits % 64;
                Object number = bits == 32 ? (Object) Float.intBitsToFloat((int) lane) : Double.longBitsToDouble(lane);
                boolean same = lanes.get(i) instanceof Nan nan ? nan.matches(bits == 32 ? (int) lane : lane)
                        : lanes.get(i).matches(number);
                if (!same) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Any null. */
    record AnyNull() implements Expectation {
        @Override
        public boolean matches(Object result) {
            return result == null;
        }
    }

    /** Any reference below a heap type that is not null. */
    record AnyReference(AbstractHeapType type) implements Expectation {
        @Override
        public boolean matches(Object result) {
            return switch (type) {
                case FUNC -> result instanceof Function;
                case EXTERN, ANY -> result != null;
                default -> result != null && !(result instanceof Function)
                        && !(result instanceof ScriptValue.HostReference);
            };
        }
    }

    /** One of several. */
    record Either(List<Expectation> alternatives) implements Expectation {
        public Either {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public boolean matches(Object result) {
            return alternatives.stream().anyMatch(alternative -> alternative.matches(result));
        }
    }
}

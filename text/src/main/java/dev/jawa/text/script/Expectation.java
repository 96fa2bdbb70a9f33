package dev.jawa.text.script;

import dev.jawa.Array;
import dev.jawa.Function;
import dev.jawa.I31;
import dev.jawa.Struct;
import dev.jawa.V128;
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
            if (!(result instanceof V128 vector)) {
                return false;
            }
            int bits = 128 / lanes.size();
            for (int i = 0; i < lanes.size(); i++) {
                long lane = bits == 32 ? vector.intLane(i) : vector.longLane(i);
                if (!matchesLane(lanes.get(i), lane)) {
                    return false;
                }
            }
            return true;
        }
    }

    // Compares bits, since a NaN may not keep them on its way through a float.
    private static boolean matchesLane(Expectation expectation, long lane) {
        return switch (expectation) {
            case Nan nan -> nan.matches(lane);
            case Exactly(ScriptValue.F32(int bits)) -> bits == (int) lane;
            case Exactly(ScriptValue.F64(long bits)) -> bits == lane;
            default -> throw new IllegalStateException("not a lane: " + expectation);
        };
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
                case STRUCT -> result instanceof Struct;
                case ARRAY -> result instanceof Array;
                case I31 -> result instanceof I31;
                case EQ -> result instanceof Struct || result instanceof Array || result instanceof I31;
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

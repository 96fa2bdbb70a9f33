package dev.jawa.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.Array;
import dev.jawa.Function;
import dev.jawa.I31;
import dev.jawa.Struct;
import dev.jawa.V128;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The values of the scripts: arguments made from them, and results compared with them. */
final class Values {
    private static final int CANONICAL_F32 = 0x7fc0_0000;
    private static final long CANONICAL_F64 = 0x7ff8_0000_0000_0000L;

    private Values() {
    }

    /** The reference to something of the host that scripts write as a number. */
    record HostReference(long number) {
    }

    /** The arguments of an invocation. */
    static Object[] arguments(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false).map(Values::argument).toArray();
    }

    private static Object argument(JsonNode value) {
        return switch (value.get("type").asText()) {
            case "v128" -> vector(value);
            case "i32", "i64", "f32", "f64" -> number(value.get("type").asText(), value.get("value").asText());
            default -> reference(value);
        };
    }

    private static Object number(String type, String text) {
        return switch (type) {
            case "i32" -> Integer.parseInt(text);
            case "i64" -> Long.parseLong(text);
            case "f32" -> Float.intBitsToFloat(Integer.parseUnsignedInt(text));
            default -> Double.longBitsToDouble(Long.parseUnsignedLong(text));
        };
    }

    private static Object reference(JsonNode value) {
        // A nullref has no value beside its type.
        String text = value.has("value") ? value.get("value").asText() : "null";
        return text.equals("null") ? null : new HostReference(Long.parseLong(text));
    }

    private static V128 vector(JsonNode value) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode lane : value.get("value")) {
            String text = lane.asText();
            switch (value.get("lane_type").asText()) {
                case "i8" -> bytes.put((byte) Integer.parseInt(text));
                case "i16" -> bytes.putShort((short) Integer.parseInt(text));
                case "i32" -> bytes.putInt(Integer.parseInt(text));
                case "f32" -> bytes.putInt(Integer.parseUnsignedInt(text));
                case "i64" -> bytes.putLong(Long.parseLong(text));
                default -> bytes.putLong(Long.parseUnsignedLong(text));
            }
        }
        return new V128(bytes.getLong(0), bytes.getLong(8));
    }

    /** Whether results are what a script expects. */
    static boolean match(JsonNode expected, List<?> results) {
        if (expected.size() != results.size()) {
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            if (!matches(expected.get(i), results.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(JsonNode expected, Object result) {
        String type = expected.get("type").asText();
        return switch (type) {
            case "either" -> StreamSupport.stream(expected.get("values").spliterator(), false)
                    .anyMatch(value -> matches(value, result));
            case "i32", "i64" -> number(type, expected.get("value").asText()).equals(result);
            case "f32" -> result instanceof Float number
                    && matchesFloat(expected.get("value").asText(), Float.floatToRawIntBits(number));
            case "f64" -> result instanceof Double number
                    && matchesDouble(expected.get("value").asText(), Double.doubleToRawLongBits(number));
            case "v128" -> result instanceof V128 vector && matchesVector(expected, vector);
            case "refnull", "nullref", "nullfuncref", "nullexternref", "nullexnref" -> result == null;
            default -> matchesReference(type, expected.get("value"), result);
        };
    }

    private static boolean matchesFloat(String expected, int bits) {
        return switch (expected) {
            case "nan:canonical" -> (bits & Integer.MAX_VALUE) == CANONICAL_F32;
            case "nan:arithmetic" -> (bits & CANONICAL_F32) == CANONICAL_F32;
            default -> bits == Integer.parseUnsignedInt(expected);
        };
    }

    private static boolean matchesDouble(String expected, long bits) {
        return switch (expected) {
            case "nan:canonical" -> (bits & Long.MAX_VALUE) == CANONICAL_F64;
            case "nan:arithmetic" -> (bits & CANONICAL_F64) == CANONICAL_F64;
            default -> bits == Long.parseUnsignedLong(expected);
        };
    }

    private static boolean matchesVector(JsonNode expected, V128 vector) {
        String type = expected.get("lane_type").asText();
        JsonNode lanes = expected.get("value");
        int bits = 128 / lanes.size();
        for (int i = 0; i < lanes.size(); i++) {
            long lane = vector.longLane(i * bits / 64) >> i * bits % 64;
            String text = lanes.get(i).asText();
            boolean same = switch (type) {
                case "f32" -> matchesFloat(text, (int) lane);
                case "f64" -> matchesDouble(text, lane);
                case "i8" -> (byte) lane == Integer.parseInt(text);
                case "i16" -> (short) lane == Integer.parseInt(text);
                case "i32" -> (int) lane == Integer.parseInt(text);
                default -> lane == Long.parseLong(text);
            };
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesReference(String type, JsonNode value, Object result) {
        if (value != null) {
            return value.asText().equals("null")
                    ? result == null : new HostReference(Long.parseLong(value.asText())).equals(result);
        }
        return switch (type) {
            case "funcref" -> result instanceof Function;
            case "externref", "anyref" -> result != null;
            case "structref" -> result instanceof Struct;
            case "arrayref" -> result instanceof Array;
            case "i31ref" -> result instanceof I31;
            case "eqref" -> result instanceof Struct || result instanceof Array || result instanceof I31;
            default -> result != null && !(result instanceof Function) && !(result instanceof HostReference);
        };
    }

    /** Results for a message, floating-point numbers with their bits. */
    static String describe(List<?> results) {
        var text = new ArrayList<String>();
        for (Object result : results) {
            text.add(switch (result) {
                case null -> "null";
                case Float number -> number + " (bits " + Integer.toUnsignedString(Float.floatToRawIntBits(number))
                        + ")";
                case Double number -> number + " (bits " + Long.toUnsignedString(Double.doubleToRawLongBits(number))
                        + ")";
                case V128 vector -> vector.toString();
                default -> result.getClass().getSimpleName() + " " + result;
            });
        }
        return text.toString();
    }
}

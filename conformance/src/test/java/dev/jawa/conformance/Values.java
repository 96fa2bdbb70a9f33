package dev.jawa.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.text.script.Expectation;
import dev.jawa.text.script.ScriptValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** The values of scripts in JSON: arguments, and what results should be. */
final class Values {
    private Values() {
    }

    /** The argument of an invocation. */
    static ScriptValue argument(JsonNode value) {
        if (expectation(value) instanceof Expectation.Exactly(ScriptValue exact)) {
            return exact;
        }
        // A nullref has no value beside its type.
        return new ScriptValue.Null();
    }

    /** What a result should be. */
    static Expectation expectation(JsonNode expected) {
        String type = expected.get("type").asText();
        return switch (type) {
            case "either" -> new Expectation.Either(list(expected.get("values")));
            case "i32", "i64", "f32", "f64" -> number(type, expected.get("value").asText());
            case "v128" -> vector(expected);
            case "refnull", "nullref", "nullfuncref", "nullexternref", "nullexnref" -> new Expectation.AnyNull();
            default -> reference(type, expected.get("value"));
        };
    }

    private static List<Expectation> list(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false).map(Values::expectation).toList();
    }

    private static Expectation number(String type, String text) {
        if (text.startsWith("nan:")) {
            return new Expectation.Nan(type.equals("f32") ? 32 : 64, text.equals("nan:canonical"));
        }
        return new Expectation.Exactly(switch (type) {
            case "i32" -> new ScriptValue.I32(Integer.parseInt(text));
            case "i64" -> new ScriptValue.I64(Long.parseLong(text));
            case "f32" -> new ScriptValue.F32(Integer.parseUnsignedInt(text));
            default -> new ScriptValue.F64(Long.parseUnsignedLong(text));
        });
    }

    private static Expectation vector(JsonNode value) {
        String type = value.get("lane_type").asText();
        JsonNode lanes = value.get("value");
        List<String> texts = StreamSupport.stream(lanes.spliterator(), false).map(JsonNode::asText).toList();
        if (texts.stream().anyMatch(text -> text.startsWith("nan:"))) {
            return new Expectation.Lanes(texts.stream().map(text -> number(type, text)).toList());
        }
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (String text : texts) {
            switch (type) {
                case "i8" -> bytes.put((byte) Integer.parseInt(text));
                case "i16" -> bytes.putShort((short) Integer.parseInt(text));
                case "i32" -> bytes.putInt(Integer.parseInt(text));
                case "f32" -> bytes.putInt(Integer.parseUnsignedInt(text));
                case "i64" -> bytes.putLong(Long.parseLong(text));
                default -> bytes.putLong(Long.parseUnsignedLong(text));
            }
        }
        return new Expectation.Exactly(new ScriptValue.V128(bytes.getLong(0), bytes.getLong(8)));
    }

    private static Expectation reference(String type, JsonNode value) {
        if (value != null) {
            return new Expectation.Exactly(value.asText().equals("null") ? new ScriptValue.Null()
                    : new ScriptValue.Host(Long.parseLong(value.asText())));
        }
        return new Expectation.AnyReference(Arrays.stream(AbstractHeapType.values())
                .filter(heapType -> type.equals(heapType + "ref")).findFirst().orElseThrow());
    }
}

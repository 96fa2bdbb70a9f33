package dev.jawa.text.script;

import dev.jawa.binary.ByteReader;
import dev.jawa.binary.ByteWriter;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.text.parser.Token;
import dev.jawa.text.parser.TokenReader;
import dev.jawa.text.parser.VectorLiterals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parses the values of scripts: arguments, and what is expected of results. */
final class ValueParser {
    private final TokenReader reader;

    ValueParser(TokenReader reader) {
        this.reader = reader;
    }

    /** All arguments up to a closing parenthesis. */
    List<ScriptValue> arguments() {
        var values = new ArrayList<ScriptValue>();
        while (reader.at(Token.LEFT_PARENTHESIS)) {
            int token = reader.position();
            if (!(expectation() instanceof Expectation.Exactly(ScriptValue value))) {
                throw reader.errorAt(token + 1, "unexpected token: a value expected, not a pattern");
            }
            values.add(value);
        }
        return values;
    }

    /** All expectations up to a closing parenthesis. */
    List<Expectation> expectations() {
        var expectations = new ArrayList<Expectation>();
        while (reader.at(Token.LEFT_PARENTHESIS)) {
            expectations.add(expectation());
        }
        return expectations;
    }

    private Expectation expectation() {
        int token = reader.position();
        Expectation expectation = switch (reader.expectOpen()) {
            case "i32.const" -> exactly(new ScriptValue.I32((int) reader.expectInteger(32)));
            case "i64.const" -> exactly(new ScriptValue.I64(reader.expectInteger(64)));
            case "f32.const" -> floatingPoint(32);
            case "f64.const" -> floatingPoint(64);
            case "v128.const" -> vector();
            case "ref.null" -> reference();
            case "ref.extern", "ref.host" -> host();
            case "ref" -> new Expectation.AnyReference(AbstractHeapType.ANY);
            case "ref.func" -> {
                if (reader.atIndex()) {
                    reader.skip();
                }
                yield new Expectation.AnyReference(AbstractHeapType.FUNC);
            }
            case "either" -> new Expectation.Either(expectations());
            case String keyword -> anyReference(keyword, token + 1);
        };
        reader.expectClose();
        return expectation;
    }

    private static Expectation exactly(ScriptValue value) {
        return new Expectation.Exactly(value);
    }

    private Expectation floatingPoint(int bits) {
        if (reader.takeKeyword("nan:canonical")) {
            return new Expectation.Nan(bits, true);
        }
        if (reader.takeKeyword("nan:arithmetic")) {
            return new Expectation.Nan(bits, false);
        }
        long number = reader.expectFloat(bits);
        return exactly(bits == 32 ? new ScriptValue.F32((int) number) : new ScriptValue.F64(number));
    }

    private Expectation vector() {
        if (reader.atKeyword("f32x4") || reader.atKeyword("f64x2")) {
            int bits = reader.expectKeyword().equals("f32x4") ? 32 : 64;
            var lanes = new ArrayList<Expectation>();
            for (int i = 0; i < 128 / bits; i++) {
                lanes.add(floatingPoint(bits));
            }
            return lanes.stream().allMatch(Expectation.Exactly.class::isInstance)
                    ? exactly(vector(lanes)) : new Expectation.Lanes(lanes);
        }
        var out = new ByteWriter();
        VectorLiterals.write(reader, out);
        var bytes = new ByteReader(out.toBytes());
        return exactly(new ScriptValue.V128(bytes.readFixed64(), bytes.readFixed64()));
    }

    private static ScriptValue vector(List<Expectation> lanes) {
        var halves = new long[2];
        for (int i = 0; i < lanes.size(); i++) {
            switch (((Expectation.Exactly) lanes.get(i)).value()) {
                case ScriptValue.F32(int bits) -> halves[i / 2] |= (bits & 0xFFFF_FFFFL) << i % 2 * 32;
                case ScriptValue.F64(long bits) -> halves[i] = bits;
                default -> throw new IllegalStateException("not a floating-point lane");
            }
        }
        return new ScriptValue.V128(halves[0], halves[1]);
    }

    private Expectation reference() {
        if (reader.at(Token.RIGHT_PARENTHESIS)) {
            return new Expectation.AnyNull();
        }
        reader.skip();
        return exactly(new ScriptValue.Null());
    }

    private Expectation host() {
        return reader.at(Token.RIGHT_PARENTHESIS) ? new Expectation.AnyReference(AbstractHeapType.EXTERN)
                : exactly(new ScriptValue.Host(reader.expectUnsigned(32)));
    }

    private Expectation anyReference(String keyword, int token) {
        return Arrays.stream(AbstractHeapType.values())
                .filter(type -> keyword.equals("ref." + type))
                .findFirst().<Expectation>map(Expectation.AnyReference::new)
                .orElseThrow(() -> reader.errorAt(token, "unexpected token: a value expected"));
    }
}

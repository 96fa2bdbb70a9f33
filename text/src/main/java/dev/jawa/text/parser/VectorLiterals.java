package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;

/** The literals of {@code v128.const}: the shape, then a number for each lane (core spec 6.5.10). */
public final class VectorLiterals {
    private VectorLiterals() {
    }

    public static void write(TokenReader reader, ByteWriter out) {
        int token = reader.position();
        String shape = reader.at(Token.KEYWORD) ? reader.expectKeyword() : "";
        switch (shape) {
            case "i8x16" -> writeIntegers(reader, 8, out);
            case "i16x8" -> writeIntegers(reader, 16, out);
            case "i32x4" -> writeIntegers(reader, 32, out);
            case "i64x2" -> writeIntegers(reader, 64, out);
            case "f32x4" -> {
                for (int i = 0; i < 4; i++) {
                    out.writeFixed32((int) reader.expectFloat(32));
                }
            }
            case "f64x2" -> {
                for (int i = 0; i < 2; i++) {
                    out.writeFixed64(reader.expectFloat(64));
                }
            }
            default -> throw reader.errorAt(token, "unexpected token: the shape of a vector expected");
        }
    }

    private static void writeIntegers(TokenReader reader, int bits, ByteWriter out) {
        for (int lane = 0; lane < 128 / bits; lane++) {
            long value = reader.expectInteger(bits);
            for (int shift = 0; shift < bits; shift += 8) {
                out.writeByte((int) (value >> shift));
            }
        }
    }
}

package dev.jawa.binary;

import dev.jawa.model.Bytes;
import dev.jawa.model.ConstantExpression;

/** Finds where the constant expressions in a section end (core spec 5.4.10). */
final class ExpressionReader {
    private final ByteReader bytes;
    private final InstructionReader instructions;

    /** Reads the expressions among the bytes of a section, each from where the given reader stands. */
    ExpressionReader(ByteReader bytes) {
        this.bytes = bytes;
        this.instructions = new InstructionReader(bytes.all());
    }

    /** The expression at the reader's place; the reader then stands behind it. */
    ConstantExpression read() {
        int start = bytes.position();
        instructions.position(start);
        int depth = 1;
        while (depth > 0) {
            depth += switch (instructions.next()) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> 1;
                case END, DELEGATE -> -1;
                default -> 0;
            };
        }
        Bytes code = bytes.readBytes(instructions.position() - start);
        return new ConstantExpression(code);
    }
}

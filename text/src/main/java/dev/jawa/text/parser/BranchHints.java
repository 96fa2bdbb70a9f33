package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * The branch hints of a function: annotations of {@code if} and {@code br_if} that say how likely it is that the
 * condition holds.
 *
 * @see <a href="https://webassembly.github.io/branch-hinting/core/appendix/custom.html">Branch hinting</a>
 */
final class BranchHints {
    static final String NAME = "metadata.code.branch_hint";
    /** No hint. */
    static final Hint NONE = new Hint(-1, null);

    private final TokenReader reader;
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();

    /** A hint, -1 if there is none, with its annotation. */
    record Hint(int value, Tokens.Annotation annotation) {
    }

    BranchHints(TokenReader reader) {
        this.reader = reader;
    }

    /** The hint before the next token. */
    Hint take(TokenReader reader) {
        List<Tokens.Annotation> annotations = reader.takeAnnotations(NAME);
        if (annotations.isEmpty()) {
            return NONE;
        }
        if (annotations.size() > 1) {
            throw reader.error(annotations.get(1), "@" + NAME + " annotation: duplicate annotation");
        }
        Tokens.Annotation annotation = annotations.getFirst();
        var contents = new TokenReader(annotation.contents());
        byte[] bytes = contents.takeStrings();
        if (!contents.at(Token.END) || bytes.length != 1 || bytes[0] < 0 || bytes[0] > 1) {
            throw reader.error(annotation, "@" + NAME + " annotation: one byte expected, 0 or 1");
        }
        return new Hint(bytes[0], annotation);
    }

    /** Checks that a hint stands before an instruction that branches. */
    void check(Hint hint, Opcode opcode) {
        if (hint != NONE && opcode != Opcode.IF && opcode != Opcode.BR_IF) {
            throw reader.error(hint.annotation, "@" + NAME + " annotation: invalid target");
        }
    }

    /** Keeps a hint for the instruction at an offset in the code. */
    void record(Hint hint, int offset) {
        if (hint != NONE) {
            offsets.add(offset);
            values.add(hint.value);
        }
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** Writes the entry of a function, whose code begins some bytes after the start of its body. */
    void write(int function, int codeStart, ByteWriter out) {
        out.writeUnsigned32(function);
        out.writeUnsigned32(offsets.size());
        for (int i = 0; i < offsets.size(); i++) {
            out.writeUnsigned32(codeStart + offsets.get(i));
            out.writeUnsigned32(1);
            out.writeByte(values.get(i));
        }
    }
}

package dev.jawa.compile.tree;

import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import java.util.List;

/** A block whose end has not come yet. */
final class OpenBlock {
    final Opcode opcode;
    final BlockLabel label;
    final List<ValueType> results;
    /** How much lies on the stack below it. */
    final int height;
    /** The statements it is added to. */
    final List<Statement> outer;

    // For an if: its condition, what the stack held at its beginning, and its first arm when the second began.
    Expression condition;
    Expression[] parameters;
    List<Statement> then;
    boolean thenGoesOn;
    /** Whether the second arm is the likely one. */
    boolean unlikely;

    /** For a try_table or try: whether its exceptions are caught here. */
    boolean catches;
    /** The innermost block around that catches exceptions, or {@code null}. */
    final OpenBlock protector;
    /** What it caught. */
    Variable caught;
    /** Where the handler is. */
    BlockLabel handlerLabel;
    /** The protected statements, when the handler began before the end. */
    List<Statement> body;
    /** What is done with what it caught; never goes on behind its end. */
    List<Statement> handler;
    /** In the handler of a try: what tells whether the open catch is the right one. */
    Expression matches;

    OpenBlock(OpenBlock parent, Opcode opcode, BlockLabel label, List<ValueType> results, int height,
            List<Statement> outer) {
        protector = parent == null ? null : parent.receiver();
        this.opcode = opcode;
        this.label = label;
        this.results = results;
        this.height = height;
        this.outer = outer;
    }

    /** What catches an exception that is thrown in it, outside the blocks in it; {@code null} for the caller. */
    OpenBlock receiver() {
        return catches ? this : protector;
    }
}

package dev.jawa.compile.tree;

import java.util.List;

/** What a function does, step by step; the operand stack is empty before and after each. */
public sealed interface Statement {
    /**
     * Assigns a variable.
     *
     * @param variable which
     * @param value of the same carrier
     */
    record Set(Variable variable, Expression value) implements Statement {
    }

    /**
     * Assigns what is in a tuple: the results of a call that has several, or the values of an exception.
     *
     * @param variables one for each value
     * @param tuple the tuple
     */
    record SetAll(Variable[] variables, Expression tuple) implements Statement {
    }

    /**
     * Evaluates an expression for its effects and drops its value.
     *
     * @param expression which
     */
    record Evaluate(Expression expression) implements Statement {
    }

    /**
     * Statements with a label at their end.
     *
     * @param label the end
     * @param body the statements
     */
    record Block(BlockLabel label, List<Statement> body) implements Statement {
    }

    /**
     * Statements with a label at their beginning; after the last one, control goes on behind the loop.
     *
     * @param label the beginning
     * @param body the statements
     */
    record Loop(BlockLabel label, List<Statement> body) implements Statement {
    }

    /**
     * A loop that is there twice: without the checks that its proof makes unnecessary, and as it was.
     *
     * @param loop as it was
     * @param proof what is checked before it
     */
    record ProvedLoop(Loop loop, LoopProof proof) implements Statement {
    }

    /**
     * A choice.
     *
     * @param condition an i32
     * @param then done if it is not zero
     * @param otherwise done if it is; may be empty
     */
    record If(Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {
    }

    /**
     * A branch.
     *
     * @param label where to
     */
    record Branch(BlockLabel label) implements Statement {
    }

    /**
     * A branch that is taken if a condition is not zero.
     *
     * @param condition an i32
     * @param label where to
     */
    record BranchIf(Expression condition, BlockLabel label) implements Statement {
    }

    /**
     * A branch to one of several labels.
     *
     * @param index an i32, unsigned
     * @param labels by index
     * @param otherwise for all other indices
     */
    record BranchTable(Expression index, BlockLabel[] labels, BlockLabel otherwise) implements Statement {
    }

    /**
     * Leaves the function.
     *
     * @param values its results; none, whatever the function's type, after a tail call has been prepared
     */
    record Return(Expression[] values) implements Statement {
    }

    /**
     * The {@code unreachable} instruction.
     *
     * @param offset where it stands in the module's binary
     */
    record Unreachable(int offset) implements Statement {
    }

    /**
     * Statements whose exceptions are caught: from any place in them control may go to a label, at the end of a block
     * around, with the exception in a variable.
     *
     * @param body the statements; control goes on behind the last one
     * @param caught is assigned the exception
     * @param handler where to go with it
     */
    record Try(List<Statement> body, Variable caught, BlockLabel handler) implements Statement {
    }

    /**
     * Throws an exception.
     *
     * @param exception a new one, one that was caught, or null, which traps
     * @param offset where it stands in the module's binary
     */
    record Throw(Expression exception, int offset) implements Statement {
    }

    /** Where code looks whether it has to stop, or how many instructions it may still execute. */
    final class Checkpoint implements Statement {
        private boolean interruptible;
        private int instructions;

        Checkpoint(boolean interruptible) {
            this.interruptible = interruptible;
        }

        /** Whether it looks whether to stop. */
        public boolean interruptible() {
            return interruptible;
        }

        /** How many instructions follow up to the next one; 0 if they are not counted. */
        public int instructions() {
            return instructions;
        }

        void onlyCount() {
            interruptible = false;
        }

        void addInstruction() {
            instructions++;
        }
    }

    /**
     * Statements, and then pieces that follow each other, which branches enter at labels in
     * them. So each target of a branch table is one jump and one call away.
     *
     * @param head done first
     * @param pieces which have entries
     */
    record Cases(List<Statement> head, List<Piece> pieces) implements Statement {
    }

    /**
     * In a piece with entries: goes to the one at which it is entered.
     *
     * @param labels the entries
     */
    record Enter(List<BlockLabel> labels) implements Statement {
    }

    /**
     * Statements that become a method of their own, so that no method is larger than HotSpot compiles well.
     */
    final class Piece implements Statement {
        private final List<Statement> body;
        private final List<BlockLabel> entries;
        private final List<BlockLabel> exits;
        private final boolean returns;

        Piece(List<Statement> body, List<BlockLabel> entries, List<BlockLabel> exits, boolean returns) {
            this.body = body;
            this.entries = List.copyOf(entries);
            this.exits = List.copyOf(exits);
            this.returns = returns;
        }

        /** The labels in it at which it can be entered, the first of them at its beginning; none if only there. */
        public List<BlockLabel> entries() {
            return entries;
        }

        /** The statements. */
        public List<Statement> body() {
            return body;
        }

        /** The labels outside that its branches go to. */
        public List<BlockLabel> exits() {
            return exits;
        }

        /** Whether it may leave the function. */
        public boolean returns() {
            return returns;
        }

        /** Whether control may come to its end. */
        public boolean completes() {
            return Flow.completes(body);
        }

        /** In how many ways it can be left. */
        public int ways() {
            return exits.size() + (returns ? 1 : 0) + (completes() ? 1 : 0);
        }
    }
}

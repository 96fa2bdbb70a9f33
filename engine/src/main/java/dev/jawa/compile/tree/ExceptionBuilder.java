package dev.jawa.compile.tree;

import dev.jawa.binary.CatchClause;
import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.model.FunctionType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the statements of exceptions: of the standard (core spec 4.6.8) and of the legacy proposal.
 *
 * <p>Both kinds of {@code try} become the same: a block at whose end the handler follows, which tries one tag after the
 * other and throws again what has none of them. So {@code delegate} is protected statements whose handler is another
 * block's.
 */
final class ExceptionBuilder {
    private final TreeBuilder tree;
    private final IndexSpaces spaces;
    private final InstructionReader reader;
    private final PendingStack stack;
    // What is delegated to the caller, past handlers in this function.
    private Variable escaped;
    private BlockLabel escape;

    ExceptionBuilder(TreeBuilder tree, IndexSpaces spaces, InstructionReader reader, PendingStack stack) {
        this.tree = tree;
        this.spaces = spaces;
        this.reader = reader;
        this.stack = stack;
    }

    private List<ValueType> values(int tag) {
        return ((FunctionType) spaces.types().get(spaces.tags().get(tag).typeIndex()).type()).parameters();
    }

    // ---- throwing

    void throwNew() {
        Expression[] operands = stack.pop(values(reader.index()).size());
        int effects = 0;
        int size = Sizes.of(Opcode.THROW) + 4 * operands.length;
        for (Expression operand : operands) {
            effects |= operand.effects();
            size += operand.size();
        }
        rethrow(new Operation(Opcode.THROW, operands, Carrier.REFERENCE, reader.index(), 0, 0, reader.offset(),
                effects, size));
    }

    void rethrow(Expression exception) {
        stack.settleObservable();
        stack.add(new Throw(exception, reader.offset()), 0);
    }

    /** The legacy {@code rethrow}. */
    void rethrow(int label) {
        rethrow(new Get(tree.target(label).caught));
    }

    // ---- try_table

    void openTryTable() {
        stack.settleAll();
        Variable caught = stack.variable(Carrier.REFERENCE, true);
        List<Statement> outer = stack.statements();
        List<Statement> handler = new ArrayList<>();
        stack.statements(handler);
        // The labels of the clauses are counted from outside, and nothing is open inside yet.
        boolean catchesAll = false;
        for (int i = 0; i < reader.clauseCount() && !catchesAll; i++) {
            CatchClause clause = reader.catchClause(i);
            catchesAll = !clause.kind().hasTag();
            catchClause(clause, caught, handler);
        }
        if (!catchesAll) {
            rethrow(new Get(caught));
        }
        stack.statements(outer);
        OpenBlock block = open(Opcode.TRY_TABLE, caught);
        block.handler = handler;
    }

    private OpenBlock open(Opcode opcode, Variable caught) {
        OpenBlock block = tree.open(opcode, tree.newLabel(false));
        block.caught = caught;
        block.handlerLabel = tree.newLabel(false);
        block.catches = true;
        stack.beginRegion();
        return block;
    }

    private void catchClause(CatchClause clause, Variable caught, List<Statement> handler) {
        if (!clause.kind().hasTag()) {
            leave(clause, caught);
            return;
        }
        Expression matches = takeValues(clause.tag(), caught);
        leave(clause, caught);
        List<Statement> matched = stack.statements();
        stack.statements(handler);
        stack.add(new If(matches, matched, List.of()), 0);
    }

    private void leave(CatchClause clause, Variable caught) {
        if (clause.kind().givesReference()) {
            stack.push(new Get(caught));
        }
        tree.branch(clause.label());
    }

    /** Begins the statements for a tag, with its values on the stack; gives the condition for them. */
    private Expression takeValues(int tag, Variable caught) {
        List<ValueType> types = values(tag);
        Variable tuple = stack.variable(Carrier.REFERENCE, true);
        var exception = new Get(caught);
        stack.set(tuple, new Operation(Opcode.CATCH, new Expression[] {exception}, Carrier.REFERENCE, tag, 0, 0,
                reader.offset(), 0, Sizes.of(Opcode.CATCH) + exception.size()));
        stack.statements(new ArrayList<>());
        Variable[] variables = tree.variables(types, true);
        if (variables.length > 0) {
            stack.add(new SetAll(variables, new Get(tuple)), 0);
        }
        for (Variable variable : variables) {
            stack.push(new Get(variable));
        }
        return not(test(Opcode.REF_IS_NULL, new Get(tuple)));
    }

    private Expression not(Expression condition) {
        return test(Opcode.I32_EQZ, condition);
    }

    private Expression test(Opcode opcode, Expression operand) {
        return new Operation(opcode, new Expression[] {operand}, Carrier.INT, 0, 0, 0, reader.offset(), 0,
                operand.size() + 3);
    }

    boolean endTryTable(OpenBlock block, boolean reachable) {
        endPart(block, reachable);
        endRegion(block);
        return finish(block, stack.statements());
    }

    /** Ends protected statements or a catch: their results are the block's. */
    private void endPart(OpenBlock block, boolean reachable) {
        if (reachable) {
            tree.assignResults(block);
            stack.settleObservable();
            block.label.branch();
            stack.add(new Branch(block.label), 0);
        }
    }

    private void endRegion(OpenBlock block) {
        block.catches = false;
        stack.endRegion();
    }

    private boolean finish(OpenBlock block, List<Statement> body) {
        block.handlerLabel.branch();
        List<Statement> inner = new ArrayList<>();
        inner.add(new Try(body, block.caught, block.handlerLabel));
        List<Statement> whole = new ArrayList<>();
        whole.add(new Block(block.handlerLabel, inner));
        whole.addAll(block.handler);
        return close(block, whole);
    }

    private boolean close(OpenBlock block, List<Statement> whole) {
        stack.statements(block.outer);
        stack.truncate(block.height);
        block.outer.add(new Block(block.label, whole));
        if (block.label.isTarget()) {
            tree.pushResults(block);
            return true;
        }
        return false;
    }

    // ---- the legacy try

    void openTry() {
        open(Opcode.TRY, stack.variable(Carrier.REFERENCE, true));
    }

    /** Begins a {@code catch}, or a {@code catch_all}. */
    void startCatch(OpenBlock block, Opcode opcode, boolean reachable) {
        endPart(block, reachable);
        if (block.catches) {
            endRegion(block);
            block.body = stack.statements();
            block.handler = new ArrayList<>();
        } else {
            endCatch(block);
        }
        stack.truncate(block.height);
        stack.statements(block.handler);
        block.matches = opcode == Opcode.CATCH ? takeValues(reader.index(), block.caught) : null;
    }

    private void endCatch(OpenBlock block) {
        if (block.matches != null) {
            block.handler.add(new If(block.matches, stack.statements(), List.of()));
        } else {
            // The statements of blocks that nobody branches to may have been joined in another list.
            block.handler = stack.statements();
        }
    }

    boolean endTry(OpenBlock block, boolean reachable) {
        endPart(block, reachable);
        if (block.catches) {
            endRegion(block);
            return close(block, withDelegated(block, stack.statements()));
        }
        endCatch(block);
        if (block.matches != null) {
            block.handler.add(new Throw(new Get(block.caught), reader.offset()));
        }
        return finish(block, block.body);
    }

    /**
     * Ends a {@code try} whose exceptions are thrown again at the place of an outer block.
     *
     * @param outer what is open, without it
     */
    boolean delegate(OpenBlock block, List<OpenBlock> outer, boolean reachable) {
        endPart(block, reachable);
        endRegion(block);
        List<Statement> body = withDelegated(block, stack.statements());
        OpenBlock target = outer.get(outer.size() - 1 - reader.index()).receiver();
        if (block.protector == target) {
            // The next handler outside is the right one.
            return close(block, body);
        }
        Try statement = target == null ? new Try(body, escaped(), escape)
                : new Try(body, target.caught, target.handlerLabel);
        statement.handler().branch();
        return close(block, new ArrayList<>(List.of(statement)));
    }

    /** The statements of a try that has no handler, with the throwing of what was delegated to it. */
    private List<Statement> withDelegated(OpenBlock block, List<Statement> body) {
        return block.handlerLabel.isTarget() ? thrownBehind(block.handlerLabel, body, block.caught) : body;
    }

    private List<Statement> thrownBehind(BlockLabel label, List<Statement> body, Variable caught) {
        List<Statement> whole = new ArrayList<>();
        whole.add(new Block(label, body));
        whole.add(new Throw(new Get(caught), reader.offset()));
        return whole;
    }

    private Variable escaped() {
        if (escaped == null) {
            escaped = stack.variable(Carrier.REFERENCE, true);
            escape = tree.newLabel(false);
        }
        return escaped;
    }

    /** The function's body, with the way out of what is delegated to the caller. */
    List<Statement> withEscape(List<Statement> body) {
        return escape == null ? body : thrownBehind(escape, body, escaped);
    }
}

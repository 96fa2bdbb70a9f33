package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Checkpoint;
import dev.jawa.compile.tree.Statement.Enter;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import dev.jawa.model.Opcode;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which variables are live: may be read later, before they are assigned.
 *
 * <p>What is live at the beginning of a loop is found by one walk backwards over its body in which branches back to
 * it count for nothing: they could only add what is live there anyway. Where it matters what is live inside the loop,
 * a second walk follows in which they count. So nested loops are walked as often as they are deep, without iterating.
 */
public final class Liveness {
    private final Map<BlockLabel, BitSet> atLabels = new IdentityHashMap<>();
    // What is live in the handlers of the protected statements around, which each of them may jump to.
    private BitSet inHandlers = new BitSet();
    private final Map<Piece, AtPiece> atPieces = new IdentityHashMap<>();
    // What the last walk, on which all sets are final, is for.
    private final Purpose purpose;
    // How many walks are under way whose sets inside loops are not final.
    private int provisional;

    private enum Purpose { ENTRY, PIECES, DEAD_VECTORS }

    /**
     * What is live around a piece.
     *
     * @param before before it, the numbers of the variables
     * @param atEnd after it, if it is not left otherwise
     * @param atExits where it goes otherwise
     */
    public record AtPiece(BitSet before, BitSet atEnd, Map<BlockLabel, BitSet> atExits) {
        /** After it, wherever it goes. */
        BitSet after() {
            BitSet after = copy(atEnd);
            atExits.values().forEach(after::or);
            return after;
        }

        /** After it, if it goes to a label, which may be none of its exits. */
        BitSet at(BlockLabel label) {
            return atExits.getOrDefault(label, new BitSet());
        }
    }

    private Liveness(Purpose purpose) {
        this.purpose = purpose;
    }

    /** What is live at the beginning of a function. */
    public static BitSet atEntry(FunctionTree tree) {
        var live = new BitSet();
        new Liveness(Purpose.ENTRY).before(tree.body(), live);
        return live;
    }

    /** What is live around each piece of a function. */
    public static Map<Piece, AtPiece> atPieces(FunctionTree tree) {
        var liveness = new Liveness(Purpose.PIECES);
        liveness.before(tree.body(), new BitSet());
        return liveness.atPieces;
    }

    /** Removes assignments of whole vectors, or of what is taken from one, to variables that nobody reads. */
    static void removeDeadVectors(List<Statement> body) {
        new Liveness(Purpose.DEAD_VECTORS).before(body, new BitSet());
    }

    /** Whether a statement assigns a whole vector, or what is taken from one, to a variable that nobody reads. */
    private boolean isDeadVector(Statement statement, BitSet live) {
        if (purpose != Purpose.DEAD_VECTORS || !(statement instanceof Set(var variable, var value))
                || live.get(variable.number()) || (value.effects() & Effects.OBSERVABLE) != 0) {
            return false;
        }
        return variable.carrier() == Carrier.VECTOR ? provisional == 0 : value instanceof Operation taken
                && taken.operands().length == 1 && taken.operands()[0].carrier() == Carrier.VECTOR;
    }

    /**
     * The first of two copies of a loop, with whole vectors. It reads what the other one does, and what it takes from its
     * vectors at its end counts only if that is read.
     */
    private void wholeBlock(List<Statement> body, BitSet live) {
        if (provisional == 0) {
            before(body, copy(live));
        }
    }

    /** Whether a vector only becomes one that the JVM's compiler knows to be there. */
    private static boolean isKnown(Variable variable, Expression value) {
        return value instanceof Operation operation && operation.opcode() == Opcode.NOP
                && operation.operands().length == 1 && operation.operands()[0] instanceof Get(var same) && same == variable;
    }

    /** Turns what is live after statements into what is live before them. */
    private void before(List<Statement> statements, BitSet live) {
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (!isDeadVector(statements.get(i), live)) {
                i = fused(statements, i, live);
                before(statements.get(i), live);
            } else if (provisional == 0) {
                statements.remove(i);
            }
            live.or(inHandlers);
        }
    }

    /** Where a statement is after those before it have become part of it that only give it a vector. */
    private int fused(List<Statement> statements, int last, BitSet live) {
        int index = last;
        while (purpose == Purpose.DEAD_VECTORS && provisional == 0 && index > 0
                && statements.get(index - 1) instanceof Set(var variable, var _)
                && VectorFusion.joined(statements.get(index - 1), statements.get(index), live.get(variable.number()))
                instanceof Statement joined) {
            statements.set(index, joined);
            statements.remove(--index);
        }
        return index;
    }

    private void protectedStatements(Try statement, BitSet live) {
        BitSet outside = inHandlers;
        inHandlers = copy(atLabels.get(statement.handler()));
        inHandlers.clear(statement.caught().number());
        inHandlers.or(outside);
        before(statement.body(), live);
        inHandlers = outside;
    }

    private void loop(BlockLabel label, List<Statement> body, BitSet live) {
        BitSet after = copy(live);
        atLabels.put(label, new BitSet());
        provisional++;
        before(body, live);
        provisional--;
        if (purpose != Purpose.ENTRY && provisional == 0) {
            atLabels.put(label, copy(live));
            live.clear();
            live.or(after);
            before(body, live);
        }
        atLabels.remove(label);
    }

    private void piece(Piece piece, BitSet live) {
        BitSet atEnd = piece.completes() ? copy(live) : new BitSet();
        var atExits = new IdentityHashMap<BlockLabel, BitSet>();
        piece.exits().forEach(exit -> atExits.put(exit, copy(atLabels.get(exit))));
        before(piece.body(), live);
        if (provisional == 0) {
            atPieces.put(piece, new AtPiece(copy(live), atEnd, atExits));
        }
    }

    /** What is live where a piece is entered counts for each of its entries. */
    private void cases(Cases cases, BitSet live) {
        for (Piece piece : cases.pieces().reversed()) {
            piece(piece, live);
            piece.entries().forEach(entry -> atLabels.put(entry, copy(live)));
        }
        before(cases.head(), live);
        cases.pieces().forEach(piece -> atLabels.keySet().removeAll(piece.entries()));
    }

    private void before(Statement statement, BitSet live) {
        switch (statement) {
            case Set(var variable, var value) when isKnown(variable, value) -> {
            }
            case Set(var variable, var value) -> {
                live.clear(variable.number());
                read(value, live);
            }
            case SetAll(var variables, var tuple) -> {
                for (Variable variable : variables) {
                    live.clear(variable.number());
                }
                read(tuple, live);
            }
            case Checkpoint _ -> {
            }
            case Evaluate(var expression) -> read(expression, live);
            case Block(var label, var body) -> {
                atLabels.put(label, copy(live));
                if (label.isWhole() && purpose == Purpose.DEAD_VECTORS) {
                    wholeBlock(body, live);
                } else {
                    before(body, live);
                }
                atLabels.remove(label);
            }
            case Loop(var label, var body) -> loop(label, body, live);
            case ProvedLoop(var loop, var _) -> before(loop, live);
            case Piece piece -> piece(piece, live);
            case Cases cases -> cases(cases, live);
            case Enter(var labels) -> {
                live.clear();
                labels.forEach(label -> live.or(atLabels.get(label)));
            }
            case If(var condition, var then, var otherwise) -> {
                BitSet liveInThen = copy(live);
                before(then, liveInThen);
                before(otherwise, live);
                live.or(liveInThen);
                read(condition, live);
            }
            case Branch(var label) -> {
                live.clear();
                live.or(atLabels.get(label));
            }
            case BranchIf(var condition, var label) -> {
                live.or(atLabels.get(label));
                read(condition, live);
            }
            case BranchTable(var index, var labels, var otherwise) -> {
                live.clear();
                live.or(atLabels.get(otherwise));
                BlockLabel last = otherwise;
                for (BlockLabel label : labels) {
                    if (label != last) {
                        live.or(atLabels.get(label));
                        last = label;
                    }
                }
                read(index, live);
            }
            case Return(var values) -> {
                live.clear();
                for (Expression value : values) {
                    read(value, live);
                }
            }
            case Unreachable _ -> live.clear();
            case Try guarded -> protectedStatements(guarded, live);
            case Throw(var exception, var _) -> {
                live.clear();
                read(exception, live);
            }
        }
    }

    private static BitSet copy(BitSet live) {
        return (BitSet) live.clone();
    }

    private static void read(Expression expression, BitSet live) {
        switch (expression) {
            case Constant _ -> {
            }
            case Get(var variable) -> live.set(variable.number());
            case Operation operation -> readAll(operation.operands(), live);
            case Call call -> readAll(call.operands(), live);
        }
    }

    private static void readAll(Expression[] expressions, BitSet live) {
        for (Expression expression : expressions) {
            read(expression, live);
        }
    }
}

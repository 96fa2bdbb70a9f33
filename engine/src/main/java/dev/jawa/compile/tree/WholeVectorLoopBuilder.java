package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds loops on vectors twice, from the same code: with whole vectors, and as all other loops are.
 *
 * <p>The first loop is in the second one, at the beginning of each round, and control goes to it and comes back by whether
 * the optimizing compiler has compiled the code. To that compiler only one of the loops is there.
 */
final class WholeVectorLoopBuilder {
    /** So many instructions on whole vectors are in a function at most, since they take the JVM long to compile. */
    private static final int MOST_INSTRUCTIONS = 3000;

    private final TreeBuilder builder;
    private final IndexSpaces spaces;
    private final InstructionReader reader;
    private final PendingStack stack;
    private final OperationBuilder operations;
    private final LocalVariables locals;
    private final int most;
    private int instructions;
    // The loop that vectors are whole in, if it is open, and how many blocks are open around it.
    private WholeVectorLoop open;
    private int depth;

    WholeVectorLoopBuilder(TreeBuilder builder, IndexSpaces spaces, InstructionReader reader, PendingStack stack,
            OperationBuilder operations, LocalVariables locals, int most) {
        this.most = most;
        this.builder = builder;
        this.spaces = spaces;
        this.reader = reader;
        this.stack = stack;
        this.operations = operations;
        this.locals = locals;
    }

    /** What the loop that begins here does with vectors, if it is to be there twice; else {@code null}. */
    WholeVectorLoop find() {
        WholeVectorLoop loop = open != null ? null
                : WholeVectorLoop.find(reader, spaces, locals::isVector, label -> !builder.takesVectors(label), most);
        if (loop == null || operations.lanes().prefersInts() && loop.isForInts()
                || instructions + loop.instructions() > MOST_INSTRUCTIONS) {
            return null;
        }
        instructions += loop.instructions();
        return loop;
    }

    /** Whether there are loops that are there twice. */
    boolean hasLoops() {
        return instructions > 0;
    }

    /** Takes in a whole loop; says whether the next instruction runs. */
    boolean add(WholeVectorLoop loop) {
        int begin = reader.position();
        stack.settleAll();
        List<Statement> outer = stack.statements();
        BlockLabel end = builder.newLabel(false);
        BlockLabel again = builder.newLabel(true);
        BlockLabel parts = builder.newLabel(false);
        parts.makeWhole();
        List<Statement> whole = whole(loop, again, parts, end);
        reader.position(begin);
        List<Statement> both = new ArrayList<>();
        stack.statements(both);
        builder.openLoop(again);
        stack.statements().add(new Block(parts, whole));
        boolean goesOn = builder.takeIn(builder.openBlocks() - 1);
        if (end.isTarget()) {
            outer.add(new Block(end, both));
        } else {
            outer.addAll(both);
        }
        stack.statements(outer);
        return goesOn;
    }

    /** The loop with whole vectors, which is skipped where those are slow. */
    private List<Statement> whole(WholeVectorLoop loop, BlockLabel again, BlockLabel parts, BlockLabel end) {
        List<Statement> whole = new ArrayList<>();
        stack.statements(whole);
        for (int question = 0; question < 2; question++) {
            parts.branch();
            whole.add(new BranchIf(operations.isZero(isOptimized(question)), parts));
        }
        locals.beginWholes(loop);
        operations.wholeVectors(true);
        open = loop;
        depth = builder.openBlocks();
        BlockLabel round = builder.newLabel(true);
        round.makeWhole();
        builder.openLoop(round);
        stack.statements().addAll(locals.known());
        stack.statements().add(new If(operations.isZero(isOptimized(1)), leaving(again), new ArrayList<>()));
        if (builder.takeIn(depth)) {
            whole.addAll(leaving(end));
        }
        open = null;
        operations.wholeVectors(false);
        locals.endWholes();
        return whole;
    }

    /** Whether the code that asks may use whole vectors: whether they are there, or whether it is compiled well. */
    private Expression isOptimized(int question) {
        return operations.operation(Opcode.NOP, new Expression[0], Carrier.INT, question, 0, 0);
    }

    private List<Statement> leaving(BlockLabel label) {
        List<Statement> statements = locals.parts(open.assigned());
        label.branch();
        statements.add(new Branch(label));
        return statements;
    }

    /** What has to be done before a branch, which may leave the loop that vectors are whole in. */
    List<Statement> before(int label) {
        return open == null || builder.openBlocks() - 1 - label >= depth ? List.of() : locals.parts(open.assigned());
    }
}

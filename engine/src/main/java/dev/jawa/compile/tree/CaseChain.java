package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Enter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * What a {@code switch} becomes: blocks inside one another, a branch table in the innermost, and behind the end of each
 * block the code of a case.
 *
 * @param blocks those inside the outermost, the innermost first
 * @param head what comes before the end of the innermost
 * @param cases the statements behind each block, up to the end of the next one
 */
record CaseChain(List<Block> blocks, List<Statement> head, List<List<Statement>> cases) {
    /** With fewer targets, pieces inside one another are as good. */
    private static final int FEWEST_TARGETS = 8;

    /** Takes blocks that are inside one another apart. */
    static CaseChain of(Block outermost) {
        var blocks = new ArrayList<Block>();
        var cases = new ArrayList<List<Statement>>();
        var head = new ArrayList<Statement>();
        List<Statement> statements = outermost.body();
        for (int i = firstBlock(statements); i >= 0; i = firstBlock(statements)) {
            var block = (Block) statements.get(i);
            blocks.add(block);
            head.addAll(statements.subList(0, i));
            cases.add(new ArrayList<>(statements.subList(i + 1, statements.size())));
            statements = block.body();
        }
        head.addAll(statements);
        return new CaseChain(blocks.reversed(), head, cases.reversed());
    }

    private static int firstBlock(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i) instanceof Block) {
                return i;
            }
        }
        return -1;
    }

    /** Whether its head ends with a branch to one of many cases. */
    boolean isSwitch() {
        if (head.isEmpty()) {
            return false;
        }
        return switch (head.getLast()) {
            case BranchTable(var _, var labels, var _) -> {
                var targets = new HashSet<>(Arrays.asList(labels));
                yield blocks.stream().filter(block -> targets.contains(block.label())).count() >= FEWEST_TARGETS;
            }
            case Enter _ -> true;
            default -> false;
        };
    }

    /** The label of a case. */
    BlockLabel label(int index) {
        return blocks.get(index).label();
    }

    /** The labels of cases: from one, to another, without that. */
    List<BlockLabel> labels(int from, int to) {
        return blocks.subList(from, to).stream().map(Block::label).toList();
    }

    /** Puts cases together again, behind statements that branch to them. */
    List<Statement> nested(List<Statement> first, int from, int to) {
        List<Statement> body = first;
        for (int i = from; i < to; i++) {
            List<Statement> around = new ArrayList<>(List.of(new Block(blocks.get(i).label(), body)));
            around.addAll(cases.get(i));
            body = around;
        }
        return body;
    }
}

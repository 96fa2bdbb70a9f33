package dev.jawa.text.printer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An instruction, or a clause of a block, with what is folded into it. */
final class FoldedNode {
    private static final int LONGEST_LINE = 100;
    // However deep, there is room for something.
    private static final int SHORTEST_LINE = 40;
    private static final FoldedNode CLOSE = new FoldedNode(")", Kind.PLAIN, 0);

    /** How it is written. */
    enum Kind {
        /** Without parentheses: its operands come from the stack. */
        PLAIN,
        /** In parentheses, behind its operands. */
        FOLDED,
        /** In parentheses, with a sequence of instructions, a line each. */
        SEQUENCE
    }

    private record Step(FoldedNode node, int depth) {
    }

    final List<FoldedNode> inner = new ArrayList<>();
    private final String head;
    private final Kind kind;
    // What of its results nothing has taken yet.
    private int results;
    private int width;

    FoldedNode(String head, Kind kind, int results) {
        this.head = head;
        this.kind = kind;
        this.results = results;
        this.width = kind == Kind.SEQUENCE ? LONGEST_LINE + 1 : head.length() + 2;
    }

    int results() {
        return results;
    }

    void results(int left) {
        results = left;
    }

    boolean isPlain() {
        return kind == Kind.PLAIN;
    }

    void add(FoldedNode node) {
        inner.add(node);
        width = Math.min(LONGEST_LINE + 1, width + 1 + node.width);
    }

    /** Moves the last instructions of a sequence into this one. */
    void fold(List<FoldedNode> last) {
        last.forEach(this::add);
        last.clear();
    }

    /** Writes all that is inside, a line each, however deep it is nested. */
    void writeInner(int depth, StringBuilder out) {
        Deque<Step> steps = new ArrayDeque<>();
        push(inner, depth, steps);
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            if (step.node == CLOSE) {
                out.append(')');
            } else {
                ModulePrinter.newLine(step.depth, out);
                step.node.write(step.depth, steps, out);
            }
        }
    }

    private static void push(List<FoldedNode> nodes, int depth, Deque<Step> steps) {
        nodes.reversed().forEach(node -> steps.push(new Step(node, depth)));
    }

    // Writes the beginning of it, and leaves the rest to further steps.
    private void write(int depth, Deque<Step> steps, StringBuilder out) {
        if (isPlain() || width <= room(depth)) {
            writeInLine(out);
            return;
        }
        out.append('(').append(head);
        steps.push(new Step(CLOSE, depth));
        List<FoldedNode> rest = inner;
        // The condition of an if beside it.
        if (!inner.isEmpty() && inner.getLast().kind == Kind.SEQUENCE && inner.getFirst().kind != Kind.SEQUENCE
                && kind == Kind.FOLDED && head.length() + inner.getFirst().width + 2 <= room(depth)) {
            out.append(' ');
            inner.getFirst().writeInLine(out);
            rest = inner.subList(1, inner.size());
        }
        push(rest, depth + 1, steps);
    }

    private static int room(int depth) {
        return Math.max(SHORTEST_LINE, LONGEST_LINE - ModulePrinter.indentation(depth));
    }

    /** Writes it in a line, in which it has room, so that it cannot be nested deeply. */
    private void writeInLine(StringBuilder out) {
        out.append(isPlain() ? "" : "(").append(head);
        for (FoldedNode node : inner) {
            out.append(' ');
            node.writeInLine(out);
        }
        out.append(isPlain() ? "" : ")");
    }

    /** The only thing inside in a line, if there is just one and it has room there; else nothing. */
    String single() {
        if (inner.size() != 1 || inner.getFirst().width > LONGEST_LINE) {
            return "";
        }
        var out = new StringBuilder();
        inner.getFirst().writeInLine(out);
        return out.toString();
    }
}

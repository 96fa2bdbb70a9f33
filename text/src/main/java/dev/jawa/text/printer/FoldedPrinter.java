package dev.jawa.text.printer;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prints the instructions of a function folded (core spec 6.5, folded instructions).
 *
 * <p>What leaves values is folded into what takes them if nothing stands in between. Where that is not so, as with an
 * operand that is computed before a statement, an instruction stands without parentheses and takes its operands from
 * the stack.
 */
final class FoldedPrinter {
    /** A block that is open. */
    private static final class Frame {
        private final Opcode opcode;
        private final FoldedNode node;
        private final int labelValues;
        // Where instructions go: the block itself, or a clause of it.
        private FoldedNode sequence;
        private boolean lastClause;
        // Those of the sequence that leave values which nothing has taken yet.
        private final List<FoldedNode> unused = new ArrayList<>();

        Frame(Opcode opcode, FoldedNode node, FoldedNode sequence, int labelValues) {
            this.opcode = opcode;
            this.node = node;
            this.sequence = sequence;
            this.labelValues = labelValues;
        }

        void add(FoldedNode node) {
            sequence.inner.add(node);
            if (node.results() > 0) {
                unused.add(node);
            }
        }

        void fold(List<FoldedNode> operands, FoldedNode into) {
            unused.subList(unused.size() - operands.size(), unused.size()).clear();
            into.fold(operands);
        }

        // Values that are taken from the stack are not there to be folded into what follows.
        void take(int count) {
            int left = count;
            while (left > 0 && !unused.isEmpty()) {
                FoldedNode last = unused.getLast();
                int taken = Math.min(left, last.results());
                last.results(last.results() - taken);
                left -= taken;
                if (last.results() == 0) {
                    unused.removeLast();
                }
            }
        }
    }

    private final InstructionPrinter instructions;
    private final InstructionReader reader;
    private final Arity.Calculator arities;
    private final FoldedNode root = new FoldedNode("", FoldedNode.Kind.SEQUENCE, 0);
    private final List<Frame> open = new ArrayList<>();

    FoldedPrinter(ModuleModel module, InstructionPrinter instructions, InstructionReader reader,
            Optional<FunctionType> type) {
        this.instructions = instructions;
        this.reader = reader;
        int results = type.map(known -> known.results().size()).orElse(0);
        this.arities = new Arity.Calculator(module, this::labelValues, results);
        open.add(new Frame(Opcode.BLOCK, root, root, results));
    }

    /** Everything up to the last {@code end}. */
    FoldedNode read() {
        while (true) {
            Opcode opcode = reader.next();
            if (opcode == Opcode.END && open.size() == 1) {
                instructions.requireEnd();
                return root;
            }
            read(opcode);
        }
    }

    private void read(Opcode opcode) {
        var text = new StringBuilder();
        instructions.print(opcode, text);
        String head = text.toString();
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> openBlock(opcode, head, FoldedNode.Kind.SEQUENCE);
            case IF, TRY -> openBlock(opcode, head, FoldedNode.Kind.FOLDED);
            case ELSE -> clause(opcode == Opcode.ELSE && open.getLast().opcode == Opcode.IF, head, true);
            case CATCH, CATCH_ALL -> clause(open.getLast().opcode == Opcode.TRY, head, opcode == Opcode.CATCH_ALL);
            case DELEGATE -> {
                Frame frame = open.getLast();
                clause(frame.opcode == Opcode.TRY && frame.node.inner.size() == 1, head, true);
                open.removeLast();
            }
            case END -> open.removeLast();
            default -> add(head, arities.of(opcode, reader));
        }
    }

    private Frame innermost() {
        return open.getLast();
    }

    private int labelValues(int distance) {
        int index = open.size() - 1 - distance;
        return distance >= 0 && index >= 0 ? open.get(index).labelValues : 0;
    }

    private void openBlock(Opcode opcode, String head, FoldedNode.Kind kind) {
        Arity arity = arities.ofBlock(reader);
        var node = new FoldedNode(head, kind, arity.results());
        Frame outer = innermost();
        if (opcode == Opcode.IF) {
            operands(1).ifPresentOrElse(condition -> outer.fold(condition, node), () -> outer.take(1));
        }
        outer.take(arity.operands());
        outer.add(node);
        FoldedNode sequence = node;
        if (kind == FoldedNode.Kind.FOLDED) {
            sequence = new FoldedNode(opcode == Opcode.IF ? "then" : "do", FoldedNode.Kind.SEQUENCE, 0);
            node.add(sequence);
        }
        open.add(new Frame(opcode, node, sequence, opcode == Opcode.LOOP ? arity.operands() : arity.results()));
    }

    private void clause(boolean belongs, String head, boolean last) {
        Frame frame = innermost();
        if (!belongs || frame.lastClause) {
            throw reader.error(head + " where nothing is open that it belongs to");
        }
        frame.sequence = new FoldedNode(head, FoldedNode.Kind.SEQUENCE, 0);
        frame.node.add(frame.sequence);
        frame.lastClause = last;
        frame.unused.clear();
    }

    private void add(String head, Arity arity) {
        Optional<List<FoldedNode>> operands = operands(arity.operands());
        var node = new FoldedNode(head, operands.isPresent() ? FoldedNode.Kind.FOLDED : FoldedNode.Kind.PLAIN,
                arity.results());
        Frame frame = innermost();
        operands.ifPresentOrElse(list -> frame.fold(list, node), () -> frame.take(arity.operands()));
        frame.add(node);
    }

    // The last instructions of the sequence, if they leave just so many values.
    private Optional<List<FoldedNode>> operands(int count) {
        List<FoldedNode> before = innermost().sequence.inner;
        int first = before.size();
        int left = count;
        while (left > 0 && first > 0) {
            FoldedNode last = before.get(first - 1);
            if (last.isPlain() || last.results() == 0 || last.results() > left) {
                return Optional.empty();
            }
            left -= last.results();
            first--;
        }
        return left == 0 ? Optional.of(before.subList(first, before.size())) : Optional.empty();
    }
}

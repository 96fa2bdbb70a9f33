package dev.jawa.text.printer;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Prints the instructions of a function folded (core spec 6.5.12): in parentheses, with what gives their operands inside
 * them. What is nested is on stacks of its own, so that nothing is nested too deeply.
 */
final class FoldedPrinter implements Arity.Labels {
    /** Longer ones are spread over several lines. */
    private static final int LONGEST_LINE = 80;

    private final InstructionPrinter printer;
    private final InstructionReader reader;
    private final ModuleModel module;
    private final Arity function;
    private final List<OpenBlock> open = new ArrayList<>();
    // What has been read of the innermost block, in order.
    private List<Node> nodes = new ArrayList<>();

    FoldedPrinter(InstructionPrinter printer, ModuleModel module, Arity function) {
        this.printer = printer;
        this.reader = printer.reader();
        this.module = module;
        this.function = function;
    }

    /**
     * An instruction, with those folded into it, and the bodies of a block.
     *
     * @param width how long a line it would take; more than the longest for a block
     */
    private record Node(String head, int results, List<Node> operands, List<Arm> arms, int width) {
        Node(String head, int results, List<Node> operands) {
            this(head, results, operands, List.of(),
                    Math.min(LONGEST_LINE + 1, operands.stream().mapToInt(Node::width)
                            .reduce(2 + head.length(), (a, b) -> a + 1 + b)));
        }

        boolean fitsLine() {
            return width <= LONGEST_LINE;
        }
    }

    /** A body of a block, with its keyword or without. */
    private record Arm(String keyword, List<Node> body) {
    }

    /**
     * A block that has not ended.
     *
     * @param around what had been read of the block around it
     */
    private record OpenBlock(Node node, Arity arity, boolean isLoop, List<Node> around) {
    }

    // ---- reading

    /** Everything up to the last {@code end}. */
    void print(int depth, StringBuilder out) {
        for (Opcode opcode = reader.next(); opcode != Opcode.END || !open.isEmpty(); opcode = reader.next()) {
            read(opcode);
        }
        printer.requireEnd();
        print(nodes, depth, out);
    }

    private void read(Opcode opcode) {
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> begin(opcode, "", 0);
            case TRY -> begin(opcode, "do", 0);
            case IF -> begin(opcode, "then", 1);
            case ELSE, CATCH, CATCH_ALL -> beginArm(printer.head(opcode));
            case DELEGATE -> {
                beginArm(printer.head(opcode));
                end();
            }
            case END -> {
                printer.head(opcode);
                end();
            }
            default -> {
                Arity arity = Arity.of(opcode, reader, module, this);
                String head = printer.head(opcode);
                nodes.add(new Node(head, arity.results(), takeOperands(arity.operands())));
            }
        }
    }

    /** Takes off the nodes that give the last so many values, or fewer if something stands between them. */
    private List<Node> takeOperands(int count) {
        int start = nodes.size();
        for (int wanted = count; wanted > 0 && start > 0; start--) {
            int given = nodes.get(start - 1).results();
            if (given == 0 || given > wanted) {
                break;
            }
            wanted -= given;
        }
        List<Node> last = nodes.subList(start, nodes.size());
        List<Node> operands = List.copyOf(last);
        last.clear();
        return operands;
    }

    private void begin(Opcode opcode, String keyword, int conditions) {
        Arity arity = Arity.ofBlock(reader, module);
        String head = printer.head(opcode);
        // Only the operands of an if may stand inside it.
        List<Node> operands = conditions == 0 ? List.of() : takeOperands(conditions + arity.operands());
        var node = new Node(head, arity.results(), operands, new ArrayList<>(), LONGEST_LINE + 1);
        open.add(new OpenBlock(node, arity, opcode == Opcode.LOOP, nodes));
        beginArm(keyword);
    }

    private void beginArm(String keyword) {
        if (open.isEmpty()) {
            throw reader.error("unexpected end of section or function");
        }
        nodes = new ArrayList<>();
        open.getLast().node().arms().add(new Arm(keyword, nodes));
    }

    private void end() {
        OpenBlock block = open.removeLast();
        nodes = block.around();
        nodes.add(block.node());
    }

    @Override
    public int taken(int distance) {
        int index = open.size() - 1 - distance;
        if (distance < 0 || index < 0) {
            return outermost();
        }
        OpenBlock target = open.get(index);
        return target.isLoop() ? target.arity().operands() : target.arity().results();
    }

    @Override
    public int outermost() {
        return function.results();
    }

    // ---- printing

    private sealed interface Task {
        record Line(Node node, int depth) implements Task {
        }

        record Body(Arm arm, int depth) implements Task {
        }

        record Close() implements Task {
        }
    }

    private static void print(List<Node> nodes, int depth, StringBuilder out) {
        Deque<Task> tasks = new ArrayDeque<>();
        pushLines(nodes, depth, tasks);
        while (!tasks.isEmpty()) {
            ModulePrinter.checkLength(out);
            switch (tasks.pop()) {
                case Task.Line(Node node, int at) -> {
                    InstructionPrinter.newLine(at, out);
                    if (node.fitsLine()) {
                        printFlat(node, out);
                    } else {
                        out.append('(').append(node.head());
                        tasks.push(new Task.Close());
                        for (Arm arm : node.arms().reversed()) {
                            tasks.push(new Task.Body(arm, at + 1));
                        }
                        pushLines(node.operands(), at + 1, tasks);
                    }
                }
                case Task.Body(Arm arm, int at) when arm.keyword().isEmpty() -> pushLines(arm.body(), at, tasks);
                case Task.Body(Arm arm, int at) -> {
                    InstructionPrinter.newLine(at, out);
                    out.append('(').append(arm.keyword());
                    tasks.push(new Task.Close());
                    pushLines(arm.body(), at + 1, tasks);
                }
                case Task.Close() -> out.append(')');
            }
        }
    }

    private static void pushLines(List<Node> nodes, int depth, Deque<Task> tasks) {
        for (Node node : nodes.reversed()) {
            tasks.push(new Task.Line(node, depth));
        }
    }

    // As deep as a short line can be.
    private static void printFlat(Node node, StringBuilder out) {
        out.append('(').append(node.head());
        for (Node operand : node.operands()) {
            out.append(' ');
            printFlat(operand, out);
        }
        out.append(')');
    }
}

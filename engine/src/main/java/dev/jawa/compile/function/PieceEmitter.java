package dev.jawa.compile.function;

import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.FramePlan;
import dev.jawa.compile.tree.FunctionTree;
import dev.jawa.compile.tree.Statement;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Variable;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In a method of a function that is split: the beginning and the end of a piece, and calls of pieces.
 *
 * <p>A piece gets the function's frame, the number of the label at which it is entered if it has several entries, and as
 * many variables as fit into registers. If it can be left in several ways it returns by which: 0 is its end, -1 leaving the
 * function, whose result is in the frame, and any other the number of a label outside. So a number that means nothing to the
 * caller is just handed on.
 */
public final class PieceEmitter {
    /** The field of a frame that holds what the function gives back. */
    static final String RESULT = "result";
    /** The way out of a piece at its end. */
    private static final int COMPLETED = 0;
    /** The way out of a piece that leaves the function. */
    private static final int LEFT = -1;
    /** Several ways out, of which the piece says which. */
    private static final int SEVERAL = -2;
    /** No way out. */
    private static final int NEVER = -3;

    /** The method around. */
    interface Surroundings {
        /** Emits statements. */
        void statements(List<Statement> statements);

        /** Whether a variable's value can be pushed, wherever control comes from. */
        boolean isHeld(Variable variable);

        /** Pushes the instance. */
        void loadInstance();

        /** Pushes a variable's value, without counting that it is mentioned. */
        void loadSlot(Variable variable);

        /** Assigns a variable what is on the stack, without counting that it is mentioned. */
        void store(Variable variable);

        /** Pushes the value of an expression. */
        void value(Expression expression);

        /** Follows everything after which a memory may have another array or size. */
        void afterCall();

        /** Precedes everything after which no memory is accessed any more. */
        void keepAlive();
    }

    private final CodeBuilder code;
    private final FunctionTree tree;
    private final FramePlan plan;
    private final FramePlan.Method method;
    private final BranchEmitter branches;
    private final Surroundings surroundings;
    private final Carrier result;
    private final String className;
    private final String frameClass;
    private final String instanceClass;
    private final int frameSlot;
    private final int waySlot;
    // The switches whose heads are being emitted, the innermost first.
    private final Deque<Cases> switches = new ArrayDeque<>();
    // In a piece: where control goes to leave the function.
    private final Label leave = new Label();

    /**
     * For a method.
     *
     * @param className the class that it is in
     * @param frameSlot the local for the frame
     * @param waySlot the local for numbers of labels
     */
    PieceEmitter(CodeBuilder code, ModuleClasses classes, FunctionTree tree, FramePlan plan, FramePlan.Method method,
            BranchEmitter branches, Surroundings surroundings, String className, int frameSlot, int waySlot) {
        this.code = code;
        this.tree = tree;
        this.plan = plan;
        this.method = method;
        this.branches = branches;
        this.surroundings = surroundings;
        this.className = className;
        this.frameSlot = frameSlot;
        this.waySlot = waySlot;
        result = Signature.of(tree.type()).result();
        frameClass = classes.frameClass(tree.index());
        instanceClass = classes.instanceClass().name();
    }

    /** The descriptor of a piece's method; one that can only be left in one way returns nothing. */
    static String descriptor(Piece piece, FramePlan.Method method, String frameClass, String instanceClass) {
        return "(" + Names.descriptor(frameClass) + (hasEntries(piece) ? "I" : "")
                + method.arguments().stream().map(variable -> variable.carrier().descriptor()).collect(Collectors.joining())
                + Names.descriptor(instanceClass) + ")" + (saysWay(piece) ? "I" : "V");
    }

    /** The name of a piece's method. */
    static String name(FunctionTree tree, FramePlan.Method piece) {
        return ModuleClasses.codeMethod(tree.index()) + "_" + piece.number();
    }

    /** The name of a variable's field in the frame. */
    static String field(int number) {
        return "v" + number;
    }

    /** Whether it is told where it is entered. */
    static boolean hasEntries(Piece piece) {
        return piece.entries().size() > 1;
    }

    /** Whether it says how it was left. */
    private static boolean saysWay(Piece piece) {
        return piece.ways() > 1;
    }

    private boolean isRoot() {
        return method == plan.root();
    }

    // ---- a piece's own code

    /** Emits a piece. */
    void emit(Piece piece) {
        method.loads().stream().forEach(this::loadFromFrame);
        method.clears().stream().forEach(number -> {
            Variable variable = tree.variables()[number];
            surroundings.value(new Expression.Constant(variable.carrier(), 0));
            surroundings.store(variable);
        });
        surroundings.statements(piece.body());
        if (saysWay(piece)) {
            leavePiece(piece);
            return;
        }
        piece.exits().forEach(exit -> bindIfTarget(branches.label(exit)));
        bindIfTarget(leave);
        bindIfTarget(branches.handOn());
        if (code.isReachable()) {
            end(Bytecode.RETURN);
        }
    }

    private void bindIfTarget(Label label) {
        if (label.isTarget()) {
            code.bind(label);
        }
    }

    /** One way out for all exits: it would cost too much to store the variables at each. */
    private void leavePiece(Piece piece) {
        var end = new Label();
        if (code.isReachable()) {
            code.constant(COMPLETED).jump(Bytecode.GOTO, end);
        }
        piece.exits().forEach(exit -> exit(branches.label(exit), exit.number(), end));
        exit(leave, LEFT, end);
        if (branches.handOn().isTarget()) {
            code.bind(branches.handOn()).load('I', waySlot).jump(Bytecode.GOTO, end);
        }
        code.bind(end);
        if (code.isReachable()) {
            end(Bytecode.IRETURN);
        }
    }

    private void exit(Label label, int number, Label end) {
        if (label.isTarget()) {
            code.bind(label).constant(number).jump(Bytecode.GOTO, end);
        }
    }

    private void end(int opcode) {
        method.storesAtEnd().stream().forEach(this::storeToFrame);
        surroundings.keepAlive();
        code.op(opcode);
    }

    /** Leaves the function from a piece, with what the code pushes as its result. */
    void leaveFunction(Runnable pushResult) {
        if (result != Carrier.VOID) {
            code.load('A', frameSlot);
            pushResult.run();
            code.putField(frameClass, RESULT, result.descriptor());
        }
        code.jump(Bytecode.GOTO, leave);
    }

    // ---- the frame

    /** Follows an assignment. */
    void assigned(Variable variable) {
        if (method.storesThrough(variable)) {
            storeToFrame(variable.number());
        }
    }

    private void storeToFrame(int number) {
        Variable variable = tree.variables()[number];
        code.load('A', frameSlot);
        surroundings.loadSlot(variable);
        code.putField(frameClass, field(number), variable.carrier().descriptor());
    }

    private void loadFromFrame(int number) {
        Variable variable = tree.variables()[number];
        pushField(variable);
        surroundings.store(variable);
    }

    private void pushField(Variable variable) {
        code.load('A', frameSlot).getField(frameClass, field(variable.number()), variable.carrier().descriptor());
    }

    /** A function's frame is made when it is first needed: many calls never come to a piece. */
    private void makeFrame() {
        if (!isRoot()) {
            return;
        }
        var made = new Label();
        code.load('A', frameSlot).jump(Bytecode.IFNONNULL, made)
                .newInstance(frameClass).storeReference(frameSlot, frameClass);
        plan.initial().stream().forEach(this::storeToFrame);
        code.bind(made);
    }

    // ---- calls of pieces

    /** Calls a piece that is entered at its beginning. */
    void call(Piece piece) {
        makeFrame();
        storesBefore(List.of(piece), List.of(piece)).stream().forEach(this::storeToFrame);
        invoke(piece);
        var end = new Label();
        comeBack(way(piece), List.of(piece), end);
        bindIfTarget(end);
    }

    /**
     * Emits statements, and after them calls of the pieces that they enter. What is exchanged through the frame is stored
     * before a branch to one of many pieces, and loaded after the calls at a place for each way to go on. A piece that
     * others go to comes after such places, so that all jumps go forward: the calls must not become loops.
     */
    void call(Cases cases) {
        makeFrame();
        cases.pieces().forEach(branches::called);
        switches.push(cases);
        surroundings.statements(cases.head());
        switches.pop();
        var end = new Label();
        var ways = new TreeMap<Integer, Label>();
        var called = new ArrayList<Piece>();
        for (Piece piece : cases.pieces()) {
            if (called.stream().anyMatch(other -> entersFrom(other, piece))) {
                comeBack(ways, called, end);
            }
            branches.bindEntries(piece, () ->
                    storesBefore(List.of(piece), cases.pieces()).stream().forEach(this::storeToFrame));
            if (code.isReachable()) {
                invoke(piece);
                code.jump(Bytecode.GOTO, ways.computeIfAbsent(way(piece), _ -> new Label()));
                called.add(piece);
            }
        }
        comeBack(ways, called, end);
        bindIfTarget(end);
    }

    private static boolean entersFrom(Piece piece, Piece entered) {
        return piece.exits().stream().anyMatch(entered.entries()::contains);
    }

    /** Precedes a branch table: stores what the pieces read that it goes to. */
    void storeBefore(BranchTable table) {
        Set<BlockLabel> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        targets.addAll(List.of(table.labels()));
        targets.add(table.otherwise());
        var stores = new BitSet();
        for (Cases cases : switches) {
            List<Piece> entered = cases.pieces().stream()
                    .filter(piece -> piece.entries().stream().anyMatch(targets::contains)).toList();
            stores.or(storesBefore(entered, cases.pieces()));
        }
        stores.stream().forEach(this::storeToFrame);
    }

    /**
     * What is stored before one of several pieces is called. If any of those together goes to a case of a switch around,
     * that is called next, and finds in the frame what it reads.
     */
    private BitSet storesBefore(Collection<Piece> pieces, Collection<Piece> together) {
        List<Piece> cases = switches.stream().flatMap(around -> around.pieces().stream()).toList();
        if (together.stream().noneMatch(piece -> cases.stream().anyMatch(entered -> entersFrom(piece, entered)))) {
            return plan.storesBefore(method, pieces, together);
        }
        return plan.storesBefore(method, pieces, Stream.concat(together.stream(), cases.stream()).toList());
    }

    private void invoke(Piece piece) {
        code.load('A', frameSlot);
        if (hasEntries(piece)) {
            code.load('I', waySlot);
        }
        FramePlan.Method called = plan.method(piece);
        called.arguments().forEach(this::pushArgument);
        surroundings.loadInstance();
        code.invokeStatic(className, name(tree, called), descriptor(piece, called, frameClass, instanceClass));
    }

    /** The frame has it as well; behind other pieces only the frame may. */
    private void pushArgument(Variable variable) {
        if (surroundings.isHeld(variable)) {
            surroundings.loadSlot(variable);
        } else {
            pushField(variable);
        }
    }

    // ---- after calls of pieces

    private static int way(Piece piece) {
        return saysWay(piece) ? SEVERAL : piece.ways() == 0 ? NEVER : piece.completes() ? COMPLETED
                : piece.returns() ? LEFT : piece.exits().getFirst().number();
    }

    private void comeBack(Map<Integer, Label> ways, List<Piece> called, Label end) {
        ways.forEach((way, label) -> {
            code.bind(label);
            comeBack(way, called, end);
        });
        ways.clear();
        called.clear();
    }

    /** Follows calls of pieces that were left in the same way, or say by a number on the stack in which of several. */
    private void comeBack(int way, List<Piece> called, Label end) {
        switch (way) {
            // They end in a trap or never.
            case NEVER -> code.op(Bytecode.ACONST_NULL).op(Bytecode.ATHROW);
            case COMPLETED -> {
                surroundings.afterCall();
                load(plan.loadsAfter(method, called, Optional.empty()));
                code.jump(Bytecode.GOTO, end);
            }
            case SEVERAL -> {
                code.store('I', waySlot);
                surroundings.afterCall();
                goOn(called, end);
            }
            case LEFT -> leave();
            default -> {
                surroundings.afterCall();
                BlockLabel exit = called.stream().flatMap(piece -> piece.exits().stream())
                        .filter(label -> label.number() == way).findAny().orElseThrow();
                load(plan.loadsAfter(method, called, Optional.of(exit)));
                if (branches.isOutside(exit)) {
                    code.constant(way).store('I', waySlot).jump(Bytecode.GOTO, branches.handOn());
                } else {
                    branches.enterOrJump(exit);
                }
            }
        }
    }

    private void leave() {
        if (isRoot()) {
            giveBack();
        } else {
            code.constant(LEFT).store('I', waySlot).jump(Bytecode.GOTO, branches.handOn());
        }
    }

    /** Goes where pieces were left for, by the number in the local: first where most of them go, with what is live there. */
    private void goOn(List<Piece> called, Label end) {
        List<Piece> several = called.stream().filter(PieceEmitter::saysWay).toList();
        var counts = new LinkedHashMap<BlockLabel, Integer>();
        several.forEach(piece -> piece.exits().forEach(exit -> counts.merge(exit, 1, Integer::sum)));
        var loads = new BitSet();
        counts.keySet().forEach(exit -> loads.or(plan.loadsAfter(method, called, Optional.of(exit))));
        if (several.stream().anyMatch(Piece::completes)) {
            BitSet atEnd = plan.loadsAfter(method, called, Optional.empty());
            load(atEnd);
            loads.andNot(atEnd);
            code.load('I', waySlot).jump(Bytecode.IFEQ, end);
        }
        var here = new ArrayList<BlockLabel>(counts.keySet());
        here.removeIf(branches::isOutside);
        boolean goesOn = several.stream().anyMatch(Piece::returns) || here.size() < counts.size();
        if (here.size() + (goesOn ? 1 : 0) > 1) {
            BlockLabel most = Collections.max(here, Comparator.comparingInt(counts::get));
            BitSet atMost = plan.loadsAfter(method, called, Optional.of(most));
            atMost.and(loads);
            load(atMost);
            loads.andNot(atMost);
            code.load('I', waySlot).constant(most.number()).jump(Bytecode.IF_ICMPEQ, branches.destination(most));
            here.remove(most);
        }
        load(loads);
        var left = new Label();
        branches.byNumber(here, !goesOn ? null : isRoot() ? left : branches.handOn());
        bindIfTarget(left);
        if (left.isTarget()) {
            giveBack();
        }
    }

    private void load(BitSet variables) {
        variables.stream().forEach(this::loadFromFrame);
    }

    private void giveBack() {
        if (result != Carrier.VOID) {
            code.load('A', frameSlot).getField(frameClass, RESULT, result.descriptor());
        }
        Boxing.giveBack(code, result);
    }
}

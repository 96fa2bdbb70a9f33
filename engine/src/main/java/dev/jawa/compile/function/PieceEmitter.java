package dev.jawa.compile.function;

import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Flow;
import dev.jawa.compile.tree.FramePlan;
import dev.jawa.compile.tree.FunctionTree;
import dev.jawa.compile.tree.Statement;
import dev.jawa.compile.tree.Statement.Case;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Variable;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;
import java.util.List;

/**
 * In a method of a function that is split: the beginning and the end of a piece, and calls of pieces.
 *
 * <p>A piece gets the function's frame instead of arguments, and the number of the label at which it is entered if it has
 * entries. It returns the way it was left by: 0 is its end, -1 leaving the function, whose result is in the frame, and any
 * other the number of a label outside. So a number that means nothing to the caller is just handed on.
 */
public final class PieceEmitter {
    /** The field of a frame that holds what the function gives back. */
    static final String RESULT = "result";
    /** The way out of a piece that leaves the function. */
    private static final int LEFT = -1;

    /** The method around. */
    interface Surroundings {
        /** Emits statements. */
        void statements(List<Statement> statements);

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

    /** The descriptor of a piece's method; a piece that can only be left at its end returns nothing. */
    static String descriptor(Piece piece, String frameClass, String instanceClass) {
        return "(" + Names.descriptor(frameClass) + (piece.entries().isEmpty() ? "" : "I")
                + Names.descriptor(instanceClass) + ")" + (hasExits(piece) ? "I" : "V");
    }

    /** The name of a piece's method. */
    static String name(FunctionTree tree, FramePlan.Method piece) {
        return ModuleClasses.codeMethod(tree.index()) + "_" + piece.number();
    }

    /** The name of a variable's field in the frame. */
    static String field(int number) {
        return "v" + number;
    }

    private static boolean hasExits(Piece piece) {
        return piece.returns() || !piece.exits().isEmpty();
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
        if (hasExits(piece)) {
            leavePiece(piece);
        } else if (code.isReachable()) {
            end(Bytecode.RETURN);
        }
    }

    /** One way out for all exits: it would cost too much to store the variables at each. */
    private void leavePiece(Piece piece) {
        var end = new Label();
        if (code.isReachable()) {
            code.constant(0).jump(Bytecode.GOTO, end);
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
        code.load('A', frameSlot).getField(frameClass, field(number), variable.carrier().descriptor());
        surroundings.store(variable);
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
        callAndGoOn(piece);
    }

    /** Emits statements, and after them the cases that they branch to, and calls of the pieces that they enter. */
    void call(Cases cases) {
        makeFrame();
        cases.pieces().forEach(piece -> branches.called(piece, new Label()));
        surroundings.statements(cases.head());
        for (Case near : cases.near()) {
            code.bind(branches.label(near.label()));
            surroundings.statements(near.body());
        }
        for (Piece piece : cases.pieces()) {
            branches.bindEntries(piece);
            if (code.isReachable()) {
                callAndGoOn(piece);
            }
        }
    }

    private void callAndGoOn(Piece piece) {
        plan.storesBefore(method, piece).stream().forEach(this::storeToFrame);
        code.load('A', frameSlot);
        if (!piece.entries().isEmpty()) {
            code.load('I', waySlot);
        }
        surroundings.loadInstance();
        code.invokeStatic(className, name(tree, plan.method(piece)), descriptor(piece, frameClass, instanceClass));
        surroundings.afterCall();
        plan.loadsAfter(method, piece).stream().forEach(this::loadFromFrame);
        goOn(piece);
    }

    /** Goes where a piece was left for, by the number on the stack. */
    private void goOn(Piece piece) {
        boolean completes = Flow.completes(piece.body());
        if (!hasExits(piece)) {
            if (!completes) {
                // It ends in a trap or never.
                code.op(Bytecode.ACONST_NULL).op(Bytecode.ATHROW);
            }
            return;
        }
        code.store('I', waySlot);
        var next = new Label();
        if (completes) {
            code.load('I', waySlot).jump(Bytecode.IFEQ, next);
        }
        List<BlockLabel> here = piece.exits().stream().filter(exit -> !branches.isOutside(exit)).toList();
        boolean goesOn = piece.returns() || here.size() < piece.exits().size();
        var left = new Label();
        branches.byNumber(here, !goesOn ? null : isRoot() ? left : branches.handOn());
        if (left.isTarget()) {
            code.bind(left);
            if (result != Carrier.VOID) {
                code.load('A', frameSlot).getField(frameClass, RESULT, result.descriptor());
            }
            Boxing.giveBack(code, result);
        }
        if (next.isTarget()) {
            code.bind(next);
        }
    }
}

package dev.jawa.compile;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.ClassTooLargeException;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.ProtectedRegion;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Flow;
import dev.jawa.compile.tree.FramePlan;
import dev.jawa.compile.tree.FunctionTree;
import dev.jawa.compile.tree.Liveness;
import dev.jawa.compile.tree.LoopProof;
import dev.jawa.compile.tree.Mentions;
import dev.jawa.compile.tree.Splitter;
import dev.jawa.compile.tree.Statement;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Checkpoint;
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
import dev.jawa.compile.tree.Variable;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.TypeIndex;
import dev.jawa.runtime.StackTraces;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Emits a static method whose last parameter is the instance: a function, or a piece of one.
 *
 * <p>A piece gets the function's frame instead of arguments, and returns the way it was left by: 0 is its end, -1
 * leaving the function, whose result is in the frame, and any other the number of a label outside. So a number that
 * means nothing to the caller is just handed on.
 */
final class MethodEmitter implements ExpressionEmitter.Surroundings {
    /** The field of a frame that holds what the function gives back. */
    static final String RESULT = "result";
    /** The way out of a piece that leaves the function. */
    private static final int LEFT = -1;
    /** A table of more targets outside a piece gives their numbers rather than jump to a place for each. */
    private static final int MOST_TARGETS_OUTSIDE = 8;
    /** HotSpot's limit, {@code DesiredMethodLimit}, of a method with all that is inlined into it. */
    private static final int MOST_INLINED = 8000;
    /** The bytes of a method of {@link dev.jawa.runtime.memory.MemoryViews}. */
    private static final int ACCESSOR_SIZE = 36;

    private final CompiledModule module;
    private final ModuleClasses classes;
    private final FunctionTree tree;
    private final FunctionBody body;
    private final Signature signature;
    private final Mentions mentions;
    // How the pieces of a split function exchange variables; null if it is not split.
    private final FramePlan plan;
    private final FramePlan.Method method;
    private final String frameClass;
    private final Map<BlockLabel, Label> labels = new IdentityHashMap<>();

    private String className;
    private CodeBuilder code;
    private LocalSlots slots;
    private ExpressionEmitter expressions;
    private int instanceSlot;
    private int frameSlot;
    private MethodMemories memories;
    private int line = -1;
    // In a loop that need not check: why.
    private LoopProof proof;
    // Made for the first such loop.
    private LoopGuardEmitter guards;
    // In a piece: where control goes to leave the function, or to hand on the number in a local; and what is outside.
    private Label leave;
    private Label forward;
    private final BitSet outside = new BitSet();
    private int waySlot;

    private MethodEmitter(CompiledModule module, ModuleClasses classes, FunctionTree tree, FunctionBody body,
            Mentions mentions, FramePlan plan, FramePlan.Method method) {
        this.module = module;
        this.classes = classes;
        this.tree = tree;
        this.body = body;
        this.mentions = mentions;
        this.plan = plan;
        this.method = method;
        signature = Signature.of(tree.type());
        frameClass = classes.frameClass(tree.index());
    }

    /** For a function that is not split. */
    MethodEmitter(CompiledModule module, ModuleClasses classes, FunctionTree tree, FunctionBody body) {
        this(module, classes, tree, body, new Mentions(tree.variables().length).count(tree.body()), null, null);
    }

    /** For one of the methods of a function that is split. */
    MethodEmitter(CompiledModule module, ModuleClasses classes, FunctionTree tree, FunctionBody body, FramePlan plan,
            FramePlan.Method method) {
        this(module, classes, tree, body, method.mentions(), plan, method);
    }

    /** Adds the function's own method to a class; gives the size of its code. */
    int emitFunction(ClassBuilder builder) {
        className = builder.name();
        int index = tree.index();
        return builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, classes.innermostMethod(index),
                signature.codeDescriptor(classes.instanceClass().name()), this::emitFunction);
    }

    private void emitFunction(CodeBuilder builder) {
        begin(builder, signature.parameterSlots());
        takeParameters();
        clearLocals();
        if (plan != null) {
            frameSlot = slots.reserve(1);
            waySlot = slots.reserve(1);
            code.op(Bytecode.ACONST_NULL).storeReference(frameSlot, frameClass);
        }
        statements(tree.body());
    }

    private void begin(CodeBuilder builder, int slot) {
        code = builder;
        instanceSlot = slot;
        int[] counts = mentions.variables().clone();
        if (plan != null) {
            // What is exchanged through the frame is mentioned at every call.
            plan.shared().stream().forEach(number -> counts[number] = Integer.MAX_VALUE);
        }
        slots = new LocalSlots(code, counts, instanceSlot + 1);
        memories = new MethodMemories(code, slots, this::loadInstance, module.model().spaces().memories(), mentions,
                exceedsInlining());
        expressions = new ExpressionEmitter(code, module, classes, this);
    }

    /**
     * Whether HotSpot would not inline a method for each memory access. Such code is called or it is cold, if there is no
     * loop in it: it does not stay where variable handles are slow, as pieces and what is compiled within a loop do.
     */
    private boolean exceedsInlining() {
        return plan == null && mentions.loops() == 0
                && Splitter.size(tree) + ACCESSOR_SIZE * mentions.memoryAccesses() > MOST_INLINED;
    }

    private void takeParameters() {
        int slot = 0;
        for (Variable parameter : tree.parameters()) {
            if (signature.packsParameters()) {
                if (slots.isMentioned(parameter)) {
                    code.load('A', 0).checkCast(signature.parameterTuple()).getField(signature.parameterTuple(),
                            Tuples.field(parameter.number()), parameter.carrier().descriptor());
                    store(parameter);
                }
            } else {
                slots.place(parameter, slot);
                slot += parameter.carrier().slots();
                if (parameter.heapType() instanceof TypeIndex && slots.isMentioned(parameter)) {
                    // Once, rather than wherever it is looked into.
                    code.load('A', slots.slot(parameter));
                    store(parameter);
                }
            }
        }
    }

    /** Gives the locals that may be read before they are set their default value. */
    private void clearLocals() {
        if (tree.declared() == tree.parameters().length) {
            return;
        }
        BitSet live = Liveness.atEntry(tree);
        for (int i = tree.parameters().length; i < tree.declared(); i++) {
            // A local that only pieces mention is cleared in the frame.
            if (live.get(i) && mentions.variables()[i] > 0) {
                Variable local = tree.variables()[i];
                expressions.value(new Expression.Constant(local.carrier(), 0));
                store(local);
            }
        }
    }

    private void store(Variable variable) {
        int slot = slots.slot(variable);
        if (variable.carrier() == Carrier.REFERENCE) {
            String className = module.referenceClass(variable.heapType());
            code.castTo(className).storeReference(slot, className);
        } else {
            code.store(variable.carrier().kind(), slot);
        }
        slots.assigned(variable);
    }

    // ---- surroundings of expressions

    @Override
    public String className() {
        return className;
    }

    @Override
    public void loadVariable(Variable variable) {
        code.load(variable.carrier().kind(), slots.slot(variable));
        slots.mentioned(variable);
    }

    @Override
    public void loadInstance() {
        code.load('A', instanceSlot);
    }

    @Override
    public boolean isInBounds(Expression.Operation access) {
        return tree.inBounds().contains(access) || proof != null && proof.accesses().containsKey(access);
    }

    @Override
    public boolean provedAddress(Expression.Operation access) {
        return proof != null && proof.counts() && guards.address(proof, access);
    }

    @Override
    public boolean provedIndex(Expression.Operation access) {
        return proof != null && proof.counts() && guards.index(proof, access);
    }

    @Override
    public void line(int offset) {
        int number = StackTraces.line(body, offset);
        if (number != line) {
            code.line(number);
            line = number;
        }
    }

    @Override
    public MemoryEmitter.MemoryLoader memories() {
        return memories;
    }

    @Override
    public void afterCall() {
        memories.reload();
    }

    // ---- statements

    private void statements(List<Statement> statements) {
        for (Statement statement : statements) {
            if (!code.isReachable()) {
                return;
            }
            statement(statement);
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Set(var variable, var value) -> {
                expressions.value(value);
                assign(variable);
            }
            case SetAll(var variables, var tuple) -> setAll(variables, tuple);
            case Evaluate(var expression) -> {
                expressions.value(expression);
                if (expression.carrier() != Carrier.VOID) {
                    code.pop1();
                }
            }
            case Block(var label, var inner) -> {
                statements(inner);
                code.bind(label(label));
            }
            case Loop(var label, var inner) -> loop(label, inner);
            case ProvedLoop(var loop, var proof) -> provedLoop(loop, proof);
            case If choice -> choose(choice);
            case Branch(var label) -> code.jump(Bytecode.GOTO, label(label));
            case BranchIf branch -> branchIf(branch);
            case BranchTable table -> branchTable(table);
            case Return(var values) -> giveBack(values);
            case Try guarded -> protect(guarded);
            case Throw raised -> raise(raised);
            case Piece piece -> callPiece(piece);
            case Checkpoint point -> check(point);
            case Unreachable(var offset) -> {
                line(offset);
                code.invokeStatic(Names.TRAPS, "unreachable", "()Ldev/jawa/RuntimeError;").op(Bytecode.ATHROW);
            }
        }
    }

    private void check(Checkpoint point) {
        if (point.instructions() > 0) {
            loadInstance();
            code.getField(Names.MODULE_INSTANCE, "meter", Names.descriptor(Names.METER)).constant(point.instructions())
                    .invokeVirtual(Names.METER, "use", "(I)V");
        }
        if (point.interruptible() && module.checks().countdown()) {
            countDown();
        } else if (point.interruptible()) {
            var goOn = new Label();
            classes.loadInterruption(code);
            code.invokeVirtual(Names.METHOD_HANDLE, "invokeExact", "()Z").jump(Bytecode.IFEQ, goOn);
            loadInstance();
            code.invokeVirtual(Names.MODULE_INSTANCE, "checkInterrupted", "()V").bind(goOn);
        }
    }

    private void countDown() {
        var goOn = new Label();
        loadInstance();
        code.dup().getField(Names.MODULE_INSTANCE, "countdown", "I").constant(1).op(Bytecode.ISUB)
                .putField(Names.MODULE_INSTANCE, "countdown", "I");
        loadInstance();
        code.getField(Names.MODULE_INSTANCE, "countdown", "I").jump(Bytecode.IFGE, goOn);
        loadInstance();
        code.invokeVirtual(Names.MODULE_INSTANCE, "checkCountdown", "()V").bind(goOn);
    }

    private boolean isOutside(BlockLabel label) {
        return outside.get(label.number());
    }

    private Label label(BlockLabel label) {
        return labels.computeIfAbsent(label, _ -> new Label());
    }

    private void assign(Variable variable) {
        store(variable);
        slots.mentioned(variable);
    }

    private void setAll(Variable[] variables, Expression value) {
        expressions.value(value);
        Carrier[] carriers = new Carrier[variables.length];
        for (int i = 0; i < carriers.length; i++) {
            carriers[i] = variables[i].carrier();
        }
        String tuple = Signature.tuple(carriers);
        code.checkCast(tuple);
        for (int i = 0; i < variables.length; i++) {
            if (i < variables.length - 1) {
                code.dup();
            }
            code.getField(tuple, Tuples.field(i), carriers[i].descriptor());
            assign(variables[i]);
        }
    }

    private void protect(Try statement) {
        ProtectedRegion region = code.beginRegion();
        statements(statement.body());
        code.endRegion();
        if (region.isEmpty()) {
            return;
        }
        var after = new Label();
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, after);
        }
        code.bindHandler(region, Names.EXCEPTION_INSTANCE);
        assign(statement.caught());
        afterCall();
        code.jump(Bytecode.GOTO, label(statement.handler())).bind(after);
    }

    private void raise(Throw statement) {
        expressions.value(statement.exception());
        code.checkCast(Names.EXCEPTION_INSTANCE);
        line(statement.offset());
        code.op(Bytecode.ATHROW);
    }

    private void loop(BlockLabel label, List<Statement> inner) {
        slots.beginLoop();
        code.bindLoop(label(label));
        memories.keepAlive();
        if (proof != null && proof.counts()) {
            guards.count();
        }
        statements(inner);
        slots.endLoop();
    }

    /** Checks once for all rounds; where that fails, the loop is done as it was. */
    private void provedLoop(Loop loop, LoopProof loopProof) {
        var unproved = new Label();
        var end = new Label();
        if (guards == null) {
            guards = new LoopGuardEmitter(code, slots, tree.variables(), memories);
        }
        guards.emit(loopProof, unproved);
        proof = loopProof;
        loop(loop.label(), loop.body());
        proof = null;
        labels.keySet().removeAll(loopProof.labels());
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, end);
        }
        code.bind(unproved);
        loop(loop.label(), loop.body());
        code.bind(end);
    }

    private void branchIf(BranchIf branch) {
        if (proof == null || proof.test() != branch) {
            expressions.jump(branch.condition(), true, label(branch.label()));
        } else if (proof.counts()) {
            guards.test(proof, label(branch.label()));
        } else {
            expressions.jump(proof.condition(), true, label(branch.label()));
        }
    }

    private void choose(If choice) {
        var otherwise = new Label();
        expressions.jump(choice.condition(), false, otherwise);
        statements(choice.then());
        if (choice.otherwise().isEmpty()) {
            code.bind(otherwise);
            return;
        }
        var end = new Label();
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, end);
        }
        code.bind(otherwise);
        statements(choice.otherwise());
        code.bind(end);
    }

    private void branchTable(BranchTable table) {
        BlockLabel[] targets = table.labels();
        expressions.value(table.index());
        if (targets.length == 0) {
            code.op(Bytecode.POP).jump(Bytecode.GOTO, label(table.otherwise()));
            return;
        }
        List<BlockLabel> distinct = Arrays.stream(targets).distinct().toList();
        long targetsOutside = distinct.stream().filter(this::isOutside).count();
        if (targetsOutside > MOST_TARGETS_OUTSIDE || waySlot > 0 && targets.length > 4 * distinct.size()) {
            branchByNumber(table, distinct);
            return;
        }
        Label[] labels = new Label[targets.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label(targets[i]);
        }
        code.tableSwitch(0, labels, label(table.otherwise()));
    }

    /** Looks the number of the target up in a string; what is outside is handed on by that number. */
    private void branchByNumber(BranchTable table, List<BlockLabel> distinct) {
        var numbers = new StringBuilder();
        for (BlockLabel target : table.labels()) {
            if (target.number() > Character.MAX_VALUE) {
                throw new ClassTooLargeException("branch table");
            }
            numbers.append((char) target.number());
        }
        code.store('I', waySlot).load('I', waySlot).constant(table.labels().length)
                .invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I")
                .jump(Bytecode.IFGE, label(table.otherwise()));
        code.constant(numbers.toString()).load('I', waySlot)
                .invokeVirtual("java/lang/String", "charAt", "(I)C").store('I', waySlot);
        List<BlockLabel> here = distinct.stream().filter(target -> !isOutside(target)).toList();
        boolean goesOn = here.size() < distinct.size();
        way(goesOn ? here : here.subList(0, here.size() - 1), goesOn ? forward : label(here.getLast()));
    }

    private void giveBack(Expression[] values) {
        if (leave == null) {
            result(values);
            memories.keepAlive();
            Boxing.giveBack(code, signature.result());
            return;
        }
        if (signature.result() != Carrier.VOID) {
            code.load('A', frameSlot);
            result(values);
            code.putField(frameClass, RESULT, signature.result().descriptor());
        }
        code.jump(Bytecode.GOTO, leave);
    }

    private void result(Expression[] values) {
        if (values.length > 1) {
            expressions.fillTuple(signature.resultTuple(), values, signature.results());
        } else if (values.length == 1) {
            expressions.value(values[0]);
        } else if (signature.result() != Carrier.VOID) {
            // Whoever makes the tail call that has been prepared does not look at this.
            expressions.value(new Expression.Constant(signature.result(), 0));
        }
    }

    // ---- pieces

    /** The descriptor of a piece's method; a piece that can only be left at its end returns nothing. */
    private String pieceDescriptor(Piece piece) {
        return "(" + Names.descriptor(frameClass) + Names.descriptor(classes.instanceClass().name()) + ")"
                + (hasExits(piece) ? "I" : "V");
    }

    private static boolean hasExits(Piece piece) {
        return piece.returns() || !piece.exits().isEmpty();
    }

    private String pieceName(Piece piece) {
        return ModuleClasses.codeMethod(tree.index()) + "_" + plan.method(piece).number();
    }

    /** Adds a piece's method to a class; gives the size of its code. */
    int emitPiece(ClassBuilder builder, Piece piece) {
        className = builder.name();
        return builder.method(ClassBuilder.STATIC, pieceName(piece), pieceDescriptor(piece),
                newCode -> emitPiece(newCode, piece));
    }

    private void emitPiece(CodeBuilder builder, Piece piece) {
        begin(builder, 1);
        frameSlot = 0;
        leave = new Label();
        forward = new Label();
        waySlot = slots.reserve(1);
        piece.exits().forEach(exit -> outside.set(exit.number()));
        method.loads().stream().forEach(this::loadFromFrame);
        method.clears().stream().forEach(number -> {
            Variable variable = tree.variables()[number];
            expressions.value(new Expression.Constant(variable.carrier(), 0));
            store(variable);
        });
        statements(piece.body());
        if (!hasExits(piece)) {
            if (code.isReachable()) {
                method.stores().stream().forEach(this::storeToFrame);
                memories.keepAlive();
                code.op(Bytecode.RETURN);
            }
            return;
        }
        leavePiece(piece);
    }

    /** One way out for all exits: it would cost too much to store the variables at each. */
    private void leavePiece(Piece piece) {
        var end = new Label();
        if (code.isReachable()) {
            code.constant(0).jump(Bytecode.GOTO, end);
        }
        piece.exits().forEach(exit -> exit(label(exit), exit.number(), end));
        exit(leave, LEFT, end);
        if (forward.isTarget()) {
            code.bind(forward).load('I', waySlot).jump(Bytecode.GOTO, end);
        }
        code.bind(end);
        if (code.isReachable()) {
            method.stores().stream().forEach(this::storeToFrame);
            memories.keepAlive();
            code.op(Bytecode.IRETURN);
        }
    }

    private void exit(Label label, int number, Label end) {
        if (label.isTarget()) {
            code.bind(label).constant(number).jump(Bytecode.GOTO, end);
        }
    }

    private void storeToFrame(int number) {
        Variable variable = tree.variables()[number];
        code.load('A', frameSlot).load(variable.carrier().kind(), slots.slot(variable))
                .putField(frameClass, field(number), variable.carrier().descriptor());
    }

    private void loadFromFrame(int number) {
        Variable variable = tree.variables()[number];
        code.load('A', frameSlot).getField(frameClass, field(number), variable.carrier().descriptor());
        store(variable);
    }

    /** The name of a variable's field in the frame. */
    static String field(int number) {
        return "v" + number;
    }

    private void callPiece(Piece piece) {
        if (leave == null) {
            makeFrame();
        }
        plan.storesBefore(method, piece).stream().forEach(this::storeToFrame);
        code.load('A', frameSlot);
        loadInstance();
        code.invokeStatic(className, pieceName(piece), pieceDescriptor(piece));
        afterCall();
        plan.loadsAfter(method, piece).stream().forEach(this::loadFromFrame);
        afterPiece(piece);
    }

    /** A function's frame is made when it is first needed: many calls never come to a piece. */
    private void makeFrame() {
        var made = new Label();
        code.load('A', frameSlot).jump(Bytecode.IFNONNULL, made)
                .newInstance(frameClass).storeReference(frameSlot, frameClass);
        plan.initial().stream().forEach(this::storeToFrame);
        code.bind(made);
    }

    /** Goes where the piece was left for, by the number on the stack. */
    private void afterPiece(Piece piece) {
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
        List<BlockLabel> here = piece.exits().stream().filter(exit -> !isOutside(exit)).toList();
        boolean goesOn = piece.returns() || here.size() < piece.exits().size();
        var result = new Label();
        Label otherwise = !goesOn ? label(here.getLast()) : leave == null ? result : forward;
        way(goesOn ? here : here.subList(0, here.size() - 1), otherwise);
        if (result.isTarget()) {
            code.bind(result);
            if (signature.result() != Carrier.VOID) {
                code.load('A', frameSlot).getField(frameClass, RESULT, signature.result().descriptor());
            }
            Boxing.giveBack(code, signature.result());
        }
        if (next.isTarget()) {
            code.bind(next);
        }
    }

    /** Goes to one of the labels, by the number in the local for it. */
    private void way(List<BlockLabel> targets, Label otherwise) {
        if (targets.isEmpty()) {
            code.jump(Bytecode.GOTO, otherwise);
            return;
        }
        code.load('I', waySlot);
        if (targets.size() == 1) {
            code.constant(targets.getFirst().number()).jump(Bytecode.IF_ICMPEQ, label(targets.getFirst()))
                    .jump(Bytecode.GOTO, otherwise);
            return;
        }
        List<BlockLabel> sorted = targets.stream().sorted(Comparator.comparingInt(BlockLabel::number)).toList();
        int low = sorted.getFirst().number();
        int range = sorted.getLast().number() - low + 1;
        Label[] labels;
        if (range <= 2 * sorted.size()) {
            labels = new Label[range];
            Arrays.fill(labels, otherwise);
            sorted.forEach(target -> labels[target.number() - low] = label(target));
            code.tableSwitch(low, labels, otherwise);
        } else {
            labels = sorted.stream().map(this::label).toArray(Label[]::new);
            code.lookupSwitch(sorted.stream().mapToInt(BlockLabel::number).toArray(), labels, otherwise);
        }
    }
}

package dev.jawa.compile.function;

import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.bytecode.ProtectedRegion;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
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
import dev.jawa.compile.tree.Variable;
import dev.jawa.compile.type.Boxing;
import dev.jawa.compile.type.Signature;
import dev.jawa.compile.type.Tuples;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.TypeIndex;
import dev.jawa.runtime.StackTraces;
import java.util.BitSet;
import java.util.List;

/** Emits a static method whose last parameter is the instance: a function, or a piece of one. */
public final class MethodEmitter implements ExpressionEmitter.Surroundings, PieceEmitter.Surroundings {
    private final CompiledModule module;
    private final ModuleClasses classes;
    private final FunctionTree tree;
    private final FunctionBody body;
    private final Signature signature;
    private final Mentions mentions;
    // How the pieces of a split function exchange variables; null if it is not split.
    private final FramePlan plan;
    private final FramePlan.Method method;

    private String className;
    private CodeBuilder code;
    private LocalSlots slots;
    private ExpressionEmitter expressions;
    private int instanceSlot;
    private BranchEmitter branches;
    // Null if the function is not split.
    private PieceEmitter pieces;
    private MethodMemories memories;
    private int line = -1;
    // In a loop that need not check: why.
    private LoopProof proof;
    // Made for the first such loop.
    private LoopGuardEmitter guards;

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
        return emitFunction(builder, classes.innermostMethod(tree.index()));
    }

    /** Adds the function's own method to a class, under this name. */
    int emitFunction(ClassBuilder builder, String name) {
        className = builder.name();
        return builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, name,
                signature.codeDescriptor(classes.instanceClass().name()), this::emitFunction);
    }

    private void emitFunction(CodeBuilder builder) {
        begin(builder, signature.parameterSlots());
        takeParameters();
        clearLocals();
        if (plan == null) {
            branches = BranchEmitter.ofWhole(code);
        } else {
            int frameSlot = slots.reserve(1);
            int waySlot = slots.reserve(1);
            code.op(Bytecode.ACONST_NULL).storeReference(frameSlot, classes.frameClass(tree.index()));
            branches = BranchEmitter.ofRoot(code, waySlot);
            pieces = new PieceEmitter(code, classes, tree, plan, method, branches, this, className, frameSlot, waySlot);
        }
        statements(tree.body());
    }

    /** Adds a piece's method to a class; gives the size of its code. */
    int emitPiece(ClassBuilder builder, Piece piece) {
        className = builder.name();
        return builder.method(ClassBuilder.STATIC, PieceEmitter.name(tree, method),
                PieceEmitter.descriptor(piece, method, classes.frameClass(tree.index()), classes.instanceClass().name()),
                newCode -> emitPiece(newCode, piece));
    }

    private void emitPiece(CodeBuilder builder, Piece piece) {
        boolean hasEntries = PieceEmitter.hasEntries(piece);
        int first = hasEntries ? 2 : 1;
        begin(builder, first + method.arguments().stream().mapToInt(variable -> variable.carrier().slots()).sum());
        int slot = first;
        for (Variable variable : method.arguments()) {
            slots.place(variable, slot);
            slot += variable.carrier().slots();
        }
        int waySlot = hasEntries ? 1 : slots.reserve(1);
        branches = BranchEmitter.ofPiece(code, waySlot, piece);
        pieces = new PieceEmitter(code, classes, tree, plan, method, branches, this, className, 0, waySlot);
        pieces.emit(piece);
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
        memories = new MethodMemories(code, slots, this::loadInstance, module.model().spaces().memories(), mentions);
        expressions = new ExpressionEmitter(code, module, classes, this);
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

    /**
     * Gives the locals that may be read before they are set their default value. In a function that is split these may be
     * the compiler's own too: a piece that reads one where it is entered at one of its entries is given it for all of them.
     */
    private void clearLocals() {
        int end = plan == null ? tree.declared() : tree.variables().length;
        if (end == tree.parameters().length) {
            return;
        }
        BitSet live = Liveness.atEntry(tree);
        for (int i = tree.parameters().length; i < end; i++) {
            // A local that only pieces mention is cleared in the frame.
            if (live.get(i) && mentions.variables()[i] > 0) {
                Variable local = tree.variables()[i];
                expressions.value(new Expression.Constant(local.carrier(), 0));
                store(local);
            }
        }
    }

    @Override
    public void store(Variable variable) {
        int slot = slots.slot(variable);
        if (variable.carrier() == Carrier.REFERENCE) {
            String className = module.referenceClass(variable.heapType());
            code.castTo(className).storeReference(slot, className);
        } else if (variable.carrier() == Carrier.VECTOR) {
            code.storeReference(slot, Names.OBJECT);
        } else {
            code.store(variable.carrier().kind(), slot);
        }
        slots.assigned(variable);
    }

    // ---- surroundings of expressions and pieces

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
    public boolean isProved(Expression.Operation access) {
        return proof != null && proof.accesses().containsKey(access);
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
    public boolean isHeld(Variable variable) {
        return slots.isHeld(variable);
    }

    @Override
    public void loadSlot(Variable variable) {
        code.load(variable.carrier().kind(), slots.slot(variable));
    }

    @Override
    public void value(Expression expression) {
        expressions.value(expression);
    }

    @Override
    public void keepAlive() {
        memories.keepAlive();
    }

    @Override
    public void afterCall() {
        memories.reload();
    }

    // ---- statements

    @Override
    public void statements(List<Statement> statements) {
        for (Statement statement : statements) {
            if (!code.isReachable()) {
                return;
            }
            statement(statement);
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Set(var variable, var value) when variable.carrier() == Carrier.VECTOR -> {
                String vectorClass = expressions.vectors().value(variable, value);
                code.storeReference(slots.slot(variable), vectorClass);
                slots.assigned(variable);
                slots.mentioned(variable);
            }
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
                code.bind(branches.label(label));
            }
            case Loop(var label, var inner) -> loop(label, inner);
            case ProvedLoop(var loop, var proof) -> provedLoop(loop, proof);
            case If choice -> choose(choice);
            case Branch(var label) -> code.jump(Bytecode.GOTO, branches.label(label));
            case BranchIf branch -> branchIf(branch);
            case BranchTable table -> {
                expressions.value(table.index());
                if (pieces != null) {
                    pieces.storeBefore(table);
                }
                branches.table(table.labels(), table.otherwise());
            }
            case Return(var values) -> giveBack(values);
            case Try guarded -> protect(guarded);
            case Throw raised -> raise(raised);
            case Piece piece -> pieces.call(piece);
            case Cases cases -> pieces.call(cases);
            case Enter(var entries) -> branches.byNumber(entries, null);
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

    private void assign(Variable variable) {
        store(variable);
        slots.mentioned(variable);
        if (pieces != null) {
            pieces.assigned(variable);
        }
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
        code.jump(Bytecode.GOTO, branches.label(statement.handler())).bind(after);
    }

    private void raise(Throw statement) {
        expressions.value(statement.exception());
        code.checkCast(Names.EXCEPTION_INSTANCE);
        line(statement.offset());
        code.op(Bytecode.ATHROW);
    }

    private void loop(BlockLabel label, List<Statement> inner) {
        slots.beginLoop();
        code.bindLoop(branches.label(label));
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
        branches.forget(loopProof.labels());
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, end);
        }
        code.bind(unproved);
        loop(loop.label(), loop.body());
        code.bind(end);
    }

    private void branchIf(BranchIf branch) {
        if (!branch.label().isWhole() || !branch.label().isLoop()) {
            branchIf(branch, branches.label(branch.label()));
            return;
        }
        // HotSpot gives code up at a conditional jump backwards that was never taken, but not at one forwards.
        var back = new Label();
        var on = new Label();
        branchIf(branch, back);
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, on);
        }
        code.bind(back);
        if (code.isReachable()) {
            code.jump(Bytecode.GOTO, branches.label(branch.label()));
        }
        code.bind(on);
    }

    private void branchIf(BranchIf branch, Label target) {
        if (proof == null || proof.test() != branch) {
            expressions.jump(branch.condition(), true, target);
        } else if (proof.counts()) {
            guards.test(proof, target);
        } else {
            expressions.jump(proof.condition(), true, target);
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

    private void giveBack(Expression[] values) {
        if (plan != null && method != plan.root()) {
            pieces.leaveFunction(() -> result(values));
            return;
        }
        result(values);
        memories.keepAlive();
        Boxing.giveBack(code, signature.result());
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
}

package dev.jawa.compile;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.ClassBuilder;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.ProtectedRegion;
import dev.jawa.compile.tree.BlockLabel;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.FunctionTree;
import dev.jawa.compile.tree.Liveness;
import dev.jawa.compile.tree.Mentions;
import dev.jawa.compile.tree.Statement;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import dev.jawa.compile.tree.Variable;
import dev.jawa.model.FunctionBody;
import dev.jawa.runtime.StackTraces;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Emits a function as a static method, whose last parameter is the instance. */
final class FunctionEmitter implements ExpressionEmitter.Surroundings {
    private final CompiledModule module;
    private final ModuleClasses classes;
    private final FunctionTree tree;
    private final FunctionBody body;
    private final Signature signature;
    private final Mentions mentions;
    private final Map<BlockLabel, Label> labels = new IdentityHashMap<>();

    private String className;
    private CodeBuilder code;
    private LocalSlots slots;
    private ExpressionEmitter expressions;
    private int instanceSlot;
    // Where memory 0's array and size are, if they are kept in locals.
    private boolean keepsMemory;
    private int memorySlot;
    private int sizeSlot;
    private int line = -1;

    FunctionEmitter(CompiledModule module, ModuleClasses classes, FunctionTree tree, FunctionBody body) {
        this.module = module;
        this.classes = classes;
        this.tree = tree;
        this.body = body;
        signature = Signature.of(tree.type());
        mentions = new Mentions(tree.variables().length).count(tree.body());
        // Each call is followed by loading both again, which takes as much code as two accesses save.
        keepsMemory = mentions.memoryAccesses() > 2 * (mentions.calls() + 1);
    }

    /** Adds the function's method to a class. */
    void emit(ClassBuilder builder) {
        className = builder.name();
        String instance = classes.instanceClass().name();
        String method = ModuleClasses.codeMethod(tree.index());
        if (classes.tailCalls().in(tree.index())) {
            TailCallEmitter.entry(builder, method, ModuleClasses.tailMethod(tree.index()), signature, instance);
            method = ModuleClasses.tailMethod(tree.index());
        }
        builder.method(ClassBuilder.PUBLIC | ClassBuilder.STATIC, method, signature.codeDescriptor(instance),
                this::emit);
    }

    private void emit(CodeBuilder builder) {
        code = builder;
        instanceSlot = signature.parameterSlots();
        slots = new LocalSlots(code, mentions.variables(), instanceSlot + 1);
        expressions = new ExpressionEmitter(code, module, classes, this);
        if (keepsMemory) {
            memorySlot = slots.reserve(1);
            sizeSlot = slots.reserve(1);
            afterCall();
        }
        takeParameters();
        clearLocals();
        statements(tree.body());
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
            if (live.get(i)) {
                Variable local = tree.variables()[i];
                expressions.value(new Expression.Constant(local.carrier(), 0));
                store(local);
            }
        }
    }

    private void store(Variable variable) {
        int slot = slots.slot(variable);
        if (variable.carrier() == Carrier.REFERENCE) {
            code.storeReference(slot, Names.OBJECT);
        } else {
            code.store(variable.carrier().kind(), slot);
        }
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
    public void line(int offset) {
        int number = StackTraces.line(body, offset);
        if (number != line) {
            code.line(number);
            line = number;
        }
    }

    @Override
    public void loadBytes(int memory) {
        if (memory == 0 && keepsMemory) {
            code.load('A', memorySlot);
        } else if (memory == 0) {
            loadInstance();
            code.getField(Names.MODULE_INSTANCE, "memory", "[B");
        } else {
            loadMemory(memory);
            code.invokeVirtual(Names.MEMORY_INSTANCE, "bytes", "()[B");
        }
    }

    @Override
    public void loadSize(int memory) {
        if (memory == 0 && keepsMemory) {
            code.load('I', sizeSlot);
        } else if (memory == 0) {
            loadInstance();
            code.getField(Names.MODULE_INSTANCE, "memorySize", "I");
        } else {
            loadMemory(memory);
            code.invokeVirtual(Names.MEMORY_INSTANCE, "length", "()I");
        }
    }

    private void loadMemory(int memory) {
        loadInstance();
        code.getField(Names.MODULE_INSTANCE, "memories", "[" + Names.descriptor(Names.MEMORY_INSTANCE))
                .constant(memory).loadElement(Names.MEMORY_INSTANCE);
    }

    @Override
    public void afterCall() {
        if (keepsMemory) {
            loadInstance();
            code.getField(Names.MODULE_INSTANCE, "memory", "[B").storeReference(memorySlot, "[B");
            loadInstance();
            code.getField(Names.MODULE_INSTANCE, "memorySize", "I").store('I', sizeSlot);
        }
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
            case If choice -> choose(choice);
            case Branch(var label) -> code.jump(Bytecode.GOTO, label(label));
            case BranchIf(var condition, var label) -> expressions.jump(condition, true, label(label));
            case BranchTable table -> branchTable(table);
            case Return(var values) -> giveBack(values);
            case Try guarded -> protect(guarded);
            case Throw raised -> raise(raised);
            case Unreachable(var offset) -> {
                line(offset);
                code.invokeStatic(Names.TRAPS, "unreachable", "()Ldev/jawa/RuntimeError;").op(Bytecode.ATHROW);
            }
        }
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
        statements(inner);
        slots.endLoop();
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
        Label[] targets = new Label[table.labels().length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = label(table.labels()[i]);
        }
        expressions.value(table.index());
        if (targets.length == 0) {
            code.op(Bytecode.POP).jump(Bytecode.GOTO, label(table.otherwise()));
        } else {
            code.tableSwitch(0, targets, label(table.otherwise()));
        }
    }

    private void giveBack(Expression[] values) {
        if (values.length > 1) {
            expressions.fillTuple(signature.resultTuple(), values, signature.results());
        } else if (values.length == 1) {
            expressions.value(values[0]);
        } else if (signature.result() != Carrier.VOID) {
            // Whoever makes the tail call that has been prepared does not look at this.
            expressions.value(new Expression.Constant(signature.result(), 0));
        }
        Boxing.giveBack(code, signature.result());
    }
}

package dev.jawa.compile.function;

import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Variable;
import dev.jawa.compile.type.Signature;
import dev.jawa.compile.type.TailCallEmitter;
import dev.jawa.compile.type.Tuples;
import dev.jawa.model.Feature;
import dev.jawa.model.MemoryType;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.memory.MemoryInstance;

/** Emits expressions: their values to the JVM's stack, or jumps that depend on them. */
public final class ExpressionEmitter {
    /** What expressions need of the method around them. */
    interface Surroundings {
        /** The class the method is in. */
        String className();

        /** Pushes a variable's value. */
        void loadVariable(Variable variable);

        /** Pushes the instance. */
        void loadInstance();

        /** Pushes what accesses to memories need. */
        MemoryEmitter.MemoryLoader memories();

        /** Whether a memory access needs no check. */
        boolean isInBounds(Operation access);

        /** Pushes the address of an access, without its offset, if it is known from a count; says whether it did. */
        boolean provedAddress(Operation access);

        /** The same as a number of 32 bits. */
        boolean provedIndex(Operation access);

        /** Whether it has been checked before the loop around that an access is in the memory, as it was then. */
        boolean isProved(Operation access);

        /** Says that the next instruction stands for one at an offset of the module's binary. */
        void line(int offset);

        /** Follows everything after which a memory may have another array or size. */
        void afterCall();
    }

    private final CodeBuilder code;
    private final ModuleClasses classes;
    private final CompiledModule module;
    private final Surroundings method;
    private final MemoryEmitter arrayMemories;
    private final MemoryEmitter nativeMemories;
    private final MemoryEmitter growingMemories;
    private final AtomicEmitter atomics;
    private final ConditionEmitter conditions;
    private final ReferenceEmitter references;
    private final AggregateEmitter aggregates;
    private final ContinuationEmitter continuations;
    private final VectorApiEmitter vectors;

    ExpressionEmitter(CodeBuilder code, CompiledModule module, ModuleClasses classes, Surroundings method) {
        this.code = code;
        this.classes = classes;
        this.module = module;
        this.method = method;
        arrayMemories = MemoryEmitter.of(code, method.memories(), this);
        nativeMemories = MemoryEmitter.ofNative(code, method.memories(), this);
        growingMemories = MemoryEmitter.ofArrayOrNative(code, method.memories(), this);
        atomics = new AtomicEmitter(code, method.memories(), this);
        conditions = new ConditionEmitter(code, this);
        references = new ReferenceEmitter(code, module, this);
        aggregates = new AggregateEmitter(code, module, this, method);
        continuations = new ContinuationEmitter(code, module, this, method);
        vectors = new VectorApiEmitter(code, classes, this);
    }

    ReferenceEmitter references() {
        return references;
    }

    VectorApiEmitter vectors() {
        return vectors;
    }

    void loadVariable(Variable variable) {
        method.loadVariable(variable);
    }

    String className() {
        return method.className();
    }

    boolean provedAddress(Operation access) {
        return method.provedAddress(access);
    }

    boolean provedIndex(Operation access) {
        return method.provedIndex(access);
    }

    boolean isProved(Operation access) {
        return method.isProved(access);
    }

    boolean isInBounds(Operation access) {
        return method.isInBounds(access);
    }

    void line(int offset) {
        method.line(offset);
    }

    /** Evaluates an expression and leaves its value, if it has one, on the stack. */
    void value(Expression expression) {
        switch (expression) {
            case Constant constant -> constant(constant);
            case Expression vector when vector.carrier() == Carrier.VECTOR -> vectors.value(vector);
            case Get(var variable) -> method.loadVariable(variable);
            case Operation operation -> operation(operation);
            case Call call -> call(call);
        }
    }

    /** Jumps if an i32 is not zero, or if it is, as {@code jumpIf} says; goes on otherwise. */
    void jump(Expression condition, boolean jumpIf, Label target) {
        conditions.jump(condition, jumpIf, target);
    }

    private void constant(Constant constant) {
        switch (constant.carrier()) {
            case INT -> code.constant((int) constant.bits());
            case LONG, HIGH -> code.constant(constant.bits());
            case FLOAT -> code.floatConstant((int) constant.bits());
            case DOUBLE -> code.doubleConstant(constant.bits());
            case REFERENCE, VECTOR -> code.op(Bytecode.ACONST_NULL);
            case VOID -> throw new IllegalArgumentException("a constant without a value");
        }
    }

    private void values(Expression[] expressions) {
        for (Expression expression : expressions) {
            value(expression);
        }
    }

    private void operation(Operation operation) {
        Opcode opcode = operation.opcode();
        if (VectorApiEmitter.concerns(operation)) {
            vectors.emit(operation);
        } else if (opcode.feature() == Feature.STACK_SWITCHING) {
            continuations.emit(operation);
        } else if (opcode.feature() == Feature.THREADS) {
            atomics.emit(operation);
            method.afterCall();
        } else if (opcode.accessBytes() > 0) {
            access(operation);
        } else if (ConditionEmitter.isComparison(opcode)) {
            truth(operation);
        } else if (opcode == Opcode.SELECT) {
            select(operation);
        } else if (VectorEmitter.isVector(opcode)) {
            VectorEmitter.emit(code, this, operation);
        } else if (!references.emit(operation) && !aggregates.emit(operation) && !instanceOperation(operation)) {
            values(operation.operands());
            line(operation.offset());
            NumericEmitter.emit(code, opcode);
        }
    }

    /** Emits an access to a whole vector, which is on the stack to be stored, by a method of a class. */
    void vectorAccess(Operation access, String className, String descriptor) {
        memory(access).vector(access, className, descriptor);
    }

    private MemoryEmitter memory(Operation access) {
        MemoryType type = module.model().spaces().memories().get(access.index());
        return MemoryInstance.mayBeArray(type) ? growingMemories
                : MemoryInstance.isNative(type) ? nativeMemories : arrayMemories;
    }

    private void access(Operation access) {
        MemoryEmitter memory = memory(access);
        if (access.carrier() == Carrier.VOID) {
            memory.store(access);
        } else {
            memory.load(access);
        }
    }

    /** Evaluates the address of an access and adds its offset; where the sum passes 2^63, it is negative. */
    void effectiveAddress(Operation access) {
        Expression address = access.operands()[0];
        long offset = access.immediate() < 0 ? -1 : access.immediate() + MemoryEmitter.start(access);
        unsigned(address);
        if (offset < 0) {
            code.pop1().constant(-1L);
        } else if (offset > 0 && address.carrier() == Carrier.INT) {
            code.constant(offset).op(Bytecode.LADD);
        } else if (offset > 0) {
            code.constant(offset).invokeStatic(Names.MEMORY_VIEWS, "effectiveAddress", "(JJ)J");
        }
    }

    /** A comparison as 0 or 1. */
    private void truth(Operation comparison) {
        var no = new Label();
        var end = new Label();
        conditions.jump(comparison, false, no);
        // A constant condition leaves only one of the ways.
        if (code.isReachable()) {
            code.constant(1).jump(Bytecode.GOTO, end);
        }
        code.bind(no);
        if (code.isReachable()) {
            code.constant(0);
        }
        code.bind(end);
    }

    void select(Operation select) {
        var second = new Label();
        var end = new Label();
        conditions.jump(select.operands()[2], false, second);
        if (code.isReachable()) {
            selected(select.operands()[0]);
            code.jump(Bytecode.GOTO, end);
        }
        code.bind(second);
        if (code.isReachable()) {
            selected(select.operands()[1]);
        }
        code.bind(end);
    }

    private void selected(Expression expression) {
        value(expression);
        if (expression.carrier() == Carrier.REFERENCE) {
            code.widen(Names.OBJECT);
        }
    }

    // ---- what goes through the instance

    private boolean instanceOperation(Operation operation) {
        switch (operation.opcode()) {
            case GLOBAL_GET -> classes.instanceClass().loadGlobal(code, method::loadInstance, operation.index(),
                    operation.secondIndex());
            case GLOBAL_SET -> classes.instanceClass().storeGlobal(code, method::loadInstance,
                    () -> value(operation.operands()[0]), operation.index(), operation.secondIndex());
            case TABLE_GET -> table(operation, "get", "(" + address(operation, 0) + ")Ljava/lang/Object;");
            case TABLE_SET -> table(operation, "set", "(" + address(operation, 0) + "Ljava/lang/Object;)V");
            case TABLE_SIZE -> {
                table(operation, "length", "()I");
                if (operation.carrier() == Carrier.LONG) {
                    code.op(Bytecode.I2L);
                }
            }
            case TABLE_GROW -> {
                loadTable(operation.index());
                value(operation.operands()[0]);
                unsigned(operation.operands()[1]);
                code.invokeVirtual(Names.TABLE_INSTANCE, "tryGrow", "(Ljava/lang/Object;J)I");
                if (operation.carrier() == Carrier.LONG) {
                    code.op(Bytecode.I2L);
                }
            }
            case TABLE_FILL -> {
                loadTable(operation.index());
                unsigned(operation.operands()[0]);
                value(operation.operands()[1]);
                unsigned(operation.operands()[2]);
                line(operation.offset());
                code.invokeVirtual(Names.TABLE_INSTANCE, "fill", "(JLjava/lang/Object;J)V");
            }
            case TABLE_COPY -> bulk(operation, "tableCopy", 2);
            case TABLE_INIT -> bulk(operation, "tableInit", 2);
            case ELEM_DROP -> instance(operation, "elementDrop", "(I)V", 1);
            case MEMORY_SIZE -> {
                instance(operation, "memoryPages", "(I)J", 1);
                narrow(operation.carrier());
            }
            case MEMORY_GROW -> {
                method.loadInstance();
                unsigned(operation.operands()[0]);
                code.constant(operation.index()).invokeVirtual(Names.MODULE_INSTANCE, "memoryGrow", "(JI)J");
                narrow(operation.carrier());
                method.afterCall();
            }
            case MEMORY_FILL -> bulk(operation, "memoryFill", 1);
            case MEMORY_COPY -> bulk(operation, "memoryCopy", 2);
            case MEMORY_INIT -> bulk(operation, "memoryInit", 2);
            case DATA_DROP -> instance(operation, "dataDrop", "(I)V", 1);
            case REF_FUNC -> loadFunction(operation.index());
            case THROW -> newException(operation.index(), operation.operands());
            case CATCH -> {
                loadTag(operation.index());
                value(operation.operands()[0]);
                code.checkCast(Names.EXCEPTION_INSTANCE).invokeVirtual(Names.TAG_INSTANCE, "caught", "("
                        + Names.descriptor(Names.EXCEPTION_INSTANCE) + ")" + Names.descriptor(Names.RESULT_TUPLE));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Pushes a new exception of a tag. */
    void newException(int tagIndex, Expression[] operands) {
        String tag = Names.descriptor(Names.TAG_INSTANCE);
        String exception = Names.descriptor(Names.EXCEPTION_INSTANCE);
        loadTag(tagIndex);
        if (operands.length == 0) {
            code.invokeStatic(Names.EXCEPTION_INSTANCE, "create", "(" + tag + ")" + exception);
            return;
        }
        Carrier[] carriers = new Carrier[operands.length];
        for (int i = 0; i < carriers.length; i++) {
            carriers[i] = operands[i].carrier();
        }
        fillTuple(Signature.tuple(carriers), operands, carriers);
        code.invokeStatic(Names.EXCEPTION_INSTANCE, "create",
                "(" + tag + Names.descriptor(Names.RESULT_TUPLE) + ")" + exception);
    }

    void loadInstance() {
        method.loadInstance();
    }

    void loadTag(int index) {
        method.loadInstance();
        code.getField(Names.MODULE_INSTANCE, "tags", "[" + Names.descriptor(Names.TAG_INSTANCE))
                .constant(index).loadElement(Names.TAG_INSTANCE);
    }

    /** Calls a method of the instance with the operands and then so many of the instruction's indices. */
    private void instance(Operation operation, String name, String descriptor, int indices) {
        method.loadInstance();
        values(operation.operands());
        code.constant(operation.index());
        if (indices == 2) {
            code.constant(operation.secondIndex());
        }
        line(operation.offset());
        code.invokeVirtual(Names.MODULE_INSTANCE, name, descriptor);
    }

    private void loadFunction(int index) {
        method.loadInstance();
        code.constant(index).invokeVirtual(Names.MODULE_INSTANCE, "function",
                "(I)" + Names.descriptor(Names.FUNCTION_INSTANCE));
    }

    /** Calls a method of the instance with three numbers, as unsigned ones of 64 bits, and the indices. */
    private void bulk(Operation operation, String name, int indices) {
        method.loadInstance();
        for (Expression operand : operation.operands()) {
            unsigned(operand);
        }
        code.constant(operation.index());
        if (indices == 2) {
            code.constant(operation.secondIndex());
        }
        line(operation.offset());
        code.invokeVirtual(Names.MODULE_INSTANCE, name, indices == 2 ? "(JJJII)V" : "(JJJI)V");
    }

    /** Evaluates an address, an index or a length of either width, as an unsigned number of 64 bits. */
    void unsigned(Expression number) {
        value(number);
        if (number.carrier() == Carrier.INT) {
            code.op(Bytecode.I2L).constant(0xFFFF_FFFFL).op(Bytecode.LAND);
        }
    }

    private void narrow(Carrier carrier) {
        if (carrier == Carrier.INT) {
            code.op(Bytecode.L2I);
        }
    }

    private static String address(Operation operation, int operand) {
        return operation.operands()[operand].carrier().descriptor();
    }

    private void table(Operation operation, String name, String descriptor) {
        loadTable(operation.index());
        values(operation.operands());
        line(operation.offset());
        code.invokeVirtual(Names.TABLE_INSTANCE, name, descriptor);
    }

    private void loadTable(int index) {
        method.loadInstance();
        if (index == 0) {
            code.getField(Names.MODULE_INSTANCE, "table", Names.descriptor(Names.TABLE_INSTANCE));
        } else {
            code.getField(Names.MODULE_INSTANCE, "tables", "[" + Names.descriptor(Names.TABLE_INSTANCE))
                    .constant(index).loadElement(Names.TABLE_INSTANCE);
        }
    }

    // ---- calls

    /** Emits a call; several results are left as a tuple. */
    void call(Call call) {
        Signature signature = Signature.of(call.type());
        if (call.isTail()) {
            prepareTailCall(call, signature);
            return;
        }
        if (call.opcode() == Opcode.CALL_INDIRECT || call.opcode() == Opcode.CALL_REF) {
            callIndirect(call, signature);
        } else if (call.opcode() == Opcode.RETURN_CALL_INDIRECT || call.opcode() == Opcode.RETURN_CALL_REF) {
            tailCallee(call);
            arguments(call, signature);
            method.loadInstance();
            line(call.offset());
            classes.indirectCalls().emitAtEnd(code, call.index(), call.copy(), classes.instanceClass().name());
        } else if (module.builtin(call.index()).isPresent() && !signature.packsParameters()) {
            classes.loadBuiltin(code, call.index());
            arguments(call, signature);
            line(call.offset());
            code.invokeVirtual(Names.METHOD_HANDLE, "invokeExact", signature.callDescriptor());
        } else if (call.index() < module.model().spaces().importedFunctions()) {
            String functionClass = module.functionClass(call.index());
            classes.instanceClass().loadImport(code, method::loadInstance, call.index(), functionClass);
            arguments(call, signature);
            line(call.offset());
            code.invokeVirtual(functionClass, "call", signature.callDescriptor());
        } else {
            arguments(call, signature);
            method.loadInstance();
            line(call.offset());
            String name = call.opcode() == Opcode.RETURN_CALL ? ModuleClasses.tailMethod(call.index(), call.copy())
                    : ModuleClasses.codeMethod(call.index());
            code.invokeStatic(classes.codeClass(call.index()), name,
                    signature.codeDescriptor(classes.instanceClass().name()));
        }
        method.afterCall();
    }

    private void prepareTailCall(Call call, Signature signature) {
        TailCallEmitter.prepare(code, method::loadInstance, signature, i -> value(call.operands()[i]),
                () -> fillTuple(signature.parameterTuple(), call.operands(), signature.parameters()),
                () -> tailCallee(call));
    }

    private void tailCallee(Call call) {
        switch (call.opcode()) {
            case RETURN_CALL_INDIRECT -> loadCallee(call);
            case RETURN_CALL_REF -> {
                value(call.operands()[call.operands().length - 1]);
                line(call.offset());
                code.castTo(module.functionTypeClass(call.index()));
                // No prepared call is what null stands for.
                code.dup().invokeVirtual(Names.OBJECT, "getClass", "()Ljava/lang/Class;").op(Bytecode.POP);
            }
            default -> {
                if (call.index() < module.model().spaces().importedFunctions()) {
                    classes.instanceClass().loadImport(code, method::loadInstance, call.index(),
                            module.functionClass(call.index()));
                } else {
                    loadFunction(call.index());
                }
            }
        }
    }

    private void loadCallee(Call call) {
        Expression index = call.operands()[call.operands().length - 1];
        loadTable(call.table());
        value(index);
        line(call.offset());
        code.invokeVirtual(Names.TABLE_INSTANCE, "callee",
                "(" + index.carrier().descriptor() + ")Ljava/lang/Object;");
        checkFunctionType(module.functionTypeClass(call.index()));
    }

    private void callIndirect(Call call, Signature signature) {
        String functionClass = module.functionTypeClass(call.index());
        if (call.opcode() == Opcode.CALL_REF) {
            value(call.operands()[call.operands().length - 1]);
            code.castTo(functionClass);
        } else {
            loadCallee(call);
        }
        arguments(call, signature);
        line(call.offset());
        classes.indirectCalls().emit(code, call.index());
    }

    /** Not by a cast that fails, which would be taken for one of {@code ref.cast}. */
    private void checkFunctionType(String functionClass) {
        var fits = new Label();
        code.dup().instanceOf(functionClass).jump(Bytecode.IFNE, fits)
                .invokeStatic(Names.REFERENCES, "otherFunctionType", "(Ljava/lang/Object;)Ldev/jawa/RuntimeError;")
                .op(Bytecode.ATHROW).bind(fits).checkCast(functionClass);
    }

    private void arguments(Call call, Signature signature) {
        int count = signature.parameters().length;
        if (!signature.packsParameters()) {
            for (int i = 0; i < count; i++) {
                value(call.operands()[i]);
            }
            return;
        }
        fillTuple(signature.parameterTuple(), call.operands(), signature.parameters());
    }

    /** Pushes a new tuple of values. */
    void fillTuple(String tuple, Expression[] values, Carrier[] carriers) {
        code.newInstance(tuple);
        for (int i = 0; i < carriers.length; i++) {
            code.dup();
            value(values[i]);
            code.putField(tuple, Tuples.field(i), carriers[i].descriptor());
        }
    }
}

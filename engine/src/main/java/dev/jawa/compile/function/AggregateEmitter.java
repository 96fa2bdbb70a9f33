package dev.jawa.compile.function;

import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.compile.type.ArrayClass;
import dev.jawa.compile.type.ArrayClass.Kind;
import dev.jawa.compile.type.StructClass;
import dev.jawa.model.DefinedType;
import dev.jawa.model.Opcode;
import dev.jawa.model.PackedType;
import dev.jawa.model.StorageType;

/** Emits the instructions of structs and arrays (core spec 4.6.9 and 4.6.10). The JVM checks for null and bounds. */
public final class AggregateEmitter {
    private static final String INSTANCE = Names.descriptor(Names.MODULE_INSTANCE);

    private final CodeBuilder code;
    private final CompiledModule module;
    private final ExpressionEmitter expressions;
    private final ExpressionEmitter.Surroundings method;

    AggregateEmitter(CodeBuilder code, CompiledModule module, ExpressionEmitter expressions,
            ExpressionEmitter.Surroundings method) {
        this.code = code;
        this.module = module;
        this.expressions = expressions;
        this.method = method;
    }

    /** Emits an instruction if it is one of those. */
    boolean emit(Operation operation) {
        switch (operation.opcode()) {
            case STRUCT_NEW, STRUCT_NEW_DEFAULT -> newStruct(operation);
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> getField(operation);
            case STRUCT_SET -> setField(operation);
            case ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_DATA, ARRAY_NEW_ELEM -> newArray(operation);
            case ARRAY_NEW_FIXED -> newFixed(operation);
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> getElement(operation);
            case ARRAY_SET -> setElement(operation);
            case ARRAY_LEN -> {
                reference(operation.operands()[0], Names.ARRAY_INSTANCE);
                expressions.line(operation.offset());
                code.invokeVirtual(Names.ARRAY_INSTANCE, "length", "()I");
            }
            case ARRAY_FILL -> fill(operation);
            case ARRAY_COPY -> copy(operation);
            case ARRAY_INIT_DATA -> init(operation, "initData");
            case ARRAY_INIT_ELEM -> init(operation, "initElements");
            default -> {
                return false;
            }
        }
        return true;
    }

    private DefinedType type(Operation operation) {
        return module.definedType(operation.index());
    }

    /** Evaluates a reference as one of a class; validation has made sure that it is. */
    private void reference(Expression expression, String className) {
        expressions.value(expression);
        code.castTo(className);
    }

    private void value(Expression expression, StorageType type) {
        expressions.value(expression);
        StructClass.pack(code, type);
    }

    // ---- structs

    private void newStruct(Operation operation) {
        DefinedType type = type(operation);
        code.newInstance(AggregateClasses.name(type));
        for (int i = 0; i < operation.operands().length; i++) {
            Expression value = operation.operands()[i];
            if (value instanceof Constant(var _, long bits) && bits == 0) {
                continue;
            }
            code.dup();
            expressions.value(value);
            StructClass.putField(code, type, i);
        }
    }

    private void setField(Operation operation) {
        DefinedType type = type(operation);
        reference(operation.operands()[0], AggregateClasses.name(type));
        expressions.value(operation.operands()[1]);
        expressions.line(operation.offset());
        StructClass.putField(code, type, operation.secondIndex());
    }

    private void getField(Operation operation) {
        DefinedType type = type(operation);
        int field = operation.secondIndex();
        String name = AggregateClasses.name(type);
        reference(operation.operands()[0], name);
        expressions.line(operation.offset());
        code.getField(name, StructClass.field(field), StructClass.descriptor(type, field));
        unpack(operation.opcode() == Opcode.STRUCT_GET_U, StructClass.fields(type).get(field).storage());
    }

    /** Numbers come from packed fields with their sign. */
    private void unpack(boolean unsigned, StorageType type) {
        if (unsigned) {
            code.constant(type == PackedType.I8 ? 0xFF : 0xFFFF).op(Bytecode.IAND);
        }
    }

    // ---- arrays

    private void newArray(Operation operation) {
        String name = AggregateClasses.name(type(operation));
        Expression[] operands = operation.operands();
        boolean empty = operation.opcode() == Opcode.ARRAY_NEW_DEFAULT || operation.opcode() == Opcode.ARRAY_NEW
                && operands[0] instanceof Constant(var _, long bits) && bits == 0;
        if (empty) {
            expressions.value(operands[operands.length - 1]);
        } else {
            expressions.value(operands[0]);
            expressions.value(operands[1]);
        }
        expressions.line(operation.offset());
        if (empty) {
            code.invokeStatic(name, "create", ArrayClass.empty(name));
        } else if (operation.opcode() == Opcode.ARRAY_NEW) {
            code.invokeStatic(name, "create", ArrayClass.filled(Kind.of(type(operation)), name));
        } else {
            method.loadInstance();
            code.constant(operation.secondIndex()).invokeStatic(name, "create", ArrayClass.fromSegment(name));
        }
    }

    private void newFixed(Operation operation) {
        DefinedType type = type(operation);
        Kind kind = Kind.of(type);
        String name = AggregateClasses.name(type);
        Expression[] values = operation.operands();
        code.constant(values.length).invokeStatic(name, "create", ArrayClass.empty(name));
        if (values.length == 0) {
            return;
        }
        code.dup().getField(name, ArrayClass.ELEMENTS, kind.descriptor());
        for (int i = 0; i < values.length; i++) {
            code.dup().constant(i);
            value(values[i], ArrayClass.storage(type));
            kind.store(code);
        }
        code.op(Bytecode.POP);
    }

    private void elements(Operation operation, Kind kind) {
        String name = AggregateClasses.name(type(operation));
        reference(operation.operands()[0], name);
        expressions.line(operation.offset());
        code.getField(name, ArrayClass.ELEMENTS, kind.descriptor());
        expressions.value(operation.operands()[1]);
    }

    private void getElement(Operation operation) {
        Kind kind = Kind.of(type(operation));
        elements(operation, kind);
        expressions.line(operation.offset());
        kind.load(code);
        unpack(operation.opcode() == Opcode.ARRAY_GET_U, ArrayClass.storage(type(operation)));
    }

    private void setElement(Operation operation) {
        Kind kind = Kind.of(type(operation));
        elements(operation, kind);
        value(operation.operands()[2], ArrayClass.storage(type(operation)));
        expressions.line(operation.offset());
        kind.store(code);
    }

    private void fill(Operation operation) {
        Kind kind = Kind.of(type(operation));
        reference(operation.operands()[0], kind.superclass());
        for (int i = 1; i < 4; i++) {
            expressions.value(operation.operands()[i]);
        }
        expressions.line(operation.offset());
        code.invokeVirtual(kind.superclass(), "fill", "(I" + kind.carrier().descriptor() + "I)V");
    }

    private void copy(Operation operation) {
        Expression[] operands = operation.operands();
        reference(operands[0], Names.ARRAY_INSTANCE);
        expressions.value(operands[1]);
        reference(operands[2], Names.ARRAY_INSTANCE);
        expressions.value(operands[3]);
        expressions.value(operands[4]);
        expressions.line(operation.offset());
        code.invokeVirtual(Names.ARRAY_INSTANCE, "copy", "(I" + Names.descriptor(Names.ARRAY_INSTANCE) + "II)V");
    }

    private void init(Operation operation, String name) {
        reference(operation.operands()[0], Names.ARRAY_INSTANCE);
        for (int i = 1; i < 4; i++) {
            expressions.value(operation.operands()[i]);
        }
        method.loadInstance();
        code.constant(operation.secondIndex());
        expressions.line(operation.offset());
        code.invokeVirtual(Names.ARRAY_INSTANCE, name, "(III" + INSTANCE + "I)V");
    }
}

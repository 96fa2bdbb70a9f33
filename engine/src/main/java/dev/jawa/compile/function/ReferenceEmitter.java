package dev.jawa.compile.function;

import dev.jawa.binary.TypeCode;
import dev.jawa.compile.CompiledModule;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.compile.type.ReferenceClasses;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.Opcode;
import dev.jawa.model.TypeIndex;

/** Emits tests, casts and comparisons of references (core spec 4.6.7). */
public final class ReferenceEmitter {
    private final CodeBuilder code;
    private final CompiledModule module;
    private final ExpressionEmitter expressions;

    ReferenceEmitter(CodeBuilder code, CompiledModule module, ExpressionEmitter expressions) {
        this.code = code;
        this.module = module;
        this.expressions = expressions;
    }

    /** What a heap type means for a reference that is not null. */
    private sealed interface Test {
        /** All pass. */
        record All() implements Test {
        }

        /** None passes. */
        record None() implements Test {
        }

        /** Those of the type {@code eq} pass, which is no class of its own. */
        record Eq() implements Test {
        }

        /** Those of a type of the module pass, but not of one below it. */
        record Exactly(int type) implements Test {
        }

        /** Those of a class pass. */
        record OfClass(String name) implements Test {
        }
    }

    private Test test(Operation operation) {
        return test(TypeCode.heapType(operation.index()));
    }

    private Test test(HeapType type) {
        return switch (type) {
            case ExactType(TypeIndex(int index)) when module.definedType(index).definition().isFinal() ->
                test(new TypeIndex(index));
            case ExactType(TypeIndex(int index)) -> new Test.Exactly(index);
            case ExactType _ -> throw new IllegalArgumentException("a type without a module");
            case AbstractHeapType heapType -> switch (heapType) {
                case ANY, EXTERN, FUNC, EXN, CONT -> new Test.All();
                case NONE, NOEXTERN, NOFUNC, NOEXN, NOCONT -> new Test.None();
                case EQ -> new Test.Eq();
                case I31 -> new Test.OfClass(Names.I31);
                case STRUCT -> new Test.OfClass(Names.STRUCT_INSTANCE);
                case ARRAY -> new Test.OfClass(Names.ARRAY_INSTANCE);
            };
            case TypeIndex(int index) -> {
                DefinedType defined = module.definedType(index);
                yield new Test.OfClass(defined.type() instanceof FunctionType ? module.functionTypeClass(index)
                        : AggregateClasses.name(defined));
            }
            case DefinedType _ -> throw new IllegalArgumentException("a type without a module");
        };
    }

    /** Emits an instruction if it is one of those. */
    boolean emit(Operation operation) {
        switch (operation.opcode()) {
            case REF_CAST, REF_CAST_NULL -> cast(operation);
            case REF_AS_NON_NULL -> {
                expressions.value(operation.operands()[0]);
                expressions.line(operation.offset());
                checkNotNull("nullReference");
            }
            case STRUCT_NEW_DESC -> describe(operation, "describe");
            case REF_GET_DESC -> {
                expressions.value(operation.operands()[0]);
                expressions.line(operation.offset());
                code.invokeStatic(Names.REFERENCES, "descriptor", "(Ljava/lang/Object;)Ljava/lang/Object;");
            }
            case REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL ->
                describe(operation, operation.carrier() == Carrier.INT ? "hasDescriptor" : "castByDescriptor");
            case REF_I31 -> {
                expressions.value(operation.operands()[0]);
                code.invokeStatic(Names.REFERENCES, "i31", "(I)" + Names.descriptor(Names.I31));
            }
            case I31_GET_S, I31_GET_U -> {
                expressions.value(operation.operands()[0]);
                expressions.line(operation.offset());
                code.castTo(Names.I31).invokeVirtual(Names.I31, "value", "()I");
                if (operation.opcode() == Opcode.I31_GET_U) {
                    code.constant(Integer.MAX_VALUE).op(Bytecode.IAND);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Emits an instruction whose last operand is a descriptor. */
    private void describe(Operation operation, String method) {
        expressions.value(operation.operands()[0]);
        expressions.value(operation.operands()[1]);
        expressions.line(operation.offset());
        boolean creates = operation.opcode() == Opcode.STRUCT_NEW_DESC;
        if (!creates) {
            code.constant(operation.opcode() == Opcode.REF_CAST_DESC_EQ_NULL ? 1 : 0);
        }
        code.invokeStatic(Names.REFERENCES, method, "(Ljava/lang/Object;Ljava/lang/Object;" + (creates ? "" : "Z") + ")"
                + (operation.carrier() == Carrier.INT ? "Z" : "Ljava/lang/Object;"));
    }

    /** Throws what a method makes if the reference on top of the stack is null. */
    private void checkNotNull(String error) {
        var present = new Label();
        code.dup().jump(Bytecode.IFNONNULL, present)
                .invokeStatic(Names.REFERENCES, error, "()Ldev/jawa/RuntimeError;").op(Bytecode.ATHROW)
                .bind(present);
    }

    private void cast(Operation operation) {
        expressions.value(operation.operands()[0]);
        expressions.line(operation.offset());
        if (operation.opcode() == Opcode.REF_CAST) {
            checkNotNull("castFailure");
        }
        switch (test(operation)) {
            case Test.All() -> {
            }
            case Test.None() -> castBy("castToNone");
            case Test.Eq() -> castBy("castToEq");
            case Test.Exactly(int type) -> {
                exactly(type, "castExactly", ")Ljava/lang/Object;");
                code.castTo(ReferenceClasses.of(module.definedType(type)));
            }
            case Test.OfClass(String name) -> code.castTo(name);
        }
    }

    private void exactly(int type, String method, String result) {
        expressions.loadInstance();
        code.constant(type).invokeStatic(Names.REFERENCES, method,
                "(Ljava/lang/Object;" + Names.descriptor(Names.MODULE_INSTANCE) + "I" + result);
    }

    private void castBy(String method) {
        code.invokeStatic(Names.REFERENCES, method, "(Ljava/lang/Object;)Ljava/lang/Object;");
    }

    // ---- conditions

    /** Whether an instruction gives 0 or 1 and is emitted as a jump by {@link #jump}. */
    static boolean isTest(Opcode opcode) {
        return switch (opcode) {
            case REF_IS_NULL, REF_EQ, REF_TEST, REF_TEST_NULL -> true;
            default -> false;
        };
    }

    /** Jumps if the test holds, or if it does not, as {@code jumpIf} says; goes on otherwise. */
    void jump(Operation operation, boolean jumpIf, Label target) {
        Expression[] operands = operation.operands();
        switch (operation.opcode()) {
            case REF_IS_NULL -> {
                expressions.value(operands[0]);
                code.jump(jumpIf ? Bytecode.IFNULL : Bytecode.IFNONNULL, target);
            }
            case REF_EQ -> {
                expressions.value(operands[0]);
                expressions.value(operands[1]);
                code.invokeStatic(Names.REFERENCES, "same", "(Ljava/lang/Object;Ljava/lang/Object;)Z")
                        .jump(jumpIf ? Bytecode.IFNE : Bytecode.IFEQ, target);
            }
            case REF_TEST -> jumpOnTest(operation, operands[0], jumpIf, target);
            default -> {
                var isNull = new Label();
                expressions.value(operands[0]);
                code.jump(Bytecode.IFNULL, jumpIf ? target : isNull);
                jumpOnTest(operation, operands[1], jumpIf, target);
                if (!jumpIf) {
                    code.bind(isNull);
                }
            }
        }
    }

    private void jumpOnTest(Operation operation, Expression operand, boolean jumpIf, Label target) {
        expressions.value(operand);
        switch (test(operation)) {
            case Test.All() -> code.jump(jumpIf ? Bytecode.IFNONNULL : Bytecode.IFNULL, target);
            case Test.None() -> {
                code.op(Bytecode.POP);
                if (!jumpIf) {
                    code.jump(Bytecode.GOTO, target);
                }
            }
            case Test.Exactly(int type) -> {
                exactly(type, "isExactly", ")Z");
                code.jump(jumpIf ? Bytecode.IFNE : Bytecode.IFEQ, target);
            }
            case Test.Eq() -> code.invokeStatic(Names.REFERENCES, "isEq", "(Ljava/lang/Object;)Z")
                    .jump(jumpIf ? Bytecode.IFNE : Bytecode.IFEQ, target);
            case Test.OfClass(String name) -> code.instanceOf(name)
                    .jump(jumpIf ? Bytecode.IFNE : Bytecode.IFEQ, target);
        }
    }
}

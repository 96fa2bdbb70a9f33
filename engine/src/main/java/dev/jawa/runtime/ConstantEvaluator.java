package dev.jawa.runtime;

import dev.jawa.V128;
import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DefinedType;
import dev.jawa.model.Opcode;
import dev.jawa.model.StructType;
import java.util.ArrayList;
import java.util.List;

/** Evaluates constant expressions (core spec 4.9) to boxed values. */
final class ConstantEvaluator {
    private final ModuleInstance instance;
    // Values of the globals so far, boxed.
    private final List<Object> globals;

    ConstantEvaluator(ModuleInstance instance, List<Object> globals) {
        this.instance = instance;
        this.globals = globals;
    }

    Object evaluate(ConstantExpression expression) {
        var reader = new InstructionReader(expression.code());
        var stack = new ArrayList<Object>();
        while (true) {
            Opcode opcode = reader.next();
            switch (opcode) {
                case END -> {
                    return stack.removeLast();
                }
                case I32_CONST -> stack.add((int) reader.constant());
                case I64_CONST -> stack.add(reader.constant());
                case F32_CONST -> stack.add(Float.intBitsToFloat((int) reader.constant()));
                case F64_CONST -> stack.add(Double.longBitsToDouble(reader.constant()));
                case V128_CONST -> stack.add(new V128(reader.constant(), reader.constantHigh()));
                case GLOBAL_GET -> stack.add(globals.get(reader.index()));
                case REF_NULL -> stack.add(null);
                case REF_FUNC -> stack.add(instance.function(reader.index()));
                case STRUCT_NEW, STRUCT_NEW_DEFAULT, ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED ->
                    stack.add(aggregate(opcode, reader, stack));
                case STRUCT_NEW_DESC, STRUCT_NEW_DEFAULT_DESC -> {
                    Object descriptor = stack.removeLast();
                    Opcode plain = opcode == Opcode.STRUCT_NEW_DESC ? Opcode.STRUCT_NEW : Opcode.STRUCT_NEW_DEFAULT;
                    stack.add(References.describe(aggregate(plain, reader, stack), descriptor));
                }
                case REF_I31 -> stack.add(References.i31((int) stack.removeLast()));
                case ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> {
                    // Both hierarchies have the same objects.
                }
                default -> binary(opcode, stack);
            }
        }
    }

    private Object aggregate(Opcode opcode, InstructionReader reader, List<Object> stack) {
        DefinedType type = instance.code().definedType(reader.index());
        return switch (opcode) {
            case STRUCT_NEW -> AggregateClasses.newStruct(type,
                    pop(stack, ((StructType) type.type()).fields().size()));
            case STRUCT_NEW_DEFAULT -> AggregateClasses.newStruct(type);
            case ARRAY_NEW -> {
                int length = (int) stack.removeLast();
                yield AggregateClasses.newArray(type, length, stack.removeLast());
            }
            case ARRAY_NEW_DEFAULT -> AggregateClasses.newArray(type, (int) stack.removeLast());
            default -> AggregateClasses.newArray(type, pop(stack, reader.secondIndex()));
        };
    }

    private static Object[] pop(List<Object> stack, int count) {
        List<Object> top = stack.subList(stack.size() - count, stack.size());
        Object[] values = top.toArray();
        top.clear();
        return values;
    }

    private static void binary(Opcode opcode, List<Object> stack) {
        Object right = stack.removeLast();
        Object left = stack.removeLast();
        stack.add(switch (opcode) {
            case I32_ADD -> (int) left + (int) right;
            case I32_SUB -> (int) left - (int) right;
            case I32_MUL -> (int) left * (int) right;
            case I64_ADD -> (long) left + (long) right;
            case I64_SUB -> (long) left - (long) right;
            case I64_MUL -> (long) left * (long) right;
            default -> throw new IllegalStateException(opcode + " passed validation as constant");
        });
    }
}

package dev.jawa.validate;

import static dev.jawa.binary.TypeCode.HEAP_TYPE;
import static dev.jawa.binary.TypeCode.I32;
import static dev.jawa.binary.TypeCode.NULLABLE;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Opcode;

/** References, casts and the branches on them (core spec 3.4.1, 3.4.7 and 3.4.8). */
final class ReferenceRules {
    private static final int EQ = TypeCode.reference(true, TypeCode.of(AbstractHeapType.EQ));
    private static final int NULLABLE_I31 = TypeCode.reference(true, TypeCode.of(AbstractHeapType.I31));
    private static final int I31 = TypeCode.reference(false, TypeCode.of(AbstractHeapType.I31));
    private static final int CONT = TypeCode.of(AbstractHeapType.CONT);
    private static final int ANY = TypeCode.of(AbstractHeapType.ANY);
    private static final int EXTERN = TypeCode.of(AbstractHeapType.EXTERN);

    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;

    ReferenceRules(ModuleContext context, OperandStack stack) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
    }

    void apply(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case REF_NULL -> {
                context.checkHeapType(in.heapTypeCode(), in);
                stack.push(TypeCode.reference(true, in.heapTypeCode()));
            }
            case REF_FUNC -> referToFunction(in);
            case REF_IS_NULL -> {
                stack.popReference();
                stack.push(I32);
            }
            case REF_AS_NON_NULL -> stack.push(stack.popReference() & ~NULLABLE);
            case REF_EQ -> {
                stack.pop(EQ);
                stack.pop(EQ);
                stack.push(I32);
            }
            case REF_TEST, REF_TEST_NULL -> {
                popCastOperand(in);
                stack.push(I32);
            }
            case REF_CAST -> {
                popCastOperand(in);
                stack.push(TypeCode.reference(false, in.heapTypeCode()));
            }
            case REF_CAST_NULL -> {
                popCastOperand(in);
                stack.push(TypeCode.reference(true, in.heapTypeCode()));
            }
            case BR_ON_NULL -> branchOnNull(in);
            case BR_ON_NON_NULL -> branchOnNonNull(in);
            case BR_ON_CAST, BR_ON_CAST_FAIL -> branchOnCast(opcode, in);
            case ANY_CONVERT_EXTERN -> convert(EXTERN, ANY);
            case EXTERN_CONVERT_ANY -> convert(ANY, EXTERN);
            case REF_I31 -> {
                stack.pop(I32);
                stack.push(I31);
            }
            case I31_GET_S, I31_GET_U -> {
                stack.pop(NULLABLE_I31);
                stack.push(I32);
            }
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private void referToFunction(InstructionReader in) {
        int type = context.functionReference(in.index(), in);
        if (!context.isDeclared(in.index())) {
            throw in.error("undeclared function reference " + in.index());
        }
        stack.push(type);
    }

    /** In a constant expression, naming a function declares it. */
    void nameFunction(InstructionReader in) {
        int type = context.functionReference(in.index(), in);
        context.declare(in.index());
        stack.push(type);
    }

    private void popCastOperand(InstructionReader in) {
        checkCast(in.heapTypeCode(), in);
        stack.pop(TypeCode.reference(true, types.top(in.heapTypeCode())));
    }

    /** Continuations have no type at run time that could be asked for (stack switching proposal). */
    private void checkCast(int heapType, InstructionReader in) {
        context.checkHeapType(heapType, in);
        if (types.top(heapType) == CONT) {
            throw in.error("invalid cast: continuations cannot be cast");
        }
    }

    private void branchOnNull(InstructionReader in) {
        int reference = stack.popReference();
        int[] operands = stack.labelTypes(in.index());
        stack.pop(operands);
        stack.push(operands);
        stack.push(reference & ~NULLABLE);
    }

    private void branchOnNonNull(InstructionReader in) {
        int[] operands = stack.labelTypes(in.index());
        int last = lastOperand(operands, in);
        if (!TypeCode.isReference(last)) {
            throw stack.mismatch("ref", TypeCode.toString(last));
        }
        stack.pop(last | NULLABLE);
        stack.pop(operands, operands.length - 1);
        stack.push(operands, operands.length - 1);
    }

    private void branchOnCast(Opcode opcode, InstructionReader in) {
        checkCast(in.heapTypeCode(), in);
        checkCast(in.secondHeapTypeCode(), in);
        int source = TypeCode.reference(in.nullable(), in.heapTypeCode());
        int target = TypeCode.reference(in.secondNullable(), in.secondHeapTypeCode());
        if (!types.matches(target, source)) {
            throw in.error("type mismatch on cast: type " + TypeCode.toString(target) + " does not match "
                    + TypeCode.toString(source));
        }
        branchOnCast(opcode == Opcode.BR_ON_CAST, source, target, in);
    }

    /** The rest of the rule of a branch, taken if the cast succeeds or if it does not. */
    void branchOnCast(boolean onSuccess, int source, int target, InstructionReader in) {
        // What is left when the cast fails: null is gone if the target includes it.
        int rest = in.secondNullable() ? source & ~NULLABLE : source;
        int taken = onSuccess ? target : rest;
        int[] operands = stack.labelTypes(in.index());
        int last = lastOperand(operands, in);
        if (!types.matches(taken, last)) {
            throw in.error("type mismatch: instruction requires type " + TypeCode.toString(taken)
                    + " but label has " + TypeCode.toString(last));
        }
        stack.pop(source);
        stack.pop(operands, operands.length - 1);
        stack.push(operands, operands.length - 1);
        stack.push(onSuccess ? rest : target);
    }

    private static int lastOperand(int[] operands, InstructionReader in) {
        if (operands.length == 0) {
            throw in.error("type mismatch: instruction requires reference type but label has []");
        }
        return operands[operands.length - 1];
    }

    private void convert(int from, int to) {
        int type = stack.popReference();
        if (!types.heapTypeMatches(type & HEAP_TYPE, from)) {
            throw stack.mismatch(TypeCode.toString(TypeCode.reference(true, from)), TypeCode.toString(type));
        }
        stack.push(TypeCode.reference((type & NULLABLE) != 0, to));
    }
}

package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.Opcode;

/**
 * Structs with descriptors of their own, and casts by those (custom descriptors proposal).
 *
 * @see <a href="https://github.com/WebAssembly/custom-descriptors">the proposal</a>
 */
final class DescriptorRules {
    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;
    private final ReferenceRules references;

    DescriptorRules(ModuleContext context, OperandStack stack, ReferenceRules references) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
        this.references = references;
    }

    void apply(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case STRUCT_NEW_DESC, STRUCT_NEW_DEFAULT_DESC -> create(opcode, in);
            case REF_GET_DESC -> get(in);
            case REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL -> {
                popDescriptor(in.heapTypeCode(), in);
                stack.pop(TypeCode.reference(true, types.top(in.heapTypeCode())));
                stack.push(TypeCode.reference(opcode == Opcode.REF_CAST_DESC_EQ_NULL, in.heapTypeCode()));
            }
            case BR_ON_CAST_DESC_EQ, BR_ON_CAST_DESC_EQ_FAIL -> branch(opcode, in);
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    /** The type of the descriptors of a type of the module. */
    private int descriptor(int type, InstructionReader in) {
        context.checkType(type, in);
        if (types.descriptor(type) < 0) {
            throw in.error("type " + type + " does not have a descriptor");
        }
        return types.descriptor(type);
    }

    private void create(Opcode opcode, InstructionReader in) {
        int type = in.index();
        stack.pop(TypeCode.reference(true, TypeCode.EXACT | descriptor(type, in)));
        if (opcode == Opcode.STRUCT_NEW_DESC) {
            stack.pop(types.fields(type).unpacked());
        } else {
            AggregateRules.checkDefaultable(types.fields(type), "field type", in);
        }
        stack.push(TypeCode.reference(false, TypeCode.EXACT | type));
    }

    /** What is known exactly has a descriptor that is. */
    private void get(InstructionReader in) {
        int type = in.index();
        int descriptor = descriptor(type, in);
        int operand = stack.popReference();
        if (!types.matches(operand, TypeCode.reference(true, type))) {
            throw stack.mismatch(TypeCode.toString(TypeCode.reference(true, type)), TypeCode.toString(operand));
        }
        boolean exact = types.matches(operand, TypeCode.reference(true, TypeCode.EXACT | type));
        stack.push(TypeCode.reference(false, exact ? TypeCode.EXACT | descriptor : descriptor));
    }

    /** Pops the descriptor for a cast to a type; it must be exact if that is. */
    private void popDescriptor(int heapType, InstructionReader in) {
        if ((heapType & TypeCode.ABSTRACT) != 0) {
            throw in.error("type " + TypeCode.heapType(heapType) + " does not have a descriptor");
        }
        int descriptor = descriptor(TypeCode.index(heapType), in);
        stack.pop(TypeCode.reference(true, heapType & TypeCode.EXACT | descriptor));
    }

    private void branch(Opcode opcode, InstructionReader in) {
        context.checkHeapType(in.heapTypeCode(), in);
        popDescriptor(in.secondHeapTypeCode(), in);
        int source = TypeCode.reference(in.nullable(), in.heapTypeCode());
        int target = TypeCode.reference(in.secondNullable(), in.secondHeapTypeCode());
        if (types.top(in.heapTypeCode()) != types.top(in.secondHeapTypeCode())) {
            throw in.error("type mismatch on cast: types " + TypeCode.toString(source) + " and "
                    + TypeCode.toString(target) + " have nothing in common");
        }
        references.branchOnCast(opcode == Opcode.BR_ON_CAST_DESC_EQ, source, target, in);
    }
}

package dev.jawa.validate;

import static dev.jawa.binary.TypeCode.I32;

import dev.jawa.CompileError;
import dev.jawa.binary.ImplementationLimits;
import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Opcode;
import dev.jawa.validate.TypeTable.Fields;

/** Structs and arrays (core spec 3.4.9 and 3.4.10). */
final class AggregateRules {
    private static final int ANY_ARRAY = TypeCode.reference(true, TypeCode.of(AbstractHeapType.ARRAY));

    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;

    AggregateRules(ModuleContext context, OperandStack stack) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
    }

    void apply(Opcode opcode, InstructionReader in) {
        int type = in.index();
        switch (opcode) {
            case STRUCT_NEW -> {
                checkNoDescriptor(in);
                stack.pop(struct(in).unpacked());
                push(type);
            }
            case STRUCT_NEW_DEFAULT -> {
                checkNoDescriptor(in);
                checkDefaultable(struct(in), "field type", in);
                push(type);
            }
            case STRUCT_GET -> getField(false, in);
            case STRUCT_GET_S, STRUCT_GET_U -> getField(true, in);
            case STRUCT_SET -> setField(in);
            case ARRAY_NEW -> {
                int element = array(in).unpacked()[0];
                stack.pop(I32);
                stack.pop(element);
                push(type);
            }
            case ARRAY_NEW_DEFAULT -> {
                checkDefaultable(array(in), "array type", in);
                stack.pop(I32);
                push(type);
            }
            case ARRAY_NEW_FIXED -> newFixed(in);
            case ARRAY_NEW_DATA -> newFromData(in);
            case ARRAY_NEW_ELEM -> newFromElements(in);
            case ARRAY_GET -> getElement(false, in);
            case ARRAY_GET_S, ARRAY_GET_U -> getElement(true, in);
            case ARRAY_SET -> setElement(in);
            case ARRAY_LEN -> {
                stack.pop(ANY_ARRAY);
                stack.push(I32);
            }
            case ARRAY_FILL -> fill(in);
            case ARRAY_COPY -> copy(in);
            case ARRAY_INIT_DATA -> initFromData(in);
            case ARRAY_INIT_ELEM -> initFromElements(in);
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private void checkNoDescriptor(InstructionReader in) {
        struct(in);
        if (types.descriptor(in.index()) >= 0) {
            throw in.error("type " + in.index() + " has a descriptor, which " + Opcode.STRUCT_NEW_DESC.mnemonic()
                    + " takes");
        }
    }

    private Fields struct(InstructionReader in) {
        context.checkType(in.index(), in);
        if (!types.isStruct(in.index())) {
            throw in.error("non-structure type " + in.index());
        }
        return types.fields(in.index());
    }

    private Fields array(InstructionReader in) {
        return array(in.index(), in);
    }

    private Fields array(int type, InstructionReader in) {
        context.checkType(type, in);
        if (!types.isArray(type)) {
            throw in.error("non-array type " + type);
        }
        return types.fields(type);
    }

    private Fields mutableArray(InstructionReader in) {
        Fields array = array(in);
        if (!array.mutable()[0]) {
            throw in.error("immutable array");
        }
        return array;
    }

    private void push(int type) {
        stack.push(TypeCode.reference(false, TypeCode.EXACT | type));
    }

    private void popNullable(int type) {
        stack.pop(TypeCode.reference(true, type));
    }

    static void checkDefaultable(Fields fields, String what, InstructionReader in) {
        if (!fields.defaultable()) {
            throw in.error(what + " is not defaultable");
        }
    }

    private static void checkPacked(Fields fields, int field, boolean extended, String what, InstructionReader in) {
        if (fields.isPacked(field) != extended) {
            throw in.error(what + " is " + (extended ? "unpacked" : "packed"));
        }
    }

    private int field(Fields struct, InstructionReader in) {
        int field = in.secondIndex();
        if (Integer.compareUnsigned(field, struct.size()) >= 0) {
            throw ModuleContext.unknown("field", field, in);
        }
        return field;
    }

    private void getField(boolean extended, InstructionReader in) {
        Fields struct = struct(in);
        int field = field(struct, in);
        checkPacked(struct, field, extended, "field", in);
        popNullable(in.index());
        stack.push(struct.unpacked()[field]);
    }

    private void setField(InstructionReader in) {
        Fields struct = struct(in);
        int field = field(struct, in);
        if (!struct.mutable()[field]) {
            throw in.error("immutable field");
        }
        stack.pop(struct.unpacked()[field]);
        popNullable(in.index());
    }

    private void getElement(boolean extended, InstructionReader in) {
        Fields array = array(in);
        checkPacked(array, 0, extended, "array", in);
        stack.pop(I32);
        popNullable(in.index());
        stack.push(array.unpacked()[0]);
    }

    private void setElement(InstructionReader in) {
        stack.pop(mutableArray(in).unpacked()[0]);
        stack.pop(I32);
        popNullable(in.index());
    }

    private void newFixed(InstructionReader in) {
        int element = array(in).unpacked()[0];
        if (ImplementationLimits.FIXED_ARRAY_OPERANDS.isExceededBy(in.secondIndex())) {
            throw in.error(ImplementationLimits.FIXED_ARRAY_OPERANDS.reason());
        }
        stack.popRepeatedly(element, in.secondIndex());
        push(in.index());
    }

    private void newFromData(InstructionReader in) {
        checkNumeric(array(in), in);
        context.checkData(in.secondIndex(), in);
        stack.pop(I32);
        stack.pop(I32);
        push(in.index());
    }

    private void newFromElements(InstructionReader in) {
        checkElements(array(in), in);
        stack.pop(I32);
        stack.pop(I32);
        push(in.index());
    }

    private void fill(InstructionReader in) {
        int element = mutableArray(in).unpacked()[0];
        stack.pop(I32);
        stack.pop(element);
        stack.pop(I32);
        popNullable(in.index());
    }

    private void copy(InstructionReader in) {
        Fields destination = mutableArray(in);
        Fields source = array(in.secondIndex(), in);
        if (!types.matches(source.storage()[0], destination.storage()[0])) {
            throw in.error("array types do not match");
        }
        stack.pop(I32);
        stack.pop(I32);
        popNullable(in.secondIndex());
        stack.pop(I32);
        popNullable(in.index());
    }

    private void initFromData(InstructionReader in) {
        checkNumeric(mutableArray(in), in);
        context.checkData(in.secondIndex(), in);
        popInit(in);
    }

    private void initFromElements(InstructionReader in) {
        checkElements(mutableArray(in), in);
        popInit(in);
    }

    private void popInit(InstructionReader in) {
        stack.pop(I32);
        stack.pop(I32);
        stack.pop(I32);
        popNullable(in.index());
    }

    private static void checkNumeric(Fields array, InstructionReader in) {
        if (TypeCode.isReference(array.unpacked()[0])) {
            throw in.error("array type is not numeric or vector");
        }
    }

    private void checkElements(Fields array, InstructionReader in) {
        int segment = context.element(in.secondIndex(), in);
        if (!types.matches(segment, array.unpacked()[0])) {
            throw mismatch(segment, array.unpacked()[0], in);
        }
    }

    private static CompileError mismatch(int segment, int element, InstructionReader in) {
        return in.error("type mismatch: element segment's type " + TypeCode.toString(segment)
                + " does not match array's field type " + TypeCode.toString(element));
    }
}

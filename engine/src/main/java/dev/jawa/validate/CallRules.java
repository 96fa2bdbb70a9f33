package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Opcode;

/** Calls and tail calls (core spec 3.4.1). */
final class CallRules {
    private static final int FUNCTION = TypeCode.reference(true, TypeCode.of(AbstractHeapType.FUNC));

    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;

    CallRules(ModuleContext context, OperandStack stack) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
    }

    void call(InstructionReader in) {
        call(context.functionType(in.index(), in));
    }

    /** Applies the rule of a less frequent call. */
    void apply(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case RETURN_CALL -> returnCall(context.functionType(in.index(), in), in);
            case CALL_REF -> call(popReference(in));
            case RETURN_CALL_REF -> returnCall(popReference(in), in);
            case CALL_INDIRECT -> call(popIndex(in));
            case RETURN_CALL_INDIRECT -> returnCall(popIndex(in), in);
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private void call(int type) {
        stack.pop(types.parameters(type));
        stack.push(types.results(type));
    }

    private void returnCall(int type, InstructionReader in) {
        if (!types.matches(types.results(type), stack.functionResults())) {
            throw in.error("type mismatch: the callee returns other types than the function");
        }
        stack.pop(types.parameters(type));
        stack.setUnreachable();
    }

    private int popReference(InstructionReader in) {
        int type = in.index();
        context.checkFunctionType(type, in);
        stack.pop(TypeCode.reference(true, type));
        return type;
    }

    private int popIndex(InstructionReader in) {
        int type = in.index();
        int element = context.tableElement(in.secondIndex(), in);
        context.checkFunctionType(type, in);
        if (!types.matches(element, FUNCTION)) {
            throw in.error("type mismatch: instruction requires table of functions but table has "
                    + TypeCode.toString(element));
        }
        stack.pop(context.tableAddress(in.secondIndex(), in));
        return type;
    }
}

package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.ResumptionHandler;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Opcode;
import java.util.Arrays;

/**
 * Continuations (stack switching proposal, "Instructions").
 *
 * @see <a href="https://github.com/WebAssembly/stack-switching">the proposal</a>
 */
final class ContinuationRules {
    private static final int EXCEPTION = TypeCode.reference(true, TypeCode.of(AbstractHeapType.EXN));

    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;

    ContinuationRules(ModuleContext context, OperandStack stack) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
    }

    void apply(Opcode opcode, InstructionReader in) {
        context.setSwitchesStacks();
        switch (opcode) {
            case CONT_NEW -> {
                stack.pop(TypeCode.reference(true, continued(in.index(), in)));
                stack.push(TypeCode.reference(false, TypeCode.EXACT | in.index()));
            }
            case CONT_BIND -> bind(in);
            case SUSPEND -> {
                int tag = context.tag(in.index(), in);
                stack.pop(types.parameters(tag));
                stack.push(types.results(tag));
            }
            case RESUME -> {
                int function = continued(in.index(), in);
                resume(function, types.parameters(function), in);
            }
            case RESUME_THROW -> {
                int function = continued(in.index(), in);
                int tag = context.tag(in.secondIndex(), in);
                if (types.results(tag).length > 0) {
                    throw in.error("type mismatch: tag " + in.secondIndex() + " has results, so it cannot be thrown");
                }
                resume(function, types.parameters(tag), in);
            }
            case RESUME_THROW_REF -> resume(continued(in.index(), in), new int[] {EXCEPTION}, in);
            case SWITCH -> switchTo(in);
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    /** The type of the function that a continuation type continues. */
    private int continued(int type, InstructionReader in) {
        context.checkType(type, in);
        if (!types.isContinuation(type)) {
            throw in.error("non-continuation type " + type);
        }
        return types.continued(type);
    }

    private void bind(InstructionReader in) {
        int source = continued(in.index(), in);
        int target = continued(in.secondIndex(), in);
        int[] parameters = types.parameters(source);
        int[] left = types.parameters(target);
        int bound = parameters.length - left.length;
        if (bound < 0 || !types.matches(left, Arrays.copyOfRange(parameters, bound, parameters.length))
                || !types.matches(types.results(source), types.results(target))) {
            throw in.error("type mismatch: binding arguments does not make type " + in.secondIndex() + " of type "
                    + in.index());
        }
        stack.pop(TypeCode.reference(true, in.index()));
        stack.pop(parameters, bound);
        stack.push(TypeCode.reference(false, in.secondIndex()));
    }

    private void resume(int function, int[] operands, InstructionReader in) {
        for (ResumptionHandler handler : in.handlers()) {
            if (handler.isSwitch()) {
                checkSwitchHandler(handler, function, in);
            } else {
                checkHandler(handler, function, in);
            }
        }
        stack.pop(TypeCode.reference(true, in.index()));
        stack.pop(operands);
        stack.push(types.results(function));
    }

    private void checkSwitchHandler(ResumptionHandler handler, int function, InstructionReader in) {
        int tag = context.tag(handler.tag(), in);
        if (types.parameters(tag).length > 0 || !types.matches(types.results(function), types.results(tag))) {
            throw in.error("type mismatch in switch tag " + handler.tag());
        }
    }

    /** A label gets the values of the tag, and the continuation, whose type is seen through to the function's. */
    private void checkHandler(ResumptionHandler handler, int function, InstructionReader in) {
        int tag = context.tag(handler.tag(), in);
        int[] label = stack.labelTypes(handler.label());
        int[] values = types.parameters(tag);
        if (label.length != values.length + 1
                || !types.matches(values, Arrays.copyOf(label, values.length))) {
            throw in.error("type mismatch: the handler does not give what label " + handler.label() + " takes");
        }
        int last = label[values.length];
        int heapType = last & TypeCode.HEAP_TYPE & ~TypeCode.EXACT;
        if (!TypeCode.isReference(last) || (heapType & TypeCode.ABSTRACT) != 0) {
            throw in.error("type mismatch: instruction requires concrete continuation reference type but label has ["
                    + TypeCode.toString(last) + "]");
        }
        int rest = continued(heapType, in);
        if (!types.matches(types.parameters(rest), types.results(tag))
                || !types.matches(types.results(function), types.results(rest))) {
            throw in.error("type mismatch: the continuation of tag " + handler.tag() + " is not of type " + heapType);
        }
    }

    private void switchTo(InstructionReader in) {
        int function = continued(in.index(), in);
        int tag = context.tag(in.secondIndex(), in);
        int[] parameters = types.parameters(function);
        int last = parameters.length == 0 ? TypeCode.BOTTOM : parameters[parameters.length - 1];
        int heapType = last & TypeCode.HEAP_TYPE & ~TypeCode.EXACT;
        if (!TypeCode.isReference(last) || (heapType & TypeCode.ABSTRACT) != 0) {
            throw in.error("type mismatch: the last parameter of type " + in.index()
                    + " must be the continuation that is switched from");
        }
        int back = continued(heapType, in);
        if (types.parameters(tag).length > 0 || !types.matches(types.results(function), types.results(tag))
                || !types.matches(types.results(tag), types.results(back))) {
            throw in.error("type mismatch in switch tag " + in.secondIndex());
        }
        stack.pop(TypeCode.reference(true, in.index()));
        stack.pop(parameters, parameters.length - 1);
        stack.push(types.parameters(back));
    }
}

package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;

/** Local and global variables and {@code select} (core spec 3.4.2, 3.4.3 and 3.4.4). */
final class VariableRules {
    private final ModuleContext context;
    private final OperandStack stack;
    private final LocalTypes locals;

    VariableRules(ModuleContext context, OperandStack stack, LocalTypes locals) {
        this.context = context;
        this.stack = stack;
        this.locals = locals;
    }

    void getLocal(InstructionReader in) {
        int type = local(in);
        if (!locals.isSet(in.index())) {
            throw in.error("uninitialized local " + in.index());
        }
        stack.push(type);
    }

    void setLocal(InstructionReader in) {
        stack.pop(local(in));
        locals.set(in.index());
    }

    void teeLocal(InstructionReader in) {
        int type = local(in);
        stack.pop(type);
        locals.set(in.index());
        stack.push(type);
    }

    private int local(InstructionReader in) {
        int type = locals.type(in.index());
        if (type < 0) {
            throw ModuleContext.unknown("local", in.index(), in);
        }
        return type;
    }

    void getGlobal(InstructionReader in) {
        stack.push(context.global(in.index(), in));
    }

    void getConstantGlobal(InstructionReader in) {
        int type = context.global(in.index(), in);
        if (context.isMutable(in.index())) {
            throw in.error("constant expression required");
        }
        stack.push(type);
    }

    void setGlobal(InstructionReader in) {
        int type = context.global(in.index(), in);
        if (!context.isMutable(in.index())) {
            throw in.error("immutable global");
        }
        stack.pop(type);
    }

    // Without types only for numbers and vectors.
    void select() {
        stack.pop(TypeCode.I32);
        int second = stack.pop();
        int first = stack.pop();
        if (TypeCode.isReference(first) || TypeCode.isReference(second)) {
            throw stack.mismatch("numeric or vector type",
                    TypeCode.toString(TypeCode.isReference(first) ? first : second));
        }
        if (first != second && first != TypeCode.BOTTOM && second != TypeCode.BOTTOM) {
            throw stack.mismatch(TypeCode.toString(first), TypeCode.toString(second));
        }
        stack.push(first == TypeCode.BOTTOM ? second : first);
    }

    void selectTyped(InstructionReader in) {
        if (in.valueTypeCount() != 1) {
            throw in.error("invalid result arity other than 1 is not (yet) allowed");
        }
        int type = in.valueTypeCode(0);
        context.checkValueType(type, in);
        stack.pop(TypeCode.I32);
        stack.pop(type);
        stack.pop(type);
        stack.push(type);
    }
}

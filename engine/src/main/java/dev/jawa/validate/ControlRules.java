package dev.jawa.validate;

import dev.jawa.binary.CatchClause;
import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Opcode;
import dev.jawa.validate.OperandStack.Frame;

/** Blocks, branches and exceptions (core spec 3.4.1; for try with catch the legacy exception handling document). */
final class ControlRules {
    private static final int NULLABLE_EXCEPTION = TypeCode.reference(true, TypeCode.of(AbstractHeapType.EXN));
    private static final int EXCEPTION = TypeCode.reference(false, TypeCode.of(AbstractHeapType.EXN));
    // The one-element lists of the types a block gives most often.
    private static final int[][] SINGLE = new int[TypeCode.EMPTY][];

    static {
        for (int type = 0; type < SINGLE.length; type++) {
            SINGLE[type] = new int[] {type};
        }
    }

    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;
    private final LocalTypes locals;

    ControlRules(ModuleContext context, OperandStack stack, LocalTypes locals) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
        this.locals = locals;
    }

    void block(InstructionReader in) {
        checkBlockType(in);
        open(Frame.BLOCK, in);
    }

    void loop(InstructionReader in) {
        checkBlockType(in);
        open(Frame.LOOP, in);
    }

    void startIf(InstructionReader in) {
        checkBlockType(in);
        stack.pop(TypeCode.I32);
        open(Frame.IF, in);
    }

    void branch(InstructionReader in) {
        branch(stack.labelTypes(in.index()));
    }

    /** Applies the rule of a less frequent instruction. */
    void apply(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case UNREACHABLE -> stack.setUnreachable();
            case ELSE -> startElse(in);
            case BR_TABLE -> branchTable(in);
            case RETURN -> branch(stack.functionResults());
            case THROW -> {
                int tag = context.tag(in.index(), in);
                if (types.results(tag).length > 0) {
                    throw in.error("type mismatch: tag " + in.index() + " has results, so it cannot be thrown");
                }
                branch(types.parameters(tag));
            }
            case THROW_REF -> {
                stack.pop(NULLABLE_EXCEPTION);
                stack.setUnreachable();
            }
            case TRY_TABLE -> {
                checkBlockType(in);
                checkCatches(in);
                open(Frame.TRY_TABLE, in);
            }
            case TRY -> {
                checkBlockType(in);
                open(Frame.TRY, in);
            }
            case CATCH -> startCatch(Frame.CATCH, types.parameters(context.tag(in.index(), in)), in);
            case CATCH_ALL -> startCatch(Frame.CATCH_ALL, OperandStack.noTypes(), in);
            case DELEGATE -> delegate(in);
            case RETHROW -> rethrow(in);
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private void checkBlockType(InstructionReader in) {
        if (in.blockTypeIsIndex()) {
            context.checkFunctionType(in.blockTypeIndex(), in);
        } else {
            context.checkValueType(in.blockTypeCode(), in);
        }
    }

    private void open(Frame kind, InstructionReader in) {
        int code = in.blockTypeCode();
        if (in.blockTypeIsIndex()) {
            int type = in.blockTypeIndex();
            stack.pop(types.parameters(type));
            stack.open(kind, types.parameters(type), types.results(type), locals.mark());
        } else {
            stack.open(kind, OperandStack.noTypes(), code == TypeCode.EMPTY ? OperandStack.noTypes() : single(code),
                    locals.mark());
        }
    }

    private static int[] single(int type) {
        return type < SINGLE.length ? SINGLE[type] : new int[] {type};
    }

    private void startElse(InstructionReader in) {
        if (stack.kind() != Frame.IF) {
            throw in.error("misplaced ELSE opcode: END opcode expected");
        }
        restart(Frame.ELSE, stack.startTypes());
    }

    private void startCatch(Frame kind, int[] values, InstructionReader in) {
        if (stack.kind() != Frame.TRY && stack.kind() != Frame.CATCH) {
            throw in.error("misplaced CATCH opcode: END opcode expected");
        }
        restart(kind, values);
    }

    // Ends a part of a block and starts the next one, in which locals are set as they were before the block.
    private void restart(Frame kind, int[] start) {
        int[] end = stack.endTypes();
        int mark = stack.mark();
        stack.close();
        locals.resetTo(mark);
        stack.open(kind, start, end, mark);
    }

    void end(InstructionReader in) {
        int[] end = stack.endTypes();
        // Without else, what comes in goes out.
        if (stack.kind() == Frame.IF && !types.matches(stack.startTypes(), end)) {
            throw in.error("type mismatch: if without else must give what it takes");
        }
        int mark = stack.mark();
        stack.close();
        locals.resetTo(mark);
        if (stack.depth() > 0) {
            stack.push(end);
        }
    }

    private void branch(int[] operands) {
        stack.pop(operands);
        stack.setUnreachable();
    }

    void branchIf(InstructionReader in) {
        stack.pop(TypeCode.I32);
        int[] operands = stack.labelTypes(in.index());
        stack.pop(operands);
        stack.push(operands);
    }

    private void branchTable(InstructionReader in) {
        stack.pop(TypeCode.I32);
        int count = in.labelCount();
        int[] operands = stack.labelTypes(in.label(count - 1));
        int[] checked = operands;
        for (int i = 0; i < count - 1; i++) {
            int[] others = stack.labelTypes(in.label(i));
            // Blocks of a type share one array, so that a long table of labels costs little.
            if (others != checked) {
                if (others.length != operands.length) {
                    throw in.error("type mismatch: label " + in.label(i) + " takes " + others.length
                            + " operands, the default label " + operands.length);
                }
                stack.check(others, others.length);
                checked = others;
            }
        }
        branch(operands);
    }

    private void checkCatches(InstructionReader in) {
        for (int i = 0; i < in.clauseCount(); i++) {
            CatchClause clause = in.catchClause(i);
            int[] tagValues = clause.kind().hasTag()
                    ? types.parameters(context.tag(clause.tag(), in))
                    : OperandStack.noTypes();
            int[] values = tagValues;
            if (clause.kind().givesReference()) {
                values = java.util.Arrays.copyOf(tagValues, tagValues.length + 1);
                values[tagValues.length] = EXCEPTION;
            }
            if (!types.matches(values, stack.labelTypes(clause.label()))) {
                throw in.error("type mismatch: catch clause does not give what label " + clause.label() + " takes");
            }
        }
    }

    private void delegate(InstructionReader in) {
        if (stack.kind() != Frame.TRY) {
            throw in.error("misplaced DELEGATE opcode: END opcode expected");
        }
        end(in);
        stack.checkLabel(in.index());
    }

    private void rethrow(InstructionReader in) {
        Frame kind = stack.kind(in.index());
        if (kind != Frame.CATCH && kind != Frame.CATCH_ALL) {
            throw in.error("invalid rethrow label");
        }
        stack.setUnreachable();
    }
}

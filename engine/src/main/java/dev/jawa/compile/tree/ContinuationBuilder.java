package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.ResumptionHandler;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the statements of continuations (stack switching proposal).
 *
 * <p>A {@code resume} gives an outcome, of which further operations with the same opcode and another
 * {@link Part} ask what it was; the branches to the handlers' labels follow it as ordinary statements.
 */
public final class ContinuationBuilder {
    /** What an operation with the opcode of a {@code resume} or {@code suspend} is, as its immediate. */
    public enum Part {
        /**
         * The instruction. Behind the operands of a {@code resume} stand its handlers as constants: the tag times two,
         * plus one for {@code switch}.
         */
        WHOLE,
        /** The number of the handler that an outcome is for, or -1. */
        HANDLER,
        /** The continuation that a handler gets. */
        CONTINUATION,
        /** The values of an outcome, packed. */
        VALUES,
        /** The only one of packed values. */
        VALUE
    }

    private final TreeBuilder tree;
    private final IndexSpaces spaces;
    private final InstructionReader reader;
    private final PendingStack stack;

    ContinuationBuilder(TreeBuilder tree, IndexSpaces spaces, InstructionReader reader, PendingStack stack) {
        this.tree = tree;
        this.spaces = spaces;
        this.reader = reader;
        this.stack = stack;
    }

    /** Takes in the instruction that the reader is at. */
    void add(Opcode opcode) {
        switch (opcode) {
            case CONT_NEW -> stack.push(whole(opcode, stack.pop(1), Effects.TRAPS));
            case CONT_BIND -> {
                int bound = Carrier.count(continued(reader.index()).parameters())
                        - Carrier.count(continued(reader.secondIndex()).parameters());
                stack.push(whole(opcode, stack.pop(bound + 1), Effects.CALLS));
            }
            case SUSPEND -> {
                FunctionType tag = tag(reader.index());
                Expression[] operands = stack.pop(Carrier.count(tag.parameters()));
                push(tag.results(), whole(opcode, operands, Effects.CALLS));
            }
            case SWITCH -> {
                List<ValueType> parameters = continued(reader.index()).parameters();
                // The last parameter is the continuation that is made; the operand that takes its place is the target.
                Expression[] operands = stack.pop(Carrier.count(parameters));
                push(switchedBack(parameters), whole(opcode, operands, Effects.CALLS));
            }
            case RESUME -> resume(opcode, Carrier.count(continued(reader.index()).parameters()));
            case RESUME_THROW -> resume(opcode, Carrier.count(tag(reader.secondIndex()).parameters()));
            default -> resume(opcode, 1);
        }
    }

    private FunctionType tag(int index) {
        return (FunctionType) spaces.types().get(spaces.tags().get(index).typeIndex()).type();
    }

    private FunctionType continued(int type) {
        return continued(spaces, type);
    }

    private static FunctionType continued(IndexSpaces spaces, int type) {
        int function = ((TypeIndex) ((ContinuationType) spaces.types().get(type).type()).function()).index();
        return (FunctionType) spaces.types().get(function).type();
    }

    private List<ValueType> switchedBack(List<ValueType> parameters) {
        return switchedBack(spaces, parameters);
    }

    private static List<ValueType> switchedBack(IndexSpaces spaces, List<ValueType> parameters) {
        int back = ((TypeIndex) ((ReferenceType) parameters.getLast()).heapType()).index();
        return continued(spaces, back).parameters();
    }

    /** The types of what {@code suspend} or {@code switch} gives back. */
    public static List<ValueType> results(IndexSpaces spaces, Operation operation) {
        if (operation.opcode() == Opcode.SUSPEND) {
            int type = spaces.tags().get(operation.index()).typeIndex();
            return ((FunctionType) spaces.types().get(type).type()).results();
        }
        return switchedBack(spaces, continued(spaces, operation.index()).parameters());
    }

    private void resume(Opcode opcode, int values) {
        List<ResumptionHandler> handlers = reader.handlers();
        Expression[] own = stack.pop(values + 1);
        Expression[] operands = java.util.Arrays.copyOf(own, own.length + handlers.size());
        for (int i = 0; i < handlers.size(); i++) {
            ResumptionHandler handler = handlers.get(i);
            operands[own.length + i] = new Constant(Carrier.INT, handler.tag() * 2L + (handler.isSwitch() ? 1 : 0));
        }
        Variable outcome = stack.variable(Carrier.REFERENCE, true);
        stack.set(outcome, whole(opcode, operands, Effects.CALLS));
        stack.settleAll();
        int number = 0;
        for (ResumptionHandler handler : handlers) {
            if (!handler.isSwitch()) {
                handle(handler, number++, outcome);
            }
        }
        push(continued(reader.index()).results(), part(Part.VALUES, Carrier.REFERENCE, new Get(outcome)));
    }

    private void handle(ResumptionHandler handler, int number, Variable outcome) {
        List<Statement> outer = stack.statements();
        List<Statement> taken = new ArrayList<>();
        stack.statements(taken);
        push(tag(handler.tag()).parameters(), part(Part.VALUES, Carrier.REFERENCE, new Get(outcome)));
        stack.push(part(Part.CONTINUATION, Carrier.REFERENCE, new Get(outcome)));
        tree.branch(handler.label());
        stack.statements(outer);
        Expression which = part(Part.HANDLER, Carrier.INT, new Get(outcome));
        Expression chosen = new Operation(Opcode.I32_EQ, new Expression[] {which, new Constant(Carrier.INT, number)},
                Carrier.INT, 0, 0, 0, reader.offset(), 0, which.size() + 3);
        stack.add(new If(chosen, taken, List.of()), 0);
    }

    /** Pushes packed values one by one. */
    private void push(List<ValueType> types, Expression packed) {
        Variable[] variables = stack.variables(types, true);
        switch (variables.length) {
            case 0 -> {
                if (packed.effects() != 0) {
                    stack.add(new Evaluate(packed), packed.effects());
                }
            }
            case 1 -> stack.set(variables[0], part(Part.VALUE, variables[0].carrier(), packed));
            default -> stack.add(new SetAll(variables, packed), packed.effects());
        }
        for (Variable variable : variables) {
            stack.push(new Get(variable));
        }
    }

    private Operation part(Part part, Carrier carrier, Expression of) {
        return operation(Opcode.RESUME, new Expression[] {of}, carrier, part, 0);
    }

    private Operation whole(Opcode opcode, Expression[] operands, int effects) {
        return operation(opcode, operands, Carrier.REFERENCE, Part.WHOLE, effects);
    }

    private Operation operation(Opcode opcode, Expression[] operands, Carrier carrier, Part part, int ownEffects) {
        int effects = ownEffects;
        int size = part == Part.WHOLE ? 40 + 6 * operands.length : 8;
        for (Expression operand : operands) {
            effects |= operand.effects();
            size += operand.size();
        }
        return new Operation(opcode, operands, carrier, reader.index(), reader.secondIndex(), part.ordinal() | (long) handlerCount(opcode, part) << 8,
                reader.offset(), effects, size);
    }

    private int handlerCount(Opcode opcode, Part part) {
        return switch (opcode) {
            case RESUME, RESUME_THROW, RESUME_THROW_REF -> part == Part.WHOLE ? reader.clauseCount() : 0;
            default -> 0;
        };
    }

    /** Which part an operation is. */
    public static Part part(Operation operation) {
        return Part.values()[(int) operation.immediate() & 0xFF];
    }

    /** How many of the last operands are handlers. */
    public static int handlers(Operation operation) {
        return (int) (operation.immediate() >> 8);
    }
}

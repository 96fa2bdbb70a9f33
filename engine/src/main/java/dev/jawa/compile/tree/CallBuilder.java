package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.model.FunctionType;
import dev.jawa.model.Opcode;

/** Builds calls and tail calls, except those of a function to itself. */
final class CallBuilder {
    /** A call with larger operands has them evaluated one by one before. */
    private static final int LARGEST_CALL = 2000;

    private final InstructionReader reader;
    private final PendingStack stack;

    CallBuilder(InstructionReader reader, PendingStack stack) {
        this.reader = reader;
        this.stack = stack;
    }

    /**
     * Takes in a call.
     *
     * @param callee how many operands after the arguments say what is called
     */
    void call(Opcode opcode, FunctionType called, int callee) {
        callAtOnce(opcode, called, callee, TailCallPlan.PREPARED);
    }

    /** Takes in a call, or a tail call of a copy of a function's code, for which this function waits. */
    void callAtOnce(Opcode opcode, FunctionType called, int callee, int copy) {
        Expression[] operands = stack.pop(Carrier.count(called.parameters()) + callee);
        if (callee > 0) {
            settleArguments(operands);
        }
        push(called, call(opcode, called, operands, copy));
    }

    private void push(FunctionType called, Call call) {
        switch (Carrier.count(called.results())) {
            case 0 -> stack.add(new Evaluate(call), Effects.CALLS);
            case 1 -> stack.push(call);
            default -> {
                Variable[] variables = stack.variables(called.results(), true);
                stack.add(new SetAll(variables, call), Effects.CALLS);
                for (Variable variable : variables) {
                    stack.push(new Get(variable));
                }
            }
        }
    }

    /**
     * Takes in a tail call: it is prepared, and whoever called the function makes it. That leaves the handlers around.
     *
     * @param callee how many operands after the arguments say what is called
     */
    void tailCall(Opcode opcode, FunctionType called, int callee) {
        Expression[] operands = stack.pop(Carrier.count(called.parameters()) + callee);
        boolean calls = false;
        for (Expression operand : operands) {
            calls |= (operand.effects() & Effects.CALLS) != 0;
        }
        // There is one place for the arguments of a tail call, which another one must not use in between.
        for (int i = 0; calls && i < operands.length; i++) {
            operands[i] = stack.evaluated(operands[i]);
        }
        stack.settleObservable();
        stack.add(new Evaluate(call(opcode, called, operands, TailCallPlan.PREPARED)), Effects.CALLS);
        stack.add(new Return(new Expression[0]), 0);
    }

    private Call call(Opcode opcode, FunctionType called, Expression[] operands, int copy) {
        int size = Sizes.ofCall(opcode, operands.length);
        for (Expression operand : operands) {
            size += operand.size();
        }
        for (int i = 0; size > LARGEST_CALL && i < operands.length; i++) {
            operands[i] = stack.evaluated(operands[i]);
        }
        boolean indirect = opcode == Opcode.CALL_INDIRECT || opcode == Opcode.RETURN_CALL_INDIRECT;
        return new Call(opcode, called, operands, reader.index(), indirect ? reader.secondIndex() : 0, reader.offset(),
                copy, size);
    }

    /** The callee is looked up before the arguments are evaluated, so that nothing in them may show that. */
    private void settleArguments(Expression[] operands) {
        int last = operands.length - 1;
        boolean shows = (operands[last].effects() & (Effects.CALLS | Effects.WRITES)) != 0;
        for (int i = 0; i < last; i++) {
            shows |= (operands[i].effects() & Effects.OBSERVABLE) != 0;
        }
        for (int i = 0; shows && i < last; i++) {
            operands[i] = stack.evaluated(operands[i]);
        }
    }
}

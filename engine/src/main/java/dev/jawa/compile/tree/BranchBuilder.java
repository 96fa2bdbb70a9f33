package dev.jawa.compile.tree;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.model.FunctionType;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes in the instructions that branch: to a label, or out of the function. */
final class BranchBuilder {
    /** So many targets fill a string constant at most. */
    private static final int LARGEST_TABLE = 16_000;

    private final TreeBuilder tree;
    private final FunctionType type;
    private final InstructionReader reader;
    private final PendingStack stack;
    private final OperationBuilder operations;
    private final WholeVectorLoopBuilder wholeVectors;

    BranchBuilder(TreeBuilder tree, FunctionType type, InstructionReader reader, PendingStack stack,
            OperationBuilder operations, WholeVectorLoopBuilder wholeVectors) {
        this.tree = tree;
        this.type = type;
        this.reader = reader;
        this.stack = stack;
        this.operations = operations;
        this.wholeVectors = wholeVectors;
    }

    private Variable[] labelVariables(OpenBlock frame) {
        return frame.label.isLoop() ? frame.label.variables() : tree.resultVariables(frame);
    }

    void branch(int label) {
        if (label == tree.openBlocks() - 1) {
            giveBack();
            return;
        }
        OpenBlock frame = tree.target(label);
        tree.assign(labelVariables(frame));
        stack.settleObservable();
        frame.label.branch();
        stack.statements().addAll(wholeVectors.before(label));
        stack.add(new Branch(frame.label), 0);
    }

    void branchIf(int label) {
        Expression condition = stack.pop();
        OpenBlock frame = tree.target(label);
        if (label == tree.openBlocks() - 1) {
            int results = Carrier.count(type.results());
            stack.settleTop(results);
            stack.settleObservable();
            Expression[] values = stack.copyFrom(stack.size() - results);
            var leave = new ArrayList<Statement>(List.of(new Return(values)));
            stack.add(new If(condition, leave, new ArrayList<>()), condition.effects());
            return;
        }
        if (!wholeVectors.before(label).isEmpty()) {
            branchWith(not(not(stack.evaluated(condition))), label);
            return;
        }
        Variable[] variables = labelVariables(frame);
        Expression settledCondition = condition;
        if (variables.length > 0) {
            stack.settleTop(variables.length);
            settledCondition = stack.evaluated(condition);
            Expression[] values = stack.copyFrom(stack.size() - variables.length);
            for (int i = 0; i < variables.length; i++) {
                stack.set(variables[i], values[i]);
            }
        }
        stack.settleObservable();
        frame.label.branch();
        stack.add(new BranchIf(settledCondition, frame.label), settledCondition.effects());
    }

    // ---- branches that look at a reference

    void branchOnNull(int label) {
        Expression reference = stack.evaluated(stack.pop());
        branchWith(operations.operation(Opcode.REF_IS_NULL, new Expression[] {reference}, Carrier.INT), label);
        stack.push(reference);
    }

    void branchOnNonNull(int label) {
        Expression reference = stack.evaluated(stack.pop());
        stack.push(reference);
        branchWith(not(operations.operation(Opcode.REF_IS_NULL, new Expression[] {reference}, Carrier.INT)), label);
        stack.pop();
    }

    void branchOnCast(Opcode opcode, int label) {
        Expression reference = stack.evaluated(stack.pop());
        stack.push(reference);
        Operation test = operations.aggregates().test(
                reader.secondNullable() ? Opcode.REF_TEST_NULL : Opcode.REF_TEST, reference,
                reader.secondHeapTypeCode());
        branchWith(opcode == Opcode.BR_ON_CAST ? test : not(test), label);
    }

    void branchOnDescriptor(Opcode opcode, int label) {
        Expression descriptor = stack.evaluated(stack.pop());
        Expression reference = stack.evaluated(stack.pop());
        Expression test = operations.aggregates().hasDescriptor(reference, descriptor, reader.secondNullable());
        stack.push(reference);
        Operation fails = operations.operation(Opcode.I32_EQZ, new Expression[] {test}, Carrier.INT);
        branchWith(opcode == Opcode.BR_ON_CAST_DESC_EQ ? not(fails) : fails, label);
    }

    private Operation not(Expression condition) {
        return operations.operation(Opcode.I32_EQZ, new Expression[] {condition}, Carrier.INT);
    }

    /**
     * A branch on a condition that only looks at something settled. The label's variables are assigned only if it is
     * taken, since the reference may not be of their type otherwise.
     */
    private void branchWith(Operation condition, int label) {
        OpenBlock frame = tree.target(label);
        boolean leaves = label == tree.openBlocks() - 1;
        Variable[] variables = leaves ? null : labelVariables(frame);
        int count = leaves ? Carrier.count(type.results()) : variables.length;
        stack.settleTop(count);
        stack.settleObservable();
        Expression[] values = stack.copyFrom(stack.size() - count);
        var taken = new ArrayList<Statement>();
        if (leaves) {
            taken.add(new Return(values));
        } else {
            for (int i = 0; i < count; i++) {
                taken.add(new Statement.Set(variables[i], values[i]));
            }
            frame.label.branch();
            taken.addAll(wholeVectors.before(label));
            taken.add(new Branch(frame.label));
        }
        stack.add(new If(condition, taken, new ArrayList<>()), condition.effects());
    }

    void branchTable() {
        Expression index = stack.pop();
        BlockLabel[] labels = new BlockLabel[reader.labelCount() - 1];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = tree.target(reader.label(i)).label;
        }
        OpenBlock otherwise = tree.target(reader.label(labels.length));
        int values = labelVariables(otherwise).length;
        if (values > 0) {
            stack.settleTop(values);
            index = stack.evaluated(index);
            // Every target's variables are assigned: those of the targets not taken are not read before they are
            // assigned again.
            for (int i = 0; i <= labels.length; i++) {
                Variable[] variables = labelVariables(tree.target(reader.label(i)));
                Expression[] current = stack.copyFrom(stack.size() - values);
                for (int j = 0; j < values; j++) {
                    stack.set(variables[j], current[j]);
                }
            }
            stack.truncate(stack.size() - values);
        }
        stack.settleObservable();
        branchTable(index, labels, otherwise.label);
    }

    /** Adds a branch table, in parts if it is larger than a method should be. */
    private void branchTable(Expression index, BlockLabel[] targets, BlockLabel otherwise) {
        for (BlockLabel target : targets) {
            target.branch();
        }
        otherwise.branch();
        if (targets.length <= LARGEST_TABLE) {
            stack.add(new BranchTable(index, targets, otherwise), index.effects());
            return;
        }
        Expression settled = stack.evaluated(index);
        for (int start = 0; start < targets.length; start += LARGEST_TABLE) {
            int end = Math.min(start + LARGEST_TABLE, targets.length);
            var part = new BranchTable(operations.subtract(settled, start),
                    Arrays.copyOfRange(targets, start, end), otherwise);
            stack.add(new If(operations.isBelow(settled, end), new ArrayList<>(List.of(part)), new ArrayList<>()), 0);
        }
        stack.add(new Branch(otherwise), 0);
    }

    /** Leaves the function with what the top of the stack holds. */
    void giveBack() {
        Expression[] values = stack.pop(Carrier.count(type.results()));
        stack.settleObservable();
        stack.add(new Return(values), 0);
    }
}

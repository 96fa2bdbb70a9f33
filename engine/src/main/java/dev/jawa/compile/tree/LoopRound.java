package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Enter;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.If;
import dev.jawa.compile.tree.Statement.Loop;
import dev.jawa.compile.tree.Statement.Piece;
import dev.jawa.compile.tree.Statement.ProvedLoop;
import dev.jawa.compile.tree.Statement.Return;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one round of an innermost loop does, in terms of the variables at its beginning: how each of them is changed by
 * it, the addresses that are accessed, and the tests by which it is decided whether another round follows.
 */
final class LoopRound {
    private final Loop loop;
    private final Variable[] variables;
    private final BitSet assigned;
    // What assigned variables hold; nothing while they have not been assigned, null if it is no sum.
    private Map<Integer, LinearForm> current = new HashMap<>();
    private final List<Map<Integer, LinearForm>> ends = new ArrayList<>();
    private final Set<BlockLabel> labels = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Test> tests = new ArrayList<>();
    private final List<Access> accesses = new ArrayList<>();
    // Blocks that may have been left: what follows in them may not be done.
    private final Set<BlockLabel> left = Collections.newSetFromMap(new IdentityHashMap<>());
    // How many arms of choices are around.
    private int arms;

    /** A test after which the loop goes on only while {@code left} compares to {@code right}. */
    record Test(BranchIf branch, boolean goesOnIf, Relation relation, Expression first, Expression second,
            LinearForm left, LinearForm right, int offset) {
    }

    /** An access to a memory. */
    record Access(Operation operation, LinearForm address) {
        long length() {
            return operation.immediate() + operation.opcode().accessBytes();
        }
    }

    private LoopRound(Loop loop, Variable[] variables, BitSet assigned) {
        this.loop = loop;
        this.variables = variables;
        this.assigned = assigned;
        labels.add(loop.label());
    }

    /** One round of a loop without loops in it; {@code null} if it calls something, or nothing tells when it ends. */
    static LoopRound of(FunctionTree tree, Loop loop) {
        var mentions = new Mentions(tree.variables().length).count(loop.body());
        if (mentions.calls() > 0) {
            return null;
        }
        var round = new LoopRound(loop, tree.variables(), mentions.assigned());
        round.walk(loop.body());
        return round.tests.isEmpty() || round.accesses.isEmpty() ? null : round;
    }

    List<Test> tests() {
        return tests;
    }

    List<Access> accesses() {
        return accesses;
    }

    /** The labels in it, the loop's own included. */
    Set<BlockLabel> labels() {
        return labels;
    }

    // ---- how things change from round to round

    /** What a variable changes by in every round; {@code null} if that is no sum of what does not change. */
    private LinearForm change(int variable) {
        LinearForm change = null;
        for (Map<Integer, LinearForm> end : ends) {
            LinearForm self = value(variables[variable]);
            LinearForm after = end.containsKey(variable) ? end.get(variable) : self;
            LinearForm difference = after == null ? null : after.plus(self, -1);
            if (difference == null || change != null && !(change.terms().equals(difference.terms())
                    && change.constant() == difference.constant())) {
                return null;
            }
            change = difference;
        }
        return change;
    }

    /** How much a sum changes by in every round; {@code null} if that is not known. */
    Long step(LinearForm form) {
        LinearForm step = LinearForm.of(form.wide(), 0);
        for (int i = 0; i < form.values().length; i++) {
            if (assigned.get(form.values()[i])) {
                LinearForm change = change(form.values()[i]);
                if (change == null || change.values().length > 0) {
                    return null;
                }
                step = step.plus(change, form.factors()[i]);
            }
        }
        return step.constant();
    }

    /** The variable, itself never changed, that is added to a sum in every round; -1 if it is not so. */
    int stepVariable(LinearForm form) {
        int variable = -1;
        for (int i = 0; i < form.values().length; i++) {
            if (assigned.get(form.values()[i])) {
                LinearForm change = change(form.values()[i]);
                if (variable >= 0 || form.factors()[i] != 1 || change == null || change.constant() != 0
                        || change.values().length != 1 || change.factors()[0] != 1
                        || assigned.get(change.values()[0])) {
                    return -1;
                }
                variable = change.values()[0];
            }
        }
        return variable;
    }

    // ---- statements

    private void walk(List<Statement> statements) {
        for (Statement statement : statements) {
            walk(statement);
        }
    }

    private void walk(Statement statement) {
        switch (statement) {
            case Statement.Set(var variable, var value) -> {
                visit(value);
                current.put(variable.number(), isSummed(variable) ? form(value) : null);
            }
            case SetAll(var variables, var tuple) -> {
                visit(tuple);
                for (Variable variable : variables) {
                    current.put(variable.number(), null);
                }
            }
            case Evaluate(var expression) -> visit(expression);
            case Block block -> block(block);
            case If(var condition, var then, var otherwise) -> {
                visit(condition);
                arm(then);
                arm(otherwise);
            }
            case Branch(var label) -> branch(label);
            case BranchIf branch -> {
                visit(branch.condition());
                test(branch);
                branch(branch.label());
            }
            case BranchTable(var index, var targets, var otherwise) -> {
                visit(index);
                branch(otherwise);
                for (BlockLabel target : targets) {
                    branch(target);
                }
            }
            case Return(var results) -> visit(results);
            case Throw(var exception, var _) -> visit(exception);
            case Unreachable _, Statement.Checkpoint _ -> {
            }
            case Loop _, ProvedLoop _, Try _, Piece _, Cases _, Enter _ -> throw new IllegalStateException("not in an innermost loop");
        }
    }

    private void visit(Expression[] expressions) {
        for (Expression expression : expressions) {
            visit(expression);
        }
    }

    private void visit(Expression expression) {
        if (expression instanceof Operation operation) {
            Opcode opcode = operation.opcode();
            if (opcode.accessBytes() > 0 && opcode.feature() != Feature.THREADS) {
                LinearForm address = form(operation.operands()[0]);
                long length = operation.immediate() + opcode.accessBytes();
                if (address != null && operation.immediate() >= 0 && length >= 0 && length <= Integer.MAX_VALUE) {
                    accesses.add(new Access(operation, address));
                }
            }
            visit(operation.operands());
        }
    }

    /** What is assigned in statements that may not all be done is not known after them. */
    private void block(Block block) {
        labels.add(block.label());
        Map<Integer, LinearForm> outside = current;
        current = new HashMap<>(outside);
        walk(block.body());
        joined(outside);
        left.remove(block.label());
    }

    private void arm(List<Statement> statements) {
        Map<Integer, LinearForm> outside = current;
        current = new HashMap<>(outside);
        arms++;
        walk(statements);
        arms--;
        joined(outside);
    }

    private void joined(Map<Integer, LinearForm> outside) {
        for (Map.Entry<Integer, LinearForm> entry : current.entrySet()) {
            if (!outside.containsKey(entry.getKey()) || outside.get(entry.getKey()) != entry.getValue()) {
                entry.setValue(null);
            }
        }
    }

    private void branch(BlockLabel label) {
        if (label == loop.label()) {
            if (!ends.isEmpty()) {
                // Where an earlier test did not go on, this branch may.
                tests.removeIf(Test::goesOnIf);
            }
            ends.add(new HashMap<>(current));
        } else if (labels.contains(label)) {
            left.add(label);
        }
    }

    /** Takes in a test if it is done in every round that another one follows. */
    private void test(BranchIf branch) {
        boolean goesOnIf = branch.label() == loop.label();
        boolean always = arms == 0 && left.isEmpty() && ends.isEmpty();
        if (!always || !goesOnIf && labels.contains(branch.label())) {
            return;
        }
        Expression condition = branch.condition();
        boolean wanted = goesOnIf;
        int offset = 0;
        while (condition instanceof Operation operation && operation.opcode() == Opcode.I32_EQZ) {
            condition = operation.operands()[0];
            wanted = !wanted;
        }
        Relation relation = Relation.NE;
        Expression first = condition;
        Expression second = new Constant(Carrier.INT, 0);
        if (condition instanceof Operation operation && Relation.of(operation.opcode()) != null) {
            relation = Relation.of(operation.opcode());
            first = operation.operands()[0];
            second = operation.operands()[1];
            offset = operation.offset();
        }
        if (condition instanceof Operation operation && operation.opcode() == Opcode.I64_EQZ) {
            relation = Relation.EQ;
            first = operation.operands()[0];
            second = new Constant(Carrier.LONG, 0);
            offset = operation.offset();
        }
        LinearForm left = form(first);
        LinearForm right = form(second);
        relation = wanted ? relation : relation.negated();
        if (left != null && right != null && relation != Relation.EQ) {
            tests.add(new Test(branch, goesOnIf, relation, first, second, left, right, offset));
        }
    }

    // ---- sums

    private LinearForm form(Expression expression) {
        return LinearForm.of(expression, variable -> {
            int number = variable.number();
            return current.containsKey(number) ? current.get(number)
                    : isSummed(variable) ? value(variable) : null;
        });
    }

    private static boolean isSummed(Variable variable) {
        return variable.carrier() == Carrier.INT || variable.carrier() == Carrier.LONG;
    }

    private static LinearForm value(Variable variable) {
        return LinearForm.ofValue(variable.carrier() == Carrier.LONG, variable.number());
    }
}

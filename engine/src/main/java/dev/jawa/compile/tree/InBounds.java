package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.LinearForm.Terms;
import dev.jawa.compile.tree.Statement.Block;
import dev.jawa.compile.tree.Statement.Branch;
import dev.jawa.compile.tree.Statement.BranchIf;
import dev.jawa.compile.tree.Statement.BranchTable;
import dev.jawa.compile.tree.Statement.Cases;
import dev.jawa.compile.tree.Statement.Checkpoint;
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
import dev.jawa.model.AddressType;
import dev.jawa.model.Feature;
import dev.jawa.model.MemoryType;
import dev.jawa.model.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds memory accesses that need no check, because one before them, on every way, has checked as much: of the fields
 * of a structure that code looks at, it is the first or the furthest that is checked. A memory never shrinks, so what
 * has been found to be in bounds stays so, whatever is called in between.
 *
 * <p>Variables are seen as sums of numbered values, which never change; an assignment gives a variable another value.
 * The statements are walked once, in order. What holds at a place is what the checks on the path from the beginning to
 * it have found, where the path leaves out what may not have run: it is cut back to what all ways have in common where
 * they meet.
 */
public final class InBounds {
    /** So many facts about the same sum are looked at. */
    private static final int MOST_FACTS = 8;

    private final List<MemoryType> memories;
    private final boolean wide;
    private final Set<Operation> found = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<BlockLabel, Step> atLabels = new IdentityHashMap<>();
    private final Map<Loop, BitSet> assignedInLoops = new IdentityHashMap<>();
    private final Map<Key, List<Fact>> facts = new HashMap<>();
    private final Binding[] bindings;
    // When each variable was last assigned, in the order of the walk.
    private final int[] assignedAt;
    private Step[] path = new Step[64];
    private int depth;
    private int time;
    private int values;

    /** A step of the path, which is known by its place on it. */
    private static class Step {
        private final int depth;
        private final Step parent;

        Step(int depth, Step parent) {
            this.depth = depth;
            this.parent = parent;
        }
    }

    /** A sum in a memory. */
    private record Key(int memory, Terms terms) {
    }

    /** From the address {@code from}, {@code length} bytes are in bounds. */
    private record Fact(Step step, LinearForm from, long length) {
        boolean covers(LinearForm other, long otherLength) {
            long distance = unsigned(other.wide(), other.constant() - from.constant());
            return distance >= 0 && distance <= length - otherLength;
        }
    }

    /** What a variable holds. */
    private record Binding(Step step, int assignedAt, LinearForm form) {
    }

    private InBounds(FunctionTree tree, List<MemoryType> memories) {
        this.memories = memories;
        wide = memories.stream().anyMatch(memory -> memory.addressType() == AddressType.I64);
        bindings = new Binding[tree.variables().length];
        assignedAt = new int[bindings.length];
        path[0] = new Step(0, null);
    }

    /** The accesses to memories that are known to be in bounds, by identity. */
    public static Set<Operation> of(FunctionTree tree, List<MemoryType> memories) {
        var inBounds = new InBounds(tree, memories);
        inBounds.assigned(tree.body(), new BitSet());
        inBounds.walk(tree.body());
        return inBounds.found;
    }

    // ---- what is assigned in loops

    private void assigned(List<Statement> statements, BitSet variables) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Set(var variable, var _) -> variables.set(variable.number());
                case SetAll(var all, var _) -> Arrays.stream(all).forEach(one -> variables.set(one.number()));
                case Block(var _, var body) -> assigned(body, variables);
                case If(var _, var then, var otherwise) -> {
                    assigned(then, variables);
                    assigned(otherwise, variables);
                }
                case Try(var body, var caught, var _) -> {
                    variables.set(caught.number());
                    assigned(body, variables);
                }
                case Loop loop -> {
                    var inner = new BitSet();
                    assigned(loop.body(), inner);
                    assignedInLoops.put(loop, inner);
                    variables.or(inner);
                }
                default -> {
                }
            }
        }
    }

    // ---- the path

    private Step step() {
        var step = new Step(depth + 1, path[depth]);
        push(step);
        return step;
    }

    private void push(Step step) {
        depth++;
        if (depth == path.length) {
            path = Arrays.copyOf(path, depth * 2);
        }
        path[depth] = step;
    }

    private boolean holds(Step step) {
        return step.depth <= depth && path[step.depth] == step;
    }

    private void branch(BlockLabel label) {
        if (!label.isLoop()) {
            atLabels.merge(label, path[depth], InBounds::common);
        }
    }

    private static Step common(Step first, Step second) {
        Step one = first;
        Step other = second;
        while (one != other) {
            if (one.depth >= other.depth) {
                one = one.parent;
            } else {
                other = other.parent;
            }
        }
        return one;
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
                assign(variable, isSummed(variable) ? form(value) : null);
            }
            case SetAll(var variables, var tuple) -> {
                visit(tuple);
                for (Variable variable : variables) {
                    assign(variable, null);
                }
            }
            case Checkpoint _ -> {
            }
            case Evaluate(var expression) -> visit(expression);
            case Block(var label, var body) -> {
                walk(body);
                Step reached = atLabels.remove(label);
                if (reached != null) {
                    depth = Flow.completes(body) || !holds(reached) ? common(reached, path[depth]).depth
                            : reached.depth;
                }
            }
            case Loop loop -> {
                assignedInLoops.get(loop).stream().forEach(variable -> assignedAt[variable] = ++time);
                walk(loop.body());
            }
            case If choice -> choose(choice);
            case Branch(var label) -> branch(label);
            case BranchIf(var condition, var label) -> {
                visit(condition);
                branch(label);
            }
            case BranchTable(var index, var labels, var otherwise) -> {
                visit(index);
                branch(otherwise);
                BlockLabel last = otherwise;
                for (BlockLabel label : labels) {
                    if (label != last) {
                        branch(label);
                        last = label;
                    }
                }
            }
            case Return(var results) -> visit(results);
            case Throw(var exception, var _) -> visit(exception);
            case Try(var body, var caught, var handler) -> {
                branch(handler);
                int before = depth;
                walk(body);
                assign(caught, null);
                if (!Flow.completes(body)) {
                    depth = before;
                }
            }
            // The last ones are made afterwards.
            case Unreachable _, Piece _, Cases _, Enter _, ProvedLoop _ -> {
            }
        }
    }

    private void choose(If choice) {
        visit(choice.condition());
        int before = depth;
        walk(choice.then());
        Step afterThen = path[depth];
        depth = before;
        walk(choice.otherwise());
        if (!Flow.completes(choice.otherwise())) {
            // Only the first way goes on: what it has found holds.
            depth = before;
            restore(afterThen, before);
        } else if (Flow.completes(choice.then())) {
            depth = before;
        }
    }

    private void restore(Step last, int below) {
        var steps = new ArrayList<Step>();
        for (Step step = last; step.depth > below; step = step.parent) {
            steps.add(step);
        }
        steps.reversed().forEach(this::push);
    }

    private void assign(Variable variable, LinearForm form) {
        int number = variable.number();
        assignedAt[number] = ++time;
        bindings[number] = form == null ? null : new Binding(step(), time, form);
    }

    // ---- sums

    /** Numbers of 64 bits are only looked at where addresses are. */
    private boolean isSummed(Variable variable) {
        return variable.carrier() == Carrier.INT || wide && variable.carrier() == Carrier.LONG;
    }

    private static long unsigned(boolean wide, long number) {
        return wide ? number : number & 0xFFFF_FFFFL;
    }

    private LinearForm valueOf(Variable variable) {
        int number = variable.number();
        Binding binding = bindings[number];
        if (binding == null || binding.assignedAt() != assignedAt[number] || !holds(binding.step())) {
            binding = new Binding(step(), assignedAt[number], LinearForm.ofValue(variable.carrier() == Carrier.LONG, values++));
            bindings[number] = binding;
        }
        return binding.form();
    }

    private LinearForm form(Expression expression) {
        return LinearForm.of(expression, this::valueOf);
    }

    // ---- accesses

    private void visit(Expression[] expressions) {
        for (Expression expression : expressions) {
            visit(expression);
        }
    }

    private void visit(Expression expression) {
        switch (expression) {
            case Constant _, Get _ -> {
            }
            case Call call -> visit(call.operands());
            case Operation operation -> {
                Expression[] operands = operation.operands();
                if (isPlainAccess(operation)) {
                    visit(operands[0]);
                    access(operation);
                    for (int i = 1; i < operands.length; i++) {
                        visit(operands[i]);
                    }
                } else if (operation.opcode() != Opcode.SELECT) {
                    visit(operands);
                } else {
                    // Only one of the values is evaluated.
                    visit(operands[2]);
                }
            }
        }
    }

    private boolean isPlainAccess(Operation operation) {
        Opcode opcode = operation.opcode();
        return opcode.accessBytes() > 0 && opcode.feature() != Feature.THREADS;
    }

    private void access(Operation access) {
        LinearForm address = form(access.operands()[0]);
        long length = access.immediate() + access.opcode().accessBytes();
        if (address == null || access.immediate() < 0 || length < 0 || length > Integer.MAX_VALUE) {
            return;
        }
        if (address.values().length == 0 && isInSmallest(access.index(), address, length)) {
            found.add(access);
            return;
        }
        List<Fact> known = facts.computeIfAbsent(new Key(access.index(), address.terms()), _ -> new ArrayList<>());
        known.removeIf(fact -> !holds(fact.step()));
        for (Fact fact : known) {
            if (fact.covers(address, length)) {
                found.add(access);
                return;
            }
        }
        if (known.size() == MOST_FACTS) {
            known.removeFirst();
        }
        known.add(new Fact(step(), address, length));
    }

    private boolean isInSmallest(int memory, LinearForm address, long length) {
        MemoryType type = memories.get(memory);
        // What is too large for a number of 64 bits comes out smaller; no such memory can be made.
        long bytes = type.limits().minimum() * type.pageSize();
        long at = unsigned(address.wide(), address.constant());
        return at >= 0 && at <= bytes - length;
    }
}

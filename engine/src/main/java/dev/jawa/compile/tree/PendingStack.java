package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.model.HeapType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operand stack at a place in a function, as expressions that wait to be evaluated, and the statements before it.
 *
 * <p>To settle an entry is to evaluate it into a variable of its own. A new statement first settles the entries that
 * it would disturb, and those they would disturb in turn, so that everything seems to happen in the code's order.
 */
final class PendingStack {
    // Bigger expressions are settled at once: it bounds the depth of trees and gives the splitter places to cut.
    private static final int LARGEST_EXPRESSION = 250;
    private static final int MOST_PENDING = 64;

    private final ReferenceTypes types;
    private final List<Variable> variables = new ArrayList<>();
    private List<Statement> statements = new ArrayList<>();
    private Expression[] entries = new Expression[16];
    private int size;
    // Entries below are constants and variables that nothing changes.
    private int settled;
    // How many protected regions are open.
    private int regions;

    PendingStack(IndexSpaces spaces) {
        types = new ReferenceTypes(spaces);
    }

    /** A variable of which only the JVM type is known. */
    Variable variable(Carrier carrier, boolean assignedOnce) {
        return variable(carrier, ReferenceTypes.UNKNOWN, assignedOnce);
    }

    /** A variable for the value of an expression. */
    private Variable variable(Expression value) {
        return variable(value.carrier(), types.of(value), true);
    }

    private Variable variable(Carrier carrier, HeapType heapType, boolean assignedOnce) {
        var variable = new Variable(variables.size(), carrier, heapType, assignedOnce);
        variables.add(variable);
        return variable;
    }

    /** A variable for each carrier. */
    Variable[] variables(Carrier[] carriers, boolean assignedOnce) {
        Variable[] created = new Variable[carriers.length];
        for (int i = 0; i < created.length; i++) {
            created[i] = variable(carriers[i], assignedOnce);
        }
        return created;
    }

    /** The variables for values of these types; a v128 has two. */
    Variable[] variables(List<? extends ValueType> types, boolean assignedOnce) {
        var created = new ArrayList<Variable>(types.size());
        for (ValueType type : types) {
            created.add(variable(Carrier.of(type), ReferenceTypes.of(type), assignedOnce));
            if (type == VectorType.V128) {
                created.add(variable(Carrier.HIGH, assignedOnce));
            }
        }
        return created.toArray(Variable[]::new);
    }

    Variable[] variables() {
        return variables.toArray(Variable[]::new);
    }

    /** The list that statements are added to. */
    List<Statement> statements() {
        return statements;
    }

    void statements(List<Statement> list) {
        statements = list;
    }

    int size() {
        return size;
    }

    void push(Expression expression) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        if (size - settled >= MOST_PENDING) {
            settleAll();
        }
        // Before there is a place for it: what was there would be settled too.
        Expression entry = expression.size() > LARGEST_EXPRESSION ? evaluated(expression) : expression;
        entries[size++] = entry;
    }

    /** Pushes a v128; either half may be tagged as the other one. */
    void push(Expression low, Expression high) {
        push(VectorBuilder.tagged(low, Carrier.LONG));
        push(VectorBuilder.tagged(high, Carrier.HIGH));
    }

    /** Pushes a whole v128. */
    void pushWhole(Expression vector) {
        push(vector);
        push(new Constant(Carrier.HIGH, 0));
    }

    /** Pops a whole v128. */
    Expression popWhole() {
        pop();
        return pop();
    }

    /** Whether a v128 is on top, below so many other values. */
    boolean isVector(int below) {
        return size > below && entries[size - 1 - below].carrier() == Carrier.HIGH;
    }

    Expression pop() {
        Expression top = entries[--size];
        settled = Math.min(settled, size);
        return top;
    }

    /** The effects of the entry below so many others. */
    int effects(int below) {
        return entries[size - 1 - below].effects();
    }

    /** Takes the top off and only does what its evaluation would do. */
    void drop() {
        Expression top = pop();
        if ((top.effects() & Effects.OBSERVABLE) != 0) {
            add(new Evaluate(top), top.effects());
        }
    }

    Expression[] pop(int count) {
        Expression[] operands = copyFrom(size - count);
        truncate(size - count);
        return operands;
    }

    Expression[] copyFrom(int height) {
        return Arrays.copyOfRange(entries, height, size);
    }

    void truncate(int height) {
        size = height;
        settled = Math.min(settled, size);
    }

    /** Assigns a variable. */
    void set(Variable variable, Expression value) {
        if (value instanceof Get(Variable same) && same == variable) {
            return;
        }
        // What was called before may throw, and the handler must not see the assignment then.
        int assigns = regions > 0 && !variable.isAssignedOnce() ? Effects.ASSIGNS : 0;
        prepare(value.effects() | assigns, variable);
        statements.add(new Set(variable, value));
    }

    /** Assigns the parts of a v128. */
    void set(Variable[] parts, Expression... values) {
        // One assignment must not change what another one reads.
        for (int i = 1; i < parts.length; i++) {
            for (int j = 0; j < i; j++) {
                if (reads(values[i], parts[j])) {
                    values[i] = evaluated(values[i]);
                }
            }
        }
        for (int i = 0; i < parts.length; i++) {
            set(parts[i], values[i]);
        }
    }

    /** From here on exceptions are caught in this function. */
    void beginRegion() {
        regions++;
    }

    void endRegion() {
        regions--;
    }

    /** Whether exceptions thrown here are caught in this function. */
    boolean isInRegion() {
        return regions > 0;
    }

    /** Adds a statement that assigns no variable with entries waiting on it. */
    void add(Statement statement, int effects) {
        prepare(effects, null);
        statements.add(statement);
    }

    /** An expression that is not on the stack, evaluated here and now. */
    Expression evaluated(Expression expression) {
        if (isStable(expression)) {
            return expression;
        }
        if (expression instanceof Operation operation && LaneBuilder.isPair(operation)) {
            Expression[] lanes = operation.operands();
            return LaneBuilder.pair(operation, evaluated(lanes[0]), evaluated(lanes[1]));
        }
        Variable variable = variable(expression);
        set(variable, expression);
        return new Get(variable);
    }

    /** Settles every entry: what follows may run or not, or more than once. */
    void settleAll() {
        for (int i = settled; i < size; i++) {
            settle(i);
        }
        settled = size;
    }

    /** Settles the topmost entries, and below them what must be evaluated before. */
    void settleTop(int count) {
        settle(i -> i >= size - count, 0, null);
    }

    /** Settles the entries whose evaluation can be noticed: a branch may be about to discard them. */
    void settleObservable() {
        settle(i -> (entries[i].effects() & Effects.OBSERVABLE) != 0, 0, null);
    }

    private void prepare(int effects, Variable assigned) {
        if (size > settled && (effects != 0 || assigned != null && !assigned.isAssignedOnce())) {
            settle(_ -> false, effects, assigned);
        }
    }

    /** From the top down: what comes to be evaluated earlier may disturb what lies below it. */
    private void settle(java.util.function.IntPredicate wanted, int nextEffects, Variable assigned) {
        int effects = nextEffects;
        boolean[] chosen = null;
        for (int i = size - 1; i >= settled; i--) {
            Expression entry = entries[i];
            if (wanted.test(i) || Effects.conflict(entry.effects(), effects)
                    || assigned != null && reads(entry, assigned)) {
                chosen = chosen == null ? new boolean[size] : chosen;
                chosen[i] = true;
                effects |= entry.effects();
            }
        }
        for (int i = settled; chosen != null && i < size; i++) {
            if (chosen[i]) {
                settle(i);
            }
        }
    }

    private void settle(int index) {
        Expression entry = entries[index];
        entries[index] = settled(entry);
    }

    private Expression settled(Expression entry) {
        if (isStable(entry)) {
            return entry;
        }
        if (entry instanceof Operation operation && LaneBuilder.isPair(operation)) {
            Expression[] lanes = operation.operands();
            return LaneBuilder.pair(operation, settled(lanes[0]), settled(lanes[1]));
        }
        Variable variable = variable(entry);
        statements.add(new Set(variable, entry));
        return new Get(variable);
    }

    private static boolean isStable(Expression expression) {
        return switch (expression) {
            case Constant _ -> true;
            case Get(Variable variable) -> variable.isAssignedOnce();
            case Operation operation -> LaneBuilder.isPair(operation) && isStable(operation.operands()[0])
                    && isStable(operation.operands()[1]);
            case Call _ -> false;
        };
    }

    private static boolean reads(Expression expression, Variable variable) {
        return switch (expression) {
            case Constant _ -> false;
            case Get(Variable read) -> read == variable;
            case Operation operation -> anyReads(operation.operands(), variable);
            case Call call -> anyReads(call.operands(), variable);
        };
    }

    private static boolean anyReads(Expression[] expressions, Variable variable) {
        for (Expression expression : expressions) {
            if (reads(expression, variable)) {
                return true;
            }
        }
        return false;
    }
}

package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
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
import dev.jawa.compile.tree.Statement.Set;
import dev.jawa.compile.tree.Statement.SetAll;
import dev.jawa.compile.tree.Statement.Throw;
import dev.jawa.compile.tree.Statement.Try;
import dev.jawa.compile.tree.Statement.Unreachable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What the statements of a method mention, counted; not what the pieces that it calls mention. */
public final class Mentions {
    private final int[] variables;
    private final BitSet assigned = new BitSet();
    private final BitSet assignedOften = new BitSet();
    private int loops;
    private final List<Piece> pieces = new ArrayList<>();
    private int[] memoryAccesses = new int[1];
    private int wideAccesses;
    private int calls;
    private int branches;

    /** Counts for so many variables. */
    public Mentions(int variableCount) {
        variables = new int[variableCount];
    }

    /** How often each variable is read or assigned, by number; the array is the caller's to change. */
    public int[] variables() {
        return variables;
    }

    /** The numbers of the variables that are assigned. */
    public BitSet assigned() {
        return assigned;
    }

    /** The numbers of the variables that are assigned in loops, or by handlers. */
    public BitSet assignedOften() {
        return assignedOften;
    }

    /** The numbers of the variables that are read or assigned. */
    public BitSet mentioned() {
        var mentioned = new BitSet();
        for (int i = 0; i < variables.length; i++) {
            if (variables[i] > 0) {
                mentioned.set(i);
            }
        }
        return mentioned;
    }

    /** The pieces that are called. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** How many loads from and stores to a memory there are. */
    public int memoryAccesses(int memory) {
        return memory < memoryAccesses.length ? memoryAccesses[memory] : 0;
    }

    /** How many loads and stores of more than a byte there are. */
    int wideAccesses() {
        return wideAccesses;
    }

    /** How many calls there are, and other instructions that may change the memory's size. */
    public int calls() {
        return calls;
    }

    /** How many branches there are that depend on something. */
    int branches() {
        return branches;
    }

    /** Counts more statements. */
    public Mentions count(List<Statement> statements) {
        for (Statement statement : statements) {
            count(statement);
        }
        return this;
    }

    private void count(Statement statement) {
        switch (statement) {
            case Set(var variable, var value) -> {
                assign(variable);
                count(value);
            }
            case SetAll(var results, var tuple) -> {
                for (Variable variable : results) {
                    assign(variable);
                }
                count(tuple);
            }
            case Evaluate(var expression) -> count(expression);
            case Block(var _, var body) -> count(body);
            case Loop(var _, var body) -> {
                loops++;
                count(body);
                loops--;
            }
            case ProvedLoop(var loop, var _) -> {
                count(loop);
                count(loop);
            }
            case If(var condition, var then, var otherwise) -> {
                branches++;
                count(condition);
                count(then);
                count(otherwise);
            }
            case BranchIf(var condition, var _) -> {
                branches++;
                count(condition);
            }
            case BranchTable(var index, var _, var _) -> {
                branches++;
                count(index);
            }
            case Return(var values) -> count(values);
            case Cases(var head, var cases) -> {
                count(head);
                cases.forEach(this::count);
            }
            case Branch _, Enter _, Unreachable _, Checkpoint _ -> {
            }
            case Try(var body, var caught, var _) -> {
                assign(caught);
                assignedOften.set(caught.number());
                // The handler loads the memory again.
                calls++;
                count(body);
            }
            case Throw(var exception, var _) -> count(exception);
            case Piece piece -> {
                pieces.add(piece);
                calls++;
            }
        }
    }

    private void assign(Variable variable) {
        variables[variable.number()]++;
        assigned.set(variable.number());
        assignedOften.set(variable.number(), loops > 0 || assignedOften.get(variable.number()));
    }

    private void count(Expression[] expressions) {
        for (Expression expression : expressions) {
            count(expression);
        }
    }

    private void count(Expression expression) {
        switch (expression) {
            case Constant _ -> {
            }
            case Get(var variable) -> variables[variable.number()]++;
            case Operation operation -> {
                if ((Effects.of(operation.opcode()) & Effects.CALLS) != 0) {
                    calls++;
                } else if (operation.opcode().accessBytes() > 0) {
                    countAccess(operation.index());
                    wideAccesses += operation.opcode().accessBytes() > 1 ? 1 : 0;
                }
                count(operation.operands());
            }
            case Call call -> {
                calls++;
                count(call.operands());
            }
        }
    }

    private void countAccess(int memory) {
        if (memory >= memoryAccesses.length) {
            memoryAccesses = Arrays.copyOf(memoryAccesses, memory + 1);
        }
        memoryAccesses[memory]++;
    }
}

package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The parameters and declared locals of a function: a variable for each, or two for a v128. */
final class LocalVariables {
    private final PendingStack stack;
    private final Variable[] variables;
    private final int parameters;
    // Where among the variables a local begins; null if each is at its own index.
    private final int[] starts;

    /**
     * The locals of a function.
     *
     * @param variables one for each carrier of the parameters
     * @param stack gives the variables for the locals
     */
    LocalVariables(List<ValueType> parameters, List<FunctionBody.Locals> locals, Variable[] variables,
            PendingStack stack) {
        this.stack = stack;
        this.parameters = variables.length;
        var all = new ArrayList<>(Arrays.asList(variables));
        int count = parameters.size();
        for (FunctionBody.Locals run : locals) {
            count += run.count();
            Carrier[] carriers = Carrier.of(List.of(run.type()));
            for (int i = 0; i < run.count(); i++) {
                all.addAll(Arrays.asList(stack.variables(carriers, false)));
            }
        }
        this.variables = all.toArray(Variable[]::new);
        starts = all.size() == count ? null : starts(parameters, locals, count);
    }

    private static int[] starts(List<ValueType> parameters, List<FunctionBody.Locals> locals, int count) {
        int[] starts = new int[count];
        int index = 0;
        int start = 0;
        for (ValueType parameter : parameters) {
            starts[index++] = start;
            start += parameter instanceof VectorType ? 2 : 1;
        }
        for (FunctionBody.Locals run : locals) {
            for (int i = 0; i < run.count(); i++) {
                starts[index++] = start;
                start += run.type() instanceof VectorType ? 2 : 1;
            }
        }
        return starts;
    }

    /** How many variables there are. */
    int count() {
        return variables.length;
    }

    /** The variables of the declared locals. */
    List<Variable> declared() {
        return Arrays.asList(variables).subList(parameters, variables.length);
    }

    private int start(int local) {
        return starts == null ? local : starts[local];
    }

    private boolean isVector(int start) {
        return start + 1 < variables.length && variables[start + 1].carrier() == Carrier.HIGH;
    }

    /** Pushes a local. */
    void get(int local) {
        int start = start(local);
        stack.push(new Get(variables[start]));
        if (isVector(start)) {
            stack.push(new Get(variables[start + 1]));
        }
    }

    /** Assigns a local what is on top of the stack. */
    void set(int local) {
        int start = start(local);
        Expression top = stack.pop();
        if (isVector(start)) {
            stack.set(variables[start], variables[start + 1], stack.pop(), top);
        } else {
            stack.set(variables[start], top);
        }
    }
}

package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.FunctionType;
import java.util.List;
import java.util.Set;

/**
 * A function as statements.
 *
 * @param index in the function index space
 * @param type its parameters and results
 * @param parameters a variable for each parameter
 * @param variables all variables by their numbers: parameters, declared locals, then the compiler's own
 * @param declared how many of the variables are parameters and declared locals
 * @param depth how deep blocks are nested
 * @param body what it does; its last statement never goes on to what follows
 * @param inBounds the memory accesses that need no check, by identity
 */
public record FunctionTree(int index, FunctionType type, Variable[] parameters, Variable[] variables, int declared,
        int depth, List<Statement> body, Set<Operation> inBounds) {
    /** The same function, with the memory accesses that need no check. */
    public FunctionTree withInBounds(Set<Operation> accesses) {
        return new FunctionTree(index, type, parameters, variables, declared, depth, body, accesses);
    }
}

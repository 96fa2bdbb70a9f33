package dev.jawa.compile.tree;

/** How a function's code calls others of its module at its end. */
public interface TailCallPlan {
    /** For {@link #copy}: the call is prepared. */
    int PREPARED = -1;

    /** Whether a function of the module, not an imported one, calls others at its end. */
    boolean isTailCaller(int functionIndex);

    /** The copy of the code of such a function that is called without more ado, or {@link #PREPARED}. */
    int copy(int functionIndex);

    /** The copy of the code of functions of a type that are called through a table or a reference, or {@link #PREPARED}. */
    int copyThrough(int typeIndex);
}

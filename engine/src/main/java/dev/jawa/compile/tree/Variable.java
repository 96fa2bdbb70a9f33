package dev.jawa.compile.tree;

/** A local of the function, or a value that the compiler keeps for a while. */
public final class Variable {
    private final int number;
    private final Carrier carrier;
    private final boolean assignedOnce;

    Variable(int number, Carrier carrier, boolean assignedOnce) {
        this.number = number;
        this.carrier = carrier;
        this.assignedOnce = assignedOnce;
    }

    /** Counts the variables of a function: parameters, declared locals, then the compiler's own. */
    public int number() {
        return number;
    }

    /** The JVM type. */
    public Carrier carrier() {
        return carrier;
    }

    /** Whether no assignment can change it while its value is awaited. */
    boolean isAssignedOnce() {
        return assignedOnce;
    }
}

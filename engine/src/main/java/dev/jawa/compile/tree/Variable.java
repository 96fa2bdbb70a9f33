package dev.jawa.compile.tree;

import dev.jawa.model.HeapType;

/** A local of the function, or a value that the compiler keeps for a while. */
public final class Variable {
    private final int number;
    private final Carrier carrier;
    private final HeapType heapType;
    private final boolean assignedOnce;

    Variable(int number, Carrier carrier, HeapType heapType, boolean assignedOnce) {
        this.number = number;
        this.carrier = carrier;
        this.heapType = heapType;
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

    /** What a reference in it points to; {@code any} if nothing is known, or it is no reference. */
    public HeapType heapType() {
        return heapType;
    }

    /** Whether no assignment can change it while its value is awaited. */
    boolean isAssignedOnce() {
        return assignedOnce;
    }
}

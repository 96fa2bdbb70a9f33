package dev.jawa.compile.tree;

import dev.jawa.model.HeapType;

/** A local of the function, or a value that the compiler keeps for a while. */
public final class Variable {
    /** The shape of a whole vector that may as well be seen as any other. */
    public static final int UNKNOWN_SHAPE = -1;

    private final int number;
    private final Carrier carrier;
    private final HeapType heapType;
    private final boolean assignedOnce;
    private int shape = UNKNOWN_SHAPE;

    Variable(int number, Carrier carrier, HeapType heapType, boolean assignedOnce) {
        this.number = number;
        this.carrier = carrier;
        this.heapType = heapType;
        this.assignedOnce = assignedOnce;
    }

    /** For a whole vector that is best seen as one with lanes of a kind. */
    Variable withShape(int number) {
        shape = number;
        return this;
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

    /** As what a whole vector is best seen: the number of one of i8x16, i16x8, i32x4, i64x2, f32x4 and f64x2, if it is known. */
    public int shape() {
        return shape;
    }

    /** Whether no assignment can change it while its value is awaited. */
    boolean isAssignedOnce() {
        return assignedOnce;
    }
}

package dev.jawa.runtime;

/** Several results of a call, or more arguments than the JVM allows; generated subclasses have the fields. */
public abstract class ResultTuple {
    /** The values, boxed, in order. */
    public abstract Object[] toArray();

    /** Takes the values from boxes, in order. */
    public abstract void fill(Object[] values);
}

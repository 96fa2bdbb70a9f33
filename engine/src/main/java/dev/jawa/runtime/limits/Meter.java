package dev.jawa.runtime.limits;

import dev.jawa.RuntimeError;

/** The instructions that a store may still execute. */
public final class Meter {
    private long left;

    /** With so many left. */
    public Meter(long fuel) {
        left = fuel;
    }

    /** For generated code: takes what the next instructions cost. */
    public void use(int instructions) {
        long after = left - instructions;
        if (after < 0) {
            throw outOfFuel();
        }
        left = after;
    }

    private static RuntimeError outOfFuel() {
        return new RuntimeError(RuntimeError.Kind.OUT_OF_FUEL);
    }

    /** How many there are. */
    public long left() {
        return left;
    }

    /** Sets how many there are. */
    public void left(long fuel) {
        left = fuel;
    }
}

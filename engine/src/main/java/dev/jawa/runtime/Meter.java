package dev.jawa.runtime;

import dev.jawa.RuntimeError;

/** The instructions that a store may still execute. */
public final class Meter {
    private long left;

    /** With so many left. */
    Meter(long fuel) {
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

    long left() {
        return left;
    }

    void left(long fuel) {
        left = fuel;
    }
}

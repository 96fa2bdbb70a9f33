package dev.jawa.runtime.limits;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;

/** The instructions that a store may still execute, and the calls that may still be inside each other. */
public final class Meter {
    private static final int UNLIMITED_CALLS = Integer.MAX_VALUE;

    private long fuel;
    private long left;
    private int mostCalls;
    private int calls;

    /**
     * Counts.
     *
     * @param fuel {@code Long.MAX_VALUE} for no limit
     * @param mostCalls {@code Integer.MAX_VALUE} for no limit
     */
    public Meter(long fuel, int mostCalls) {
        left(fuel);
        this.mostCalls = mostCalls;
    }

    /** One without limits. */
    public Meter() {
        this(Long.MAX_VALUE, UNLIMITED_CALLS);
    }

    /** For generated code: takes what the next instructions cost. */
    public void use(int instructions) {
        long after = left - instructions;
        if (after < 0) {
            throw outOfFuel();
        }
        left = after;
    }

    private RuntimeError outOfFuel() {
        return new RuntimeError(Kind.OUT_OF_FUEL, "no more than " + fuel + " instructions may be executed");
    }

    /** For generated code: a call begins. */
    public void enter() {
        if (calls == mostCalls) {
            throw tooManyCalls();
        }
        calls++;
    }

    private RuntimeError tooManyCalls() {
        return new RuntimeError(Kind.CALL_STACK_EXHAUSTED,
                "no more than " + mostCalls + " calls may be inside each other");
    }

    /** For generated code: a call ends, however it does. */
    public void leave() {
        calls--;
    }

    /** Nobody is inside any more; continuations that were left in the middle do not count. */
    public void leaveAll() {
        calls = 0;
    }

    /** How many instructions there are. */
    public long left() {
        return left;
    }

    /** Sets how many instructions there are. */
    public void left(long instructions) {
        fuel = instructions;
        left = instructions;
    }

    /** Takes over the limits of another one that are smaller, and its calls. */
    public void join(Meter other) {
        if (other.left < left) {
            fuel = other.fuel;
            left = other.left;
        }
        mostCalls = Math.min(mostCalls, other.mostCalls);
        calls += other.calls;
    }
}

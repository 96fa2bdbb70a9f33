package dev.jawa;

import dev.jawa.runtime.limits.Checks;
import dev.jawa.runtime.limits.LoopSafepoints;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an instance, together with all that it is linked to, may use. Immutable; without limits nothing is checked and
 * nothing costs anything.
 *
 * {@snippet class="dev.jawa.LimitsTest" region="limits"}
 *
 * <p>Instances that are linked share what they may use, and the smaller of two limits holds for both.
 */
public final class Limits {
    private static final Limits NONE = builder().build();

    private final OptionalLong memory;
    private final OptionalLong tableElements;
    private final OptionalLong instances;
    private final OptionalInt stackDepth;
    private final Optional<Duration> deadline;
    private final OptionalLong fuel;
    private final Growth growth;
    private final boolean interruptible;

    /** What grows. */
    public enum Resource {
        /** A memory, in bytes. */
        MEMORY,
        /** A table, in elements. */
        TABLE
    }

    /**
     * Asked before a memory or a table grows within its limits. What it throws reaches the caller as if a host function
     * had thrown it.
     */
    @FunctionalInterface
    public interface Growth {
        /**
         * Whether it may grow. May take its time; a deadline goes on meanwhile.
         *
         * @param current its size, in bytes or elements
         * @param desired the size that it would have
         */
        boolean mayGrow(Resource resource, long current, long desired);
    }

    private Limits(Builder builder) {
        memory = builder.memory;
        tableElements = builder.tableElements;
        instances = builder.instances;
        stackDepth = builder.stackDepth;
        deadline = builder.deadline;
        fuel = builder.fuel;
        growth = builder.growth;
        interruptible = builder.interruptible;
    }

    /** No limits. */
    public static Limits none() {
        return NONE;
    }

    /** Collects limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many bytes all memories may have together. */
    public OptionalLong memory() {
        return memory;
    }

    /** How many elements all tables may have together. */
    public OptionalLong tableElements() {
        return tableElements;
    }

    /** How many instances may be linked together. */
    public OptionalLong instances() {
        return instances;
    }

    /** How many calls may be inside each other. */
    public OptionalInt stackDepth() {
        return stackDepth;
    }

    /** How long a call from the host may take. */
    public Optional<Duration> deadline() {
        return deadline;
    }

    /** How many instructions may be executed. */
    public OptionalLong fuel() {
        return fuel;
    }

    /** Asked before anything grows. */
    public Growth growth() {
        return growth;
    }

    /** For the engine alone: which checks the code needs. */
    public Checks checks() {
        boolean stoppable = interruptible || deadline.isPresent() || fuel.isPresent();
        return new Checks(stoppable, stoppable && !LoopSafepoints.areKept(), fuel.isPresent(), stackDepth.isPresent());
    }

    /** Collects limits. */
    public static final class Builder {
        private OptionalLong memory = OptionalLong.empty();
        private OptionalLong tableElements = OptionalLong.empty();
        private OptionalLong instances = OptionalLong.empty();
        private OptionalInt stackDepth = OptionalInt.empty();
        private Optional<Duration> deadline = Optional.empty();
        private OptionalLong fuel = OptionalLong.empty();
        private Growth growth = (_, _, _) -> true;
        private boolean interruptible;

        private Builder() {
        }

        /**
         * How many bytes all memories may have together. Growing beyond fails as the instruction does, with -1; an
         * instance that needs more from the beginning is a {@link RuntimeError} of the kind {@code LIMIT_EXCEEDED}.
         * Memories that the host made and gives as imports count with what they grow by. Structs and arrays of garbage
         * collection do not count: what limits them is the JVM's heap.
         */
        public Builder memory(long bytes) {
            memory = OptionalLong.of(notNegative(bytes));
            return this;
        }

        /** How many elements all tables may have together, with the same effects as {@link #memory}. */
        public Builder tableElements(long elements) {
            tableElements = OptionalLong.of(notNegative(elements));
            return this;
        }

        /** How many instances may be linked together; one more is a {@link RuntimeError} of the kind
         * {@code LIMIT_EXCEEDED}. */
        public Builder instances(long count) {
            instances = OptionalLong.of(notNegative(count));
            return this;
        }

        /**
         * How many calls of WebAssembly functions may be inside each other, whatever the host does in between: always
         * the same number, where the thread's stack holds more or fewer calls depending on how hot the code is. One
         * more is a {@link RuntimeError} of the kind {@code CALL_STACK_EXHAUSTED}, as it is when the thread's stack is
         * full before. Tail calls are none.
         */
        public Builder stackDepth(int calls) {
            stackDepth = OptionalInt.of((int) notNegative(calls));
            return this;
        }

        /**
         * How long a call from the host may take, host functions included. After that the code is stopped with a
         * {@link RuntimeError} of the kind {@code DEADLINE_EXCEEDED}, which WebAssembly cannot catch; the thread is
         * interrupted, so that host functions that wait come back.
         */
        public Builder deadline(Duration time) {
            deadline = Optional.of(Objects.requireNonNull(time));
            return this;
        }

        /**
         * How many instructions may be executed in all: each of them counts 1, also where a call does nothing but
         * decide. They are counted before a run of instructions without branches or calls is executed. After that a
         * {@link RuntimeError} of the kind {@code OUT_OF_FUEL} stops the code, always at the same place.
         */
        public Builder fuel(long instructions) {
            fuel = OptionalLong.of(notNegative(instructions));
            return this;
        }

        /** Asks before a memory or a table grows; the answer may be no. */
        public Builder growth(Growth question) {
            growth = Objects.requireNonNull(question);
            return this;
        }

        /** Lets {@link Instance#interrupt()} stop the code; a deadline and fuel do so too. */
        public Builder interruptible() {
            interruptible = true;
            return this;
        }

        private static long notNegative(long number) {
            if (number < 0) {
                throw new IllegalArgumentException("a limit cannot be " + number);
            }
            return number;
        }

        /** The limits. */
        public Limits build() {
            return new Limits(this);
        }
    }
}

package dev.jawa.runtime.limits;

import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a store may use and has used, and how it is stopped. One for each store that has limits. */
public final class Budget {
    private long memoryLeft = Long.MAX_VALUE;
    private long elementsLeft = Long.MAX_VALUE;
    private long deadline = Long.MAX_VALUE;
    private final List<Limits.Growth> questions = new ArrayList<>();
    private final Set<Interruption> interruptions = new HashSet<>();
    // When the call that is running must end, on the clock of System.nanoTime, while one with a deadline is.
    private volatile boolean timed;
    private volatile long due;
    private volatile RuntimeError.Kind stop;
    private boolean threadInterrupted;

    public Budget(Limits limits, Interruption interruption) {
        memoryLeft = limits.memory().orElse(Long.MAX_VALUE);
        elementsLeft = limits.tableElements().orElse(Long.MAX_VALUE);
        deadline = limits.deadline().map(Budget::nanoseconds).orElse(Long.MAX_VALUE);
        questions.add(limits.growth());
        interruptions.add(interruption);
    }

    private static long nanoseconds(java.time.Duration time) {
        try {
            return Math.max(0, time.toNanos());
        } catch (ArithmeticException _) {
            return Long.MAX_VALUE;
        }
    }

    public boolean hasDeadline() {
        return deadline != Long.MAX_VALUE;
    }

    /** Takes over another one's limits, when its store joins this one's. */
    public synchronized void join(Budget other) {
        memoryLeft = Math.min(memoryLeft, other.memoryLeft);
        elementsLeft = Math.min(elementsLeft, other.elementsLeft);
        deadline = Math.min(deadline, other.deadline);
        questions.addAll(other.questions);
        interruptions.addAll(other.interruptions);
    }

    // ---- growing

    /** Whether memories may get so many bytes more; if so, they have them. */
    public synchronized boolean takeMemory(long current, long added) {
        if (added > memoryLeft || !mayGrow(Limits.Resource.MEMORY, current, added)) {
            return false;
        }
        memoryLeft -= memoryLeft == Long.MAX_VALUE ? 0 : added;
        return true;
    }

    public synchronized void giveMemory(long bytes) {
        memoryLeft += memoryLeft == Long.MAX_VALUE ? 0 : bytes;
    }

    /** Whether tables may get so many elements more; if so, they have them. */
    public synchronized boolean takeElements(long current, long added) {
        if (added > elementsLeft || !mayGrow(Limits.Resource.TABLE, current, added)) {
            return false;
        }
        elementsLeft -= elementsLeft == Long.MAX_VALUE ? 0 : added;
        return true;
    }

    private boolean mayGrow(Limits.Resource resource, long current, long added) {
        return questions.stream().allMatch(question -> question.mayGrow(resource, current, current + added));
    }

    // ---- stopping

    /** The owner of the store begins a call. */
    public void begin() {
        if (deadline != Long.MAX_VALUE) {
            due = System.nanoTime() + deadline;
            timed = true;
        }
    }

    /** The owner's call has ended: it is stopped no more. */
    public void end() {
        timed = false;
        if (stop != null) {
            reset();
        }
    }

    private synchronized void reset() {
        stop = null;
        interruptions.forEach(Interruption::done);
        if (threadInterrupted) {
            threadInterrupted = false;
            Thread.interrupted();
        }
    }

    /** Stops what runs, for a reason. */
    public synchronized void stop(RuntimeError.Kind reason, Thread owner) {
        if (stop == null && owner != null) {
            stop = reason;
            interruptions.forEach(Interruption::request);
            threadInterrupted = true;
            owner.interrupt();
        }
    }

    /** Throws if the code is to stop. */
    public void check() {
        RuntimeError.Kind reason = stop;
        if (reason == RuntimeError.Kind.DEADLINE_EXCEEDED) {
            throw new RuntimeError(reason, "after " + deadline / 1_000_000 + " ms");
        } else if (reason != null) {
            throw new RuntimeError(reason, "by the host");
        }
    }

    /** Whether the call that runs has taken too long. */
    public boolean isOverdue(long now) {
        return timed && stop == null && now - due >= 0;
    }
}

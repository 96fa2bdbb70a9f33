package dev.jawa.runtime.limits;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.runtime.continuation.CoroutineThread;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The call from outside that a store executes, and how it is stopped. A thread may execute several, of stores that are
 * not linked, one inside the other by a host function: stopping one stops those inside it.
 *
 * <p>Everything it knows about the call is guarded by its monitor, which is held for moments only.
 */
public final class Execution {
    private static final long NEVER = Long.MAX_VALUE;
    /** What each thread executes, outermost first. */
    private static final ConcurrentHashMap<Thread, List<Execution>> RUNNING = new ConcurrentHashMap<>();

    private long deadline;
    // Whoever stops or ends a call when the heap is full must not allocate: so this is no set, and a list is kept.
    private Interruption[] interruptions;
    private final List<Execution> alone = List.of(this);
    // The thread that runs, null if nothing does.
    private Thread owner;
    // When it must have ended, on the clock of System.nanoTime; no sense unless it is timed.
    private long due;
    private boolean timed;
    // Why it is to stop: the kind and what else there is to say.
    private volatile Kind reason;
    private volatile String detail;

    Execution(Optional<Duration> deadline, Interruption interruption) {
        this.deadline = deadline.map(Execution::nanoseconds).orElse(NEVER);
        interruptions = new Interruption[] {interruption};
    }

    private static long nanoseconds(Duration time) {
        try {
            return Math.max(0, time.toNanos());
        } catch (ArithmeticException _) {
            return NEVER;
        }
    }

    /** What threads execute. */
    static Iterable<List<Execution>> running() {
        return RUNNING.values();
    }

    // ---- by the thread that runs

    /** A call begins. */
    public void begin(Thread thread) {
        synchronized (this) {
            owner = thread;
            startClock();
        }
        if (RUNNING.putIfAbsent(thread, alone) != null) {
            RUNNING.merge(thread, alone, Execution::concatenated);
            inherit(thread);
        }
        if (timed) {
            Watchdog.watch(due);
        }
    }

    private void startClock() {
        timed = deadline != NEVER;
        if (timed) {
            due = System.nanoTime() + deadline;
        }
    }

    private static List<Execution> concatenated(List<Execution> outer, List<Execution> inner) {
        return java.util.stream.Stream.concat(outer.stream(), inner.stream()).toList();
    }

    /** What is inside a call that is to stop is to stop from the beginning. */
    private void inherit(Thread thread) {
        RUNNING.get(thread).stream().filter(outer -> outer != this && outer.reason != null).findFirst()
                .ifPresent(outer -> stop(outer.reason, outer.detail));
    }

    /** The call has ended: it is stopped no more. To be called before another thread can begin one. */
    public void end() {
        Thread thread;
        boolean stopped;
        synchronized (this) {
            thread = owner;
            owner = null;
            timed = false;
            stopped = reason != null;
            if (stopped) {
                reason = null;
                for (Interruption interruption : interruptions) {
                    interruption.done();
                }
            }
        }
        if (thread == null) {
            return;
        }
        List<Execution> outer = RUNNING.remove(thread, alone) ? null : RUNNING.computeIfPresent(thread,
                (_, all) -> all.equals(alone) ? null : all.stream().filter(execution -> execution != this).toList());
        if (outer != null && outer.stream().anyMatch(execution -> execution.reason != null)) {
            // Somebody may have taken note of it already.
            thread.interrupt();
        } else if (stopped) {
            // It was meant for this call.
            Thread.interrupted();
        }
    }

    /** Throws if the code is to stop. */
    public void check() {
        if (reason != null) {
            Optional<RuntimeError> stopped = stopped();
            if (stopped.isPresent()) {
                throw stopped.get();
            }
        }
    }

    private synchronized Optional<RuntimeError> stopped() {
        return reason == null ? Optional.empty() : Optional.of(new RuntimeError(reason, detail));
    }

    private static List<Execution> ofCurrentThread() {
        return RUNNING.isEmpty() ? List.of()
                : RUNNING.getOrDefault(CoroutineThread.principal(Thread.currentThread()), List.of());
    }

    /** Throws if what the current thread executes is to stop: between the parts of what takes long. */
    public static void checkCurrent() {
        List<Execution> all = ofCurrentThread();
        if (!all.isEmpty()) {
            all.getLast().check();
        }
    }

    /** What stops the current thread, if it is to stop. */
    public static Optional<RuntimeError> stopOfCurrent() {
        List<Execution> all = ofCurrentThread();
        return all.isEmpty() ? Optional.empty() : all.getLast().stopped();
    }

    /**
     * What to throw in WebAssembly's name when the current thread was interrupted while it waited.
     *
     * @param where it waited, for a thread that the host's own program has interrupted
     */
    public static RuntimeError interrupted(String where) {
        return stopOfCurrent().orElseGet(() -> new RuntimeError(Kind.INTERRUPTED, where));
    }

    /** Takes over another one's deadline and what it is doing, when its store joins this one's. */
    void join(Execution other) {
        Thread inside;
        synchronized (other) {
            inside = other.owner;
            other.owner = null;
        }
        synchronized (this) {
            if (reason == null && other.reason != null) {
                reason = other.reason;
                detail = other.detail;
                request(interruptions);
            } else if (reason != null && other.reason == null) {
                request(other.interruptions);
            }
            Set<Interruption> all = new LinkedHashSet<>(List.of(interruptions));
            for (Interruption interruption : other.interruptions) {
                // One that both have asked to stop will be told once that it need not.
                if (!all.add(interruption) && reason != null) {
                    interruption.done();
                }
            }
            interruptions = all.toArray(Interruption[]::new);
            joinClocks(other, inside);
        }
        if (inside != null) {
            RUNNING.computeIfPresent(inside, (_, all) ->
                    all.stream().map(execution -> execution == other ? this : execution).distinct().toList());
        }
        if (timed) {
            Watchdog.watch(due);
        }
    }

    private static void request(Interruption[] all) {
        for (Interruption interruption : all) {
            interruption.request();
        }
    }

    private void joinClocks(Execution other, Thread inside) {
        boolean wasTimed = timed;
        deadline = Math.min(deadline, other.deadline);
        if (owner == null) {
            owner = inside;
        }
        if (other.timed && (!wasTimed || other.due - due < 0)) {
            timed = true;
            due = other.due;
        }
    }

    /** A thread that was inside already when limits came to its store. */
    public void beginIfNotRunning(Thread thread) {
        boolean isRunning;
        synchronized (this) {
            isRunning = owner != null;
        }
        if (!isRunning) {
            begin(thread);
        }
    }

    // ---- by other threads

    /** Stops what a thread executes because the host wants it, if it executes anything that can be stopped. */
    public static void interrupt(Thread thread) {
        List<Execution> all = RUNNING.get(thread);
        if (all != null) {
            all.getFirst().interrupt();
        }
    }

    /** Stops what runs because the host wants it, if anything does. */
    public void interrupt() {
        stopInside(stop(Kind.INTERRUPTED, "by the host"), Kind.INTERRUPTED, "by the host");
    }

    /** When the call that runs must have ended, if it must. */
    synchronized Optional<Long> due() {
        return timed && reason == null ? Optional.of(due) : Optional.empty();
    }

    /** Stops the call that runs if it has taken too long. */
    void stopIfOverdue(long now) {
        Optional<Thread> stopped;
        String message;
        synchronized (this) {
            message = "a call may take " + milliseconds() + " ms";
            stopped = timed && now - due >= 0 ? stop(Kind.DEADLINE_EXCEEDED, message) : Optional.empty();
        }
        stopInside(stopped, Kind.DEADLINE_EXCEEDED, message);
    }

    private String milliseconds() {
        return BigDecimal.valueOf(deadline, 6).stripTrailingZeros().toPlainString();
    }

    /** Stops what the call that was stopped has called. */
    private void stopInside(Optional<Thread> stopped, Kind kind, String message) {
        stopped.map(RUNNING::get).ifPresent(all -> all.subList(all.indexOf(this) + 1, all.size())
                .forEach(inner -> inner.stopWith(this, stopped.get(), kind, message)));
    }

    private synchronized void stopWith(Execution outer, Thread thread, Kind kind, String message) {
        if (owner == thread && outer.reason != null) {
            stop(kind, message);
        }
    }

    /** Stops what runs; gives the thread, unless nothing runs or it is to stop already. */
    private synchronized Optional<Thread> stop(Kind kind, String message) {
        if (reason != null || owner == null) {
            return Optional.empty();
        }
        detail = message;
        reason = kind;
        request(interruptions);
        owner.interrupt();
        return Optional.of(owner);
    }
}

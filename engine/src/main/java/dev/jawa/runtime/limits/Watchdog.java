package dev.jawa.runtime.limits;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that stops calls which take longer than they may. It sleeps until the first of them is due, and ends when
 * there have been none for a while.
 */
final class Watchdog {
    private static final long IDLE_NANOSECONDS = 2_000_000_000L;
    private static final long FAR = Long.MAX_VALUE / 4;

    private static volatile Thread thread;
    // When it looks next.
    private static volatile long next;

    private Watchdog() {
    }

    /** Watches a call that threads execute until it ends or is due. */
    static void watch(long due) {
        Thread watching = thread;
        if (watching == null) {
            start();
        } else if (due - next < 0) {
            LockSupport.unpark(watching);
        }
    }

    private static synchronized void start() {
        if (thread == null) {
            next = System.nanoTime() + FAR;
            thread = Thread.ofPlatform().daemon().name("jawa-watchdog").unstarted(Watchdog::run);
            thread.start();
        }
    }

    private static void run() {
        boolean ended = false;
        while (!ended) {
            try {
                ended = watchOnce();
            } catch (OutOfMemoryError _) {
                // A guest that fills the heap is to be stopped all the same: the next attempt comes at once.
                Thread.yield();
            }
        }
    }

    /** Sleeps until the next call is due; whether there has been none for a while. */
    private static boolean watchOnce() {
        // Whatever begins from here on wakes it.
        next = System.nanoTime() + FAR;
        OptionalLong due = look();
        long now = System.nanoTime();
        next = due.orElse(now + IDLE_NANOSECONDS);
        LockSupport.parkNanos(Watchdog.class, next - now);
        // Nobody should interrupt it, and it would not sleep any more.
        Thread.interrupted();
        if (due.isPresent() || look().isPresent()) {
            return false;
        }
        thread = null;
        if (look().isPresent()) {
            start();
        }
        return true;
    }

    /** Stops what is overdue, and says when the next one is. */
    private static OptionalLong look() {
        long now = System.nanoTime();
        long earliest = now + FAR;
        for (List<Execution> all : Execution.running()) {
            for (Execution execution : all) {
                execution.stopIfOverdue(now);
                long due = execution.due().orElse(earliest);
                earliest = due - earliest < 0 ? due : earliest;
            }
        }
        return earliest == now + FAR ? OptionalLong.empty() : OptionalLong.of(earliest);
    }
}

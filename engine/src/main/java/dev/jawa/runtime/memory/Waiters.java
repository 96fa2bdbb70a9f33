package dev.jawa.runtime.memory;

import dev.jawa.runtime.limits.Execution;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Who waits for addresses of a shared memory (threads proposal, "Wait and Notify operators"): threads, and what a host has
 * called when somebody notifies.
 */
public final class Waiters {
    /** What {@link #await} gives after a notification. */
    public static final int WOKEN = 0;
    /** What {@link #await} gives if the address holds something else. */
    public static final int NOT_EQUAL = 1;
    /** What {@link #await} gives when the time is over. */
    public static final int TIMED_OUT = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, ArrayDeque<Waiter>> queues = new HashMap<>();

    private static final class Waiter {
        final Runnable signal;
        boolean notified;

        Waiter(Runnable signal) {
            this.signal = signal;
        }
    }

    /** Somebody who waits without a thread. */
    public final class Registration {
        private final long address;
        private final Waiter waiter;

        private Registration(long address, Waiter waiter) {
            this.address = address;
            this.waiter = waiter;
        }

        /** Waits no longer; gives whether nobody had notified before. */
        public boolean cancel() {
            lock.lock();
            try {
                if (!waiter.notified) {
                    remove(address, waiter);
                }
                return !waiter.notified;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Nobody. */
    public Waiters() {
    }

    /**
     * Waits until somebody notifies.
     *
     * @param equal whether the address holds what the thread expects; asked while nobody can notify
     * @param timeout in nanoseconds; for ever if it is negative
     * @return what the instruction gives
     */
    public int await(long address, BooleanSupplier equal, long timeout) {
        lock.lock();
        try {
            if (!equal.getAsBoolean()) {
                return NOT_EQUAL;
            }
            Condition condition = lock.newCondition();
            Waiter waiter = add(address, condition::signal);
            try {
                await(waiter, condition, timeout);
            } finally {
                if (!waiter.notified) {
                    remove(address, waiter);
                }
            }
            return waiter.notified ? WOKEN : TIMED_OUT;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Execution.interrupted("the thread was waiting for address 0x" + Long.toHexString(address));
        } finally {
            lock.unlock();
        }
    }

    private Waiter add(long address, Runnable signal) {
        var waiter = new Waiter(signal);
        queues.computeIfAbsent(address, _ -> new ArrayDeque<>()).add(waiter);
        return waiter;
    }

    private static void await(Waiter waiter, Condition condition, long timeout) throws InterruptedException {
        long left = timeout;
        while (!waiter.notified && (timeout < 0 || left > 0)) {
            if (timeout < 0) {
                condition.await();
            } else {
                left = condition.awaitNanos(left);
            }
        }
    }

    /**
     * Waits without a thread.
     *
     * @param equal as for {@link #await}
     * @param notified called once, on the thread that notifies; it must not wait
     * @return empty if the address holds something else
     */
    public Optional<Registration> register(long address, BooleanSupplier equal, Runnable notified) {
        lock.lock();
        try {
            return equal.getAsBoolean() ? Optional.of(new Registration(address, add(address, notified)))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void remove(long address, Waiter waiter) {
        ArrayDeque<Waiter> queue = queues.get(address);
        queue.remove(waiter);
        if (queue.isEmpty()) {
            queues.remove(address);
        }
    }

    /**
     * Wakes those that have waited longest.
     *
     * @param count how many at most, unsigned
     * @return how many there were
     */
    public int notify(long address, int count) {
        lock.lock();
        try {
            ArrayDeque<Waiter> queue = queues.get(address);
            int woken = 0;
            while (queue != null && !queue.isEmpty() && woken != count) {
                Waiter waiter = queue.remove();
                waiter.notified = true;
                waiter.signal.run();
                woken++;
            }
            if (queue != null && queue.isEmpty()) {
                queues.remove(address);
            }
            return woken;
        } finally {
            lock.unlock();
        }
    }
}

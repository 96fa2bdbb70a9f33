package dev.jawa.runtime.memory;

import dev.jawa.runtime.limits.Execution;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The threads that wait for addresses of a shared memory (threads proposal, "Wait and Notify operators"). */
final class Waiters {
    private static final int WOKEN = 0;
    private static final int NOT_EQUAL = 1;
    private static final int TIMED_OUT = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, ArrayDeque<Waiter>> queues = new HashMap<>();

    private static final class Waiter {
        final Condition condition;
        boolean notified;

        Waiter(Condition condition) {
            this.condition = condition;
        }
    }

    /**
     * Waits until somebody notifies.
     *
     * @param equal whether the address holds what the thread expects; asked while nobody can notify
     * @param timeout in nanoseconds; for ever if it is negative
     * @return what the instruction gives
     */
    int await(long address, BooleanSupplier equal, long timeout) {
        lock.lock();
        try {
            if (!equal.getAsBoolean()) {
                return NOT_EQUAL;
            }
            var waiter = new Waiter(lock.newCondition());
            queues.computeIfAbsent(address, _ -> new ArrayDeque<>()).add(waiter);
            try {
                await(waiter, timeout);
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

    private static void await(Waiter waiter, long timeout) throws InterruptedException {
        long left = timeout;
        while (!waiter.notified && (timeout < 0 || left > 0)) {
            if (timeout < 0) {
                waiter.condition.await();
            } else {
                left = waiter.condition.awaitNanos(left);
            }
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
    int notify(long address, int count) {
        lock.lock();
        try {
            ArrayDeque<Waiter> queue = queues.get(address);
            int woken = 0;
            while (queue != null && !queue.isEmpty() && woken != count) {
                Waiter waiter = queue.remove();
                waiter.notified = true;
                waiter.condition.signal();
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

package dev.jawa.runtime;

import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.continuation.CoroutineThread;
import dev.jawa.runtime.continuation.StackInstance;
import dev.jawa.runtime.limits.Budget;
import dev.jawa.runtime.limits.Interruption;
import dev.jawa.runtime.limits.Meter;
import dev.jawa.runtime.limits.Watchdog;
import java.util.ArrayDeque;

/**
 * Everything that is linked together, and so may be used by one thread at a time (core spec 4.2.3).
 *
 * <p>Instances begin in stores of their own; linking joins stores, which then answer as one.
 */
public final class Store extends Ownership {
    private volatile Store joinedTo;
    // How many stores have joined this one: the smaller of two joins the larger, so that ways to the root stay short.
    private int size = 1;
    // The stack that runs, if a continuation does.
    private StackInstance stack;
    private ArrayDeque<Barrier> barriers;
    // How often the owner has come in from outside; more than once after stores that it was inside of were joined.
    private int entries;
    // What it may use; null if there are no limits.
    private Budget budget;
    // Counts instructions; null if nobody asked for it.
    private Meter meter;

    /**
     * Frames of the host, which no continuation goes across: what is above them suspends nothing below.
     *
     * @param below the stack that called the host
     * @param entries the store's, above
     */
    private record Barrier(StackInstance below, int entries) {
    }

    /** The stack that runs; {@code null} for the thread's own. Ask the {@link #root}. */
    public StackInstance stack() {
        return stack;
    }

    public void stack(StackInstance running) {
        stack = running;
    }

    /** The store that this one is part of. */
    public Store root() {
        Store next = joinedTo;
        return next == null ? this : next.joinedTo == null ? next : shortened();
    }

    private Store shortened() {
        Store root = this;
        for (Store next; (next = root.joinedTo) != null;) {
            root = next;
        }
        joinedTo = root;
        return root;
    }

    /**
     * Makes two stores one.
     *
     * @throws RuntimeError if another thread is inside one of them
     */
    static void join(Store first, Store second) {
        synchronized (Store.class) {
            Store a = first.root();
            Store b = second.root();
            if (a == b) {
                return;
            }
            checkNoOtherInside(a.inside());
            checkNoOtherInside(b.inside());
            Store larger = a.size >= b.size ? a : b;
            Store smaller = larger == a ? b : a;
            Thread inside = smaller.inside();
            // The current thread goes on being inside.
            if (inside != null && !larger.isInside(inside) && !larger.take(inside)) {
                throw concurrentEntry();
            }
            larger.size += smaller.size;
            if (inside != null) {
                larger.entries += smaller.entries;
                if (larger.stack == null) {
                    larger.stack = smaller.stack;
                    larger.barriers = smaller.barriers;
                }
            }
            larger.joinLimits(smaller);
            smaller.joinedTo = larger;
        }
    }

    private static void checkNoOtherInside(Thread inside) {
        if (inside != null && inside != CoroutineThread.principal(Thread.currentThread())) {
            throw concurrentEntry();
        }
    }

    private static RuntimeError concurrentEntry() {
        return new RuntimeError(RuntimeError.Kind.CONCURRENT_ENTRY,
                "thread \"" + Thread.currentThread().getName() + "\" while another one is inside");
    }

    /**
     * Enters with the current thread.
     *
     * @return the store to leave afterwards, or {@code null} if the thread was inside already
     * @throws RuntimeError if another thread is inside
     */
    Store enter() {
        Store store = root();
        Thread current = Thread.currentThread();
        if (store.isInside(current)) {
            return enterAgain(store);
        }
        if (!store.takeAsPreferred(current)) {
            current = CoroutineThread.principal(current);
            if (store.isInside(current)) {
                return enterAgain(store);
            }
            if (!store.take(current)) {
                throw concurrentEntry();
            }
        }
        store.entries = 1;
        if (store.budget != null) {
            store.budget.begin();
        }
        return store;
    }

    private static Store enterAgain(Store store) {
        return store.stack == null ? null : store.raiseBarrier();
    }

    private Store raiseBarrier() {
        if (barriers == null) {
            barriers = new ArrayDeque<>();
        }
        barriers.push(new Barrier(stack, ++entries));
        stack = null;
        return this;
    }

    /** Leaves; the store must be what {@link #enter} gave. */
    void leave() {
        Store store = root();
        if (store.barriers != null && !store.barriers.isEmpty() && store.barriers.peek().entries == store.entries) {
            store.stack = store.barriers.pop().below;
        }
        if (--store.entries == 0) {
            store.release();
            if (store.budget != null) {
                store.budget.end();
            }
        }
    }

    // ---- limits

    /** Sets limits, of an instance that is the only one in it. */
    void limit(Limits limits, Interruption interruption) {
        budget = new Budget(limits, interruption);
        limits.fuel().ifPresent(fuel -> meter = new Meter(fuel));
        if (budget.hasDeadline()) {
            Watchdog.watch(this);
        }
    }

    private void joinLimits(Store other) {
        if (budget == null) {
            budget = other.budget;
        } else if (other.budget != null) {
            budget.join(other.budget);
        }
        if (budget != null && budget.hasDeadline()) {
            Watchdog.watch(this);
        }
        if (meter == null) {
            meter = other.meter;
        }
    }

    /** What counts its instructions; never null. */
    Meter meter() {
        Store store = root();
        if (store.meter == null) {
            store.meter = new Meter(Long.MAX_VALUE);
        }
        return store.meter;
    }

    /** Whether memories may get so many bytes more; if so, they have them. */
    public boolean takeMemory(long current, long added) {
        Budget limits = root().budget;
        return limits == null || limits.takeMemory(current, added);
    }

    /** Gives back what could not be had in the end. */
    public void giveMemory(long bytes) {
        Budget limits = root().budget;
        if (limits != null) {
            limits.giveMemory(bytes);
        }
    }

    /** Whether tables may get so many elements more; if so, they have them. */
    boolean takeElements(long current, long added) {
        Budget limits = root().budget;
        return limits == null || limits.takeElements(current, added);
    }

    /** Stops what runs in it, if anything does and its code can be stopped. */
    void stop(RuntimeError.Kind reason) {
        Store store = root();
        if (store.budget != null) {
            store.budget.stop(reason, store.inside());
        }
    }

    public void stopIfOverdue(long now) {
        Store store = root();
        if (store.budget != null && store.budget.isOverdue(now)) {
            stop(RuntimeError.Kind.DEADLINE_EXCEEDED);
        }
    }

    /** Throws if what runs is to stop. */
    void check() {
        Budget limits = root().budget;
        if (limits != null) {
            limits.check();
        }
    }
}

package dev.jawa.runtime;

import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.continuation.CoroutineThread;
import dev.jawa.runtime.continuation.StackInstance;
import dev.jawa.runtime.limits.Budget;
import dev.jawa.runtime.limits.Interruption;
import dev.jawa.runtime.limits.Meter;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    // How often the thread that is inside has come in from outside, unless directly; more than once after stores that it
    // was inside of were joined.
    private int entries;
    // What it may use; null if there are no limits.
    private Budget budget;
    // Counts instructions and calls; null if nobody asked for it.
    private Meter meter;
    // The instances that keep it in a field.
    private List<WeakReference<ModuleInstance>> metered;
    private int instances;

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
        count();
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
            larger.stopDirectEntries();
            smaller.stopDirectEntries();
            larger.count();
            smaller.count();
            larger.requireInstances(smaller);
            smaller.requireInstances(larger);
            Thread inside = smaller.inside();
            // The current thread goes on being inside.
            if (inside != null && !larger.isInside(inside) && !larger.take(inside)) {
                throw concurrentEntry();
            }
            larger.size += smaller.size;
            larger.instances += smaller.instances;
            if (inside != null) {
                larger.entries += smaller.entries;
                if (larger.stack == null) {
                    larger.stack = smaller.stack;
                    larger.barriers = smaller.barriers;
                }
            }
            larger.joinLimits(smaller, larger.inside());
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
        return takeDirectly() ? this : enterCounted();
    }

    private Store enterCounted() {
        Store root = root();
        if (root != this) {
            return root.enter();
        }
        Thread thread = CoroutineThread.principal(Thread.currentThread());
        if (isInside(thread)) {
            return stack == null ? null : raiseBarrier();
        }
        if (!take(thread)) {
            throw concurrentEntry();
        }
        entries = 1;
        if (budget != null) {
            begin(thread);
        }
        return this;
    }

    private void begin(Thread thread) {
        boolean begun = false;
        try {
            budget.execution().begin(thread);
            begun = true;
        } finally {
            if (!begun) {
                // The stack or the heap is full.
                budget.execution().end();
                release();
            }
        }
    }

    /**
     * Enters with the current thread to do something that no code of the store may see half done.
     *
     * @throws RuntimeError if a thread is inside
     */
    Store enterAlone() {
        Store entered = enter();
        if (entered == null || entered.entries > 1) {
            if (entered != null) {
                entered.leave();
            }
            throw new RuntimeError(RuntimeError.Kind.CONCURRENT_ENTRY, "this thread is inside, called by it");
        }
        return entered;
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
        if (!releaseDirectly()) {
            root().leaveCounted();
        }
    }

    private void leaveCounted() {
        count();
        if (barriers != null && !barriers.isEmpty() && barriers.peek().entries == entries) {
            stack = barriers.pop().below;
        }
        if (--entries == 0) {
            end();
            release();
        }
    }

    /** Counts the entry of the current thread if it has entered directly: there will be more to do when it leaves. */
    private void count() {
        if (stopBeingInsideDirectly()) {
            entries = 1;
        }
    }

    @Override
    boolean mayBeEnteredDirectly() {
        return joinedTo == null && budget == null && meter == null;
    }

    // ---- limits

    /** The last thing of a call: another thread may begin one as soon as the store is released. */
    private void end() {
        if (meter != null) {
            meter.leaveAll();
        }
        if (budget != null) {
            budget.execution().end();
        }
    }

    /** An instance is in it. */
    void addInstance() {
        instances++;
    }

    /** Sets limits, of an instance that is the only one in it. */
    void limit(Limits limits, Interruption interruption) {
        budget = new Budget(limits, interruption);
        if (limits.checks().countsAnything()) {
            meter = new Meter(limits.fuel().orElse(Long.MAX_VALUE), limits.stackDepth().orElse(Integer.MAX_VALUE));
        }
        requireInstances(this, 0);
    }

    private void requireInstances(Store other) {
        requireInstances(this, other.instances);
    }

    private static void requireInstances(Store store, int more) {
        if (store.budget != null) {
            store.budget.requireInstances((long) store.instances + more);
        }
    }

    /** What a store that is joined may use counts for both. */
    private void joinLimits(Store other, Thread inside) {
        if (budget == null) {
            budget = other.budget;
        } else if (other.budget != null) {
            budget.join(other.budget);
        }
        if (budget != null && inside != null) {
            budget.execution().beginIfNotRunning(inside);
        }
        if (meter == null) {
            meter = other.meter;
            metered = other.metered;
        } else if (other.meter != null) {
            meter.join(other.meter);
            other.metered().forEach(this::meter);
        }
    }

    private List<ModuleInstance> metered() {
        return metered == null ? List.of() : metered.stream().map(WeakReference::get)
                .filter(instance -> instance != null).toList();
    }

    /** Gives an instance what counts its instructions and calls, now and whenever that changes. */
    void meter(ModuleInstance instance) {
        Store store = root();
        if (store.metered == null) {
            store.metered = new ArrayList<>();
        }
        store.metered.removeIf(known -> known.refersTo(null));
        store.metered.add(new WeakReference<>(instance));
        instance.meter = store.meter();
    }

    /** What counts its instructions; never null. */
    Meter meter() {
        Store store = root();
        if (store.meter == null) {
            store.stopDirectEntries();
            store.meter = new Meter();
        }
        return store.meter;
    }

    /**
     * Lets a memory that several stores may use, and so is joined to none, count for the limits of the one that made
     * it.
     */
    public void countFor(Store maker) {
        budget = maker.root().budget;
    }

    private Optional<Budget> budget() {
        return Optional.ofNullable(root().budget);
    }

    /** Whether memories may get so many bytes more; if so, they have them. */
    public boolean takeMemory(long current, long added) {
        Budget limits = root().budget;
        return limits == null || limits.takeMemory(current, added);
    }

    /** Takes what a memory has from the beginning; throws if there is no room for it. */
    public void requireMemory(long bytes, String which) {
        budget().ifPresent(limits -> limits.requireMemory(bytes, which));
    }

    /** Gives back what could not be had in the end. */
    public void giveMemory(long bytes) {
        budget().ifPresent(limits -> limits.giveMemory(bytes));
    }

    /** What limits memories, in words; empty if nothing does. */
    public Optional<String> memoryLimit() {
        return budget().map(Budget::memoryLimit);
    }

    /** Whether tables may get so many elements more; if so, they have them. */
    boolean takeElements(long current, long added) {
        Budget limits = root().budget;
        return limits == null || limits.takeElements(current, added);
    }

    /** Takes what a table has from the beginning; throws if there is no room for it. */
    void requireElements(long count, String which) {
        budget().ifPresent(limits -> limits.requireElements(count, which));
    }

    /** Gives back what could not be had in the end. */
    void giveElements(long count) {
        budget().ifPresent(limits -> limits.giveElements(count));
    }

    /** Stops what runs in it, if anything does and its code can be stopped. */
    void interrupt() {
        budget().ifPresent(limits -> limits.execution().interrupt());
    }

    /** Throws if what runs is to stop. */
    void check() {
        Budget limits = root().budget;
        if (limits != null) {
            limits.execution().check();
        }
    }
}

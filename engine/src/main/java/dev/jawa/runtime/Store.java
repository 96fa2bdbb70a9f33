package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Everything that is linked together, and so may be used by one thread at a time (core spec 4.2.3).
 *
 * <p>Instances begin in stores of their own; linking joins stores, which then answer as one.
 */
public final class Store {
    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(Store.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Store joinedTo;
    private Thread owner;

    /** The store that this one is part of. */
    Store root() {
        Store store = this;
        for (Store next; (next = store.joinedTo) != null;) {
            store = next;
        }
        return store;
    }

    /** Makes two stores one. */
    static void join(Store first, Store second) {
        synchronized (Store.class) {
            Store a = first.root();
            Store b = second.root();
            if (a != b) {
                // While a thread is inside one of them it goes on owning what they become.
                if (a.owner == null) {
                    a.joinedTo = b;
                } else {
                    b.joinedTo = a;
                }
            }
        }
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
        Thread inside = (Thread) OWNER.getOpaque(store);
        if (inside == current) {
            return null;
        }
        if (inside != null || !OWNER.compareAndSet(store, null, current)) {
            throw new RuntimeError(RuntimeError.Kind.CONCURRENT_ENTRY,
                    "thread \"" + current.getName() + "\" while another one is inside");
        }
        return store;
    }

    /** Leaves; the store must be what {@link #enter} gave. */
    void leave() {
        OWNER.setRelease(root(), null);
    }
}

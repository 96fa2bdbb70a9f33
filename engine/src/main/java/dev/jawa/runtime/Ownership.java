package dev.jawa.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which thread is inside.
 *
 * <p>A thread enters by an atomic instruction, which takes as long as the rest of a call. So one that has
 * entered many times in a row is <em>preferred</em>: it says that it is inside by a store, and looks whether it is
 * still preferred afterwards. Another thread first takes the place of the owner, then withdraws the preference, then
 * has the preferred thread pass a safepoint, by asking for its stack trace: from then on the one has seen the
 * withdrawal, or the other sees it inside. Preference is given once.
 */
abstract class Ownership {
    /** Handing over costs a handshake, so threads that take turns should not come to it. */
    private static final int ENTRIES_BEFORE_PREFERENCE = 1000;

    private static final VarHandle OWNER;
    private static final VarHandle PREFERRED;
    private static final VarHandle PREFERRED_INSIDE;
    private static final VarHandle WITHDRAWN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(Ownership.class, "owner", Thread.class);
            PREFERRED = lookup.findVarHandle(Ownership.class, "preferred", Thread.class);
            PREFERRED_INSIDE = lookup.findVarHandle(Ownership.class, "preferredInside", boolean.class);
            WITHDRAWN = lookup.findVarHandle(Ownership.class, "withdrawn", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Thread owner;
    private Thread preferred;
    // Only the preferred thread sets it.
    private boolean preferredInside;
    private boolean withdrawn;

    // What follows belongs to the thread that is inside.
    private boolean enteredByPreference;
    private boolean handedOver;
    private Thread latest;
    private int entriesOfLatest;

    /** The thread that is inside, or {@code null}. */
    final Thread inside() {
        return (boolean) PREFERRED_INSIDE.getAcquire(this)
                ? (Thread) PREFERRED.getOpaque(this) : (Thread) OWNER.getAcquire(this);
    }

    final boolean isInside(Thread thread) {
        return OWNER.getOpaque(this) == thread
                || PREFERRED.getOpaque(this) == thread && (boolean) PREFERRED_INSIDE.getOpaque(this);
    }

    /** Enters if the current thread, which is not inside, is preferred. */
    final boolean takeAsPreferred(Thread current) {
        if (PREFERRED.getOpaque(this) != current || (boolean) WITHDRAWN.getOpaque(this)) {
            return false;
        }
        PREFERRED_INSIDE.setOpaque(this, true);
        if ((boolean) WITHDRAWN.getOpaque(this)) {
            PREFERRED_INSIDE.setRelease(this, false);
            return false;
        }
        enteredByPreference = true;
        return true;
    }

    /** Enters, with a thread that is not inside, unless another one is. */
    final boolean take(Thread thread) {
        if (!OWNER.compareAndSet(this, null, thread)) {
            return false;
        }
        boolean free = false;
        try {
            if (preferred == null || preferred == thread || handOver()) {
                enteredByPreference = false;
                prefer(thread);
                free = true;
            }
            return free;
        } finally {
            // Also if the stack is full.
            if (!free) {
                OWNER.setRelease(this, null);
            }
        }
    }

    /** Withdraws the preference; whether the thread that had it is outside. */
    private boolean handOver() {
        WITHDRAWN.setVolatile(this, true);
        if (!handedOver) {
            preferred.getStackTrace();
            handedOver = true;
        }
        return !(boolean) PREFERRED_INSIDE.getAcquire(this);
    }

    private void prefer(Thread thread) {
        if (preferred != null) {
            return;
        }
        if (latest != thread) {
            latest = thread;
            entriesOfLatest = 0;
        }
        // A virtual thread passes no safepoints of its own.
        if (++entriesOfLatest == ENTRIES_BEFORE_PREFERENCE && !thread.isVirtual()) {
            PREFERRED.setRelease(this, thread);
        }
    }

    /** Goes out again. */
    final void release() {
        if (enteredByPreference) {
            PREFERRED_INSIDE.setRelease(this, false);
        } else {
            OWNER.setRelease(this, null);
        }
    }
}

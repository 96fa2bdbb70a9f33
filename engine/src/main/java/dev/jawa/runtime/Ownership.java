package dev.jawa.runtime;

import dev.jawa.runtime.continuation.CoroutineThread;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Which thread is inside.
 *
 * <p>A thread enters by an atomic instruction, which takes longer than the rest of a call. So one that has entered many
 * times in a row is <em>preferred</em>: it enters <em>directly</em>, by a store that says that it is inside, and looks
 * afterwards whether it still may. Another thread first takes the place of the owner, then withdraws the preference,
 * then has the preferred thread pass a safepoint, by asking for its stack trace: from then on the one has seen the
 * withdrawal, or the other sees it inside. Preference is given once.
 *
 * <p>Nothing else happens when a thread enters or leaves directly. Whatever makes more necessary, limits for example,
 * ends that: the thread then enters as every other one does.
 */
abstract class Ownership {
    /** Handing over costs a handshake, so threads that take turns should not come to it. */
    private static final int ENTRIES_BEFORE_PREFERENCE = 1000;

    // Where the preferred thread is.
    private static final int OUTSIDE = 0;
    private static final int INSIDE_DIRECTLY = 1;
    /** There is more to do when it leaves. */
    private static final int INSIDE_COUNTED = 2;

    private static final VarHandle OWNER;
    private static final VarHandle PREFERRED;
    private static final VarHandle PLACE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(Ownership.class, "owner", Thread.class);
            PREFERRED = lookup.findVarHandle(Ownership.class, "preferred", Thread.class);
            PLACE = lookup.findVarHandle(Ownership.class, "place", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // The preferred thread as long as it may enter directly. While it is set, nobody is the owner but for a moment.
    private volatile Thread direct;
    // Of the preferred thread. Only it changes it, or who acts for it.
    private int place;
    private Thread owner;
    private Thread preferred;

    // What follows belongs to the owner.
    private boolean withdrawn;
    private boolean handedOver;
    private Thread latest;
    private int entriesOfLatest;

    /** Whether entering and leaving is all that there is to do. */
    abstract boolean mayBeEnteredDirectly();

    /** The thread that is inside, or {@code null}. */
    final Thread inside() {
        return (int) PLACE.getAcquire(this) != OUTSIDE
                ? (Thread) PREFERRED.getOpaque(this) : (Thread) OWNER.getAcquire(this);
    }

    final boolean isInside(Thread thread) {
        return OWNER.getOpaque(this) == thread
                || PREFERRED.getOpaque(this) == thread && (int) PLACE.getOpaque(this) != OUTSIDE;
    }

    // ---- the preferred thread

    /** Enters, unless that takes more than to say so. */
    final boolean takeDirectly() {
        Thread current = Thread.currentThread();
        if (direct != current || place != OUTSIDE) {
            return false;
        }
        PLACE.setOpaque(this, INSIDE_DIRECTLY);
        return direct == current || goBack();
    }

    private boolean goBack() {
        PLACE.setRelease(this, OUTSIDE);
        return false;
    }

    /** Goes out again, unless that takes more than to say so. */
    final boolean releaseDirectly() {
        // Where nobody enters directly any more, another thread may be about to go back.
        if (place != INSIDE_DIRECTLY || direct == null) {
            return false;
        }
        PLACE.setRelease(this, OUTSIDE);
        return true;
    }

    /** From now on there is more to do when the current thread leaves; whether it had entered directly. */
    final boolean stopBeingInsideDirectly() {
        if (place != INSIDE_DIRECTLY || preferred != CoroutineThread.principal(Thread.currentThread())) {
            return false;
        }
        PLACE.setOpaque(this, INSIDE_COUNTED);
        return true;
    }

    /** From now on there is more to do when a thread enters. */
    final void stopDirectEntries() {
        if (direct != null) {
            direct = null;
        }
    }

    // ---- every thread

    /** Enters, with a thread that is not inside, unless another one is. */
    final boolean take(Thread thread) {
        if (!OWNER.compareAndSet(this, null, thread)) {
            return false;
        }
        boolean free = false;
        try {
            // It may be a coroutine that acts for the preferred thread.
            stopDirectEntries();
            if (preferred == null || preferred == thread || handOver()) {
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

    /** Withdraws the preference, with which nobody enters any more; whether the thread that had it is outside. */
    private boolean handOver() {
        withdrawn = true;
        if (!handedOver) {
            preferred.getStackTrace();
            handedOver = true;
        }
        return (int) PLACE.getAcquire(this) == OUTSIDE;
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
        if (++entriesOfLatest >= ENTRIES_BEFORE_PREFERENCE && thread == Thread.currentThread() && !thread.isVirtual()
                && mayBeEnteredDirectly()) {
            PREFERRED.setRelease(this, thread);
        }
    }

    /** Goes out again. */
    final void release() {
        if (place == INSIDE_COUNTED) {
            PLACE.setRelease(this, OUTSIDE);
            return;
        }
        if (preferred != null && !withdrawn && mayBeEnteredDirectly()) {
            direct = preferred;
        }
        OWNER.setRelease(this, null);
    }
}

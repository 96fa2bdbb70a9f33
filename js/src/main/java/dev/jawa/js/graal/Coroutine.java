package dev.jawa.js.graal;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.TruffleSafepoint;
import dev.jawa.runtime.continuation.CoroutineThread;
import dev.jawa.runtime.continuation.HandOver;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/**
 * A computation that can be suspended with all that is on its stack. It runs on a thread of its own while the thread that
 * started or resumed it waits, and the two hand JavaScript over to each other: only one of them is ever in it.
 *
 * <p>A computation that is never resumed leaves a thread that waits, which ends with the JVM or when the realm is closed.
 */
public final class Coroutine {
    // Of the size that a stack of JavaScript's and WebAssembly's frames has elsewhere.
    private static final long STACK_BYTES = 16L << 20;
    private static final int MOST_IDLE = 16;
    private static final ArrayDeque<Worker> IDLE = new ArrayDeque<>();

    private final TruffleContext context;
    private final Runnable body;
    private final Semaphore toCoroutine = new Semaphore(0);
    private final Semaphore toCaller = new Semaphore(0);
    private Worker worker;

    private Coroutine(TruffleContext context, Runnable body) {
        this.context = context;
        this.body = body;
    }

    /** A thread that runs one computation after another. */
    private static final class Worker {
        private final Semaphore work = new Semaphore(0);
        private final CoroutineThread thread = new CoroutineThread("jawa-coroutine", STACK_BYTES, this::run);
        private Coroutine coroutine;

        private void run() {
            do {
                work.acquireUninterruptibly();
                try {
                    coroutine.run();
                } catch (Throwable _) {
                    // The realm was closed while the computation was suspended, or before it could begin.
                    return;
                }
                coroutine = null;
            } while (becomeIdle());
        }

        private boolean becomeIdle() {
            synchronized (IDLE) {
                return IDLE.size() < MOST_IDLE && IDLE.add(this);
            }
        }

        static Worker take() {
            synchronized (IDLE) {
                if (!IDLE.isEmpty()) {
                    return IDLE.pop();
                }
            }
            var worker = new Worker();
            worker.thread.start();
            return worker;
        }
    }

    /**
     * Starts a computation, and returns when it is suspended or has ended.
     *
     * @param body must not throw
     * @param created is given the new coroutine before it starts
     */
    public static void start(Realm realm, Runnable body, java.util.function.Consumer<Coroutine> created) {
        var coroutine = new Coroutine(realm.realm().getEnv().getContext(), body);
        created.accept(coroutine);
        coroutine.worker = Worker.take();
        coroutine.worker.coroutine = coroutine;
        coroutine.handOver(coroutine.worker.work);
    }

    private void run() {
        Object previous = context.enter(null);
        HandOver.set(new RealmHandOver(context));
        try {
            body.run();
        } finally {
            context.leave(null, previous);
            toCaller.release();
        }
    }

    /** Goes on after {@link #suspend}, and returns when the computation is suspended again or has ended. */
    public void resume() {
        handOver(toCoroutine);
    }

    /** Lets the coroutine's thread have JavaScript until it gives it back. */
    private void handOver(Semaphore signal) {
        worker.thread.actForCurrentThread();
        exchange(signal, toCaller);
    }

    /** Suspends the computation, on its own thread; returns when it is resumed. */
    public void suspend() {
        exchange(toCaller, toCoroutine);
    }

    /** Leaves JavaScript, wakes the other thread, and waits until that does the same. */
    private void exchange(Semaphore wake, Semaphore awaited) {
        context.leaveAndEnter(null, TruffleSafepoint.Interrupter.THREAD_INTERRUPT, other -> {
            other.release();
            awaited.acquire();
            return other;
        }, wake);
    }
}

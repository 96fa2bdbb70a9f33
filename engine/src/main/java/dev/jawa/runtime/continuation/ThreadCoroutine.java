package dev.jawa.runtime.continuation;

import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/** A coroutine that is a thread, which waits while it is suspended. */
final class ThreadCoroutine extends Coroutine {
    private static final long STACK_BYTES = 16L << 20;
    private static final int MOST_IDLE = 16;
    static final ThreadLocal<HandOver> HAND_OVER = ThreadLocal.withInitial(() -> HandOver.NONE);
    private static final ArrayDeque<Worker> IDLE = new ArrayDeque<>();

    private final Semaphore toCoroutine = new Semaphore(0);
    private final Semaphore toCaller = new Semaphore(0);
    private final HandOver handOver = HAND_OVER.get();
    private Runnable body;
    private Worker worker;
    // What entering gave.
    private Object entered;
    private volatile boolean abandoned;

    ThreadCoroutine(Runnable body) {
        this.body = body;
    }

    /** A thread that runs one computation after another. */
    private static final class Worker {
        private final Semaphore work = new Semaphore(0);
        private final CoroutineThread thread = new CoroutineThread("jawa-continuation", STACK_BYTES, this::run);
        private ThreadCoroutine coroutine;

        private void run() {
            boolean again = true;
            while (again) {
                work.acquireUninterruptibly();
                ThreadCoroutine current = coroutine;
                coroutine = null;
                current.run();
                synchronized (IDLE) {
                    again = IDLE.size() < MOST_IDLE && IDLE.add(this);
                }
                // Only now, so that whoever waits finds this thread for the next computation.
                current.toCaller.release();
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

    private void run() {
        Runnable task = body;
        body = null;
        HAND_OVER.set(handOver);
        try {
            entered = handOver.enter();
            task.run();
            handOver.leave(entered);
        } catch (Abandoned _) {
            // Nobody waits for it, and it is outside already.
        } finally {
            HAND_OVER.remove();
        }
    }

    @Override
    void resume() {
        Semaphore signal = toCoroutine;
        if (worker == null) {
            worker = Worker.take();
            worker.coroutine = this;
            signal = worker.work;
        }
        worker.thread.actForCurrentThread();
        Semaphore wake = signal;
        HAND_OVER.get().outside(new HandOver.Waiting() {
            private boolean woken;

            @Override
            public void await() throws InterruptedException {
                wakeOnce();
                toCaller.acquire();
            }

            @Override
            public void uninterruptibly() {
                wakeOnce();
                toCaller.acquireUninterruptibly();
            }

            private void wakeOnce() {
                if (!woken) {
                    woken = true;
                    wake.release();
                }
            }
        });
    }

    @Override
    void suspend() {
        handOver.leave(entered);
        toCaller.release();
        toCoroutine.acquireUninterruptibly();
        if (abandoned) {
            throw new Abandoned();
        }
        entered = handOver.enter();
    }

    @Override
    boolean holdsThread() {
        return true;
    }

    @Override
    void abandon() {
        abandoned = true;
        toCoroutine.release();
    }
}

package dev.jawa.runtime.continuation;

/**
 * A thread that does what another one has begun, while that one waits for it: for computations that can be suspended.
 * To stores the two are one.
 */
public class CoroutineThread extends Thread {
    private volatile Thread principal = this;

    /**
     * A daemon thread.
     *
     * @param stackBytes how large its stack may become
     */
    public CoroutineThread(String name, long stackBytes, Runnable task) {
        super(null, task, name, stackBytes);
        setDaemon(true);
    }

    /** Says for whom it works from now on: the current thread, or for whom that does. */
    public final void actForCurrentThread() {
        principal = principal(Thread.currentThread());
    }

    /** The thread that a thread works for, which is itself for most. */
    public static Thread principal(Thread thread) {
        return thread instanceof CoroutineThread coroutine ? coroutine.principal : thread;
    }
}

package dev.jawa.runtime.continuation;

/**
 * A computation with a stack of its own, which can be suspended with everything on it and resumed later. Only one of
 * the computation and whoever resumed it runs at a time, and to stores they are one thread.
 *
 * <p>Where the JVM lets this package use {@code jdk.internal.vm}, as the command line's manifest does, a coroutine is
 * one of the JVM's own continuations: its frames are objects on the heap while it is suspended, so that one that is
 * never resumed is collected like any other object. Elsewhere, and on virtual threads, it is a thread that waits.
 */
abstract class Coroutine {
    /** Unwinds the stack of a computation that is not resumed any more; no handler of WebAssembly catches it. */
    static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super(null, null, false, false);
        }
    }

    /** A computation that has not begun. */
    static Coroutine of(Runnable body) {
        return JdkCoroutine.isAvailable() && !Thread.currentThread().isVirtual()
                ? new JdkCoroutine(body) : new ThreadCoroutine(body);
    }

    /**
     * Starts or resumes the computation; returns when it has suspended itself or has ended.
     *
     * <p>The body must throw nothing but {@link Abandoned}.
     */
    abstract void resume();

    /** Suspends the computation, which must be the one that runs; returns when it is resumed. */
    abstract void suspend();

    /** Ends a suspended computation that nobody will resume any more. Any thread may call this. */
    void abandon() {
    }

    /** Whether a computation that is not reachable must be abandoned, as it holds more than memory. */
    boolean holdsThread() {
        return false;
    }
}

package dev.jawa.js;

import java.util.function.Consumer;

/** Where the rest of what takes time is done, later on JavaScript's thread (HTML section 8.1.7). */
public interface TaskQueue {
    /** Work that needs no access to JavaScript. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    /** Queues a task. */
    void post(Runnable task);

    /**
     * Works, perhaps on another thread, and goes on with a task.
     *
     * @param work gets no access to JavaScript
     * @param succeeded a task on JavaScript's thread
     * @param failed a task on JavaScript's thread
     */
    <T> void background(Work<T> work, Consumer<T> succeeded, Consumer<Throwable> failed);
}

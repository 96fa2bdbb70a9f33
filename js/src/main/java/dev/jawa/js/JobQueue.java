package dev.jawa.js;

import dev.jawa.js.graal.Realm;
import java.util.function.Consumer;

/**
 * For a context without an event loop: work is done at once, and tasks are jobs like those of promises, which GraalJS runs
 * when the host's call into the context returns.
 */
final class JobQueue implements TaskQueue {
    private final Realm realm;

    JobQueue(Realm realm) {
        this.realm = realm;
    }

    @Override
    public void post(Runnable task) {
        realm.queueMicrotask(task);
    }

    @Override
    public <T> void background(Work<T> work, Consumer<T> succeeded, Consumer<Throwable> failed) {
        try {
            T result = work.run();
            post(() -> succeeded.accept(result));
        } catch (Exception problem) {
            post(() -> failed.accept(problem));
        }
    }
}

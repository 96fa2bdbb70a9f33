package dev.jawa.js;

import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import dev.jawa.runtime.limits.Execution;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The thread of a program, on which everything is done that other threads want from the program. */
final class JsThread {
    private final Realm realm;
    private final EventLoop loop;
    private final WebAssemblyNamespace webAssembly;
    private final Thread thread = Thread.currentThread();
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;
    private volatile boolean interrupted;
    // The exceptions that JavaScript sees as errors.
    private final Map<Object, Throwable> causes = new WeakHashMap<>();

    /** The current thread. */
    JsThread(Realm realm, EventLoop loop, WebAssemblyNamespace webAssembly) {
        this.realm = realm;
        this.loop = loop;
        this.webAssembly = webAssembly;
    }

    Realm realm() {
        return realm;
    }

    EventLoop loop() {
        return loop;
    }

    WebAssemblyNamespace webAssembly() {
        return webAssembly;
    }

    /**
     * Does something and waits for the result.
     *
     * @throws JsException if JavaScript throws something
     * @throws IllegalStateException if the program has ended
     */
    <T> T call(Supplier<T> work) {
        if (Thread.currentThread() == thread) {
            return attempt(work);
        }
        interrupted = false;
        return await(submit(work));
    }

    /** Does something later. */
    <T> CompletableFuture<T> submit(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        waiting.add(result);
        loop.post(() -> {
            try {
                result.complete(attempt(work));
            } catch (ProgramExit exit) {
                throw exit;
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            } finally {
                waiting.remove(result);
            }
        });
        if (ended) {
            failWaiting();
        }
        return result;
    }

    /** Waits for a result, on any other thread. */
    <T> T await(CompletableFuture<T> result) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("the program's own thread cannot wait for the program");
        }
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for JavaScript", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                // A new one, with the stack trace of who waits.
                case JsException thrown -> exception(thrown.value().raw());
                case IllegalStateException state -> new IllegalStateException(state.getMessage(), state);
                case IllegalArgumentException argument -> new IllegalArgumentException(argument.getMessage(), argument);
                default -> new CompletionException(e.getCause());
            };
        }
    }

    private <T> T attempt(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProgramExit | JsException | IllegalArgumentException | IllegalStateException known) {
            throw known;
        } catch (Throwable problem) {
            if (interrupted) {
                interrupted = false;
                throw new IllegalStateException("interrupted");
            }
            throw exception(realm.thrownValue(problem));
        }
    }

    /** What JavaScript throws, as an exception of Java. */
    JsException exception(Object thrown) {
        if (Thread.currentThread() != thread) {
            return describe(thrown, submit(() -> texts(thrown)).join());
        }
        return describe(thrown, texts(thrown));
    }

    private String[] texts(Object thrown) {
        String stack = "";
        if (Values.isObject(thrown)) {
            stack = Values.asString(realm.get(thrown, "stack")).orElse("");
        }
        return new String[] {Values.toDisplayString(thrown), stack};
    }

    private JsException describe(Object thrown, String[] texts) {
        synchronized (causes) {
            return new JsException(texts[0], texts[1], new JsValue(this, thrown), causes.get(thrown));
        }
    }

    /** What JavaScript sees of an exception of Java. */
    RuntimeException error(Throwable problem) {
        if (problem instanceof JsException exception) {
            return realm.thrown(exception.value().raw());
        }
        Object error = realm.newError(ErrorType.ERROR, String.valueOf(problem.getMessage()));
        synchronized (causes) {
            causes.put(error, problem);
        }
        return realm.thrown(error);
    }

    /** Stops what JavaScript does now, from another thread. */
    void interrupt() {
        interrupted = true;
        Execution.interrupt(thread);
        realm.interrupt();
    }

    /** Nobody needs to wait any more. */
    void end() {
        ended = true;
        failWaiting();
    }

    private void failWaiting() {
        waiting.forEach(result -> result.completeExceptionally(new IllegalStateException("the program has ended")));
        waiting.clear();
    }
}

package dev.jawa.js;

import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.js.webassembly.ErrorMapping;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** One run of a program: its thread, its realm, its event loop. */
final class Program {
    /** JavaScript's frames are large; this is good for about half a million calls inside one another. */
    private static final long STACK_SIZE = 256L << 20;

    /** How long a worker that is to end may take for the task that it is in. */
    private static final long PATIENCE_MILLISECONDS = 50;

    private static final int FAILURE = 1;

    private final Settings settings;
    private final Optional<WorkerScope> scope;
    private final EventLoop loop = new EventLoop();
    private volatile boolean terminated;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<Realm> running = Optional.empty();
    private int exitCode = FAILURE;
    // Goes on after what is not caught.
    private boolean session;

    Program(Settings settings) {
        this(settings, Optional.empty());
    }

    /** @param scope what it knows if it is a worker */
    Program(Settings settings, Optional<WorkerScope> scope) {
        this.settings = settings;
        this.scope = scope;
    }

    /** Runs as a worker, whose end is told; it does not keep the JVM running. */
    void start(Path file, Mode mode, IntConsumer ended) {
        var thread = new Thread(null, () -> {
            try {
                runHere(file, mode);
            } catch (Throwable problem) {
                // What a realm throws that is closed from outside; all else is a defect that must not be silent.
                if (!terminated) {
                    settings.error().println("A worker failed: " + problem);
                }
            } finally {
                ended.accept(exitCode);
            }
        }, "javascript-worker", STACK_SIZE);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs without a file of its own until it is closed; it does not keep the JVM running. */
    JsSession open(Path folder) {
        session = true;
        var opened = new CompletableFuture<JsThread>();
        var thread = new Thread(null, () -> {
            try {
                runHere(folder.resolve("script.js"), globals -> {
                    loop.hold();
                    opened.complete(globals.thread());
                });
            } catch (Throwable problem) {
                // What a realm throws that is closed from outside; all else is a defect that must not be silent.
                if (!terminated && !opened.completeExceptionally(problem)) {
                    settings.error().println("A program failed: " + problem);
                }
            } finally {
                opened.completeExceptionally(new IllegalStateException("the program has ended"));
            }
        }, "javascript", STACK_SIZE);
        thread.setDaemon(true);
        thread.start();
        try {
            return new JsSession(this, opened.join(), folder);
        } catch (CompletionException e) {
            throw e.getCause() instanceof java.lang.RuntimeException cause ? cause : e;
        }
    }

    /** Sends it a message, if it is a worker, from any thread. */
    void receive(Message message) {
        loop.send(message);
    }

    /** Ends it, from another thread: at its next task, or if that takes long in the middle of one. */
    void terminate() {
        terminated = true;
        loop.post(() -> {
            throw new ProgramExit(FAILURE);
        });
        Thread.ofVirtual().name("jawa-worker-end").start(this::cancel);
    }

    private void cancel() {
        try {
            if (!ended.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                running.ifPresent(Realm::cancel);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    int run(Path file, Mode mode) {
        Thread thread = new Thread(null, () -> runHere(file, mode), "javascript", STACK_SIZE);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return FAILURE;
        }
        return exitCode;
    }

    private void runHere(Path file, Mode mode) {
        runHere(file, globals -> start(globals, file, mode));
    }

    private void runHere(Path file, Consumer<Globals> first) {
        try (Realm realm = Realm.open(ErrorMapping::map);
                var files = new OpenFiles(settings.input(), settings.output(), settings.error())) {
            var globals = new Globals(realm, loop, settings, files, file, scope);
            running = Optional.of(realm);
            try {
                exitCode = run(realm, loop, globals, () -> first.accept(globals));
            } catch (ProgramExit exit) {
                exitCode = exit.code();
            } finally {
                ended.countDown();
                globals.thread().end();
                globals.terminateWorkers();
            }
        } finally {
            settings.output().flush();
            settings.error().flush();
        }
    }

    private static void start(Globals globals, Path file, Mode mode) {
        Realm realm = globals.thread().realm();
        try {
            switch (mode) {
                case SCRIPT -> Sources.runScript(realm, file);
                case MODULE -> globals.modules().importMain(file);
                case COMMONJS -> globals.modules().requireMain(file);
            }
        } catch (IOException e) {
            throw realm.error(ErrorType.ERROR, cannotRead(file, e));
        }
    }

    static String cannotRead(Path file, IOException problem) {
        return problem instanceof NoSuchFileException ? "Cannot find " + file : "Cannot read " + file + ": " + problem;
    }

    /** Runs the first task, then the loop until it is empty or something is not caught. */
    private int run(Realm realm, EventLoop loop, Globals globals, Runnable first) {
        for (Optional<Runnable> task = Optional.of(first); task.isPresent(); task = next()) {
            if (!runTask(realm, globals, task.get()) && !session) {
                return FAILURE;
            }
        }
        if (globals.modules().isMainPending()) {
            settings.error().println("The program waits at its top level (await) for something that will never happen");
            return FAILURE;
        }
        return runTask(realm, globals, globals::leave) ? globals.exitCode() : FAILURE;
    }

    private Optional<Runnable> next() {
        Optional<Runnable> task = loop.next();
        // Interrupting what JavaScript does interrupts its thread, and that perhaps too late.
        while (session && task.isEmpty() && Thread.interrupted()) {
            task = loop.next();
        }
        return task;
    }

    /** Whether all that it threw was caught, if only by the program's listeners. */
    private boolean runTask(Realm realm, Globals globals, Runnable task) {
        try {
            realm.runTask(task);
        } catch (ProgramExit exit) {
            throw exit;
        } catch (Throwable problem) {
            Object thrown = realm.thrownValue(problem);
            if (!globals.handle("uncaughtException", thrown)) {
                globals.report("Uncaught ", thrown);
                return false;
            }
        }
        Optional<Object> rejection = realm.takeUnhandledRejection();
        if (rejection.isPresent() && !globals.handle("unhandledRejection", rejection.get())) {
            globals.report("Uncaught (in promise) ", rejection.get());
            return false;
        }
        return true;
    }
}

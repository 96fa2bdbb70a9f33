package dev.jawa.js;

import dev.jawa.Limits;
import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.graal.Values;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.js.webassembly.ErrorMapping;
import dev.jawa.runtime.limits.Execution;
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
    private volatile Optional<Thread> thread = Optional.empty();
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
    void start(MainScript main, IntConsumer ended) {
        var thread = new Thread(null, () -> {
            try {
                runHere(main, globals -> start(globals, main));
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
                runHere(MainScript.of(folder.resolve("script.js"), Mode.SCRIPT), globals -> {
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
            if (ended.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                return;
            }
            running.ifPresent(realm -> Thread.ofVirtual().name("jawa-worker-cancel").start(realm::cancel));
            // WebAssembly, and functions of the host that wait, hear nothing of a realm that is cancelled.
            do {
                thread.ifPresent(Execution::interrupt);
                thread.ifPresent(Thread::interrupt);
            } while (!ended.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    int run(Path file, Mode mode) {
        MainScript main = MainScript.of(file, mode);
        Thread thread = new Thread(null, () -> runHere(main, globals -> start(globals, main)), "javascript", STACK_SIZE);
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

    private void runHere(MainScript main, Consumer<Globals> first) {
        thread = Optional.of(Thread.currentThread());
        try (Realm realm = Realm.open(ErrorMapping::map);
                var files = new OpenFiles(settings.input(), settings.output(), settings.error())) {
            var globals = new Globals(realm, loop, settings, files, main, scope, limits());
            running = Optional.of(realm);
            try {
                exitCode = run(realm, loop, globals, () -> first.accept(globals));
            } catch (ProgramExit exit) {
                exitCode = exit.code();
            } finally {
                ended.countDown();
                globals.thread().end();
                globals.close();
            }
        } finally {
            settings.output().flush();
            settings.error().flush();
        }
    }

    /** What can be ended or interrupted from outside must not be kept by a loop of WebAssembly. */
    private Limits limits() {
        return session || scope.isPresent() ? Limits.builder().interruptible().build() : Limits.none();
    }

    private static void start(Globals globals, MainScript main) {
        Realm realm = globals.thread().realm();
        try {
            switch (main.mode()) {
                case SCRIPT -> runScript(realm, main);
                case MODULE -> globals.modules().importMain(main);
                case COMMONJS -> globals.modules().requireMain(main);
            }
        } catch (IOException e) {
            throw realm.error(ErrorType.ERROR, cannotRead(main.file(), e));
        }
    }

    private static void runScript(Realm realm, MainScript main) throws IOException {
        if (main.location().isPresent()) {
            Sources.runScript(realm, main.location().get(), main.text().orElseThrow());
        } else if (main.text().isPresent()) {
            Sources.runScript(realm, main.file(), main.text().get());
        } else {
            Sources.runScript(realm, main.file());
        }
    }

    static String cannotRead(Path file, IOException problem) {
        return problem instanceof NoSuchFileException ? "Cannot find " + file : "Cannot read " + file + ": " + problem;
    }

    /** Runs the first task, then the loop until it is empty or something is not caught. */
    private int run(Realm realm, EventLoop loop, Globals globals, Runnable first) {
        // As in browsers, where errors end no worker.
        boolean goesOn = session || scope.isPresent() && scope.get().isWeb();
        for (Optional<Runnable> task = Optional.of(first); task.isPresent(); task = next()) {
            if (!runTask(realm, globals, task.get()) && !goesOn) {
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
        boolean caught = attempt(realm, globals, task);
        while (caught && loop.hasTicks()) {
            caught = attempt(realm, globals, () -> { });
        }
        return caught;
    }

    private boolean attempt(Realm realm, Globals globals, Runnable task) {
        try {
            realm.runTask(task, loop::nextTick);
        } catch (ProgramExit exit) {
            throw exit;
        } catch (Throwable problem) {
            Object thrown = realm.thrownValue(problem);
            if (!globals.handle("uncaughtException", thrown, Values.string("uncaughtException"))) {
                globals.report("Uncaught ", thrown);
                return false;
            }
        }
        boolean caught = true;
        Optional<Realm.Rejection> rejection;
        while (caught && (rejection = realm.takeUnhandledRejection()).isPresent()) {
            Object reason = rejection.get().reason();
            if (!globals.handle("unhandledRejection", reason, rejection.get().promise())) {
                globals.report("Uncaught (in promise) ", reason);
                caught = false;
            }
        }
        return caught;
    }
}

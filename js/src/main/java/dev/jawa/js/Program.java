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

/** One run of a program: its thread, its realm, its event loop. */
final class Program {
    /** JavaScript's frames are large; this is good for about half a million calls inside one another. */
    private static final long STACK_SIZE = 256L << 20;

    private static final int FAILURE = 1;

    private final Settings settings;
    private int exitCode = FAILURE;

    Program(Settings settings) {
        this.settings = settings;
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
        try (Realm realm = Realm.open(ErrorMapping::map);
                var files = new OpenFiles(settings.input(), settings.output(), settings.error())) {
            var loop = new EventLoop();
            var globals = new Globals(realm, loop, settings, files, file);
            try {
                exitCode = run(realm, loop, globals, () -> start(realm, globals, file, mode));
            } catch (ProgramExit exit) {
                exitCode = exit.code();
            }
        } finally {
            settings.output().flush();
            settings.error().flush();
        }
    }

    private void start(Realm realm, Globals globals, Path file, Mode mode) {
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
        for (Optional<Runnable> task = Optional.of(first); task.isPresent(); task = loop.next()) {
            if (!runTask(realm, globals, task.get())) {
                return FAILURE;
            }
        }
        if (globals.modules().isMainPending()) {
            settings.error().println("The program waits at its top level (await) for something that will never happen");
            return FAILURE;
        }
        return runTask(realm, globals, globals::leave) ? globals.exitCode() : FAILURE;
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

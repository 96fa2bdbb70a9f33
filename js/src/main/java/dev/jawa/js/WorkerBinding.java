package dev.jawa.js;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Workers: programs on threads of their own that exchange messages with the one that started them. The scripts
 * {@code web/worker} and {@code node/worker_threads} make of this what browsers and Node.js have.
 */
final class WorkerBinding {
    private static final AtomicInteger LAST_THREAD = new AtomicInteger();

    private final Realm realm;
    private final EventLoop loop;
    private final Settings settings;
    private final WebAssemblyNamespace webAssembly;
    private final List<Program> workers = new ArrayList<>();

    WorkerBinding(Realm realm, EventLoop loop, Settings settings, WebAssemblyNamespace webAssembly) {
        this.realm = realm;
        this.loop = loop;
        this.settings = settings;
        this.webAssembly = webAssembly;
    }

    /** Defines {@code startWorker}, {@code mainFolder}, {@code hold}, {@code release}, and in a worker {@code worker}. */
    void define(Object host, Path program, Optional<WorkerScope> scope) {
        realm.define(host, "mainFolder", Values.string(String.valueOf(program.toAbsolutePath().getParent())));
        realm.define(host, "startWorker", realm.helper("startWorker", this::start));
        defineHold(host, "hold", "release");
        realm.define(host, "worker", scope.map(this::ownSide).orElse(Values.UNDEFINED));
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private void defineHold(Object object, String hold, String release) {
        method(object, hold, _ -> {
            loop.hold();
            return Values.UNDEFINED;
        });
        method(object, release, _ -> {
            loop.release();
            return Values.UNDEFINED;
        });
    }

    private Message message(Object written) {
        return Message.of(realm, webAssembly, written);
    }

    /**
     * Starts a worker.
     *
     * @param arguments its file, its mode, what it is started with, its name, and what is called with messages and
     *     errors, which are to be read, and with the exit code; and whether it is one of a browser
     * @return what sends messages to it, and ends it
     */
    private Object start(Arguments arguments) {
        Path file = Path.of(Values.toString(arguments.get(0)));
        var mode = JsHost.Mode.valueOf(Values.toString(arguments.get(1)));
        int threadId = LAST_THREAD.incrementAndGet();
        var scope = new WorkerScope(message(arguments.get(2)), threadId, Values.toString(arguments.get(3)),
                Values.toBoolean(arguments.get(7)), toHere(arguments.get(4)), toHere(arguments.get(5)));
        Object ended = arguments.get(6);
        var program = new Program(settings, Optional.of(scope));
        workers.add(program);
        loop.hold();
        program.start(file, mode, exitCode -> loop.post(() -> {
            loop.release();
            workers.remove(program);
            realm.call(ended, Values.UNDEFINED, exitCode);
        }));
        Object handle = realm.newObject();
        realm.define(handle, "threadId", threadId);
        method(handle, "post", given -> {
            program.receive(message(given.get(0)));
            return Values.UNDEFINED;
        });
        method(handle, "terminate", _ -> {
            program.terminate();
            return Values.UNDEFINED;
        });
        defineHold(handle, "ref", "unref");
        return handle;
    }

    /** Messages from another thread become tasks of this one. */
    private java.util.function.Consumer<Message> toHere(Object callback) {
        return message -> loop.post(() -> realm.call(callback, Values.UNDEFINED, message.in(realm, webAssembly)));
    }

    private Object ownSide(WorkerScope scope) {
        Object own = realm.newObject();
        realm.define(own, "data", scope.data().in(realm, webAssembly));
        realm.define(own, "threadId", scope.threadId());
        realm.define(own, "name", Values.string(scope.name()));
        method(own, "post", arguments -> {
            scope.messages().accept(message(arguments.get(0)));
            return Values.UNDEFINED;
        });
        method(own, "receiver", arguments -> {
            loop.receiver(message -> realm.call(arguments.get(0), Values.UNDEFINED, message.in(realm, webAssembly)));
            return Values.UNDEFINED;
        });
        return own;
    }

    /** Ends all workers: the program that started them has ended. */
    void terminateAll() {
        List.copyOf(workers).forEach(Program::terminate);
    }
}

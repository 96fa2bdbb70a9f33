package dev.jawa.js;

import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
    private final AgentCluster cluster;
    private final ChannelBinding channels;
    private final List<Program> workers = new ArrayList<>();

    WorkerBinding(Realm realm, EventLoop loop, Settings settings, AgentCluster cluster, ChannelBinding channels) {
        this.realm = realm;
        this.loop = loop;
        this.settings = settings;
        this.cluster = cluster;
        this.channels = channels;
    }

    /**
     * Defines {@code startWorker}, {@code mainFile}, {@code mainUrl}, {@code mainMode}, {@code hold}, {@code release}, and
     * in a worker {@code worker}.
     */
    void define(Object host, MainScript main, Optional<WorkerScope> scope) {
        realm.define(host, "mainFile", Values.string(main.file().toAbsolutePath().toString()));
        realm.define(host, "mainUrl", Values.string(main.url()));
        realm.define(host, "mainMode", Values.string(main.mode().name()));
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

    /**
     * Starts a worker: {@code startWorker({file, mode, text, location, data, name, isWeb}, failed, ended)}.
     *
     * @param arguments what it is, and what is called with errors, which are to be read, and with the exit code
     * @return its thread's number, the end of the channel to it, and what ends it
     */
    private Object start(Arguments arguments) {
        Object described = arguments.get(0);
        var main = new MainScript(Path.of(text(described, "file").orElseThrow()),
                Mode.valueOf(text(described, "mode").orElseThrow()), text(described, "text"),
                text(described, "location"));
        int threadId = LAST_THREAD.incrementAndGet();
        MessageEnd port = MessageEnd.ofNewChannel();
        var scope = new WorkerScope(channels.message(realm.get(described, "data")), threadId,
                text(described, "name").orElse(""), Values.toBoolean(realm.get(described, "isWeb")), port.other(),
                toHere(arguments.get(1)), cluster);
        var program = new Program(settings, Optional.of(scope));
        workers.add(program);
        loop.hold();
        program.start(main, ended(program, arguments.get(2)));
        Object handle = realm.newObject();
        realm.define(handle, "threadId", threadId);
        realm.define(handle, "port", channels.object(port));
        method(handle, "terminate", _ -> {
            program.terminate();
            return Values.UNDEFINED;
        });
        defineHold(handle, "ref", "unref");
        return handle;
    }

    private Optional<String> text(Object object, String name) {
        return Values.asString(realm.get(object, name));
    }

    private java.util.function.IntConsumer ended(Program program, Object callback) {
        return exitCode -> loop.post(() -> {
            loop.release();
            workers.remove(program);
            realm.call(callback, Values.UNDEFINED, exitCode);
        });
    }

    /** Messages from another thread become tasks of this one. */
    private Consumer<Message> toHere(Object callback) {
        return message -> loop.post(() -> realm.call(callback, Values.UNDEFINED, channels.unpack(message)));
    }

    private Object ownSide(WorkerScope scope) {
        Object own = realm.newObject();
        realm.define(own, "data", channels.unpack(scope.data()));
        realm.define(own, "threadId", scope.threadId());
        realm.define(own, "name", Values.string(scope.name()));
        realm.define(own, "isWeb", scope.isWeb());
        realm.define(own, "port", channels.object(scope.port()));
        return own;
    }

    /** Ends all workers: the program that started them has ended. */
    void terminateAll() {
        List.copyOf(workers).forEach(Program::terminate);
    }
}

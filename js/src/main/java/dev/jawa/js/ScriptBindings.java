package dev.jawa.js;

import dev.jawa.js.crypto.CryptoBinding;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.AsyncValues;
import dev.jawa.js.graal.DomainNames;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Reflection;
import dev.jawa.js.graal.Values;
import dev.jawa.js.node.ByteBinding;
import dev.jawa.js.node.CompressionBinding;
import dev.jawa.js.node.DigestBinding;
import dev.jawa.js.node.FileBinding;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.js.web.LegacyDecoders;
import dev.jawa.js.web.UrlBinding;
import dev.jawa.js.web.WebSocketBinding;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What the scripts of the host need of Java, but for modules. */
final class ScriptBindings {
    /** The version of Node.js whose interfaces the modules follow; programs test it. */
    private static final String NODE_VERSION = "v22.12.0";
    private static final int CHUNK = 64 * 1024;

    private final Realm realm;
    private final EventLoop loop;
    private final Settings settings;
    private final AsyncValues asyncValues;
    private final long start = System.nanoTime();
    private final Instant timeOrigin = Instant.now();

    ScriptBindings(Realm realm, EventLoop loop, Settings settings) {
        this.realm = realm;
        this.loop = loop;
        this.settings = settings;
        this.asyncValues = new AsyncValues(realm);
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    void define(HostScripts scripts, OpenFiles files, Path program) {
        Object host = scripts.host();
        defineReflection(host);
        defineTimers(host);
        defineClock(host);
        defineProcess(host, program);
        new UrlBinding(realm).define(host);
        realm.defineLazy(host, "bytes", true, () -> new ByteBinding(realm).object());
        realm.defineLazy(host, "compression", true, () -> new CompressionBinding(realm).object());
        realm.defineLazy(host, "crypto", true, () -> new CryptoBinding(realm, loop).object());
        realm.defineLazy(host, "digests", true, () -> new DigestBinding(realm).object());
        realm.defineLazy(host, "files", true, () -> new FileBinding(realm, settings.permissions(), files, loop).object());
        var webSockets = new WebSocketBinding(realm, loop, settings.permissions());
        method(host, "connectWebSocket", webSockets::connect);
        method(host, "domainToUnicode", arguments ->
                Values.string(DomainNames.toUnicode(Values.toString(arguments.get(0)))));
        realm.defineLazy(host, "legacyDecoders", true, () -> new LegacyDecoders(realm).object());
        method(host, "inspection", _ -> scripts.load("inspect"));
        method(host, "print", arguments -> {
            (Values.toBoolean(arguments.get(0)) ? settings.error() : settings.output())
                    .println(Values.toString(arguments.get(1)));
            return Values.UNDEFINED;
        });
    }

    private void defineReflection(Object host) {
        method(host, "kindOf", arguments -> Values.string(Reflection.kind(arguments.get(0))));
        method(host, "isLengthTracking", arguments -> Reflection.isLengthTracking(arguments.get(0)));
        method(host, "isTransferable", arguments -> Values.isTransferable(arguments.get(0)));
        method(host, "isError", arguments -> Reflection.isError(arguments.get(0)));
        method(host, "isRegExp", arguments -> Reflection.isRegExp(arguments.get(0)));
        method(host, "isModuleNamespace", arguments -> Reflection.isModuleNamespace(arguments.get(0)));
        method(host, "isOpaque", arguments -> Reflection.isOpaque(arguments.get(0)));
        method(host, "proxyHandler", arguments -> Reflection.proxyHandler(arguments.get(0)));
        method(host, "isA", arguments -> Reflection.isA(arguments.get(0), Values.toString(arguments.get(1))));
        method(host, "iteratorEntries", arguments -> Reflection.iteratorEntries(realm, arguments.get(0)));
        method(host, "proxyTarget", arguments -> Reflection.proxyTarget(arguments.get(0)));
        method(host, "promiseState", arguments -> Reflection.promiseState(realm, arguments.get(0)));
    }

    /** What {@code AsyncLocalStorage} is made of: {@code get(key)}, {@code enter(key, value)}, {@code within(f)}, {@code bind(f)}. */
    private Object asyncValues() {
        Object object = realm.newObject();
        method(object, "get", arguments -> asyncValues.get(arguments.get(0), Values.UNDEFINED));
        method(object, "enter", arguments -> {
            asyncValues.enter(arguments.get(0), arguments.get(1));
            return Values.UNDEFINED;
        });
        method(object, "within", arguments -> asyncValues.within(() -> realm.call(arguments.get(0), Values.UNDEFINED)));
        method(object, "bind", arguments -> {
            Object function = arguments.get(0);
            return realm.helper("bound", asyncValues.bind(given ->
                    realm.call(function, Values.UNDEFINED, given.get(0)))::call);
        });
        return object;
    }

    private void defineTimers(Object host) {
        realm.defineLazy(host, "asyncValues", true, this::asyncValues);
        method(host, "startTimer", arguments -> {
            Object callback = arguments.get(0);
            double delay = Values.isUndefined(arguments.get(1)) ? 0 : Values.toNumber(arguments.get(1));
            return loop.startTimer(asyncValues.bind(() -> realm.call(callback, Values.UNDEFINED)), delay,
                    Values.toBoolean(arguments.get(2)));
        });
        method(host, "stopTimer", arguments -> {
            loop.stopTimer(Values.toInt32(arguments.get(0)));
            return Values.UNDEFINED;
        });
        method(host, "referTimer", arguments -> {
            loop.referTimer(Values.toInt32(arguments.get(0)), Values.toBoolean(arguments.get(1)));
            return Values.UNDEFINED;
        });
        method(host, "endLoop", _ -> {
            loop.end();
            return Values.UNDEFINED;
        });
        method(host, "nextTick", arguments -> {
            Object callback = arguments.get(0);
            loop.tick(asyncValues.bind(() -> realm.call(callback, Values.UNDEFINED)));
            return Values.UNDEFINED;
        });
        method(host, "task", arguments -> {
            Object callback = arguments.get(0);
            loop.post(asyncValues.bind(() -> realm.call(callback, Values.UNDEFINED)));
            return Values.UNDEFINED;
        });
        method(host, "reportError", arguments -> {
            Object error = arguments.get(0);
            loop.post(() -> {
                throw realm.thrown(error);
            });
            return Values.UNDEFINED;
        });
    }

    private void defineClock(Object host) {
        method(host, "now", _ -> (System.nanoTime() - start) / 1000 / 1000.0);
        method(host, "nanoseconds", _ -> Values.bigInt(System.nanoTime()));
        realm.define(host, "timeOrigin", ChronoUnit.MICROS.between(Instant.EPOCH, timeOrigin) / 1000.0);
        method(host, "memory", _ -> {
            Runtime runtime = Runtime.getRuntime();
            Object result = realm.newObject();
            long used = runtime.totalMemory() - runtime.freeMemory();
            realm.define(result, "rss", Values.number(runtime.totalMemory()));
            realm.define(result, "heapTotal", Values.number(runtime.totalMemory()));
            realm.define(result, "heapUsed", Values.number(used));
            realm.define(result, "external", 0);
            realm.define(result, "arrayBuffers", 0);
            realm.define(result, "total", Values.number(runtime.maxMemory()));
            realm.define(result, "free", Values.number(runtime.maxMemory() - used));
            return result;
        });
    }

    private void defineProcess(Object host, Path program) {
        realm.defineLazy(host, "info", true, () -> info(program));
        method(host, "exit", arguments -> {
            throw new ProgramExit(Values.toInt32(arguments.get(0)));
        });
        method(host, "readInput", _ -> {
            PromiseHandle promise = realm.newPromise();
            InputStream input = settings.input();
            loop.background(() -> {
                byte[] chunk = new byte[CHUNK];
                int count = input.read(chunk);
                return count < 0 ? Optional.<byte[]>empty() : Optional.of(Arrays.copyOf(chunk, count));
            }, chunk -> promise.resolve(chunk.map(realm::newArrayBuffer).orElse(Values.NULL)),
                    problem -> promise.reject(realm.thrownValue(problem)));
            return promise.promise();
        });
    }

    private Object info(Path program) {
        Object info = realm.newObject();
        text(info, "nodeVersion", NODE_VERSION);
        text(info, "version", "0.1.0");
        text(info, "graaljsVersion", Realm.version());
        text(info, "platform", platform());
        text(info, "arch", arch());
        text(info, "osRelease", System.getProperty("os.version"));
        text(info, "cwd", Path.of("").toAbsolutePath().toString());
        text(info, "temporary", Path.of(System.getProperty("java.io.tmpdir")).toString());
        boolean mayKnowUser = settings.permissions().mayReadEnvironment();
        text(info, "home", mayKnowUser ? System.getProperty("user.home") : "/");
        text(info, "user", mayKnowUser ? System.getProperty("user.name") : "user");
        realm.define(info, "processors", Runtime.getRuntime().availableProcessors());
        realm.define(info, "pid", Values.number(ProcessHandle.current().pid()));
        var argv = new ArrayList<Object>(List.of(Values.string("jawa"), Values.string(program.toString())));
        settings.arguments().forEach(argument -> argv.add(Values.string(argument)));
        realm.define(info, "argv", realm.newArray(argv));
        Object environment = realm.newObject();
        if (mayKnowUser) {
            System.getenv().forEach((name, value) -> text(environment, name, value));
        }
        realm.define(info, "env", environment);
        return info;
    }

    private void text(Object object, String name, String value) {
        realm.define(object, name, Values.string(value));
    }

    private static String platform() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "win32" : name.startsWith("mac") ? "darwin" : name;
    }

    private static String arch() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }
}

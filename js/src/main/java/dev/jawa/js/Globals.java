package dev.jawa.js;

import dev.jawa.Limits;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.FileUrls;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.js.web.FetchBinding;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the host adds to the global object: the Minimum Common Web API (ECMA-429), and what Node.js has besides. */
final class Globals {
    /** The scripts of classes and functions, each of which runs when one of its globals is first used. */
    private static final Map<String, List<String>> BY_SCRIPT = Map.ofEntries(
            Map.entry("web/events", List.of("DOMException", "QuotaExceededError", "PromiseRejectionEvent", "Event", "CustomEvent", "MessageEvent",
                    "ErrorEvent", "EventTarget", "AbortSignal", "AbortController")),
            Map.entry("web/messaging", List.of("MessageChannel", "MessagePort", "BroadcastChannel")),
            Map.entry("web/form-data", List.of("FormData")),
            Map.entry("web/blob", List.of("Blob", "File")),
            Map.entry("web/worker", List.of("Worker")),
            Map.entry("web/url", List.of("URL", "URLSearchParams")),
            Map.entry("web/websocket", List.of("WebSocket", "CloseEvent")),
            Map.entry("web/navigator", List.of("Navigator")),
            Map.entry("web/url-pattern", List.of("URLPattern")),
            Map.entry("web/crypto", List.of("Crypto")),
            Map.entry("web/subtle", List.of("SubtleCrypto", "CryptoKey")),
            Map.entry("web/performance", List.of("Performance", "PerformanceEntry", "PerformanceMark",
                    "PerformanceMeasure", "PerformanceObserver", "PerformanceObserverEntryList",
                    "PerformanceResourceTiming")),
            Map.entry("web/streams", List.of("ReadableStream", "ReadableStreamDefaultReader",
                    "ReadableStreamDefaultController", "ReadableStreamBYOBReader", "ReadableByteStreamController",
                    "ReadableStreamBYOBRequest", "CountQueuingStrategy", "ByteLengthQueuingStrategy")),
            Map.entry("web/writable", List.of("WritableStream", "WritableStreamDefaultWriter",
                    "WritableStreamDefaultController")),
            Map.entry("web/transform", List.of("TransformStream", "TransformStreamDefaultController",
                    "TextEncoderStream", "TextDecoderStream", "CompressionStream", "DecompressionStream")),
            Map.entry("node/buffer", List.of("Buffer")));

    private static final List<String> TIMERS = List.of("setTimeout", "clearTimeout", "setInterval", "clearInterval",
            "setImmediate", "clearImmediate");

    private final Realm realm;
    private final Settings settings;
    private final HostScripts scripts;
    private final ModuleSystem modules;
    private final Optional<WorkerScope> scope;
    private final ChannelBinding channels;
    private final WorkerBinding workers;
    private final JsThread thread;

    /**
     * Defines them.
     *
     * @param main what the program begins with
     * @param scope what it knows if it is a worker
     * @param limits of its instances of WebAssembly modules
     */
    Globals(Realm realm, EventLoop loop, Settings settings, OpenFiles files, MainScript main,
            Optional<WorkerScope> scope, Limits limits) {
        this.realm = realm;
        this.settings = settings;
        this.scripts = new HostScripts(realm);
        new ScriptBindings(realm, loop, settings).define(scripts, files, main.file());
        Object global = realm.globalObject();
        // Only for AsyncLocalStorage; programs do not expect the proposal yet.
        realm.delete(global, "AsyncContext");
        if (hasSelf(main, scope)) {
            realm.defineHidden(global, "self", global);
        }
        realm.defineHidden(global, "global", global);
        realm.defineHidden(global, "console", scripts.load("console"));
        new AtomicsBinding(realm, loop).install();
        installFunctions(global);
        installScripts(global);
        installHandlers(global);
        var fetch = new FetchBinding(realm, loop, FileUrls.of(main.file()), settings.permissions(), scripts.host(),
                scripts::load);
        fetch.install(global);
        WebAssemblyNamespace webAssembly = WebAssemblyNamespace.install(realm, loop, Optional.of(fetch), limits);
        webAssembly.defineCloning(scripts.host());
        this.scope = scope;
        AgentCluster cluster = scope.map(WorkerScope::cluster).orElseGet(AgentCluster::new);
        this.channels = new ChannelBinding(realm, loop, cluster, webAssembly);
        channels.define(scripts.host());
        this.workers = new WorkerBinding(realm, loop, settings, cluster, channels);
        workers.define(scripts.host(), main, scope);
        webAssembly.defineWasi(scripts.host(), settings.permissions(), files);
        this.modules = new ModuleSystem(realm, scripts, webAssembly.moduleIntegration());
        this.thread = new JsThread(realm, loop, webAssembly);
        settings.globals().forEach((name, value) ->
                realm.defineHidden(global, name, new JavaConversion(thread).toJavaScript(value)));
        if (scope.isPresent() && scope.get().isWeb()) {
            realm.call(realm.get(scripts.load("web/worker"), "beWorker"), Values.UNDEFINED, global);
        }
    }

    /** Programs in CommonJS and Node.js's workers have Node.js's globals: with it, packages take them for a browser's. */
    private static boolean hasSelf(MainScript main, Optional<WorkerScope> scope) {
        return scope.map(WorkerScope::isWeb).orElse(main.mode() != JsHost.Mode.COMMONJS);
    }

    private void installFunctions(Object global) {
        Object timers = scripts.load("timers");
        TIMERS.forEach(name -> realm.define(global, name, realm.get(timers, name)));
        realm.define(global, "queueMicrotask", realm.function("queueMicrotask", 1, (_, arguments) -> {
            if (!Values.isCallable(arguments.get(0))) {
                throw realm.typeError("The callback must be a function");
            }
            realm.queueMicrotask(arguments.get(0));
            return Values.UNDEFINED;
        }));
        realm.define(global, "atob", realm.function("atob", 1, (_, arguments) -> decodeBase64(arguments)));
        realm.define(global, "btoa", realm.function("btoa", 1, (_, arguments) -> encodeBase64(arguments)));
        realm.define(global, "reportError", realm.function("reportError", 1, (_, arguments) ->
                realm.call(realm.get(scripts.host(), "reportError"), Values.UNDEFINED, arguments.get(0))));
    }

    /** Attributes of the global object that take what nobody has caught (ECMA-429 section 5). */
    private void installHandlers(Object global) {
        for (String name : List.of("onerror", "onunhandledrejection", "onrejectionhandled")) {
            Object key = Values.string(name);
            realm.defineAccessor(global, name,
                    realm.helper("get " + name, _ -> !scripts.isLoaded("web/global-handlers") ? Values.NULL
                            : realm.call(realm.get(scripts.load("web/global-handlers"), "get"), Values.UNDEFINED, key)),
                    realm.helper("set " + name, arguments -> realm.call(
                            realm.get(scripts.load("web/global-handlers"), "set"), Values.UNDEFINED, key, arguments.get(0))));
        }
    }

    private void installScripts(Object global) {
        BY_SCRIPT.forEach((script, names) -> names.forEach(name ->
                realm.defineLazy(global, name, false, () -> realm.get(scripts.load(script), name))));
        // The script wraps GraalJS's own, which it must still find.
        Object decoder = realm.get(global, "TextDecoder");
        realm.defineLazy(global, "TextDecoder", false, () -> {
            realm.defineHidden(global, "TextDecoder", decoder);
            return realm.get(scripts.load("web/encoding"), "TextDecoder");
        });
        realm.defineLazy(global, "structuredClone", true, () ->
                realm.get(scripts.load("web/clone"), "structuredClone"));
        realm.defineLazy(global, "performance", true, () ->
                realm.get(scripts.load("web/performance"), "performance"));
        realm.defineLazy(global, "crypto", true, () -> realm.get(scripts.load("web/crypto"), "crypto"));
        realm.defineLazy(global, "process", false, () -> realm.get(scripts.load("node/process"), "process"));
        realm.defineLazy(global, "navigator", true, () -> realm.get(scripts.load("web/navigator"), "navigator"));
    }

    private RuntimeException invalidCharacter(String message) {
        Object constructor = realm.get(scripts.load("web/events"), "DOMException");
        return realm.thrown(realm.construct(constructor, Values.string(message),
                Values.string("InvalidCharacterError")));
    }

    private String required(Arguments arguments) {
        if (arguments.count() == 0) {
            throw realm.typeError("The argument is missing");
        }
        return Values.toString(arguments.get(0));
    }

    /** Infra standard, "forgiving-base64 decode". */
    private Object decodeBase64(Arguments arguments) {
        String text = required(arguments).replaceAll("[\t\n\f\r ]", "");
        String digits = text.length() % 4 == 0 ? text.replaceFirst("={1,2}$", "") : text;
        if (digits.length() % 4 == 1 || !digits.matches("[A-Za-z0-9+/]*")) {
            throw invalidCharacter("The string to be decoded is not correctly encoded.");
        }
        // The bits that are left over at the end are dropped; Java would refuse them.
        int rest = digits.length() % 4;
        if (rest != 0) {
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            int last = alphabet.indexOf(digits.charAt(digits.length() - 1)) & (rest == 2 ? ~15 : ~3);
            digits = digits.substring(0, digits.length() - 1) + alphabet.charAt(last);
        }
        return Values.string(new String(Base64.getDecoder().decode(digits), StandardCharsets.ISO_8859_1));
    }

    private Object encodeBase64(Arguments arguments) {
        String text = required(arguments);
        if (text.chars().anyMatch(character -> character > 0xFF)) {
            throw invalidCharacter("The string to be encoded contains characters outside of the Latin1 range.");
        }
        return Values.string(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The modules of the program. */
    ModuleSystem modules() {
        return modules;
    }

    /** The thread of the program. */
    JsThread thread() {
        return thread;
    }

    /** Ends the workers that it has started, and its channels. */
    void close() {
        workers.terminateAll();
        channels.close();
    }

    /** Prints what was thrown and not caught; in a worker it goes to the program that started it. */
    void report(String introduction, Object thrown) {
        if (scope.isPresent()) {
            Object packed = realm.call(realm.get(scripts.load("web/clone"), "packError"), Values.UNDEFINED, thrown);
            scope.get().errors().accept(channels.message(packed));
            return;
        }
        String text;
        try {
            text = Values.toString(realm.call(realm.get(scripts.load("inspect"), "uncaught"), Values.UNDEFINED, thrown));
        } catch (RuntimeException _) {
            text = Values.toDisplayString(thrown);
        }
        settings.error().println(introduction + text);
    }

    /** What {@code process.exitCode} says. */
    int exitCode() {
        if (!scripts.isLoaded("node/process")) {
            return 0;
        }
        Object code = realm.get(realm.get(scripts.load("node/process"), "process"), "exitCode");
        return Values.isNumber(code) ? Values.toInt32(code) : 0;
    }

    /** Tells the program's listeners that it has ended; they may change the exit code. */
    void leave() {
        if (scripts.isLoaded("node/process")) {
            realm.call(realm.get(scripts.load("node/process"), "leave"), Values.UNDEFINED, exitCode());
        }
    }

    /**
     * Gives what was thrown to the program's listeners for that.
     *
     * @param event {@code uncaughtException} or {@code unhandledRejection}
     * @param origin what they get besides: the name of the event, or the promise
     * @return whether there were any
     */
    boolean handle(String event, Object thrown, Object origin) {
        boolean isWebWorker = scope.isPresent() && scope.get().isWeb();
        String handlers = isWebWorker ? "web/worker" : "web/global-handlers";
        if ((isWebWorker || scripts.isLoaded(handlers)) && Values.toBoolean(realm.call(
                realm.get(scripts.load(handlers), "handle"), Values.UNDEFINED, Values.string(event), thrown, origin))) {
            return true;
        }
        if (!scripts.isLoaded("node/process")) {
            return false;
        }
        Object process = realm.get(scripts.load("node/process"), "process");
        return Values.toBoolean(realm.call(realm.get(process, "emit"), process, Values.string(event), thrown, origin));
    }
}

package dev.jawa.js;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.FileUrls;
import dev.jawa.js.graal.NativeBody;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Reflection;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.graal.Values;
import dev.jawa.js.web.FetchBinding;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the host adds to the global object, and the scripts of the host behind it. */
final class Globals {
    private final Realm realm;
    private final EventLoop loop;
    private final PrintStream output;
    private final PrintStream error;
    private final Object modules;
    /** The script that shows values; {@code null} until something needs it. */
    private Object inspection;
    private final Object process;
    /** The promise of the first ES module; {@code undefined} if the program is none. */
    private Object main = Values.UNDEFINED;

    Globals(Realm realm, EventLoop loop, PrintStream output, PrintStream error, Path file, List<String> arguments) {
        this.realm = realm;
        this.loop = loop;
        this.output = output;
        this.error = error;
        Object global = realm.globalObject();
        realm.defineHidden(global, "self", global);
        realm.defineHidden(global, "console", run("console.js", consoleHost()));
        this.modules = run("modules.js", modulesHost());
        this.process = process(file, arguments);
        realm.defineHidden(global, "process", process);
        installTimers(global);
        URI base = FileUrls.of(file);
        var fetch = new FetchBinding(realm, loop, base);
        fetch.install(global);
        WebAssemblyNamespace.install(realm, loop, fetch);
    }

    private Object run(String script, Object... arguments) {
        return realm.call(Sources.runResource(realm, Globals.class, script), Values.UNDEFINED, arguments);
    }

    private Object inspection() {
        if (inspection == null) {
            inspection = run("inspect.js", inspectionHost());
        }
        return inspection;
    }

    private Object inspectionHost() {
        Object host = realm.newObject();
        method(host, "isError", arguments -> Reflection.isError(arguments.get(0)));
        method(host, "isRegExp", arguments -> Reflection.isRegExp(arguments.get(0)));
        method(host, "isModuleNamespace", arguments -> Reflection.isModuleNamespace(arguments.get(0)));
        method(host, "proxyTarget", arguments -> Reflection.proxyTarget(arguments.get(0)));
        method(host, "promiseState", arguments -> Reflection.promiseState(realm, arguments.get(0)));
        return host;
    }

    private Object consoleHost() {
        Object host = realm.newObject();
        method(host, "inspection", _ -> inspection());
        method(host, "print", arguments -> {
            PrintStream stream = Values.toBoolean(arguments.get(0)) ? error : output;
            stream.println(Values.toString(arguments.get(1)));
            return Values.UNDEFINED;
        });
        return host;
    }

    private Object modulesHost() {
        Object host = realm.newObject();
        method(host, "dirname", arguments -> Values.string(String.valueOf(path(arguments).getParent())));
        method(host, "readText", arguments -> read(path(arguments), () ->
                Values.string(Sources.readText(path(arguments)))));
        method(host, "compileFunction", arguments -> read(path(arguments), () ->
                Sources.function(realm, path(arguments), Values.toString(arguments.get(1)))));
        method(host, "resolveFile", arguments -> {
            Path folder = Path.of(Values.toString(arguments.get(1)));
            return CommonJsResolution.resolve(folder, Values.toString(arguments.get(0)))
                    .map(file -> Values.string(file.toString())).orElse(Values.UNDEFINED);
        });
        return host;
    }

    private static Path path(Arguments arguments) {
        return Path.of(Values.toString(arguments.get(0)));
    }

    @FunctionalInterface
    private interface Reading {
        Object read() throws IOException;
    }

    private Object read(Path file, Reading reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw realm.error(ErrorType.ERROR, Program.cannotRead(file, e));
        }
    }

    private Object process(Path file, List<String> arguments) {
        Object object = realm.newObject();
        var argv = new ArrayList<Object>();
        argv.add(Values.string("jawa"));
        argv.add(Values.string(file.toString()));
        arguments.forEach(argument -> argv.add(Values.string(argument)));
        realm.define(object, "argv", realm.newArray(argv));
        realm.define(object, "exitCode", Values.UNDEFINED);
        realm.define(object, "exit", realm.function("exit", 1, (_, given) -> {
            throw new ProgramExit(Values.isUndefined(given.get(0)) ? exitCode() : Values.toInt32(given.get(0)));
        }));
        return object;
    }

    private void installTimers(Object global) {
        realm.define(global, "setTimeout", realm.function("setTimeout", 1, timer(false)));
        realm.define(global, "setInterval", realm.function("setInterval", 1, timer(true)));
        NativeBody clear = (_, arguments) -> {
            loop.stopTimer(Values.toInt32(arguments.get(0)));
            return Values.UNDEFINED;
        };
        realm.define(global, "clearTimeout", realm.function("clearTimeout", 0, clear));
        realm.define(global, "clearInterval", realm.function("clearInterval", 0, clear));
        realm.define(global, "queueMicrotask", realm.function("queueMicrotask", 1, (_, arguments) -> {
            Object callback = callback(arguments);
            realm.queueMicrotask(callback);
            return Values.UNDEFINED;
        }));
    }

    private NativeBody timer(boolean repeats) {
        return (_, arguments) -> {
            Object callback = callback(arguments);
            double delay = Values.isUndefined(arguments.get(1)) ? 0 : Values.toNumber(arguments.get(1));
            var rest = new ArrayList<Object>();
            for (int i = 2; i < arguments.count(); i++) {
                rest.add(arguments.get(i));
            }
            Object[] given = rest.toArray();
            return loop.startTimer(() -> realm.call(callback, Values.UNDEFINED, given), delay, repeats);
        };
    }

    private Object callback(Arguments arguments) {
        if (!Values.isCallable(arguments.get(0))) {
            throw realm.typeError("The callback must be a function");
        }
        return arguments.get(0);
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    /** Starts an ES module; what it throws is a rejection that nobody handles. */
    void importMain(Path file) {
        main = realm.call(realm.get(modules, "importMain"), Values.UNDEFINED,
                Values.string(FileUrls.of(file).toString()));
    }

    /** Whether the first ES module waits for something. */
    boolean isMainPending() {
        return Reflection.isPending(main);
    }

    /** Runs a CommonJS module. */
    void requireMain(Path file) {
        realm.call(realm.get(modules, "requireMain"), Values.UNDEFINED, Values.string(file.toString()));
    }

    /** Prints what was thrown and not caught. */
    void report(String introduction, Object thrown) {
        String text;
        try {
            text = Values.toString(realm.call(realm.get(inspection(), "uncaught"), Values.UNDEFINED, thrown));
        } catch (RuntimeException _) {
            text = Values.toDisplayString(thrown);
        }
        error.println(introduction + text);
    }

    /** What {@code process.exitCode} says. */
    int exitCode() {
        Object code = realm.get(process, "exitCode");
        return Values.isNumber(code) ? Values.toInt32(code) : 0;
    }
}

package dev.jawa.js;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.FileUrls;
import dev.jawa.js.graal.Modules;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Reflection;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.ModuleIntegration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Modules of files: the scripts that find them, and what these need of Java. */
final class ModuleSystem implements Modules {
    private static final int FILE = 1;
    private static final int DIRECTORY = 2;

    private final Realm realm;
    private final HostScripts scripts;
    private final ModuleIntegration webAssembly;
    /** The promise of the first ES module; {@code undefined} if the program is none. */
    private Object main = Values.UNDEFINED;

    ModuleSystem(Realm realm, HostScripts scripts, ModuleIntegration webAssembly) {
        this.realm = realm;
        this.scripts = scripts;
        this.webAssembly = webAssembly;
        defineFiles(scripts.host());
        defineModules(scripts.host());
        realm.modules(this);
    }

    private Object loader() {
        return scripts.load("modules/loader");
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private static String text(Arguments arguments, int index) {
        return Values.toString(arguments.get(index));
    }

    private static Path path(Arguments arguments, int index) {
        return Path.of(text(arguments, index));
    }

    private static Object text(Path path) {
        return Values.string(String.valueOf(path));
    }

    private void defineFiles(Object host) {
        method(host, "kind", arguments -> kind(text(arguments, 0)));
        method(host, "join", arguments -> text(path(arguments, 0).resolve(text(arguments, 1)).normalize()));
        method(host, "absolute", arguments -> text(path(arguments, 0).toAbsolutePath().normalize()));
        method(host, "isAbsolute", arguments -> path(arguments, 0).isAbsolute());
        method(host, "dirname", arguments -> {
            Path path = path(arguments, 0);
            return text(path.getParent() == null ? path : path.getParent());
        });
        method(host, "basename", arguments -> {
            Path name = path(arguments, 0).getFileName();
            return Values.string(name == null ? "" : name.toString());
        });
        method(host, "cwd", _ -> text(Path.of("").toAbsolutePath()));
        method(host, "realpath", arguments -> read(path(arguments, 0), () -> text(path(arguments, 0).toRealPath())));
        method(host, "pathOfUrl", arguments -> pathOfUrl(text(arguments, 0)));
        method(host, "urlOfPath", arguments -> Values.string(FileUrls.of(path(arguments, 0)).toString()));
        method(host, "readText", arguments -> read(path(arguments, 0), () ->
                Values.string(Sources.readText(path(arguments, 0)))));
    }

    private static int kind(String path) {
        try {
            Path file = Path.of(path);
            return Files.isRegularFile(file) ? FILE : Files.isDirectory(file) ? DIRECTORY : 0;
        } catch (InvalidPathException _) {
            return 0;
        }
    }

    private Object pathOfUrl(String url) {
        try {
            return text(Path.of(URI.create(url)));
        } catch (RuntimeException _) {
            throw realm.errorWithCode(ErrorType.TYPE_ERROR, "ERR_INVALID_FILE_URL_PATH", "Not the URL of a file: " + url);
        }
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

    private void defineModules(Object host) {
        method(host, "compileFunction", arguments -> read(path(arguments, 0), () ->
                Sources.function(realm, path(arguments, 0), text(arguments, 1))));
        method(host, "compileText", arguments ->
                Sources.function(realm, path(arguments, 0), text(arguments, 1), text(arguments, 2)));
        method(host, "runScript", this::runScript);
        method(host, "requireModule", arguments -> requireModule(path(arguments, 0)));
        method(host, "isBuiltin", arguments -> BuiltinModules.contains(text(arguments, 0)));
        method(host, "builtinNames", _ -> realm.newArray(BuiltinModules.NAMES.stream().map(Values::string).toList()));
        method(host, "builtin", arguments -> builtin(text(arguments, 0)));
    }

    /** Runs a classic script: {@code runScript(file)}, or {@code runScript(file, text, url)}. */
    private Object runScript(Arguments arguments) {
        Optional<String> text = Values.asString(arguments.get(1));
        if (text.isPresent()) {
            return Sources.runScript(realm, text(arguments, 2), text.get());
        }
        Path file = path(arguments, 0);
        if (kind(file.toString()) != FILE) {
            throw realm.errorWithCode(ErrorType.ERROR, "ENOENT", "Cannot find " + file);
        }
        return read(file, () -> Sources.runScript(realm, file));
    }

    private Object builtin(String name) {
        if (name.equals("module")) {
            return realm.get(loader(), "Module");
        }
        if (BuiltinModules.hasOwnScript(name)) {
            return scripts.load("node/" + name);
        }
        Object small = scripts.load("node/small");
        return realm.call(realm.get(small, "get"), small, Values.string(name));
    }

    /** The namespace of an ES module that is loaded and run at once, for {@code require}. */
    private Object requireModule(Path file) {
        return realm.importNow(file.toString()).orElseThrow(() -> realm.errorWithCode(ErrorType.ERROR,
                "ERR_REQUIRE_ASYNC_MODULE", "require() cannot be used on an ES module with top-level await: " + file));
    }

    @Override
    public Resolved resolve(String specifier, Optional<String> referrer, boolean source) {
        Object found = realm.call(realm.get(loader(), "resolveForImport"), Values.UNDEFINED, Values.string(specifier),
                referrer.map(Values::string).orElse(Values.UNDEFINED), source);
        String kind = Values.toString(realm.get(found, "kind"));
        String key = Values.toString(realm.get(found, "key"));
        if (kind.equals("synthetic")) {
            List<String> names = realm.iterate(realm.get(found, "names")).stream().map(Values::toString).toList();
            Object evaluate = realm.get(found, "evaluate");
            return new Synthetic(key, names, () -> realm.iterate(realm.call(evaluate, Values.UNDEFINED)));
        }
        if (kind.equals("text")) {
            return new NamedText(key, Values.toString(realm.get(found, "text")));
        }
        Path file = Path.of(Values.toString(realm.get(found, "path")));
        return switch (kind) {
            case "source" -> new SourceText(key, file, Values.toString(realm.get(found, "text")), Values.UNDEFINED,
                    Values.UNDEFINED);
            case "json" -> new JsonFile(key, file);
            case "wasm" -> webAssembly.resolve(key, file);
            default -> new SourceFile(key, file);
        };
    }

    @Override
    public String url(String specifier, String referrer) {
        return Values.toString(realm.call(realm.get(loader(), "urlOf"), Values.UNDEFINED, Values.string(specifier),
                Values.string(referrer)));
    }

    /** Starts an ES module; what it throws is a rejection that nobody handles. */
    void importMain(MainScript script) {
        main = realm.call(realm.get(loader(), "importMain"), Values.UNDEFINED, Values.string(script.url()));
    }

    /** Whether the first ES module waits for something. */
    boolean isMainPending() {
        return Reflection.isPending(main);
    }

    /** Runs a CommonJS module. */
    void requireMain(MainScript script) {
        Object file = Values.string(script.file().toString());
        if (script.text().isPresent()) {
            main = realm.call(realm.get(loader(), "runMain"), Values.UNDEFINED, file,
                    Values.string(script.text().get()));
        } else {
            realm.call(realm.get(loader(), "requireMain"), Values.UNDEFINED, file);
        }
    }
}

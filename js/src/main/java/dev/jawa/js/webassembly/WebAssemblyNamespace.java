package dev.jawa.js.webassembly;

import dev.jawa.CompileError;
import dev.jawa.Extern;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.StreamingCompilation;
import dev.jawa.js.Permissions;
import dev.jawa.js.TaskQueue;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.js.web.FetchBinding;
import dev.jawa.runtime.memory.MemoryInstance;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The namespace object and its functions: sections "The WebAssembly Namespace" of the JS API and "Streaming Module
 * Compilation and Instantiation" of the Web API.
 */
public final class WebAssemblyNamespace {
    private static final String MIME_TYPE = "application/wasm";
    private static final int CHUNK = 64 * 1024;

    private final Realm realm;
    private final TaskQueue loop;
    private final Optional<FetchBinding> fetch;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final CompileOptionsReader compileOptions;
    private final ImportReader importReader;
    private final InstanceInterface instances;
    private final InterfaceBuilder modules;
    private final Object namespace;

    private WebAssemblyNamespace(Realm realm, TaskQueue loop, Optional<FetchBinding> fetch, Limits limits) {
        this.realm = realm;
        this.loop = loop;
        this.fetch = fetch;
        this.objects = new ObjectCaches(realm);
        this.idl = new WebIdl(realm);
        this.compileOptions = new CompileOptionsReader(idl);
        var conversions = new Conversions(realm, objects);
        var promises = new PromiseIntegration(realm, objects, idl);
        this.importReader = new ImportReader(realm, objects, conversions, promises);
        this.instances = new InstanceInterface(realm, objects, importReader, idl, limits);
        var types = new TypeReflection(realm, objects, idl, importReader);
        this.modules = new ModuleInterface(realm, objects, idl, types).define();
        this.namespace = realm.newObject();
        defineInterfaces(conversions, types);
        promises.install(namespace);
        defineFunctions();
    }

    /**
     * Defines the global {@code WebAssembly}.
     *
     * @param fetch whose responses can be compiled as they come; without it there are no functions for that
     * @param limits of each instance
     */
    public static WebAssemblyNamespace install(Realm realm, TaskQueue loop, Optional<FetchBinding> fetch,
            Limits limits) {
        var created = new WebAssemblyNamespace(realm, loop, fetch, limits);
        realm.defineHidden(realm.globalObject(), "WebAssembly", created.namespace);
        return created;
    }

    /** The object of anything that can be exported. */
    public Object object(Extern extern) {
        return objects.object(extern);
    }

    /** What is behind an object: a function, memory, table, global or tag; empty for anything else. */
    public Optional<Extern> extern(Object value) {
        return objects.functionOf(value).map(Extern.class::cast)
                .or(() -> objects.memory.in(value).map(MemoryObject::memory))
                .or(() -> objects.table.in(value)).or(() -> objects.global.in(value)).or(() -> objects.tag.in(value));
    }

    /** Modules of files that are ES modules too. */
    public ModuleIntegration moduleIntegration() {
        return new ModuleIntegration(realm, this);
    }

    /** Defines what cloning needs: {@code isShareable(value)} and {@code isWebAssemblyObject(value)}. */
    public void defineCloning(Object host) {
        realm.define(host, "isShareable", realm.helper("isShareable", arguments ->
                shareable(arguments.get(0)).isPresent()));
        realm.define(host, "isWebAssemblyObject", realm.helper("isWebAssemblyObject", arguments -> {
            Object value = arguments.get(0);
            return objects.exports.in(value).isPresent() || objects.memory.in(value).isPresent()
                    || objects.table.in(value).isPresent() || objects.global.in(value).isPresent()
                    || objects.tag.in(value).isPresent();
        }));
    }

    /** What another realm can have of an object: a module, or a memory that is shared; empty for anything else. */
    public Optional<Object> shareable(Object value) {
        return objects.module.in(value).map(Object.class::cast).or(() -> objects.memory.in(value)
                .map(MemoryObject::memory).filter(MemoryInstance::isShared).map(Object.class::cast));
    }

    /** A new {@code WebAssembly.Module} for a module of another realm. */
    public Object objectOf(Module module) {
        return moduleObject(module);
    }

    /** The {@code WebAssembly.Memory} of a memory. */
    public Object objectOf(MemoryInstance memory) {
        return objects.object(memory);
    }

    /** Defines what {@code node:wasi} needs: {@code createWasi(options)}. */
    public void defineWasi(Object host, Permissions permissions, OpenFiles files) {
        var binding = new WasiBinding(realm, objects, permissions, files);
        realm.define(host, "createWasi", realm.helper("createWasi", binding::create));
    }

    /** The exports of a new instance, with immutable globals as their values. */
    Object instantiate(Module module, Object importObject) {
        Object instance = instances.create(module, importReader.read(module, Optional.of(importObject)));
        return objects.exports.in(instance).orElseThrow();
    }

    /** The value of an immutable global; anything else as it is. */
    Object unwrapped(Object exported) {
        return objects.global.in(exported).filter(global -> !global.type().mutable()
                && Conversions.isExpressible(global.type().type()))
                .map(_ -> realm.get(exported, "value")).orElse(exported);
    }

    private void defineInterfaces(Conversions conversions, TypeReflection types) {
        var memories = new MemoryInterface(realm, objects, idl, types);
        memories.defineResize();
        InterfaceBuilder memory = memories.define();
        InterfaceBuilder table = new TableInterface(realm, objects, conversions, idl, types).define();
        InterfaceBuilder global = new GlobalInterface(realm, objects, conversions, idl, types).define();
        InterfaceBuilder tag = new TagInterface(realm, objects, idl, types).define();
        InterfaceBuilder exception = new ExceptionInterface(realm, objects, conversions, idl).define();
        InterfaceBuilder function = types.define();
        objects.prototypes(function.prototype(), memory.prototype(), table.prototype(), global.prototype(), tag.prototype(),
                exception.prototype());
        modules.install(namespace, "Module");
        instances.define().install(namespace, "Instance");
        memory.install(namespace, "Memory");
        table.install(namespace, "Table");
        global.install(namespace, "Global");
        tag.install(namespace, "Tag");
        function.install(namespace, "Function");
        exception.install(namespace, "Exception");
        new DescriptorOptionsInterface(realm, idl).define().install(namespace, "DescriptorOptions");
        Object javaScriptTag = objects.object(objects.crossing().javaScriptTag());
        realm.defineAccessor(namespace, "JSTag", realm.function("get JSTag", 0, (_, _) -> javaScriptTag),
                Values.UNDEFINED);
        realm.defineHidden(namespace, "CompileError", realm.errorConstructor(ErrorType.COMPILE_ERROR));
        realm.defineHidden(namespace, "LinkError", realm.errorConstructor(ErrorType.LINK_ERROR));
        realm.defineHidden(namespace, "RuntimeError", realm.errorConstructor(ErrorType.RUNTIME_ERROR));
        realm.defineToStringTag(namespace, "WebAssembly");
    }

    private void defineFunctions() {
        realm.define(namespace, "validate", realm.function("validate", 1, this::validate));
        promising("compile", 1, this::compile);
        promising("instantiate", 1, this::instantiate);
        if (fetch.isPresent()) {
            promising("compileStreaming", 1, this::compileStreaming);
            promising("instantiateStreaming", 1, this::instantiateStreaming);
        }
    }

    /** What an operation does that returns a promise: settles it, or throws for a rejection. */
    @FunctionalInterface
    private interface PromisingBody {
        void run(Arguments arguments, PromiseHandle promise);
    }

    private void promising(String name, int length, PromisingBody body) {
        realm.define(namespace, name, realm.function(name, length, (_, arguments) -> {
            PromiseHandle promise = realm.newPromise();
            settle(promise, () -> body.run(arguments, promise));
            return promise.promise();
        }));
    }

    private void settle(PromiseHandle promise, Runnable steps) {
        try {
            steps.run();
        } catch (RuntimeException | StackOverflowError problem) {
            promise.reject(realm.thrownValue(problem));
        }
    }

    private Object validate(Object self, Arguments arguments) {
        String where = "WebAssembly.validate()";
        idl.require(arguments, 1, where);
        byte[] bytes = idl.bytes(arguments.get(0), where);
        CompileOptionsReader.Parsed options = compileOptions.read(arguments.get(1), where);
        try {
            return dev.jawa.WebAssembly.validate(bytes, options.options());
        } catch (CompileError _) {
            return false;
        }
    }

    private void compile(Arguments arguments, PromiseHandle promise) {
        String where = "WebAssembly.compile()";
        idl.require(arguments, 1, where);
        byte[] bytes = idl.bytes(arguments.get(0), where);
        compileAsynchronously(bytes, compileOptions.read(arguments.get(1), where), promise,
                module -> promise.resolve(moduleObject(module)));
    }

    /** Asynchronously compile a WebAssembly module. */
    private void compileAsynchronously(byte[] bytes, CompileOptionsReader.Parsed options, PromiseHandle promise,
            Consumer<Module> compiled) {
        loop.background(() -> Module.compile(bytes, options.options()), module -> settle(promise, () -> compiled.accept(module)),
                problem -> promise.reject(realm.thrownValue(problem)));
    }

    /** A new {@code WebAssembly.Module}. */
    Object moduleObject(Module module) {
        Object object = realm.newObject(modules.prototype());
        objects.module.set(object, module);
        return object;
    }

    private void instantiate(Arguments arguments, PromiseHandle promise) {
        String where = "WebAssembly.instantiate()";
        idl.require(arguments, 1, where);
        Optional<Module> module = objects.module.in(arguments.get(0));
        if (module.isPresent()) {
            Optional<Object> importObject = idl.optionalObject(arguments.get(1), where);
            instantiateAsynchronously(module.get(), importObject, promise, promise::resolve);
            return;
        }
        byte[] bytes = idl.bytes(arguments.get(0), where);
        Optional<Object> importObject = idl.optionalObject(arguments.get(1), where);
        CompileOptionsReader.Parsed options = compileOptions.read(arguments.get(2), where);
        compileAsynchronously(bytes, options, promise, compiled -> instantiateSource(compiled, importObject, promise));
    }

    /** Asynchronously instantiate a WebAssembly module: the imports are read now, the rest is a task. */
    private void instantiateAsynchronously(Module module, Optional<Object> importObject, PromiseHandle promise,
            Consumer<Object> instantiated) {
        List<Extern> imports = importReader.read(module, importObject);
        loop.post(() -> settle(promise, () -> instantiated.accept(instances.create(module, imports))));
    }

    /** Instantiate a promise of a module, once that is there. */
    private void instantiateSource(Module module, Optional<Object> importObject, PromiseHandle promise) {
        Object moduleObject = moduleObject(module);
        instantiateAsynchronously(module, importObject, promise, instance -> {
            Object result = realm.newObject();
            realm.define(result, "module", moduleObject);
            realm.define(result, "instance", instance);
            promise.resolve(result);
        });
    }

    private void compileStreaming(Arguments arguments, PromiseHandle promise) {
        String where = "WebAssembly.compileStreaming()";
        idl.require(arguments, 1, where);
        CompileOptionsReader.Parsed options = compileOptions.read(arguments.get(1), where);
        compileResponse(arguments.get(0), options, promise, module -> promise.resolve(moduleObject(module)));
    }

    private void instantiateStreaming(Arguments arguments, PromiseHandle promise) {
        String where = "WebAssembly.instantiateStreaming()";
        idl.require(arguments, 1, where);
        Optional<Object> importObject = idl.optionalObject(arguments.get(1), where);
        CompileOptionsReader.Parsed options = compileOptions.read(arguments.get(2), where);
        compileResponse(arguments.get(0), options, promise, module -> instantiateSource(module, importObject, promise));
    }

    /** Compile a potential WebAssembly response. */
    private void compileResponse(Object source, CompileOptionsReader.Parsed options, PromiseHandle promise,
            Consumer<Module> compiled) {
        FetchBinding responses = fetch.orElseThrow();
        realm.react(realm.promiseResolve(source), response -> settle(promise, () -> {
            InputStream body = body(responses, response);
            loop.background(() -> compile(body, options), module -> settle(promise, () -> compiled.accept(module)),
                    problem -> promise.reject(responses.reasonOf(problem)));
        }), promise::reject);
    }

    private InputStream body(FetchBinding fetch, Object response) {
        if (!fetch.isResponse(response)) {
            throw realm.typeError("A Response or a promise of one is required");
        }
        String type = fetch.contentType(response).orElse("");
        if (!type.strip().toLowerCase(Locale.ROOT).equals(MIME_TYPE)) {
            throw realm.typeError("The response has the MIME type '" + type + "', but must have '" + MIME_TYPE + "'");
        }
        if (!fetch.isOk(response)) {
            throw realm.typeError("The response has the status " + Values.toInt32(realm.get(response, "status")));
        }
        return fetch.takeBody(response);
    }

    /** Decodes and validates while the bytes arrive. */
    private static Module compile(InputStream body, CompileOptionsReader.Parsed options) throws IOException {
        var compilation = new StreamingCompilation(options.options());
        try (body) {
            byte[] chunk = new byte[CHUNK];
            for (int count; (count = body.read(chunk)) >= 0;) {
                compilation.push(chunk, 0, count);
            }
        } catch (IOException | RuntimeException e) {
            compilation.abort();
            throw e;
        }
        return compilation.finish();
    }
}

package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ValueType;
import dev.jawa.wasi.Wasi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Runs a WebAssembly module by itself: a program for WASI, or one that imports nothing. */
final class ModuleRunner {
    private static final String START = "_start";
    // Programs compiled from C and Rust expect a few megabytes, interpreters more.
    private static final long STACK_BYTES = 64L << 20;

    private final Path file;
    private final Jawa jawa;
    private final WasiOptions options;
    private final FeatureOptions features;
    private final Limits limits;

    ModuleRunner(Path file, Jawa jawa, WasiOptions options,
            FeatureOptions features, Limits limits) {
        this.file = file;
        this.jawa = jawa;
        this.options = options;
        this.features = features;
        this.limits = limits;
    }

    /**
     * Instantiates the module and calls a function.
     *
     * @param name of an exported function, whose results are printed; if absent, {@code _start}
     * @param arguments of the function, as text those of a program
     * @return the exit code
     */
    int run(Optional<String> name, List<String> arguments) {
        Module module = compile();
        if (name.isEmpty()) {
            checkCanStart(module, arguments);
        }
        checkImports(module);
        var task = new FutureTask<>(() -> name.isPresent() ? invoke(module, name.get(), arguments)
                : start(module, arguments));
        Thread.Builder.OfPlatform thread = Thread.ofPlatform().name("wasm").stackSize(STACK_BYTES);
        thread.start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UsageException misuse) {
                throw misuse;
            }
            int code = jawa.report(e.getCause());
            return e.getCause() instanceof RuntimeError ? Jawa.TRAPPED : code;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return jawa.report(e);
        }
    }

    private Module compile() {
        try {
            return Module.compile(ModuleFile.readModule(file), features.options());
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
    }

    private static List<String> exportedFunctions(Module module) {
        return module.exports().stream()
                .filter(export -> export.kind() == ExternalKind.FUNCTION)
                .map(export -> export.name() + " " + export.type())
                .toList();
    }

    private void checkCanStart(Module module, List<String> arguments) {
        if (!arguments.isEmpty() && !Wasi.isNeededBy(module)) {
            throw new UsageException("arguments need a function: jawa run --invoke NAME " + file
                    + " " + String.join(" ", arguments.stream().filter(text -> !text.equals("--invoke")).toList()));
        }
        if (module.model().start().isEmpty() && module.exports().stream().noneMatch(e -> e.name().equals(START))) {
            throw new UsageException(file + " has no start function and does not export " + START
                    + "; call a function with --invoke: " + functionList(module));
        }
    }

    private static String functionList(Module module) {
        List<String> functions = exportedFunctions(module);
        return functions.isEmpty() ? "(none is exported)" : String.join(", ", functions);
    }

    private void checkImports(Module module) {
        String missing = module.imports().stream()
                .filter(i -> !i.module().equals(Wasi.MODULE))
                .map(i -> "  " + i.module() + "." + i.name() + "  " + i.kind() + " " + i.type())
                .collect(Collectors.joining("\n"));
        if (!missing.isEmpty()) {
            throw new FailureException(file + " needs imports, which a program in JavaScript or Java has to give it:\n"
                    + missing);
        }
    }

    private int start(Module module, List<String> arguments) throws IOException {
        if (Wasi.isNeededBy(module)) {
            try (InputStream input = options.openInput()) {
                return options.process(file, arguments, input).run(module, limits);
            }
        }
        Exports exports = new Instance(module, Imports.none(), limits).exports();
        if (exports.all().containsKey(START)) {
            exports.function(START).call();
        }
        return Jawa.FINE;
    }

    private int invoke(Module module, String name, List<String> arguments) throws IOException {
        if (module.exports().stream().noneMatch(e -> e.name().equals(name) && e.kind() == ExternalKind.FUNCTION)) {
            throw new UsageException(file + " exports no function " + name + " but: "
                    + functionList(module));
        }
        try (InputStream input = options.openInput(); Wasi wasi = options.process(file, List.of(), input)) {
            var instance = new Instance(module, wasi.imports(), limits);
            Function function = instance.exports().function(name);
            Object[] values = parse(name, function, arguments);
            int code = name.equals(START) ? Jawa.FINE : wasi.initialize(instance);
            return code == Jawa.FINE ? wasi.run(() -> call(function, values)) : code;
        }
    }

    private void call(Function function, Object[] values) {
        for (Object result : function.call(values)) {
            jawa.out().println(Literals.format(result));
        }
    }

    private Object[] parse(String name, Function function, List<String> arguments) {
        List<ValueType> parameters = function.type().parameters();
        if (parameters.size() != arguments.size()) {
            throw new UsageException(name + " is " + function.type() + " and takes " + parameters.size()
                    + (parameters.size() == 1 ? " argument" : " arguments") + ", not " + arguments.size());
        }
        var values = new ArrayList<Object>();
        for (int i = 0; i < parameters.size(); i++) {
            try {
                values.add(Literals.parse(parameters.get(i), arguments.get(i)));
            } catch (NumberFormatException e) {
                throw new UsageException("argument " + (i + 1) + " of " + name + ": " + e.getMessage());
            }
        }
        return values.toArray();
    }
}

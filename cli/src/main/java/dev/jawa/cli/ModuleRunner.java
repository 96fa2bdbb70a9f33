package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Instance;
import dev.jawa.Module;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs a WebAssembly module by itself, without a host around it. */
final class ModuleRunner {
    private static final String START = "_start";
    // Programs compiled from C and Rust expect a few megabytes, interpreters more.
    private static final long STACK_BYTES = 64L << 20;

    private final Path file;
    private final CommandLine command;
    private final Jawa jawa;

    ModuleRunner(Path file, CommandLine command, Jawa jawa) {
        this.file = file;
        this.command = command;
        this.jawa = jawa;
    }

    /**
     * Instantiates the module and calls a function.
     *
     * @param name of an exported function, whose results are printed; if absent, {@code _start}
     * @param arguments of the function
     * @return the exit code
     */
    int run(Optional<String> name, List<String> arguments) {
        Module module = compile();
        if (name.isEmpty()) {
            checkCanStart(module, arguments);
        }
        checkImports(module);
        var task = new FutureTask<>(() -> name.isPresent() ? invoke(module, name.get(), arguments) : start(module));
        Thread.Builder.OfPlatform thread = Thread.ofPlatform().name("wasm").stackSize(STACK_BYTES);
        thread.start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ParameterException misuse) {
                throw misuse;
            }
            return jawa.report(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return jawa.report(e);
        }
    }

    private Module compile() {
        try {
            return Module.compile(ModuleFile.readModule(file, command));
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
        if (!arguments.isEmpty()) {
            throw new ParameterException(command, "arguments need a function: jawa run --invoke NAME " + file
                    + " " + String.join(" ", arguments.stream().filter(text -> !text.equals("--invoke")).toList()));
        }
        if (module.model().start().isEmpty() && module.exports().stream().noneMatch(e -> e.name().equals(START))) {
            throw new ParameterException(command, file + " has no start function and does not export " + START
                    + "; call a function with --invoke: " + functionList(module));
        }
    }

    private static String functionList(Module module) {
        List<String> functions = exportedFunctions(module);
        return functions.isEmpty() ? "(none is exported)" : String.join(", ", functions);
    }

    private void checkImports(Module module) {
        if (module.imports().isEmpty()) {
            return;
        }
        String missing = module.imports().stream()
                .map(i -> "  " + i.module() + "." + i.name() + "  " + i.kind() + " " + i.type())
                .collect(Collectors.joining("\n"));
        throw new FailureException(file + " needs imports, which a program in JavaScript or Java has to give it:\n"
                + missing);
    }

    private int start(Module module) {
        Exports exports = new Instance(module).exports();
        if (exports.all().containsKey(START)) {
            exports.function(START).call();
        }
        return Jawa.FINE;
    }

    private int invoke(Module module, String name, List<String> arguments) {
        if (module.exports().stream().noneMatch(e -> e.name().equals(name) && e.kind() == ExternalKind.FUNCTION)) {
            throw new ParameterException(command, file + " exports no function " + name + " but: "
                    + functionList(module));
        }
        Function function = new Instance(module).exports().function(name);
        Object[] values = parse(name, function, arguments);
        List<ValueType> types = function.type().results();
        List<Object> results = function.call(values);
        for (int i = 0; i < types.size(); i++) {
            jawa.out().println(Literals.format(results.get(i)));
        }
        return Jawa.FINE;
    }

    private Object[] parse(String name, Function function, List<String> arguments) {
        List<ValueType> parameters = function.type().parameters();
        if (parameters.size() != arguments.size()) {
            throw new ParameterException(command, name + " is " + function.type() + " and takes " + parameters.size()
                    + (parameters.size() == 1 ? " argument" : " arguments") + ", not " + arguments.size());
        }
        var values = new ArrayList<Object>();
        for (int i = 0; i < parameters.size(); i++) {
            try {
                values.add(Literals.parse(parameters.get(i), arguments.get(i)));
            } catch (NumberFormatException e) {
                throw new ParameterException(command, "argument " + (i + 1) + " of " + name + ": " + e.getMessage());
            }
        }
        return values.toArray();
    }
}

package dev.jawa.text.script;

import dev.jawa.CompileError;
import dev.jawa.Exports;
import dev.jawa.ImportDescriptor;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.LinkError;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.WasmException;
import dev.jawa.text.script.Command.Action;
import dev.jawa.text.script.Command.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs scripts against the engine. Modules may import {@code spectest}, the host module of the official suite.
 *
 * <p>A failure does not end a script: what depends on it fails too, all else is run.
 */
public final class ScriptRunner {
    private static final Outcome NO_MODULE = new Outcome.Failed("there is no such module");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** A module's place under its name: an instance, or what went wrong when it should have become one. */
    private sealed interface Slot {
        record Present(Instance instance) implements Slot {
        }

        record Absent(Outcome outcome) implements Slot {
        }

        default Instance instance() {
            return switch (this) {
                case Present(Instance instance) -> instance;
                case Absent(Outcome outcome) -> throw new UnavailableException(outcome);
            };
        }
    }

    private final List<Outcome.Result> results;
    private final Spectest spectest = new Spectest();
    // The empty name is that of the current one.
    private final Map<Optional<String>, Module> definitions = new HashMap<>();
    private final Map<Optional<String>, Slot> instances = new HashMap<>();
    private final Map<String, Slot> registered = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();

    private ScriptRunner(List<Outcome.Result> results) {
        this.results = results;
    }

    /**
     * Runs a script on the calling thread.
     *
     * @return the outcome of each command, of commands of threads too
     */
    public static List<Outcome.Result> run(Script script) {
        List<Outcome.Result> results = Collections.synchronizedList(new ArrayList<>());
        new ScriptRunner(results).run(script.commands());
        synchronized (results) {
            return List.copyOf(results);
        }
    }

    private void run(List<Command> commands) {
        commands.forEach(command -> results.add(new Outcome.Result(command, outcome(command))));
    }

    private Outcome outcome(Command command) {
        try {
            return execute(command);
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            return Outcome.of(e);
        }
    }

    private Outcome execute(Command command) {
        return switch (command) {
            case Command.Module(_, var name, var module) -> put(name, () -> instantiate(compile(module)));
            case Command.Definition(_, var name, var module) -> define(name, compile(module));
            case Command.Instantiate(_, var name, var definition) -> put(name, () -> instantiateDefinition(definition));
            case Command.Register(_, var as, var name) -> register(as, name);
            case Command.Perform(_, var action) -> {
                perform(action);
                yield Outcome.PASSED;
            }
            case Command.AssertReturn(_, var action, var expected) -> compare(expected, perform(action));
            case Command.AssertTrap(_, var action, var message) -> assertTrap(action, message);
            case Command.AssertExhaustion(_, var action, var message) -> assertTrap(action, message);
            case Command.AssertException(_, var action) -> assertException(action);
            case Command.AssertSuspension(_, var action, var message) -> assertTrap(action, message);
            case Command.AssertRejected rejected -> assertRejected(rejected);
            case Command.AssertUnlinkable(_, var module, var message) -> assertUnlinkable(module, message);
            case Command.AssertUninstantiable(_, var module, var message) -> assertUninstantiable(module, message);
            case Command.StartThread thread -> startThread(thread);
            case Command.AwaitThread(_, var name) -> awaitThread(name);
        };
    }

    private static Outcome failed(String reason) {
        return new Outcome.Failed(reason);
    }

    // Modules

    private static Module compile(ScriptModule module) {
        return Module.compile(module.bytes());
    }

    private Outcome define(Optional<String> name, Module module) {
        definitions.put(name, module);
        definitions.put(Optional.empty(), module);
        return Outcome.PASSED;
    }

    private Instance instantiateDefinition(Optional<String> name) {
        Module definition = definitions.get(name);
        if (definition == null) {
            throw new UnavailableException(NO_MODULE);
        }
        return instantiate(definition);
    }

    private Outcome put(Optional<String> name, Supplier<Instance> instance) {
        Slot slot;
        try {
            slot = new Slot.Present(instance.get());
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            slot = new Slot.Absent(Outcome.of(e));
        }
        instances.put(name, slot);
        instances.put(Optional.empty(), slot);
        return slot instanceof Slot.Absent(Outcome outcome) ? outcome : Outcome.PASSED;
    }

    private Outcome register(String as, Optional<String> name) {
        Slot slot = slot(name);
        registered.put(as, slot);
        return slot instanceof Slot.Absent(Outcome outcome) ? outcome : Outcome.PASSED;
    }

    private Slot slot(Optional<String> name) {
        return instances.getOrDefault(name, new Slot.Absent(NO_MODULE));
    }

    private Instance instantiate(Module module) {
        Imports.Builder imports = Imports.builder();
        spectest.addTo(imports, module);
        module.imports().stream().map(ImportDescriptor::module).distinct()
                .filter(registered::containsKey)
                .forEach(name -> imports.module(name, registered.get(name).instance().exports()));
        return new Instance(module, imports.build());
    }

    // Actions

    private List<Object> perform(Action action) {
        return switch (action) {
            case Action.Invoke(var module, var name, var arguments) -> exports(module).function(name)
                    .call(arguments.stream().map(ScriptValue::toJava).toArray());
            case Action.Get(var module, var name) -> Collections.singletonList(exports(module).global(name).value());
        };
    }

    private Exports exports(Optional<String> module) {
        return slot(module).instance().exports();
    }

    private static Outcome compare(List<Expectation> expected, List<Object> results) {
        boolean same = expected.size() == results.size();
        for (int i = 0; same && i < results.size(); i++) {
            same = expected.get(i).matches(results.get(i));
        }
        return same ? Outcome.PASSED : failed("got " + describe(results) + ", expected " + expected.stream().map(ScriptRunner::describe).toList());
    }

    private Outcome assertTrap(Action action, String message) {
        try {
            return failed("no trap but " + describe(perform(action)) + ", expected \"" + message + "\"");
        } catch (RuntimeError trap) {
            return compare(trap, message);
        }
    }

    // The reference interpreter appends details to some messages of the scripts, the engine to some of its own.
    private static Outcome compare(RuntimeError trap, String message) {
        return trap.getMessage().startsWith(message) || message.startsWith(trap.kind().message() + " ")
                ? Outcome.PASSED : failed("trap \"" + trap.getMessage() + "\", expected \"" + message + "\"");
    }

    private Outcome assertException(Action action) {
        try {
            return failed("no exception but " + describe(perform(action)));
        } catch (WasmException _) {
            return Outcome.PASSED;
        }
    }

    private static String describe(List<Object> results) {
        return results.stream().map(ScriptRunner::describe).toList().toString();
    }

    private static String describe(Object result) {
        return switch (result) {
            case null -> "null";
            case Float number -> number + " (bits 0x%08x)".formatted(Float.floatToRawIntBits(number));
            case Double number -> number + " (bits 0x%016x)".formatted(Double.doubleToRawLongBits(number));
            default -> result.toString();
        };
    }

    private static String describe(Expectation expectation) {
        return switch (expectation) {
            // By their bits, which a float does not keep.
            case Expectation.Exactly(ScriptValue.F32(int bits)) when Float.isNaN(Float.intBitsToFloat(bits)) ->
                "NaN (bits 0x%08x)".formatted(bits);
            case Expectation.Exactly(ScriptValue.F64(long bits)) when Double.isNaN(Double.longBitsToDouble(bits)) ->
                "NaN (bits 0x%016x)".formatted(bits);
            case Expectation.Exactly(var value) -> describe(value.toJava());
            case Expectation.Nan(int bits, boolean canonical) ->
                (canonical ? "a canonical f" : "an arithmetic f") + bits + " NaN";
            case Expectation.Lanes(var lanes) -> lanes.stream().map(ScriptRunner::describe).toList().toString();
            case Expectation.AnyNull _ -> "any null";
            case Expectation.AnyReference(var type) -> "any " + type + " reference";
            case Expectation.Either(var alternatives) -> alternatives.stream().map(ScriptRunner::describe)
                    .collect(java.util.stream.Collectors.joining(" or "));
        };
    }

    // Modules that must not work

    private Outcome assertRejected(Command.AssertRejected command) {
        byte[] bytes;
        try {
            bytes = command.module().bytes();
        } catch (CompileError error) {
            return command.rejection() == Rejection.INVALID
                    ? failed("malformed, expected invalid: " + error.getMessage()) : Outcome.PASSED;
        }
        String expected = ", expected \"" + command.message() + "\"";
        // A text that has been parsed is not malformed; of a binary only compiling it tells.
        if (command.rejection() != Rejection.INVALID && !(command.module() instanceof ScriptModule.Binary)) {
            return failed("accepted" + expected);
        }
        try {
            Module.compile(bytes);
        } catch (CompileError error) {
            // What the compiler cannot do yet, the validator has accepted.
            return error.reason().startsWith("not supported yet:") ? failed("valid" + expected) : Outcome.PASSED;
        }
        return failed("accepted" + expected);
    }

    private Outcome assertUnlinkable(ScriptModule module, String message) {
        try {
            instantiate(compile(module));
            return failed("linked, expected \"" + message + "\"");
        } catch (LinkError error) {
            return error.getMessage().startsWith(message) ? Outcome.PASSED
                    : failed("\"" + error.getMessage() + "\", expected \"" + message + "\"");
        }
    }

    private Outcome assertUninstantiable(ScriptModule module, String message) {
        try {
            instantiate(compile(module));
            return failed("instantiated, expected \"" + message + "\"");
        } catch (RuntimeError trap) {
            return compare(trap, message);
        }
    }

    // Threads

    private Outcome startThread(Command.StartThread command) {
        var runner = new ScriptRunner(results);
        if (command.shared().isPresent()) {
            runner.instances.put(command.shared(), slot(command.shared()));
        }
        Thread thread = Thread.ofPlatform().daemon().name(command.name()).start(() -> runner.run(command.commands()));
        threads.put(command.name(), thread);
        return Outcome.PASSED;
    }

    private Outcome awaitThread(String name) {
        Thread thread = threads.remove(name);
        if (thread == null) {
            return failed("there is no such thread");
        }
        try {
            return thread.join(LONGEST_WAIT) ? Outcome.PASSED : failed("the thread does not end");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }
}

package dev.jawa.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.CompileError;
import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.Global;
import dev.jawa.ImportDescriptor;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.LinkError;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.WasmException;
import dev.jawa.text.script.Spectest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the commands of one script, or of one thread of a script, against the engine. */
final class ScriptRunner {
    private static final String LAST = "";
    private static final Outcome NO_MODULE = new Outcome.Failed("there is no such module");

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

    private final Path folder;
    private final Tally tally;
    private final Spectest spectest = new Spectest();
    private final Map<String, Module> definitions = new HashMap<>();
    private final Map<String, Slot> instances = new HashMap<>();
    private final Map<String, Slot> registered = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();

    /**
     * A runner that has seen no command yet.
     *
     * @param folder holds the script's binaries
     * @param tally gets the outcomes
     */
    ScriptRunner(Path folder, Tally tally) {
        this.folder = folder;
        this.tally = tally;
    }

    /** Runs all commands in order. */
    void run(JsonNode commands) {
        for (JsonNode command : commands) {
            tally.add(folder.getFileName() + ":" + command.get("line").asInt() + " " + type(command), outcome(command));
        }
    }

    private static String type(JsonNode command) {
        return command.get("type").asText();
    }

    private Outcome outcome(JsonNode command) {
        try {
            return execute(command);
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            return Outcome.of(e);
        }
    }

    private Outcome execute(JsonNode command) {
        return switch (type(command)) {
            case "module" -> module(command);
            case "module_definition" -> define(command);
            case "module_instance" -> instantiateDefinition(command);
            case "register" -> register(command);
            case "action" -> action(command);
            case "assert_return" -> assertReturn(command);
            case "assert_trap", "assert_exhaustion", "assert_suspension" -> assertTrap(command);
            case "assert_exception" -> assertException(command);
            case "assert_invalid", "assert_malformed" -> assertRejected(command);
            case "assert_malformed_custom", "assert_invalid_custom" -> Outcome.TEXT_ONLY;
            case "assert_unlinkable" -> assertUnlinkable(command);
            case "assert_uninstantiable" -> assertUninstantiable(command);
            case "thread" -> startThread(command);
            case "wait" -> awaitThread(command);
            default -> new Outcome.Unsupported("command " + type(command));
        };
    }

    // Modules

    private Outcome module(JsonNode command) {
        if (!Script.hasBinary(command)) {
            instances.put(LAST, new Slot.Absent(Outcome.TEXT_ONLY));
            return Outcome.TEXT_ONLY;
        }
        return put(text(command, "name"), () -> instantiate(compile(command)));
    }

    private Outcome define(JsonNode command) {
        Module module = compile(command);
        definitions.put(text(command, "name"), module);
        definitions.put(LAST, module);
        return Outcome.PASSED;
    }

    private Outcome instantiateDefinition(JsonNode command) {
        return put(text(command, "instance"), () -> {
            Module definition = definitions.get(text(command, "module"));
            if (definition == null) {
                throw new UnavailableException(NO_MODULE);
            }
            return instantiate(definition);
        });
    }

    private Outcome put(String name, Supplier<Instance> instance) {
        Slot slot;
        try {
            slot = new Slot.Present(instance.get());
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            slot = new Slot.Absent(Outcome.of(e));
        }
        instances.put(name, slot);
        instances.put(LAST, slot);
        return slot instanceof Slot.Absent(Outcome outcome) ? outcome : Outcome.PASSED;
    }

    private Outcome register(JsonNode command) {
        Slot slot = slot(text(command, "name"));
        registered.put(command.get("as").asText(), slot);
        return slot instanceof Slot.Absent(Outcome outcome) ? outcome : Outcome.PASSED;
    }

    private Slot slot(String name) {
        return instances.getOrDefault(name, new Slot.Absent(NO_MODULE));
    }

    private Module compile(JsonNode command) {
        return Module.compile(Script.bytes(folder, command));
    }

    private Instance instantiate(Module module) {
        Imports.Builder imports = Imports.builder();
        spectest.addTo(imports, module);
        for (ImportDescriptor descriptor : module.imports()) {
            if (registered.containsKey(descriptor.module())) {
                imports.module(descriptor.module(), registered.get(descriptor.module()).instance().exports());
            }
        }
        return new Instance(module, imports.build());
    }

    // Actions

    private List<Object> perform(JsonNode action) {
        Exports exports = slot(text(action, "module")).instance().exports();
        String field = action.get("field").asText();
        if (type(action).equals("get")) {
            Global global = exports.global(field);
            return Collections.singletonList(global.value());
        }
        Function function = exports.function(field);
        return function.call(Values.arguments(action.get("args")));
    }

    private Outcome action(JsonNode command) {
        perform(command.get("action"));
        return Outcome.PASSED;
    }

    private Outcome assertReturn(JsonNode command) {
        List<Object> results = perform(command.get("action"));
        JsonNode expected = command.get("expected");
        return Values.match(expected, results) ? Outcome.PASSED
                : new Outcome.Failed("got " + Values.describe(results) + ", expected " + expected);
    }

    private Outcome assertTrap(JsonNode command) {
        try {
            return new Outcome.Failed("no trap but " + Values.describe(perform(command.get("action"))));
        } catch (RuntimeError trap) {
            return compareMessage(trap, command);
        }
    }

    private Outcome assertException(JsonNode command) {
        try {
            return new Outcome.Failed("no exception but " + Values.describe(perform(command.get("action"))));
        } catch (WasmException _) {
            return Outcome.PASSED;
        }
    }

    // The reference interpreter appends details to some messages of the scripts, the engine to some of its own.
    private static Outcome compareMessage(RuntimeError trap, JsonNode command) {
        String expected = command.get("text").asText();
        return trap.getMessage().startsWith(expected) || expected.startsWith(trap.kind().message() + " ")
                ? Outcome.PASSED
                : new Outcome.Failed("trap \"" + trap.getMessage() + "\", expected \"" + expected + "\"");
    }

    // Modules that must not work

    private Outcome assertRejected(JsonNode command) {
        if (!Script.hasBinary(command)) {
            return Outcome.TEXT_ONLY;
        }
        try {
            compile(command);
        } catch (CompileError error) {
            // Whatever the compiler cannot do yet, the validator must have rejected the module before.
            return Outcome.isUnsupported(error)
                    ? new Outcome.Failed("valid, expected \"" + command.get("text").asText() + "\"") : Outcome.PASSED;
        }
        return new Outcome.Failed("accepted, expected \"" + command.get("text").asText() + "\"");
    }

    private Outcome assertUnlinkable(JsonNode command) {
        try {
            instantiate(compile(command));
            return new Outcome.Failed("linked, expected \"" + command.get("text").asText() + "\"");
        } catch (LinkError error) {
            if (Outcome.isUnsupported(error)) {
                throw error;
            }
            String expected = command.get("text").asText();
            return error.getMessage().startsWith(expected) ? Outcome.PASSED
                    : new Outcome.Failed("\"" + error.getMessage() + "\", expected \"" + expected + "\"");
        }
    }

    private Outcome assertUninstantiable(JsonNode command) {
        try {
            instantiate(compile(command));
            return new Outcome.Failed("instantiated, expected \"" + command.get("text").asText() + "\"");
        } catch (RuntimeError trap) {
            return compareMessage(trap, command);
        }
    }

    // Threads

    private Outcome startThread(JsonNode command) {
        var runner = new ScriptRunner(folder, tally);
        if (command.has("shared_module")) {
            String name = command.get("shared_module").asText();
            runner.instances.put(name, slot(name));
        }
        Thread thread = new Thread(() -> runner.run(command.get("commands")), folder.getFileName() + " thread");
        thread.setDaemon(true);
        thread.start();
        threads.put(command.get("name").asText(), thread);
        return Outcome.PASSED;
    }

    private Outcome awaitThread(JsonNode command) {
        Thread thread = threads.remove(command.get("thread").asText());
        try {
            return thread.join(Duration.ofSeconds(20))
                    ? Outcome.PASSED : new Outcome.Failed("the thread does not end");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        }
    }

    private static String text(JsonNode node, String field) {
        return node.has(field) ? node.get(field).asText() : LAST;
    }
}

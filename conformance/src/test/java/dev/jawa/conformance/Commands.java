package dev.jawa.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.text.script.Command;
import dev.jawa.text.script.Command.Action;
import dev.jawa.text.script.Command.Rejection;
import dev.jawa.text.script.Expectation;
import dev.jawa.text.script.ScriptModule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The commands of a script in JSON, as those of the script language that they were before. */
final class Commands {
    private final Path folder;

    /**
     * A reader.
     *
     * @param folder holds the script's binaries
     */
    Commands(Path folder) {
        this.folder = folder;
    }

    /** Whether only a parser of the text format can judge a command. */
    static boolean isTextOnly(JsonNode command) {
        return switch (type(command)) {
            case "assert_malformed_custom", "assert_invalid_custom" -> true;
            case "module", "assert_invalid", "assert_malformed" -> !Script.hasBinary(command);
            default -> false;
        };
    }

    /** All commands of a list but those about texts. */
    List<Command> read(JsonNode commands) {
        return StreamSupport.stream(commands.spliterator(), false).filter(command -> !isTextOnly(command))
                .map(this::command).toList();
    }

    private static String type(JsonNode command) {
        return command.get("type").asText();
    }

    private Command command(JsonNode command) {
        int line = command.get("line").asInt();
        return switch (type(command)) {
            case "module" -> new Command.Module(line, name(command, "name"), module(command));
            case "module_definition" -> new Command.Definition(line, name(command, "name"), module(command));
            case "module_instance" -> new Command.Instantiate(line, name(command, "instance"), name(command, "module"));
            case "register" -> new Command.Register(line, command.get("as").asText(), name(command, "name"));
            case "action" -> new Command.Perform(line, action(command));
            case "assert_return" -> new Command.AssertReturn(line, action(command), expectations(command));
            case "assert_trap" -> new Command.AssertTrap(line, action(command), message(command));
            case "assert_exhaustion" -> new Command.AssertExhaustion(line, action(command), message(command));
            case "assert_suspension" -> new Command.AssertSuspension(line, action(command), message(command));
            case "assert_exception" -> new Command.AssertException(line, action(command));
            case "assert_invalid" -> new Command.AssertRejected(line, Rejection.INVALID, module(command),
                    message(command));
            case "assert_malformed" -> new Command.AssertRejected(line, Rejection.MALFORMED, module(command),
                    message(command));
            case "assert_unlinkable" -> new Command.AssertUnlinkable(line, module(command), message(command));
            case "assert_uninstantiable" -> new Command.AssertUninstantiable(line, module(command), message(command));
            case "thread" -> new Command.StartThread(line, command.get("name").asText(), name(command, "shared_module"),
                    read(command.get("commands")));
            case "wait" -> new Command.AwaitThread(line, command.get("thread").asText());
            default -> throw new IllegalArgumentException("no command of scripts: " + command);
        };
    }

    private static Optional<String> name(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText);
    }

    private static String message(JsonNode command) {
        return command.get("text").asText();
    }

    private ScriptModule module(JsonNode command) {
        return new ScriptModule.Binary(Script.bytes(folder, command));
    }

    private static Action action(JsonNode command) {
        JsonNode action = command.get("action");
        String field = action.get("field").asText();
        return type(action).equals("get") ? new Action.Get(name(action, "module"), field)
                : new Action.Invoke(name(action, "module"), field, StreamSupport.stream(
                        action.get("args").spliterator(), false).map(Values::argument).toList());
    }

    private static List<Expectation> expectations(JsonNode command) {
        return StreamSupport.stream(command.get("expected").spliterator(), false).map(Values::expectation).toList();
    }
}

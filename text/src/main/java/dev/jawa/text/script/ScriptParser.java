package dev.jawa.text.script;

import dev.jawa.text.parser.Lexer;
import dev.jawa.text.parser.ModuleParser;
import dev.jawa.text.parser.Source;
import dev.jawa.text.parser.Token;
import dev.jawa.text.parser.TokenReader;
import dev.jawa.text.parser.Tokens;
import dev.jawa.text.script.Command.Action;
import dev.jawa.text.script.Command.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses scripts. */
final class ScriptParser {
    private final Tokens tokens;
    private final TokenReader reader;
    private final ValueParser values;
    private final String name;

    private ScriptParser(Source source) {
        this.tokens = Lexer.read(source);
        this.reader = new TokenReader(tokens);
        this.values = new ValueParser(reader);
        this.name = source.name();
    }

    static List<Command> parse(Source source) {
        var parser = new ScriptParser(source);
        if (ModuleParser.atField(parser.reader)) {
            // A script may be one module without (module ...) around it.
            return List.of(new Command.Module(1, Optional.empty(),
                    new ScriptModule.Text(parser.tokens, 0, Optional.empty())));
        }
        List<Command> commands = parser.commands();
        if (!parser.reader.at(Token.END)) {
            throw parser.reader.unexpected("a command");
        }
        return commands;
    }

    private List<Command> commands() {
        var commands = new ArrayList<Command>();
        while (reader.at(Token.LEFT_PARENTHESIS)) {
            commands.add(command());
        }
        return commands;
    }

    private Command command() {
        int line = reader.line();
        int token = reader.position();
        Command command = switch (reader.keywordAfter()) {
            case "module" -> module(line);
            case "invoke", "get" -> new Command.Perform(line, action());
            case "thread" -> thread(line);
            default -> assertion(line, token);
        };
        return command;
    }

    private Command assertion(int line, int token) {
        Command command = switch (reader.expectOpen()) {
            case "register" -> new Command.Register(line, reader.expectName(), reader.takeIdentifier());
            case "assert_return" -> new Command.AssertReturn(line, action(), values.expectations());
            case "assert_trap" -> {
                if (reader.atOpen("module")) {
                    yield new Command.AssertUninstantiable(line, scriptModule(), reader.expectName());
                }
                yield new Command.AssertTrap(line, action(), reader.expectName());
            }
            case "assert_exhaustion" -> new Command.AssertExhaustion(line, action(), reader.expectName());
            case "assert_exception" -> new Command.AssertException(line, action());
            case "assert_suspension" -> new Command.AssertSuspension(line, action(), reader.expectName());
            case "assert_malformed" -> rejected(line, Rejection.MALFORMED);
            case "assert_invalid" -> rejected(line, Rejection.INVALID);
            case "assert_malformed_custom" -> rejected(line, Rejection.MALFORMED_CUSTOM);
            case "assert_invalid_custom" -> rejected(line, Rejection.INVALID_CUSTOM);
            case "assert_unlinkable" -> new Command.AssertUnlinkable(line, scriptModule(), reader.expectName());
            case "wait" -> new Command.AwaitThread(line, expectIdentifier());
            default -> throw reader.errorAt(token + 1, "unexpected token: a command expected");
        };
        reader.expectClose();
        return command;
    }

    private Command rejected(int line, Rejection rejection) {
        return new Command.AssertRejected(line, rejection, scriptModule(), reader.expectName());
    }

    private Command module(int line) {
        int closing = reader.closing();
        int token = reader.position();
        reader.expectOpen("module");
        Command command;
        if (reader.takeKeyword("instance")) {
            command = new Command.Instantiate(line, reader.takeIdentifier(), reader.takeIdentifier());
        } else if (reader.takeKeyword("definition")) {
            Optional<String> identifier = reader.takeIdentifier();
            command = new Command.Definition(line, identifier, body(closing, identifier));
        } else {
            Optional<String> identifier = reader.takeIdentifier();
            command = new Command.Module(line, identifier, body(closing, identifier));
        }
        if (reader.position() != closing) {
            throw reader.errorAt(token, "unexpected token in a module command");
        }
        reader.expectClose();
        return command;
    }

    private ScriptModule scriptModule() {
        int closing = reader.at(Token.LEFT_PARENTHESIS) ? reader.closing() : 0;
        reader.expectOpen("module");
        reader.takeKeyword("definition");
        Optional<String> identifier = reader.takeIdentifier();
        ScriptModule module = body(closing, identifier);
        reader.expectClose();
        return module;
    }

    private ScriptModule body(int closing, Optional<String> identifier) {
        if (reader.takeKeyword("binary")) {
            return new ScriptModule.Binary(reader.takeStrings());
        }
        if (reader.atKeyword("quote")) {
            int line = reader.line();
            reader.skip();
            return new ScriptModule.Quote(new Source(name + ":" + line + " quoted", quoted()));
        }
        int position = reader.position();
        reader.position(closing);
        return new ScriptModule.Text(tokens, position, identifier);
    }

    // Each string is a line, so that tokens of different strings do not run together.
    private byte[] quoted() {
        var text = new java.io.ByteArrayOutputStream();
        while (reader.at(Token.STRING)) {
            text.writeBytes(reader.expectBytes());
            text.write('\n');
        }
        return text.toByteArray();
    }

    private Action action() {
        int token = reader.position();
        Action action = switch (reader.expectOpen()) {
            case "invoke" -> new Action.Invoke(reader.takeIdentifier(), reader.expectName(), values.arguments());
            case "get" -> new Action.Get(reader.takeIdentifier(), reader.expectName());
            default -> throw reader.errorAt(token + 1, "unexpected token: an action expected");
        };
        reader.expectClose();
        return action;
    }

    private Command thread(int line) {
        reader.expectOpen("thread");
        String identifier = expectIdentifier();
        Optional<String> shared = Optional.empty();
        if (reader.takeOpen("shared")) {
            reader.expectOpen("module");
            shared = Optional.of(expectIdentifier());
            reader.expectClose();
            reader.expectClose();
        }
        var command = new Command.StartThread(line, identifier, shared, commands());
        reader.expectClose();
        return command;
    }

    private String expectIdentifier() {
        return reader.takeIdentifier().orElseThrow(() -> reader.unexpected("an identifier"));
    }
}

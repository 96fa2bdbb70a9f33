package dev.jawa.cli;

import dev.jawa.js.JsException;
import dev.jawa.js.JsHost;
import dev.jawa.js.JsSession;
import dev.jawa.js.JsValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa repl}. */
@Command(name = "repl", description = {"Evaluates JavaScript as it is typed, or line by line from the standard input.",
    "'await' and 'import' work at the top, '_' is the last result, and the line '.help' tells more."})
final class ReplCommand implements Callable<Integer> {
    /** What begins with a dot, and what it does. */
    static final Map<String, String> COMMANDS = Collections.unmodifiableMap(new LinkedHashMap<>(Map.of(
            ".exit", "Ends; Ctrl-D does, too", ".help", "Shows this", ".load", "Evaluates a file: .load FILE")));

    private static final String PROMPT = "> ";
    private static final String CONTINUATION = "... ";

    @ParentCommand
    private Jawa jawa;

    @Mixin
    private PermissionOptions permissions;

    private JsSession session;
    private ReplInput input;
    private JsValue inspect;

    @Override
    public Integer call() throws IOException {
        JsHost host = JsHost.builder().output(jawa.out()).error(jawa.err())
                .permissions(permissions.of(Path.of("repl").toAbsolutePath())).build();
        try (JsSession opened = host.open()) {
            session = opened;
            input = new ReplInput(session);
            inspect = session.importModule("node:util").get("inspect");
            if (System.console() != null && System.console().isTerminal()) {
                return converse();
            }
            return read(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    // ---- without a terminal

    private int read(BufferedReader lines) throws IOException {
        boolean fine = true;
        var pending = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            pending.append(pending.isEmpty() ? "" : "\n").append(line);
            if (!pending.toString().startsWith(".") && input.isOpen(pending.toString())) {
                continue;
            }
            String complete = pending.toString();
            pending.setLength(0);
            if (complete.strip().equals(".exit")) {
                return fine ? Jawa.FINE : Jawa.FAILED;
            }
            fine &= evaluate(complete);
        }
        return (pending.isEmpty() || evaluate(pending.toString())) && fine ? Jawa.FINE : Jawa.FAILED;
    }

    // ---- with a terminal

    private int converse() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("jawa").parser(parser())
                    .completer(new ReplCompleter(session))
                    .variable(LineReader.HISTORY_FILE, history()).variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true).build();
            terminal.handle(Terminal.Signal.INT, _ -> session.interrupt());
            jawa.out().println("Jawa " + new Version().getVersion()[0].replaceFirst("^[Jj]awa ", "") + ", type .help for help");
            while (true) {
                try {
                    String line = reader.readLine(PROMPT);
                    if (line.strip().equals(".exit")) {
                        return Jawa.FINE;
                    }
                    evaluate(line);
                } catch (UserInterruptException _) {
                    // What was typed is dropped.
                } catch (EndOfFileException _) {
                    return Jawa.FINE;
                }
            }
        }
    }

    private Parser parser() {
        var words = new DefaultParser();
        words.setQuoteChars(new char[0]);
        words.setEscapeChars(new char[0]);
        return (line, cursor, context) -> {
            if (context == Parser.ParseContext.ACCEPT_LINE && !line.startsWith(".") && input.isOpen(line)) {
                throw new EOFError(-1, -1, "open");
            }
            return words.parse(line, cursor, context);
        };
    }

    /** Where systems keep such files, if the folder can be made; else nowhere. */
    private static Path history() {
        String state = System.getenv("XDG_STATE_HOME");
        try {
            Path folder = (state == null || state.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state")
                    : Path.of(state)).resolve("jawa");
            Files.createDirectories(folder);
            return folder.resolve("repl_history");
        } catch (IOException | InvalidPathException _) {
            return Path.of(System.getProperty("java.io.tmpdir"), "jawa_repl_history");
        }
    }

    // ---- what both do

    /** Whether all went well. */
    private boolean evaluate(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return true;
        } else if (text.startsWith(".")) {
            return command(text);
        }
        try {
            JsValue result = input.evaluate(text);
            session.global().set("_", result);
            jawa.out().println(inspect.call(result).asString());
            return true;
        } catch (JsException error) {
            String syntax = error.getMessage().startsWith("SyntaxError") ? error.getMessage().strip() : "";
            jawa.err().println("Uncaught " + (syntax.isEmpty() ? describe(error.value()) : syntax));
        } catch (IllegalStateException interrupted) {
            jawa.err().println(interrupted.getMessage());
        }
        return false;
    }

    private String describe(JsValue thrown) {
        try {
            // What was typed is in no file.
            return inspect.call(thrown).asString().replace(Path.of("repl").toAbsolutePath().toString(), "repl");
        } catch (JsException _) {
            return thrown.toString();
        }
    }

    private boolean command(String line) {
        String name = line.split("\\s+", 2)[0];
        Optional<String> argument = Optional.of(line.substring(name.length()).strip()).filter(rest -> !rest.isEmpty());
        switch (name) {
            case ".help" -> COMMANDS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(command ->
                    jawa.out().printf("%-8s%s%n", command.getKey(), command.getValue()));
            case ".load" -> {
                return argument.isPresent() ? load(Path.of(argument.get())) : complain(".load needs a file");
            }
            default -> {
                return complain("There is no command " + name + ", but .help");
            }
        }
        return true;
    }

    private boolean load(Path file) {
        try {
            return evaluate(Files.readString(file));
        } catch (IOException problem) {
            return complain("Cannot read " + file + ": " + problem);
        }
    }

    private boolean complain(String message) {
        jawa.err().println(message);
        return false;
    }
}

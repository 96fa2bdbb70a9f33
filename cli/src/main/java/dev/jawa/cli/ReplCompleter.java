package dev.jawa.cli;

import dev.jawa.js.JsException;
import dev.jawa.js.JsSession;
import dev.jawa.js.JsValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes global variables, properties of what they hold, and the commands that begin with a dot. */
final class ReplCompleter implements Completer {
    // A name, or properties of one, at the end; nothing that would have to be called.
    private static final Pattern PATH = Pattern.compile("((?:[A-Za-z_$][\\w$]*\\.)*)([A-Za-z_$][\\w$]*)?$");
    private static final String NAMES = """
            (path) => {
              let object = globalThis;
              for (const name of path.split('.').filter(Boolean)) object = object === globalThis && !(name in object)
                ? (0, eval)(name) : object?.[name];
              const names = new Set();
              for (let each = Object(object); each !== null; each = Object.getPrototypeOf(each)) {
                for (const name of Object.getOwnPropertyNames(each)) if (/^[A-Za-z_$][\\w$]*$/.test(name)) names.add(name);
              }
              return [...names].sort();
            }
            """;

    private final JsValue names;

    ReplCompleter(JsSession session) {
        names = session.evaluate("repl", NAMES);
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.line().substring(0, line.cursor());
        if (before.startsWith(".")) {
            ReplCommand.COMMANDS.keySet().forEach(command -> candidates.add(new Candidate(command)));
            return;
        }
        Matcher path = PATH.matcher(before);
        if (!path.find() || path.start() > 0 && before.charAt(path.start() - 1) == '.') {
            return;
        }
        names(path.group(1)).forEach(name -> candidates.add(new Candidate(path.group(1) + name, name, null, null, null,
                null, false)));
    }

    /** The properties of what a path such as {@code a.b.} leads to; those of the global object for none. */
    List<String> names(String path) {
        try {
            List<?> found = names.call(path).as(List.class);
            return found.stream().map(String::valueOf).toList();
        } catch (JsException _) {
            return List.of();
        }
    }
}

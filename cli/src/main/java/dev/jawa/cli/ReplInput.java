package dev.jawa.cli;

import dev.jawa.js.JsException;
import dev.jawa.js.JsSession;
import dev.jawa.js.JsValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was typed, as a script: {@code await} and {@code import} work at the top, and variables can be declared again.
 *
 * <p>Only how an input begins is looked at; a declaration further behind is what it is in any script.
 */
final class ReplInput {
    private static final Pattern DECLARATION = Pattern.compile("(?s)\\s*(?:const|let)\\s(.*)");
    private static final Pattern CLASS = Pattern.compile("(?s)\\s*(class\\s+([\\w$]+).*)");
    private static final Pattern ASSIGNED = Pattern.compile(
            "(?s)\\s*(?:const|let|var)\\s+([\\w$]+|\\{[^=]*\\}|\\[[^=]*\\])\\s*=(?!=)(.*?);?\\s*");
    private static final Pattern IMPORT = Pattern.compile(
            "(?s)\\s*import\\s+(?:([\\w$]+)\\s*,?\\s*)?(?:\\*\\s*as\\s+([\\w$]+)|(\\{.*?\\}))?\\s*(?:from\\s*)?"
                    + "(\"[^\"]*\"|'[^']*')\\s*;?\\s*");
    private static final Pattern AWAIT = Pattern.compile("\\bawait\\b");
    private static final Pattern NAME = Pattern.compile("[\\w$]+(?=\\s*(?:,|\\}|\\]|=|$))");

    private final JsSession session;
    // Compiles without running: GraalJS's own judgement of whether an input is complete.
    private final JsValue asyncFunction;

    ReplInput(JsSession session) {
        this.session = session;
        asyncFunction = session.evaluate("repl", "Object.getPrototypeOf(async () => {}).constructor");
    }

    /** Whether something is still open at the end of an input: a bracket, a template, a comment. */
    boolean isOpen(String input) {
        if (IMPORT.matcher(input).matches()) {
            return false;
        }
        try {
            asyncFunction.construct(input);
            return false;
        } catch (JsException error) {
            String message = error.getMessage();
            return message.startsWith("SyntaxError") && (message.contains("but found eof")
                    || message.contains("Missing close quote") && input.chars().filter(c -> c == '`').count() % 2 == 1);
        }
    }

    /** What an input gives, its promises waited for where it awaits them. */
    JsValue evaluate(String input) {
        Matcher imported = IMPORT.matcher(input);
        if (imported.matches()) {
            return awaited(imports(imported));
        }
        // An object and not a block, as everywhere where lines are typed.
        boolean braces = input.strip().startsWith("{") && !input.strip().endsWith(";");
        try {
            return run(braces ? "(" + input + "\n)" : redeclarable(input));
        } catch (JsException error) {
            boolean syntax = error.getMessage().startsWith("SyntaxError");
            if (syntax && braces) {
                return run(input);
            } else if (!AWAIT.matcher(input).find()
                    || !syntax && !error.getMessage().equals("ReferenceError: await is not defined")) {
                throw error;
            }
        }
        return awaited(input);
    }

    private JsValue run(String script) {
        return session.evaluate("repl", script);
    }

    private JsValue awaited(String input) {
        Matcher assigned = ASSIGNED.matcher(input);
        if (assigned.matches()) {
            var names = new StringBuilder();
            NAME.matcher(assigned.group(1)).results().forEach(name ->
                    names.append(names.isEmpty() ? "var " : ", ").append(name.group()));
            run(names.toString());
            return session.await(run("(async () => { (" + assigned.group(1) + " = " + assigned.group(2)
                    + "\n); })()"));
        }
        JsValue promise;
        try {
            promise = run("(async () => (" + input.strip().replaceFirst(";$", "") + "\n))()");
        } catch (JsException error) {
            if (!error.getMessage().startsWith("SyntaxError")) {
                throw error;
            }
            promise = run("(async () => { " + input + "\n})()");
        }
        return session.await(promise);
    }

    private static String redeclarable(String input) {
        Matcher declaration = DECLARATION.matcher(input);
        if (declaration.matches()) {
            return "var " + declaration.group(1);
        }
        Matcher type = CLASS.matcher(input);
        return type.matches() ? "var " + type.group(2) + " = " + type.group(1) : input;
    }

    private static String imports(Matcher imported) {
        String module = "await import(" + imported.group(4) + ")";
        if (imported.group(2) != null) {
            return "var " + imported.group(2) + " = " + module;
        }
        String named = imported.group(3) == null ? "" : imported.group(3).replaceAll("[{}]", "").replace(" as ", ": ");
        String both = imported.group(1) == null ? named
                : "default: " + imported.group(1) + (named.isEmpty() ? "" : ", " + named);
        return both.isEmpty() ? module : "var {" + both + "} = " + module;
    }
}

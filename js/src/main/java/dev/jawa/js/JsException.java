package dev.jawa.js;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JavaScript threw and did not catch, on its way to a Java caller. The stack trace has JavaScript's and WebAssembly's
 * frames first, then those of the call.
 */
public final class JsException extends java.lang.RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A line of an error's {@code stack}: a function, if there is one, and a place. */
    private static final Pattern FRAME = Pattern.compile("\\s+at (?:(.*?) \\()?([^()]*?)(?::(\\d+))?(?::\\d+)?\\)?");

    private final transient JsValue value;

    JsException(String message, String stack, JsValue value, Throwable cause) {
        super(message, cause);
        this.value = value;
        var frames = new ArrayList<StackTraceElement>();
        stack.lines().map(FRAME::matcher).filter(Matcher::matches).map(JsException::frame).forEach(frames::add);
        frames.addAll(List.of(getStackTrace()));
        setStackTrace(frames.toArray(StackTraceElement[]::new));
    }

    private static StackTraceElement frame(Matcher line) {
        String function = line.group(1) == null ? "<top>" : line.group(1);
        int dot = function.lastIndexOf('.');
        return new StackTraceElement(dot < 0 ? "js" : function.substring(0, dot), function.substring(dot + 1),
                line.group(2), line.group(3) == null ? -1 : Integer.parseInt(line.group(3)));
    }

    /** What was thrown, mostly an {@code Error}. */
    public JsValue value() {
        return value;
    }
}

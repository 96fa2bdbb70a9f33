package dev.jawa.js.graal;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.js.runtime.GraalJSException.JSStackTraceElement;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSFunction;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Weaves frames of other code into JavaScript's stack traces. Only Java's stack trace has them, only GraalJS's has the
 * functions of JavaScript; the calls of native functions are in both.
 */
final class ForeignFrames {
    private static final String NEW_LINE = "\n    at ";

    private ForeignFrames() {
    }

    /** The text of an error's stack trace. */
    static String stack(Realm realm, JSErrorObject error, StackTraceElement[] trace,
            Function<StackTraceElement, Optional<String>> toText) {
        Deque<List<String>> foreign = framesByCall(trace, toText);
        var text = new StringBuilder(Values.toString(
                realm.call(realm.realm().getErrorToStringFunctionObject(), error)));
        for (JSStackTraceElement element : JSError.getException(error).getJSStackTrace()) {
            Optional<NativeFunction> function = nativeFunction(element);
            List<String> frames = function.isPresent() && !foreign.isEmpty() ? foreign.removeFirst() : List.of();
            frames.forEach(frame -> text.append(NEW_LINE).append(frame));
            if (frames.isEmpty() || !function.get().isEntry()) {
                text.append(NEW_LINE).append(element);
            }
        }
        return text.toString();
    }

    /** For each call of a native function, innermost first, the frames inside it that are to be shown. */
    private static Deque<List<String>> framesByCall(StackTraceElement[] trace,
            Function<StackTraceElement, Optional<String>> toText) {
        var calls = new ArrayDeque<List<String>>();
        var current = new ArrayList<String>();
        for (StackTraceElement element : trace) {
            toText.apply(element).ifPresent(current::add);
            if (NativeFunction.isVisibleCall(element)) {
                calls.add(List.copyOf(current));
                current.clear();
            }
        }
        return calls;
    }

    private static Optional<NativeFunction> nativeFunction(JSStackTraceElement element) {
        return element.getFunction() instanceof JSFunctionObject function
                && JSFunction.getFunctionData(function).getCallTarget() instanceof RootCallTarget target
                && target.getRootNode() instanceof NativeFunction found ? Optional.of(found) : Optional.empty();
    }
}

package dev.jawa.runtime.continuation;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.TagInstance;
import dev.jawa.runtime.aggregate.Packing;

/**
 * The instructions of stack switching as compiled code calls them. Values are handed over packed, see {@link Packing}.
 *
 * @see <a href="https://github.com/WebAssembly/stack-switching">the proposal</a>
 */
public final class Continuations {
    private Continuations() {
    }

    /**
     * How a {@code resume} came back.
     *
     * @param handler the number of the handler among those with labels; -1 if the function returned
     * @param continuation the rest, for the handler
     * @param values of the tag or of the function, packed
     */
    public record Outcome(int handler, Object continuation, Object values) {
    }

    /** {@code cont.new} */
    public static Object create(Object function) {
        if (function == null) {
            throw RuntimeError.of(Kind.NULL_REFERENCE, "null function reference");
        }
        return new ContinuationInstance((FunctionInstance) function);
    }

    private static ContinuationInstance notNull(Object continuation) {
        if (continuation == null) {
            throw RuntimeError.of(Kind.NULL_REFERENCE, "null continuation reference");
        }
        return (ContinuationInstance) continuation;
    }

    /** {@code cont.bind} of so many values. */
    public static Object bind(Object values, Object continuation, int count) {
        return notNull(continuation).bind(Packing.unpack(values, count));
    }

    /** {@code suspend}; {@code kinds} are the letters of what it gives back. */
    public static Object suspend(Object values, TagInstance tag, String kinds, ModuleInstance instance)
            throws Throwable {
        StackInstance current = instance.store().root().stack();
        if (current == null) {
            throw StackInstance.unhandled();
        }
        return current.suspend(current.request(tag, values, kinds, null));
    }

    /** {@code switch} */
    public static Object switchTo(Object values, Object continuation, TagInstance tag, String kinds,
            ModuleInstance instance) throws Throwable {
        ContinuationInstance target = notNull(continuation);
        target.missing();
        StackInstance current = instance.store().root().stack();
        if (current == null) {
            throw StackInstance.unhandled();
        }
        return current.suspend(current.request(tag, values, kinds, target));
    }

    /** {@code resume} */
    public static Outcome resume(Object values, Object continuation, TagInstance[] suspendTags,
            TagInstance[] switchTags, ModuleInstance instance) throws Throwable {
        return run(notNull(continuation).take(values), suspendTags, switchTags, instance);
    }

    /** {@code resume_throw} and {@code resume_throw_ref} */
    public static Outcome resumeThrow(Object exception, Object continuation, TagInstance[] suspendTags,
            TagInstance[] switchTags, ModuleInstance instance) throws Throwable {
        ContinuationInstance checked = notNull(continuation);
        checked.missing();
        if (exception == null) {
            throw RuntimeError.of(Kind.NULL_REFERENCE, "null exception reference");
        }
        StackInstance stack = checked.takeToThrow((Throwable) exception);
        if (stack == null) {
            throw (Throwable) exception;
        }
        return run(stack, suspendTags, switchTags, instance);
    }

    private static Outcome run(StackInstance resumed, TagInstance[] suspendTags, TagInstance[] switchTags,
            ModuleInstance instance) throws Throwable {
        StackInstance caller = instance.store().root().stack();
        StackInstance running = resumed;
        while (true) {
            running.parent = caller;
            running.suspendTags = suspendTags;
            running.switchTags = switchTags;
            instance.store().root().stack(running);
            running.resume();
            instance.store().root().stack(caller);
            if (running.hasEnded()) {
                return new Outcome(-1, null, running.result());
            }
            StackInstance.Request request = running.request;
            if (request.handler() != running) {
                // Somebody further out handles it; this stack is suspended as well.
                caller.relay(running);
                continue;
            }
            running.request = null;
            running.parent = null;
            var rest = new ContinuationInstance(running, request.kinds());
            if (request.target() == null) {
                return new Outcome(request.index(), rest, request.values());
            }
            running = switched(request, rest);
        }
    }

    private static StackInstance switched(StackInstance.Request request, ContinuationInstance from) {
        ContinuationInstance target = request.target();
        Object[] values = Packing.unpack(request.values(), target.missing() - 1);
        Object[] all = java.util.Arrays.copyOf(values, values.length + 1);
        all[values.length] = from;
        return target.takeAll(all);
    }
}

package dev.jawa.runtime.continuation;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.TagInstance;

/**
 * A stack that continuations are about (stack switching proposal): of the functions that run on it, and how it was
 * resumed. While it is suspended, stacks that it has resumed may hang on it, down to the one that suspended.
 */
public final class StackInstance {
    /** Nothing handles anything. */
    static final TagInstance[] NO_TAGS = {};

    private final FunctionInstance function;
    private final Coroutine coroutine;
    // Of the resume that runs it: who executed that, and what it handles.
    StackInstance parent;
    TagInstance[] suspendTags = NO_TAGS;
    TagInstance[] switchTags = NO_TAGS;
    // What it gets when it is resumed: values, or an exception.
    Object input;
    private Throwable thrown;
    // What it asks for when it suspends.
    Request request;
    // How it ended.
    private boolean ended;
    private Object result;
    private Throwable failure;

    /**
     * What a suspended stack asks for.
     *
     * @param handler the stack whose resume handles it
     * @param index the number of the handler among those for {@code suspend}
     * @param values what the handler gets, packed
     * @param kinds of the values that resuming it takes
     * @param target the continuation to go on with, for {@code switch}, or {@code null}
     */
    record Request(StackInstance handler, int index, Object values, String kinds, ContinuationInstance target) {
    }

    StackInstance(FunctionInstance function) {
        this.function = function;
        coroutine = Coroutine.of(this::run);
    }

    private void run() {
        Object[] arguments = (Object[]) input;
        input = null;
        try {
            result = function.invokeBoxed(arguments);
        } catch (Coroutine.Abandoned abandoned) {
            throw abandoned;
        } catch (Throwable thrownOut) {
            // Exceptions, traps, and what no program should catch go on in whoever resumed the stack.
            failure = thrownOut;
        }
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** The packed results, after the end. */
    Object result() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    /** Runs until it suspends or ends. */
    void resume() {
        coroutine.resume();
    }

    /** Suspends with a request, and gives what it is resumed with, packed. */
    Object suspend(Request wanted) throws Throwable {
        request = wanted;
        coroutine.suspend();
        if (thrown != null) {
            Throwable exception = thrown;
            thrown = null;
            throw exception;
        }
        Object values = input;
        input = null;
        return values;
    }

    /** Passes a request of a stack above it on, and then back what that is resumed with. */
    void relay(StackInstance above) {
        request = above.request;
        coroutine.suspend();
        above.input = input;
        above.thrown = thrown;
        input = null;
        thrown = null;
    }

    void throwInto(Throwable exception) {
        thrown = exception;
    }

    /** The coroutine, to be abandoned with the last continuation. */
    Coroutine coroutine() {
        return coroutine;
    }

    /** Finds who handles a tag. */
    Request request(TagInstance tag, Object values, String kinds, ContinuationInstance target) {
        for (StackInstance stack = this; stack != null; stack = stack.parent) {
            TagInstance[] tags = target == null ? stack.suspendTags : stack.switchTags;
            for (int i = 0; i < tags.length; i++) {
                if (tags[i] == tag) {
                    return new Request(stack, i, values, kinds, target);
                }
            }
        }
        throw unhandled();
    }

    static RuntimeError unhandled() {
        return new RuntimeError(Kind.UNHANDLED_TAG);
    }
}

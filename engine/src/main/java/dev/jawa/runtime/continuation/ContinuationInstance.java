package dev.jawa.runtime.continuation;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.aggregate.Packing;
import java.lang.ref.Cleaner;
import java.util.Arrays;

/**
 * A continuation (stack switching proposal): a function that has not begun, or a suspended stack, with some of the
 * values it is waiting for. It can be used once.
 */
public final class ContinuationInstance {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Object[] NOTHING = {};

    // One of the two; none when it is used up.
    private FunctionInstance function;
    private StackInstance stack;
    // Of the values that the suspended stack takes.
    private String kinds;
    private Object[] bound = NOTHING;
    private Abandonment abandonment;

    /** Gives back the thread of a stack that nobody can resume any more. */
    private static final class Abandonment implements Runnable {
        private volatile Coroutine coroutine;
        private Cleaner.Cleanable registration;

        Abandonment(ContinuationInstance owner, Coroutine coroutine) {
            this.coroutine = coroutine;
            registration = CLEANER.register(owner, this);
        }

        @Override
        public void run() {
            Coroutine abandoned = coroutine;
            if (abandoned != null) {
                abandoned.abandon();
            }
        }

        void cancel() {
            coroutine = null;
            registration.clean();
        }
    }

    ContinuationInstance(FunctionInstance function) {
        this.function = function;
    }

    ContinuationInstance(StackInstance stack, String kinds) {
        this.stack = stack;
        this.kinds = kinds;
        Coroutine coroutine = stack.coroutine();
        if (coroutine.holdsThread()) {
            abandonment = new Abandonment(this, coroutine);
        }
    }

    private void checkUsable() {
        if (function == null && stack == null) {
            throw new RuntimeError(Kind.CONTINUATION_CONSUMED);
        }
    }

    /** {@code cont.bind} */
    ContinuationInstance bind(Object[] values) {
        checkUsable();
        ContinuationInstance next = function != null ? new ContinuationInstance(function)
                : new ContinuationInstance(stack, kinds);
        next.bound = joined(values);
        release();
        return next;
    }

    private void release() {
        function = null;
        stack = null;
        bound = NOTHING;
        if (abandonment != null) {
            abandonment.cancel();
            abandonment = null;
        }
    }

    /** How many values it still takes. */
    int missing() {
        checkUsable();
        int all = function != null ? Packing.count(function.type().parameters()) : kinds.length();
        return all - bound.length;
    }

    /** The stack to run, which gets the packed values. */
    StackInstance take(Object packed) {
        if (stack == null || bound.length > 0) {
            return takeAll(Packing.unpack(packed, missing()));
        }
        StackInstance taken = stack;
        taken.input = packed;
        release();
        return taken;
    }

    /** The stack to run, which gets the values. */
    StackInstance takeAll(Object[] values) {
        checkUsable();
        StackInstance taken = stack;
        if (taken == null) {
            taken = new StackInstance(function);
            taken.input = joined(values);
        } else {
            taken.input = Packing.pack(kinds, joined(values));
        }
        release();
        return taken;
    }

    private Object[] joined(Object[] rest) {
        if (bound.length == 0) {
            return rest;
        }
        Object[] all = Arrays.copyOf(bound, bound.length + rest.length);
        System.arraycopy(rest, 0, all, bound.length, rest.length);
        return all;
    }

    /** The stack to run, which gets an exception; {@code null} if it has not begun, so that nothing in it catches. */
    StackInstance takeToThrow(Throwable exception) {
        checkUsable();
        StackInstance taken = stack;
        if (taken != null) {
            taken.throwInto(exception);
        }
        release();
        return taken;
    }
}

package dev.jawa.runtime;

import dev.jawa.WasmException;
import dev.jawa.runtime.vector.Vectors;

/**
 * An exception (core spec 4.2.15) while WebAssembly code throws it, and as a value of type {@code exnref}. It has no
 * stack trace: to throw one costs little more than to make an object.
 *
 * <p>Handlers in compiled code catch this class and nothing else, so they never see a trap.
 */
public class ExceptionInstance extends java.lang.RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final ResultTuple NOTHING = new ResultTuple() {
        @Override
        public Object[] toArray() {
            return new Object[0];
        }

        @Override
        public void fill(Object[] values) {
        }
    };

    /** Its tag; {@code null} for what is not WebAssembly's own. */
    final transient TagInstance tag;
    /** Its values, in the tuple of the tag's parameters. */
    final transient ResultTuple values;
    // As hosts see it: always the same object.
    private WasmException seenByHost;

    ExceptionInstance(TagInstance tag, ResultTuple values, Throwable cause) {
        super(null, cause, false, false);
        this.tag = tag;
        this.values = values;
    }

    /** A new exception without values; compiled code calls this. */
    public static ExceptionInstance create(TagInstance tag) {
        return new ExceptionInstance(tag, NOTHING, null);
    }

    /** A new exception; compiled code calls this. */
    public static ExceptionInstance create(TagInstance tag, ResultTuple values) {
        return new ExceptionInstance(tag, values, null);
    }

    /** What a host threw as WebAssembly's own. */
    static ExceptionInstance of(WasmException exception) {
        var tag = (TagInstance) exception.tag();
        ExceptionInstance instance = tag.type().parameters().isEmpty() ? create(tag)
                : create(tag, tag.tuple(exception.arguments().toArray()));
        instance.seenByHost = exception;
        return instance;
    }

    /** What the host gets to see when nothing in WebAssembly catches it. */
    Throwable thrown() {
        if (seenByHost == null) {
            Object[] arguments = Vectors.joined(tag.type().parameters(), values.toArray());
            if (tag.hostExceptions() != null && tag.hostExceptions().throwable(arguments[0]) instanceof Throwable own) {
                return own;
            }
            seenByHost = new WasmException(tag, arguments);
            StackTraces.removeInternal(seenByHost);
        }
        return seenByHost;
    }
}

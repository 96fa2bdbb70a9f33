package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSAgent;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.objects.AsyncContext;
import java.util.function.Supplier;

/**
 * Values that code has wherever it goes on after it waited (the AsyncContext proposal of ECMA-262). GraalJS hands them on
 * from promises to their reactions; what the host calls later has to be bound.
 */
public final class AsyncValues {
    private final JSAgent agent;

    /** Those of a realm. */
    public AsyncValues(Realm realm) {
        this.agent = realm.realm().getAgent();
    }

    /**
     * The value that code has now.
     *
     * @param key a symbol
     */
    public Object get(Object key, Object otherwise) {
        return agent.getAsyncContextMapping().getOrDefault((Symbol) key, otherwise);
    }

    /** Gives a value to the code that follows, until {@link #within} ends. */
    public void enter(Object key, Object value) {
        agent.asyncContextSwap(agent.getAsyncContextMapping().withMapping((Symbol) key, value));
    }

    /** Does something after which the values are those of before. */
    public Object within(Supplier<Object> action) {
        return within(agent.getAsyncContextMapping(), action);
    }

    private Object within(AsyncContext values, Supplier<Object> action) {
        AsyncContext before = agent.asyncContextSwap(values);
        try {
            return action.get();
        } finally {
            agent.asyncContextSwap(before);
        }
    }

    /** What will happen later, with the values of now. */
    public Runnable bind(Runnable later) {
        AsyncContext values = agent.getAsyncContextMapping();
        return () -> within(values, () -> {
            later.run();
            return null;
        });
    }

    /** What will happen later, with the values of now. */
    public Function bind(Function later) {
        AsyncContext values = agent.getAsyncContextMapping();
        return arguments -> within(values, () -> later.call(arguments));
    }

    /** What a function of the host does. */
    @FunctionalInterface
    public interface Function {
        Object call(Arguments arguments);
    }
}

package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;

/** A promise and the means to settle it. */
public final class PromiseHandle {
    private final Object promise;
    private final Object resolve;
    private final Object reject;

    /** {@code capability} is what {@code Promise.withResolvers} gives. */
    PromiseHandle(Object capability) {
        var object = (JSDynamicObject) capability;
        this.promise = JSObject.get(object, Values.string("promise"));
        this.resolve = JSObject.get(object, Values.string("resolve"));
        this.reject = JSObject.get(object, Values.string("reject"));
    }

    /** The promise. */
    public Object promise() {
        return promise;
    }

    /** Fulfils it, or makes it follow another promise. */
    public void resolve(Object value) {
        JSRuntime.call(resolve, Values.UNDEFINED, new Object[] {value});
    }

    /** Rejects it. */
    public void reject(Object reason) {
        JSRuntime.call(reject, Values.UNDEFINED, new Object[] {reason});
    }
}

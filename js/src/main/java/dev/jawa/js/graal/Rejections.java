package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.PromiseRejectionTracker;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Promises that were rejected and have no handler yet (ECMA-262 section 27.2.1.9, HostPromiseRejectionTracker). */
final class Rejections implements PromiseRejectionTracker {
    // JavaScript objects have no equality but identity.
    private final Map<JSDynamicObject, Object> unhandled = new LinkedHashMap<>();

    @Override
    public void promiseRejected(JSDynamicObject promise, Object reason) {
        unhandled.put(promise, reason);
    }

    @Override
    public void promiseRejectionHandled(JSDynamicObject promise) {
        unhandled.remove(promise);
    }

    @Override
    public void promiseRejectedAfterResolved(JSDynamicObject promise, Object value) {
        // No effect in JavaScript.
    }

    @Override
    public void promiseResolvedAfterResolved(JSDynamicObject promise, Object value) {
        // No effect in JavaScript.
    }

    /** Takes out the oldest. */
    Optional<Realm.Rejection> take() {
        var entries = unhandled.entrySet().iterator();
        if (!entries.hasNext()) {
            return Optional.empty();
        }
        Map.Entry<JSDynamicObject, Object> entry = entries.next();
        entries.remove();
        return Optional.of(new Realm.Rejection(entry.getKey(), entry.getValue()));
    }
}

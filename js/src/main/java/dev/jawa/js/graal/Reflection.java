package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSModuleNamespaceObject;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
import com.oracle.truffle.js.runtime.builtins.JSRegExpObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakMapObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakRefObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakSetObject;

/** What JavaScript cannot ask about its objects, but a console shows. */
public final class Reflection {
    private Reflection() {
    }

    public static boolean isError(Object value) {
        return value instanceof JSErrorObject;
    }

    public static boolean isRegExp(Object value) {
        return value instanceof JSRegExpObject;
    }

    public static boolean isModuleNamespace(Object value) {
        return value instanceof JSModuleNamespaceObject;
    }

    /** Whether a value has behaviour or state that its properties do not show, and is no array. */
    public static boolean isOpaque(Object value) {
        return value instanceof JSProxyObject || value instanceof JSPromiseObject || value instanceof JSWeakMapObject
                || value instanceof JSWeakSetObject || value instanceof JSWeakRefObject
                || value instanceof JSModuleNamespaceObject;
    }

    /** The target of a {@code Proxy}, {@code null} if it has been revoked; {@code undefined} for anything else. */
    public static Object proxyTarget(Object value) {
        return value instanceof JSProxyObject proxy ? JSProxy.getTarget(proxy) : Values.UNDEFINED;
    }

    /** Whether a value is a promise that is not settled. */
    public static boolean isPending(Object value) {
        return value instanceof JSPromiseObject promise && JSPromise.isPending(promise);
    }

    /** {@code {state, value}} of a promise; {@code undefined} for anything else. */
    public static Object promiseState(Realm realm, Object value) {
        if (!(value instanceof JSPromiseObject promise)) {
            return Values.UNDEFINED;
        }
        String state = switch (JSPromise.getPromiseState(promise)) {
            case JSPromise.PENDING -> "pending";
            case JSPromise.REJECTED -> "rejected";
            default -> "fulfilled";
        };
        Object settled = JSPromise.isPending(promise) ? Values.UNDEFINED : JSPromise.getPromiseResult(promise);
        Object result = realm.newObject();
        realm.define(result, "state", Values.string(state));
        realm.define(result, "value", settled);
        return result;
    }
}

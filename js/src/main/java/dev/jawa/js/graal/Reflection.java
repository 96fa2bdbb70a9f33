package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.builtins.JSArgumentsObject;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSArrayObject;
import com.oracle.truffle.js.runtime.builtins.JSAsyncGeneratorObject;
import com.oracle.truffle.js.runtime.builtins.JSBigIntObject;
import com.oracle.truffle.js.runtime.builtins.JSBooleanObject;
import com.oracle.truffle.js.runtime.builtins.JSCollectionIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSDataViewObject;
import com.oracle.truffle.js.runtime.builtins.JSDateObject;
import com.oracle.truffle.js.runtime.builtins.JSErrorObject;
import com.oracle.truffle.js.runtime.builtins.JSFinalizationRegistryObject;
import com.oracle.truffle.js.runtime.builtins.JSGeneratorObject;
import com.oracle.truffle.js.runtime.builtins.JSMapIteratorObject;
import com.oracle.truffle.js.runtime.builtins.JSMapObject;
import com.oracle.truffle.js.runtime.builtins.JSModuleNamespaceObject;
import com.oracle.truffle.js.runtime.builtins.JSNumberObject;
import com.oracle.truffle.js.runtime.builtins.JSPromise;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
import com.oracle.truffle.js.runtime.builtins.JSRegExpObject;
import com.oracle.truffle.js.runtime.builtins.JSSetObject;
import com.oracle.truffle.js.runtime.builtins.JSStringObject;
import com.oracle.truffle.js.runtime.builtins.JSSymbolObject;
import com.oracle.truffle.js.runtime.builtins.JSTypedArrayObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakMapObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakRefObject;
import com.oracle.truffle.js.runtime.builtins.JSWeakSetObject;
import com.oracle.truffle.js.runtime.util.JSHashMap;
import java.util.ArrayList;
import java.util.List;

/** What JavaScript cannot ask about its objects, but a console shows. */
public final class Reflection {
    private Reflection() {
    }

    /** The internal slots of an object that can be cloned, as the name of a constructor; empty for others. */
    public static String kind(Object value) {
        return switch (value) {
            case JSArrayObject _ -> "Array";
            case JSArrayBufferObject.Shared _ -> "SharedArrayBuffer";
            case JSArrayBufferObject _ -> "ArrayBuffer";
            case JSTypedArrayObject _ -> "TypedArray";
            case JSDataViewObject _ -> "DataView";
            case JSMapObject _ -> "Map";
            case JSSetObject _ -> "Set";
            case JSDateObject _ -> "Date";
            case JSErrorObject _ -> "Error";
            case JSRegExpObject _ -> "RegExp";
            case JSNumberObject _ -> "Number";
            case JSStringObject _ -> "String";
            case JSBooleanObject _ -> "Boolean";
            case JSBigIntObject _ -> "BigInt";
            case JSProxyObject _, JSArgumentsObject _, JSPromiseObject _, JSWeakMapObject _, JSWeakSetObject _, JSWeakRefObject _,
                    JSSymbolObject _, JSFinalizationRegistryObject _, JSGeneratorObject _, JSAsyncGeneratorObject _,
                    JSModuleNamespaceObject _ -> "";
            default -> "Object";
        };
    }

    /** Whether a view has whatever length its buffer has. */
    public static boolean isLengthTracking(Object value) {
        return value instanceof JSTypedArrayObject array && array.hasAutoLength()
                || value instanceof JSDataViewObject view && view.hasAutoLength();
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

    /** The handler of a {@code Proxy}; {@code undefined} for anything else. */
    public static Object proxyHandler(Object value) {
        return value instanceof JSProxyObject proxy ? JSProxy.getHandler(proxy) : Values.UNDEFINED;
    }

    /** Whether a value has the internal slots of a kind of object that has no text of its own. */
    public static boolean isA(Object value, String kind) {
        return switch (kind) {
            case "WeakMap" -> value instanceof JSWeakMapObject;
            case "WeakSet" -> value instanceof JSWeakSetObject;
            case "WeakRef" -> value instanceof JSWeakRefObject;
            case "Symbol" -> value instanceof JSSymbolObject;
            case "Arguments" -> value instanceof JSArgumentsObject;
            default -> false;
        };
    }

    /**
     * What an iterator of a map or set will still give, after whether these are pairs; {@code undefined} for anything else
     * and at its end.
     */
    public static Object iteratorEntries(Realm realm, Object value) {
        if (!(value instanceof JSCollectionIteratorObject iterator) || !JSRuntime.isObject(iterator.getIteratedObject())) {
            return Values.UNDEFINED;
        }
        int kind = iterator.getIterationKind();
        var entries = new ArrayList<Object>();
        entries.add(kind == JSRuntime.ITERATION_KIND_KEY_PLUS_VALUE);
        boolean isMap = value instanceof JSMapIteratorObject;
        for (JSHashMap.Cursor cursor = iterator.getNextIndex().copy(); cursor.advance();) {
            Object content = isMap ? cursor.getValue() : cursor.getKey();
            entries.add(switch (kind) {
                case JSRuntime.ITERATION_KIND_KEY -> cursor.getKey();
                case JSRuntime.ITERATION_KIND_VALUE -> content;
                default -> realm.newArray(List.of(cursor.getKey(), content));
            });
        }
        return realm.newArray(entries);
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

package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.builtins.JSProxy;
import com.oracle.truffle.js.runtime.builtins.JSProxyObject;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import java.util.Optional;

/**
 * Exotic objects around something of the host: without properties, and refusing every change. Their
 * internal methods are those of an Exported GC Object (JS API, "Garbage Collected Objects").
 *
 * <p>Each is a {@code Proxy} of an empty object that nobody else has: GraalJS has such objects for its own WebAssembly,
 * but no way to make one for another.
 */
public final class OpaqueObjects {
    private static final Slot<Object> CONTENT = new Slot<>("ObjectAddress", Object.class);

    private final Realm realm;
    // Without prototype, so that nobody can add a trap to it.
    private final JSDynamicObject handler;

    OpaqueObjects(Realm realm) {
        this.realm = realm;
        Object traps = realm.newObjectWithoutPrototype();
        realm.define(traps, "set", realm.helper("set", _ -> {
            throw realm.typeError("A WebAssembly object has no properties to set");
        }));
        realm.define(traps, "deleteProperty", realm.helper("deleteProperty", _ -> {
            throw realm.typeError("A WebAssembly object has no properties to delete");
        }));
        realm.define(traps, "preventExtensions", realm.helper("preventExtensions", _ -> false));
        handler = (JSDynamicObject) traps;
    }

    /** A new object around something. */
    Object create(Object content, Optional<Object> prototype) {
        Object target = prototype.isPresent() ? realm.newObject(prototype.get()) : realm.newObjectWithoutPrototype();
        CONTENT.set(target, content);
        ((JSObject) target).preventExtensions(false);
        return JSProxy.create(realm.context(), realm.realm(), (JSDynamicObject) target, handler);
    }

    /** What a value is around; empty for anything but such an object. */
    public static Optional<Object> contentOf(Object value) {
        // The target of a program's own Proxy of such an object is the object, which has no slot.
        return value instanceof JSProxyObject proxy ? CONTENT.in(JSProxy.getTarget(proxy)) : Optional.empty();
    }
}

package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.objects.JSObject;

/**
 * Makes an interface object and its prototype object with the property attributes that Web IDL section 3.7 asks for.
 */
public final class InterfaceBuilder {
    private final Realm realm;
    private final Object constructor;
    private final Object prototype;

    /**
     * Starts with a constructor.
     *
     * @param tag what {@code Symbol.toStringTag} says
     * @param length the number of required arguments
     */
    public InterfaceBuilder(Realm realm, String name, String tag, int length, ConstructorBody body) {
        this.realm = realm;
        this.constructor = NativeFunction.constructor(realm, name, length, body);
        this.prototype = realm.newObject();
        realm.defineData(constructor, JSObject.PROTOTYPE, prototype, false, false, false);
        realm.defineHidden(prototype, "constructor", constructor);
        realm.defineToStringTag(prototype, tag);
    }

    /** Makes it inherit from another interface or class. */
    public InterfaceBuilder inherit(Object parent) {
        realm.setPrototype(constructor, parent);
        realm.setPrototype(prototype, realm.get(parent, "prototype"));
        return this;
    }

    /** Adds an operation. */
    public InterfaceBuilder method(String name, int length, NativeBody body) {
        realm.define(prototype, name, realm.function(name, length, body));
        return this;
    }

    /** Adds a static operation. */
    public InterfaceBuilder staticMethod(String name, int length, NativeBody body) {
        realm.define(constructor, name, realm.function(name, length, body));
        return this;
    }

    /** Adds a read-only attribute. */
    public InterfaceBuilder getter(String name, NativeBody getter) {
        realm.defineAccessor(prototype, name, realm.function("get " + name, 0, getter), Values.UNDEFINED);
        return this;
    }

    /** Adds an attribute. */
    public InterfaceBuilder attribute(String name, NativeBody getter, NativeBody setter) {
        realm.defineAccessor(prototype, name, realm.function("get " + name, 0, getter),
                realm.function("set " + name, 1, setter));
        return this;
    }

    /** Puts the constructor into a namespace or the global object. */
    public InterfaceBuilder install(Object namespace, String name) {
        realm.defineHidden(namespace, name, constructor);
        return this;
    }

    /** The interface prototype object. */
    public Object prototype() {
        return prototype;
    }
}

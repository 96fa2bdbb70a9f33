package dev.jawa.js.graal;

import com.oracle.truffle.api.object.Property;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.runtime.JSRuntime;
import com.oracle.truffle.js.runtime.Symbol;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSArrayObject;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSProperty;
import com.oracle.truffle.js.runtime.objects.JSShape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Copies of what most messages are made of: primitive values, arrays and objects without a class. It runs no code of the
 * program, and what it does not know it leaves to the script {@code web/clone}.
 */
public final class PlainClone {
    /** A place that has been written down already. */
    private record Known(int index) {
    }

    private record Array(int length) {
    }

    private record Properties(int count) {
    }

    /** Something else: the script is to do it. */
    private static final class OtherException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final OtherException INSTANCE = new OtherException();

        private OtherException() {
            super(null, null, false, false);
        }
    }

    private PlainClone() {
    }

    /** What a value is made of; empty if it has something in it that is neither. */
    public static Optional<List<Object>> write(Realm realm, Object value) {
        try {
            var writer = new Writer(realm);
            writer.write(value);
            return Optional.of(writer.parts);
        } catch (OtherException _) {
            return Optional.empty();
        }
    }

    /** A value that is made of that, in a realm. */
    public static Object read(Realm realm, List<Object> parts) {
        return new Reader(realm, parts).read();
    }

    private static final class Writer {
        /** Deeper than that the thread's stack may end. */
        private static final int DEEPEST = 1000;

        private final Object objectPrototype;
        private final List<Object> parts = new ArrayList<>();
        private final Map<Object, Known> known = new IdentityHashMap<>();
        private int depth;

        Writer(Realm realm) {
            objectPrototype = realm.realm().getObjectPrototype();
        }

        void write(Object value) {
            if (!JSRuntime.isObject(value)) {
                if (value instanceof Symbol) {
                    throw OtherException.INSTANCE;
                }
                parts.add(value);
                return;
            }
            Known before = known.get(value);
            if (before != null) {
                parts.add(before);
                return;
            }
            known.put(value, new Known(known.size()));
            if (++depth > DEEPEST) {
                throw OtherException.INSTANCE;
            }
            if (value instanceof JSArrayObject array) {
                writeArray(array);
            } else if (value instanceof JSDynamicObject object
                    && JSShape.getJSClass(object.getShape()) == JSOrdinary.INSTANCE
                    && JSObject.getPrototype(object) == objectPrototype) {
                writeProperties(object);
            } else {
                throw OtherException.INSTANCE;
            }
            depth--;
        }

        private void writeArray(JSArrayObject array) {
            if (array.getArrayType().hasHoles(array)) {
                throw OtherException.INSTANCE;
            }
            for (Property property : array.getShape().getPropertyList()) {
                if (!property.getKey().equals(JSArray.LENGTH)) {
                    throw OtherException.INSTANCE;
                }
            }
            int length = (int) JSArray.arrayGetLength(array);
            parts.add(new Array(length));
            for (int i = 0; i < length; i++) {
                write(JSObject.get(array, i));
            }
        }

        private void writeProperties(JSDynamicObject object) {
            for (Property property : object.getShape().getPropertyList()) {
                if (JSProperty.isAccessor(property)) {
                    throw OtherException.INSTANCE;
                }
            }
            List<TruffleString> names = JSObject.enumerableOwnNames(object);
            parts.add(new Properties(names.size()));
            for (TruffleString name : names) {
                parts.add(name);
                write(JSObject.get(object, name));
            }
        }
    }

    private static final class Reader {
        private final Realm realm;
        private final List<Object> parts;
        private final List<Object> known = new ArrayList<>();
        private int at;

        Reader(Realm realm, List<Object> parts) {
            this.realm = realm;
            this.parts = parts;
        }

        Object read() {
            return switch (parts.get(at++)) {
                case Known(int index) -> known.get(index);
                case Array(int length) -> readArray(length);
                case Properties(int count) -> readProperties(count);
                case Object primitive -> primitive;
            };
        }

        private Object readArray(int length) {
            JSArrayObject array = JSArray.createEmpty(realm.context(), realm.realm(), length);
            known.add(array);
            for (int i = 0; i < length; i++) {
                JSRuntime.createDataProperty(array, Values.string(String.valueOf(i)), read());
            }
            return array;
        }

        private Object readProperties(int count) {
            JSDynamicObject object = JSOrdinary.create(realm.context(), realm.realm());
            known.add(object);
            for (int i = 0; i < count; i++) {
                Object name = parts.get(at++);
                JSRuntime.createDataProperty(object, name, read());
            }
            return object;
        }
    }
}

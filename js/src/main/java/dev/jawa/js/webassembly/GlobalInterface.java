package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.GlobalType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.GlobalInstance;
import java.util.Optional;
import java.util.function.Supplier;

/** Section "Globals". */
final class GlobalInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Global()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final Conversions conversions;
    private final WebIdl idl;
    private final TypeReflection types;

    GlobalInterface(Realm realm, ObjectCaches objects, Conversions conversions, WebIdl idl, TypeReflection types) {
        this.realm = realm;
        this.objects = objects;
        this.conversions = conversions;
        this.idl = idl;
        this.types = types;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Global", "WebAssembly.Global", 1, this::construct)
                .method("valueOf", 0, (self, _) -> value(self, "WebAssembly.Global.valueOf()"))
                .method("type", 0, (self, _) -> types.global(global(self, "WebAssembly.Global.type()").type()))
                .attribute("value", (self, _) -> value(self, "get WebAssembly.Global.value"), this::setValue);
    }

    private GlobalInstance global(Object self, String where) {
        return objects.global.in(self).orElseThrow(() -> realm.typeError(where + ": the receiver is no Global"));
    }

    private void requireExpressible(ValueType type, String where) {
        if (!Conversions.isExpressible(type)) {
            throw realm.typeError(where + ": JavaScript cannot see a value of the type " + type);
        }
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Object descriptor = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        boolean mutable = Values.toBoolean(realm.get(descriptor, "mutable"));
        String name = idl.enumeration(idl.requiredMember(descriptor, "value", CONSTRUCTOR),
                Conversions.VALUE_TYPE_NAMES, CONSTRUCTOR);
        Object object = newObject.get();
        ValueType type = Conversions.valueType(name);
        requireExpressible(type, CONSTRUCTOR);
        Optional<Object> given = WebIdl.optional(arguments.get(1));
        Object value = given.isPresent() ? conversions.toWebAssembly(given.get(), type)
                : Conversions.defaultValue(type);
        return objects.register(object, objects.global, GlobalInstance.of(new GlobalType(type, mutable), value));
    }

    /** GetGlobalValue. */
    private Object value(Object self, String where) {
        GlobalInstance global = global(self, where);
        ValueType type = global.type().type();
        requireExpressible(type, where);
        return conversions.toJs(global.value(), type);
    }

    private Object setValue(Object self, Arguments arguments) {
        String where = "set WebAssembly.Global.value";
        GlobalInstance global = global(self, where);
        requireExpressible(global.type().type(), where);
        if (!global.type().mutable()) {
            throw realm.typeError(where + ": the global is immutable");
        }
        global.value(conversions.toWebAssembly(arguments.get(0), global.type().type()));
        return Values.UNDEFINED;
    }
}

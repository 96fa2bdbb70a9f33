package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.AddressType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExternType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The types of WebAssembly as objects of JavaScript, and functions made for a type (Type Reflection for the JS API). */
final class TypeReflection {
    private static final String CONSTRUCTOR = "WebAssembly.Function()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final ImportReader imports;

    TypeReflection(Realm realm, ObjectCaches objects, WebIdl idl, ImportReader imports) {
        this.realm = realm;
        this.objects = objects;
        this.idl = idl;
        this.imports = imports;
    }

    /** The interface {@code Function}, whose prototype object all exported functions have. */
    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Function", "WebAssembly.Function", 2, this::construct)
                .inherit(realm.get(realm.globalObject(), "Function"))
                .method("type", 0, (self, _) -> function(objects.functionOf(self).orElseThrow(() ->
                        realm.typeError("WebAssembly.Function.type(): the receiver is no WebAssembly function"))
                        .type()));
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 2, CONSTRUCTOR);
        Object descriptor = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        var type = new FunctionType(types(descriptor, "parameters"), types(descriptor, "results"));
        Object callable = arguments.get(1);
        if (!Values.isCallable(callable)) {
            throw realm.typeError(CONSTRUCTOR + ": Argument 1 must be a function");
        }
        Object function = objects.functionObject(imports.hostFunction(callable, DefinedType.of(type)));
        realm.setPrototype(function, realm.prototype(newObject.get()));
        return function;
    }

    private List<ValueType> types(Object descriptor, String member) {
        var types = new ArrayList<ValueType>();
        for (Object name : realm.iterate(idl.requiredMember(descriptor, member, CONSTRUCTOR))) {
            types.add(Conversions.valueType(idl.enumeration(name, Conversions.VALUE_TYPE_NAMES, CONSTRUCTOR)));
        }
        return types;
    }

    /** The type of anything that is imported or exported; that of a tag is a function type. */
    Object type(ExternType type) {
        return switch (type) {
            case FunctionType it -> function(it);
            case TableType it -> table(it);
            case MemoryType it -> memory(it);
            case GlobalType it -> global(it);
        };
    }

    Object function(FunctionType type) {
        Object object = realm.newObject();
        realm.define(object, "parameters", names(type.parameters()));
        realm.define(object, "results", names(type.results()));
        return object;
    }

    Object tag(FunctionType type) {
        Object object = realm.newObject();
        realm.define(object, "parameters", names(type.parameters()));
        return object;
    }

    Object memory(MemoryType type) {
        Object object = limits(type.limits(), type.addressType());
        realm.define(object, "shared", type.shared());
        return object;
    }

    Object table(TableType type) {
        Object object = limits(type.limits(), type.addressType());
        realm.define(object, "element", name(type.element()));
        return object;
    }

    Object global(GlobalType type) {
        Object object = realm.newObject();
        realm.define(object, "mutable", type.mutable());
        realm.define(object, "value", name(type.type()));
        return object;
    }

    private Object limits(ResizableLimits limits, AddressType addressType) {
        Object object = realm.newObject();
        realm.define(object, "minimum", WebIdl.addressValue(limits.minimum(), addressType));
        limits.maximum().ifPresent(maximum ->
                realm.define(object, "maximum", WebIdl.addressValue(maximum, addressType)));
        realm.define(object, "address", Values.string(addressType == AddressType.I64 ? "i64" : "i32"));
        return object;
    }

    private Object names(List<ValueType> types) {
        return realm.newArray(types.stream().map(TypeReflection::name).toList());
    }

    private static Object name(ValueType type) {
        return Values.string(type.equals(ReferenceType.FUNCREF) ? "funcref" : type.toString());
    }
}

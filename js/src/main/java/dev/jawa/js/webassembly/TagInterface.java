package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.TagInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Section "Tags". */
final class TagInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Tag()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final TypeReflection types;

    TagInterface(Realm realm, ObjectCaches objects, WebIdl idl, TypeReflection types) {
        this.realm = realm;
        this.objects = objects;
        this.idl = idl;
        this.types = types;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Tag", "WebAssembly.Tag", 1, this::construct)
                .method("type", 0, (self, _) -> types.tag(objects.tag.in(self).orElseThrow(() ->
                        realm.typeError("WebAssembly.Tag.type(): the receiver is no Tag")).type()));
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Object descriptor = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        Object given = idl.requiredMember(descriptor, "parameters", CONSTRUCTOR);
        var parameters = new ArrayList<ValueType>();
        for (Object name : realm.iterate(given)) {
            parameters.add(Conversions.valueType(
                    idl.enumeration(name, Conversions.VALUE_TYPE_NAMES, CONSTRUCTOR)));
        }
        Object object = newObject.get();
        var type = new FunctionType(parameters, List.of());
        return objects.register(object, objects.tag, new TagInstance(DefinedType.of(type)));
    }
}

package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import dev.jawa.model.FieldType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StructType;
import dev.jawa.model.Subtyping;
import dev.jawa.runtime.aggregate.StructInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code WebAssembly.DescriptorOptions}: what JavaScript says about the objects that a descriptor describes (custom
 * descriptors proposal, "JS Prototypes").
 *
 * @see <a href="https://github.com/WebAssembly/custom-descriptors">the proposal</a>
 */
final class DescriptorOptionsInterface {
    private static final String CONSTRUCTOR = "WebAssembly.DescriptorOptions()";
    // Their prototype, or null.
    private static final Slot<Object> OPTIONS = new Slot<>("WebAssemblyDescriptorOptions", Object.class);

    private final Realm realm;
    private final WebIdl idl;

    DescriptorOptionsInterface(Realm realm, WebIdl idl) {
        this.realm = realm;
        this.idl = idl;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "DescriptorOptions", "WebAssembly.DescriptorOptions", 1, this::construct);
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Object given = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        Object prototype = idl.member(given, "prototype").orElse(Values.NULL);
        if (!Values.isObject(prototype) && !Values.isNull(prototype)) {
            throw realm.typeError(CONSTRUCTOR + ": property 'prototype' must be an object or null");
        }
        Object object = newObject.get();
        OPTIONS.set(object, prototype);
        return object;
    }

    /** The prototype of the object of a struct or an array: what the first field of its descriptor says. */
    static Optional<Object> prototype(Object structOrArray) {
        if (structOrArray instanceof StructInstance struct && struct.descriptor() instanceof StructInstance descriptor) {
            List<FieldType> fields = ((StructType) descriptor.type().type()).fields();
            if (!fields.isEmpty() && isExternal(fields.getFirst())) {
                return OPTIONS.in(descriptor.field(0)).filter(Values::isObject);
            }
        }
        return Optional.empty();
    }

    private static boolean isExternal(FieldType field) {
        return !field.mutable() && field.storage() instanceof ReferenceType type
                && Subtyping.matches(type, ReferenceType.EXTERNREF);
    }
}

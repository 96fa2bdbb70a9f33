package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.AddressType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.runtime.TableInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Section "Tables". */
final class TableInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Table()";
    /** TableKind. */
    private static final List<String> KINDS = List.of("externref", "anyfunc", "funcref");

    private final Realm realm;
    private final ObjectCaches objects;
    private final Conversions conversions;
    private final WebIdl idl;
    private final TypeReflection types;

    TableInterface(Realm realm, ObjectCaches objects, Conversions conversions, WebIdl idl, TypeReflection types) {
        this.realm = realm;
        this.objects = objects;
        this.conversions = conversions;
        this.idl = idl;
        this.types = types;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Table", "WebAssembly.Table", 1, this::construct)
                .method("grow", 1, this::grow)
                .method("get", 1, this::get)
                .method("set", 1, this::set)
                .method("type", 0, (self, _) -> types.table(table(self, "WebAssembly.Table.type()").type()))
                .getter("length", this::length);
    }

    private TableInstance table(Object self, String where) {
        return objects.table.in(self).orElseThrow(() -> realm.typeError(where + ": the receiver is no Table"));
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Object descriptor = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        String kind = idl.enumeration(idl.requiredMember(descriptor, "element", CONSTRUCTOR), KINDS, CONSTRUCTOR);
        AddressType addressType = idl.addressType(descriptor, CONSTRUCTOR);
        ResizableLimits limits = Limits.read(idl, descriptor, addressType, CONSTRUCTOR);
        Object object = newObject.get();
        var elementType = (ReferenceType) Conversions.valueType(kind);
        if (!Limits.areValid(limits, Limits.maximumElements(addressType))) {
            throw realm.rangeError(CONSTRUCTOR + ": " + limits + " are no valid limits");
        }
        Object value = elementOrDefault(WebIdl.optional(arguments.get(1)), elementType, CONSTRUCTOR);
        var type = new TableType(addressType, limits, elementType);
        return objects.register(object, objects.table, new TableInstance(type, value));
    }

    /** A value as an element; DefaultValue if it is missing. */
    private Object elementOrDefault(Optional<Object> given, ReferenceType type, String where) {
        if (given.isPresent()) {
            return conversions.toWebAssembly(given.get(), type);
        }
        if (!type.isDefaultable()) {
            throw realm.typeError(where + ": a value is required, since " + type + " has no default");
        }
        return Conversions.defaultValue(type);
    }

    private Object grow(Object self, Arguments arguments) {
        String where = "WebAssembly.Table.grow()";
        TableInstance table = table(self, where);
        idl.require(arguments, 1, where);
        AddressType addressType = table.type().addressType();
        long delta = idl.addressValue(arguments.get(0), addressType, where);
        Object value = elementOrDefault(WebIdl.optional(arguments.get(1)), table.type().element(), where);
        long most = table.type().limits().maximum().orElse(Limits.maximumElements(addressType));
        if (Long.compareUnsigned(delta, most - table.size()) > 0) {
            throw realm.rangeError(where + ": the table would have more than " + Long.toUnsignedString(most)
                    + " elements");
        }
        return WebIdl.addressValue(table.grow(delta, value), addressType);
    }

    private Object length(Object self, Arguments arguments) {
        TableInstance table = table(self, "WebAssembly.Table.length");
        return WebIdl.addressValue(table.size(), table.type().addressType());
    }

    private Object get(Object self, Arguments arguments) {
        String where = "WebAssembly.Table.get()";
        TableInstance table = accessible(self, arguments, where);
        long index = idl.addressValue(arguments.get(0), table.type().addressType(), where);
        requireInside(table, index, where);
        return conversions.toJs(table.element(index), table.type().element());
    }

    private Object set(Object self, Arguments arguments) {
        String where = "WebAssembly.Table.set()";
        TableInstance table = accessible(self, arguments, where);
        long index = idl.addressValue(arguments.get(0), table.type().addressType(), where);
        // Here, say the official tests, undefined is a value.
        Optional<Object> given = arguments.count() > 1 ? Optional.of(arguments.get(1)) : Optional.empty();
        Object value = elementOrDefault(given, table.type().element(), where);
        requireInside(table, index, where);
        table.element(index, value);
        return Values.UNDEFINED;
    }

    private TableInstance accessible(Object self, Arguments arguments, String where) {
        TableInstance table = table(self, where);
        idl.require(arguments, 1, where);
        if (!Conversions.isExpressible(table.type().element())) {
            throw realm.typeError(where + ": JavaScript cannot see an element of the type " + table.type().element());
        }
        return table;
    }

    private void requireInside(TableInstance table, long index, String where) {
        if (Long.compareUnsigned(index, table.size()) >= 0) {
            throw realm.rangeError(where + ": there is no element " + Long.toUnsignedString(index) + " in a table of "
                    + table.size());
        }
    }
}

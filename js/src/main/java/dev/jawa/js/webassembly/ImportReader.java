package dev.jawa.js.webassembly;

import dev.jawa.Extern;
import dev.jawa.ImportDescriptor;
import dev.jawa.Module;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.GlobalInstance;
import dev.jawa.runtime.HostFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Read the imports, and run a host function. */
final class ImportReader {
    private final Realm realm;
    private final ObjectCaches objects;
    private final Conversions conversions;
    private final PromiseIntegration promises;

    ImportReader(Realm realm, ObjectCaches objects, Conversions conversions, PromiseIntegration promises) {
        this.realm = realm;
        this.objects = objects;
        this.conversions = conversions;
        this.promises = promises;
    }

    /** What an import object gives for the imports of a module, in their order. */
    List<Extern> read(Module module, Optional<Object> importObject) {
        List<ImportDescriptor> wanted = module.imports();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Object source = importObject.orElseThrow(() ->
                realm.typeError("The module has imports, but no import object was given"));
        var imports = new ArrayList<Extern>(wanted.size());
        for (ImportDescriptor descriptor : wanted) {
            imports.add(read(source, module, descriptor, imports.size()));
        }
        return imports;
    }

    private Extern read(Object source, Module module, ImportDescriptor descriptor, int index) {
        Object names = realm.get(source, descriptor.module());
        if (!Values.isObject(names)) {
            throw realm.typeError(describe(descriptor, index) + ": the module is not an object");
        }
        Object value = realm.get(names, descriptor.name());
        return switch (descriptor.kind()) {
            case FUNCTION -> function(value, module, descriptor, index);
            case GLOBAL -> global(value, descriptor, index);
            case MEMORY -> objects.memory.in(value).map(MemoryObject::memory)
                    .orElseThrow(() -> wrong(descriptor, index, "a WebAssembly.Memory"));
            case TABLE -> objects.table.in(value)
                    .orElseThrow(() -> wrong(descriptor, index, "a WebAssembly.Table"));
            case TAG -> objects.tag.in(value)
                    .orElseThrow(() -> wrong(descriptor, index, "a WebAssembly.Tag"));
        };
    }

    private static String describe(ImportDescriptor descriptor, int index) {
        return "Import #" + index + " \"" + descriptor.module() + "\" \"" + descriptor.name() + "\"";
    }

    private RuntimeException wrong(ImportDescriptor descriptor, int index, String expected) {
        return realm.error(ErrorType.LINK_ERROR, describe(descriptor, index) + " must be " + expected);
    }

    private Extern function(Object value, Module module, ImportDescriptor descriptor, int index) {
        Optional<Object> suspending = promises.suspendingFunction(value);
        if (suspending.isPresent()) {
            return hostFunction(suspending.get(), module.importedFunctionType(index), promises::suspend);
        }
        if (!Values.isCallable(value)) {
            throw wrong(descriptor, index, "a function");
        }
        Optional<? extends Extern> exported = objects.functionOf(value);
        if (exported.isPresent()) {
            return exported.get();
        }
        // The type in its recursive group, which its parameters and results alone do not tell.
        return hostFunction(value, module.importedFunctionType(index), promises::leave);
    }

    /** How WebAssembly calls JavaScript. */
    @FunctionalInterface
    private interface Crossing {
        Object call(Supplier<Object> call);
    }

    /** A function that calls a JavaScript function. */
    FunctionInstance hostFunction(Object function, DefinedType type) {
        return hostFunction(function, type, promises::leave);
    }

    /** Create a host function. What it throws goes through the WebAssembly code as it is. */
    private FunctionInstance hostFunction(Object function, DefinedType definedType, Crossing crossing) {
        var type = (FunctionType) definedType.type();
        if (!Conversions.isExpressible(type)) {
            return HostFunctions.of(definedType, _ -> {
                throw realm.typeError("JavaScript cannot be called by a function import of the type " + type);
            });
        }
        List<ValueType> parameters = type.parameters();
        List<ValueType> results = type.results();
        return HostFunctions.of(definedType, arguments -> {
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = conversions.toJs(arguments[i], parameters.get(i));
            }
            Object result = crossing.call(() -> realm.call(function, Values.UNDEFINED, values));
            return switch (results.size()) {
                case 0 -> null;
                case 1 -> conversions.toWebAssembly(result, results.getFirst());
                default -> several(result, results);
            };
        });
    }

    private Object[] several(Object result, List<ValueType> types) {
        List<Object> values = realm.iterate(result);
        if (values.size() != types.size()) {
            throw realm.typeError("The imported function gave " + values.size() + " values, but must give "
                    + types.size());
        }
        Object[] converted = new Object[types.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = conversions.toWebAssembly(values.get(i), types.get(i));
        }
        return converted;
    }

    private Extern global(Object value, ImportDescriptor descriptor, int index) {
        Optional<GlobalInstance> global = objects.global.in(value);
        if (global.isPresent()) {
            return global.get();
        }
        ValueType type = ((GlobalType) descriptor.type()).type();
        boolean fits = switch (type) {
            case NumberType.I64 -> Values.isBigInt(value);
            case NumberType _ -> Values.isNumber(value);
            case ReferenceType reference -> Conversions.isExpressible(reference)
                    && conversions.isReference(value, reference);
            case VectorType _ -> false;
        };
        if (!fits) {
            throw wrong(descriptor, index, "a WebAssembly.Global or a value of the type " + type);
        }
        return GlobalInstance.of(new GlobalType(type, false), conversions.toWebAssembly(value, type));
    }
}

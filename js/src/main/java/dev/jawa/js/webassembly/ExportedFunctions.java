package dev.jawa.js.webassembly;

import dev.jawa.WasmException;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.FunctionInstance;
import java.util.ArrayList;
import java.util.List;

/** Makes JavaScript functions of WebAssembly functions (section "Exported Functions"). */
final class ExportedFunctions {
    private final Realm realm;
    private final Conversions conversions;
    private final ExceptionCrossing crossing;

    ExportedFunctions(Realm realm, Conversions conversions, ExceptionCrossing crossing) {
        this.realm = realm;
        this.conversions = conversions;
        this.crossing = crossing;
    }

    /** A new Exported Function. */
    Object create(FunctionInstance function) {
        FunctionType type = function.type();
        String name = Integer.toString(function.index());
        int length = type.parameters().size();
        if (!Conversions.isExpressible(type)) {
            return realm.entry(name, length, _ -> {
                throw inexpressible(type);
            });
        }
        return realm.entry(name, length, arguments -> call(function, type, convertAll(type, arguments)));
    }

    private RuntimeException inexpressible(FunctionType type) {
        return realm.typeError("JavaScript cannot call a function of the type " + type);
    }

    /** The arguments of a call as WebAssembly's values. */
    Object[] convert(FunctionType type, Arguments arguments) {
        if (!Conversions.isExpressible(type)) {
            throw inexpressible(type);
        }
        return convertAll(type, arguments);
    }

    private Object[] convertAll(FunctionType type, Arguments arguments) {
        List<ValueType> parameters = type.parameters();
        Object[] converted = new Object[parameters.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = conversions.toWebAssembly(arguments.get(i), parameters.get(i));
        }
        return converted;
    }

    /** Call an Exported Function. */
    Object call(FunctionInstance function, FunctionType type, Object[] converted) {
        Object result;
        try {
            result = function.callExactly(converted);
        } catch (WasmException exception) {
            throw crossing.thrown(exception);
        }
        List<ValueType> types = type.results();
        return switch (types.size()) {
            case 0 -> Values.UNDEFINED;
            case 1 -> conversions.toJs(result, types.getFirst());
            default -> several((Object[]) result, types);
        };
    }

    private Object several(Object[] results, List<ValueType> types) {
        var values = new ArrayList<Object>(results.length);
        for (int i = 0; i < results.length; i++) {
            values.add(conversions.toJs(results[i], types.get(i)));
        }
        return realm.newArray(values);
    }
}

package dev.jawa.js.webassembly;

import dev.jawa.WasmException;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import dev.jawa.model.ValueType;
import dev.jawa.runtime.TagInstance;
import java.util.List;
import java.util.function.Supplier;

/** Section "Exceptions". */
final class ExceptionInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Exception()";

    private final Slot<Object> stack = new Slot<>("Stack", Object.class);
    private final Realm realm;
    private final ObjectCaches objects;
    private final Conversions conversions;
    private final WebIdl idl;

    ExceptionInterface(Realm realm, ObjectCaches objects, Conversions conversions, WebIdl idl) {
        this.realm = realm;
        this.objects = objects;
        this.conversions = conversions;
        this.idl = idl;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Exception", "WebAssembly.Exception", 2, this::construct)
                .method("getArg", 2, this::getArg)
                .method("is", 1, this::is)
                .getter("stack", this::stack);
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 2, CONSTRUCTOR);
        TagInstance tag = tag(arguments, CONSTRUCTOR);
        List<Object> payload = realm.iterate(sequence(arguments.get(1)));
        boolean traceStack = traceStack(arguments.get(2));
        Object object = newObject.get();
        if (tag == objects.crossing().javaScriptTag()) {
            throw realm.typeError(CONSTRUCTOR + ": WebAssembly.JSTag is for what JavaScript throws");
        }
        objects.register(object, objects.exception, new WasmException(tag, converted(tag, payload)));
        if (traceStack) {
            stack.set(object, realm.get(realm.newError(ErrorType.ERROR, ""), "stack"));
        }
        return object;
    }

    private Object sequence(Object value) {
        if (!Values.isObject(value)) {
            throw realm.typeError(CONSTRUCTOR + ": argument 1 must be iterable");
        }
        return value;
    }

    private boolean traceStack(Object options) {
        if (Values.isUndefined(options) || Values.isNull(options)) {
            return false;
        }
        if (!Values.isObject(options)) {
            throw realm.typeError(CONSTRUCTOR + ": argument 2 must be an object");
        }
        return Values.toBoolean(realm.get(options, "traceStack"));
    }

    private Object[] converted(TagInstance tag, List<Object> payload) {
        List<ValueType> types = tag.type().parameters();
        if (types.size() != payload.size()) {
            throw realm.typeError(CONSTRUCTOR + ": the tag's exceptions carry " + types.size() + " values, not "
                    + payload.size());
        }
        Object[] converted = new Object[types.size()];
        for (int i = 0; i < converted.length; i++) {
            requireExpressible(types.get(i), CONSTRUCTOR);
            converted[i] = conversions.toWebAssembly(payload.get(i), types.get(i));
        }
        return converted;
    }

    private void requireExpressible(ValueType type, String where) {
        if (!Conversions.isExpressible(type)) {
            throw realm.typeError(where + ": JavaScript has no value of the type " + type);
        }
    }

    private TagInstance tag(Arguments arguments, String where) {
        return objects.tag.in(arguments.get(0))
                .orElseThrow(() -> realm.typeError(where + ": argument 0 must be a WebAssembly.Tag"));
    }

    private WasmException exception(Object self, String where) {
        return objects.exception.in(self)
                .orElseThrow(() -> realm.typeError(where + ": the receiver is no Exception"));
    }

    private Object getArg(Object self, Arguments arguments) {
        String where = "WebAssembly.Exception.getArg()";
        WasmException exception = exception(self, where);
        idl.require(arguments, 2, where);
        TagInstance tag = tag(arguments, where);
        long index = idl.enforceUnsignedInt(arguments.get(1), where);
        if (!exception.is(tag)) {
            throw realm.typeError(where + ": the exception is of another tag");
        }
        List<ValueType> types = tag.type().parameters();
        if (index >= types.size()) {
            throw realm.rangeError(where + ": there is no value " + index + " of " + types.size());
        }
        ValueType type = types.get((int) index);
        requireExpressible(type, where);
        return conversions.toJs(exception.argument((int) index), type);
    }

    private Object is(Object self, Arguments arguments) {
        String where = "WebAssembly.Exception.is()";
        WasmException exception = exception(self, where);
        idl.require(arguments, 1, where);
        return exception.is(tag(arguments, where));
    }

    private Object stack(Object self, Arguments arguments) {
        exception(self, "get WebAssembly.Exception.stack");
        return stack.in(self).orElse(Values.UNDEFINED);
    }
}

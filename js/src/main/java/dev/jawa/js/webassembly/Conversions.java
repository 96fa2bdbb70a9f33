package dev.jawa.js.webassembly;

import dev.jawa.Array;
import dev.jawa.I31;
import dev.jawa.Struct;
import dev.jawa.js.graal.OpaqueObjects;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.Subtyping;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.References;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** ToJSValue and ToWebAssemblyValue. A JavaScript value is its own external reference, but null is Java's. */
final class Conversions {
    private static final Map<String, ValueType> VALUE_TYPES = Map.of(
            "i32", NumberType.I32, "i64", NumberType.I64, "f32", NumberType.F32, "f64", NumberType.F64,
            "v128", VectorType.V128, "externref", ReferenceType.EXTERNREF, "anyfunc", ReferenceType.FUNCREF,
            "funcref", ReferenceType.FUNCREF);

    /** ValueType of the JS API. */
    static final List<String> VALUE_TYPE_NAMES =
            List.of("i32", "i64", "f32", "f64", "v128", "externref", "anyfunc", "funcref");

    private final Realm realm;
    private final ObjectCaches objects;

    Conversions(Realm realm, ObjectCaches objects) {
        this.realm = realm;
        this.objects = objects;
    }

    /** ToValueType. */
    static ValueType valueType(String name) {
        return VALUE_TYPES.get(name);
    }

    /** Whether JavaScript can see values of a type at all. */
    static boolean isExpressible(ValueType type) {
        return switch (type) {
            case NumberType _ -> true;
            case VectorType _ -> false;
            case ReferenceType reference -> !Subtyping.matches(reference, ReferenceType.EXNREF)
                    && !Subtyping.matches(reference.heapType(), AbstractHeapType.CONT);
        };
    }

    /** Whether JavaScript can call or be called by functions of a type. */
    static boolean isExpressible(FunctionType type) {
        return Stream.concat(type.parameters().stream(), type.results().stream()).allMatch(Conversions::isExpressible);
    }

    /** DefaultValue. The type has a default. */
    static Object defaultValue(ValueType type) {
        return switch (type) {
            case NumberType.I32 -> 0;
            case NumberType.I64 -> 0L;
            case NumberType.F32 -> 0f;
            case NumberType.F64 -> 0d;
            case ReferenceType reference when reference.equals(ReferenceType.EXTERNREF) -> Values.UNDEFINED;
            case ReferenceType _ -> null;
            case VectorType _ -> throw new IllegalArgumentException("v128");
        };
    }

    /** ToJSValue. */
    Object toJs(Object value, ValueType type) {
        return switch (type) {
            case NumberType.I32, NumberType.F64 -> value;
            case NumberType.I64 -> Values.bigInt((Long) value);
            case NumberType.F32 -> (double) (Float) value;
            case ReferenceType _ -> toJs(value);
            case VectorType _ -> throw realm.typeError("v128 is no value of JavaScript");
        };
    }

    /** ToJSValue of a reference. */
    private Object toJs(Object reference) {
        return switch (reference) {
            case null -> Values.NULL;
            case I31(int value) -> value;
            case Struct struct -> objects.opaqueObject(struct);
            case Array array -> objects.opaqueObject(array);
            case FunctionInstance function -> objects.functionObject(function);
            // Whatever class of Java a JavaScript value has.
            default -> reference;
        };
    }

    /** ToWebAssemblyValue. */
    Object toWebAssembly(Object value, ValueType type) {
        return switch (type) {
            case NumberType.I32 -> Values.toInt32(value);
            case NumberType.I64 -> Values.toBigInt64(value);
            case NumberType.F32 -> (float) Values.toNumber(value);
            case NumberType.F64 -> Values.toNumber(value);
            case ReferenceType reference -> toReference(value, reference);
            case VectorType _ -> throw realm.typeError("v128 is no value of JavaScript");
        };
    }

    private Object toReference(Object value, ReferenceType type) {
        if (Values.isNull(value) && type.nullable()) {
            return null;
        }
        return nonNull(value, type).orElseThrow(() ->
                realm.typeError(Values.toDisplayString(value) + " is no " + type));
    }

    /** Whether ToWebAssemblyValue would not refuse a value. */
    boolean isReference(Object value, ReferenceType type) {
        return Values.isNull(value) ? type.nullable() : nonNull(value, type).isPresent();
    }

    /** A value as a reference of a type; empty if it is none or null. */
    private Optional<Object> nonNull(Object value, ReferenceType type) {
        if (Values.isNull(value)) {
            return Optional.empty();
        }
        if (isFunctionType(type)) {
            return objects.functionOf(value)
                    .filter(function -> Subtyping.matches(function.definedType(), type.heapType()))
                    .map(function -> function);
        }
        Object reference = internal(value);
        return Optional.of(reference).filter(_ -> fits(reference, type.heapType()));
    }

    /** A value as a reference of the type {@code any}, which is what it is as one of {@code extern}, too. */
    private static Object internal(Object value) {
        OptionalInt integer = Values.asInt(value);
        if (integer.isPresent() && integer.getAsInt() << 1 >> 1 == integer.getAsInt()) {
            return References.i31(integer.getAsInt());
        }
        return OpaqueObjects.contentOf(value).orElse(value);
    }

    private static boolean fits(Object reference, HeapType type) {
        if (type == AbstractHeapType.EXTERN || type == AbstractHeapType.ANY) {
            return true;
        }
        return switch (reference) {
            case I31 _ -> Subtyping.matches(AbstractHeapType.I31, type);
            case Struct struct -> Subtyping.matches(struct.type(), type);
            case Array array -> Subtyping.matches(array.type(), type);
            default -> false;
        };
    }

    private static boolean isFunctionType(ReferenceType type) {
        return Subtyping.matches(type, ReferenceType.FUNCREF);
    }
}

package dev.jawa.runtime;

import dev.jawa.Array;
import dev.jawa.Function;
import dev.jawa.I31;
import dev.jawa.RuntimeError;
import dev.jawa.Struct;
import dev.jawa.V128;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.HeapType;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import dev.jawa.runtime.continuation.ContinuationInstance;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Supplier;

/** Values as hosts hold them: boxed numbers and references. */
public final class Values {
    private Values() {
    }

    /**
     * A value as one of a type, widened as Java widens arguments.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH} if it is not one
     */
    public static Object convert(ValueType type, Object value) {
        return switch (type) {
            case NumberType number -> number(number, value);
            case ReferenceType reference -> reference(reference, value);
            case VectorType _ -> {
                if (!(value instanceof V128)) {
                    throw mismatch(type, value);
                }
                yield value;
            }
        };
    }

    /**
     * The one result of a call as an object of a class.
     *
     * @throws RuntimeError of the kind {@code TYPE_MISMATCH}: instead of the call if the results are not of that class
     */
    static <R> R single(Class<R> wanted, List<ValueType> results, Supplier<?> call) {
        Class<?> carrier = results.size() == 1
                ? MethodType.methodType(FunctionInstance.carrier(results.getFirst())).wrap().returnType() : Void.class;
        Class<?> boxed = MethodType.methodType(wanted).wrap().returnType();
        if (boxed.isAssignableFrom(carrier) || carrier == Object.class) {
            Object result = call.get();
            if (result == null || boxed.isInstance(result)) {
                @SuppressWarnings("unchecked")  // a class and its primitive type have the same R
                R same = (R) result;
                return same;
            }
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "the result is a " + result.getClass().getName()
                    + ", not a " + wanted.getName());
        }
        throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, "results " + results + " are not a "
                + wanted.getName());
    }

    private static Object number(NumberType type, Object value) {
        Object converted = switch (type) {
            case I32 -> switch (value) {
                case Integer _ -> value;
                case Short number -> number.intValue();
                case Byte number -> number.intValue();
                case Character character -> (int) character;
                case Boolean flag -> flag ? 1 : 0;
                case null, default -> null;
            };
            case I64 -> value instanceof Long ? value : widened(value) ? ((Number) value).longValue() : null;
            case F32 -> value instanceof Float || value instanceof Long || widened(value)
                    ? ((Number) value).floatValue() : null;
            case F64 -> value instanceof Double || value instanceof Float || value instanceof Long || widened(value)
                    ? ((Number) value).doubleValue() : null;
        };
        if (converted == null) {
            throw mismatch(type, value);
        }
        return value instanceof Float && type == NumberType.F32 ? value : converted;
    }

    private static boolean widened(Object value) {
        return value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /** A number as one of a type, if that loses nothing; else as it is. */
    static Object narrowed(ValueType type, Number value) {
        Number narrow = switch (type) {
            case NumberType.I32 -> value.intValue();
            case NumberType.I64 -> value.longValue();
            case NumberType.F32 -> value.floatValue();
            default -> value;
        };
        boolean same = value instanceof Long ? narrow.longValue() == value.longValue()
                : Double.compare(narrow.doubleValue(), value.doubleValue()) == 0;
        return same ? narrow : value;
    }

    private static Object reference(ReferenceType type, Object value) {
        boolean fits;
        if (value == null) {
            fits = type.nullable();
        } else {
            fits = switch (type.heapType()) {
                case AbstractHeapType heapType -> switch (heapType) {
                    case EXTERN, ANY -> true;
                    case FUNC -> value instanceof Function;
                    case EQ -> References.isEq(value);
                    case I31 -> value instanceof I31;
                    case STRUCT -> value instanceof Struct;
                    case ARRAY -> value instanceof Array;
                    case EXN -> value instanceof ExceptionInstance;
                    case CONT -> value instanceof ContinuationInstance;
                    default -> false;
                };
                case DefinedType defined -> switch (value) {
                    case FunctionInstance function -> function.definedType().matches(defined);
                    case Struct struct -> struct.type().matches(defined);
                    case Array array -> array.type().matches(defined);
                    default -> false;
                };
                case ExactType(HeapType exact) -> References.isExactly(value, exact);
                case TypeIndex _ -> false;
            };
        }
        if (!fits) {
            throw mismatch(type, value);
        }
        return value;
    }

    static RuntimeError mismatch(ValueType type, Object value) {
        String given = value == null ? "null" : value + " (" + value.getClass().getSimpleName() + ")";
        return new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH, given + " is not of type " + type);
    }
}

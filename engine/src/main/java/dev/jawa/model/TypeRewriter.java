package dev.jawa.model;

import java.util.List;
import java.util.function.Function;

/** Replaces the heap types inside a type, as the spec's type substitution does (core spec 3.1.3). */
public final class TypeRewriter {
    private TypeRewriter() {
    }

    /** A definition with {@code heapTypes} applied to everything it refers to. */
    public static SubType rewrite(SubType type, Function<HeapType, HeapType> heapTypes) {
        return new SubType(type.isFinal(), type.supertypes().stream().map(heapTypes).toList(),
                type.describes().map(heapTypes), type.descriptor().map(heapTypes), rewrite(type.type(), heapTypes));
    }

    /** A composite type with {@code heapTypes} applied to everything it refers to. */
    public static CompositeType rewrite(CompositeType type, Function<HeapType, HeapType> heapTypes) {
        return switch (type) {
            case FunctionType(var parameters, var results) ->
                new FunctionType(rewrite(parameters, heapTypes), rewrite(results, heapTypes));
            case StructType(var fields) ->
                new StructType(fields.stream().map(field -> rewrite(field, heapTypes)).toList());
            case ArrayType(var field) -> new ArrayType(rewrite(field, heapTypes));
            case ContinuationType(var function) -> new ContinuationType(heapTypes.apply(function));
        };
    }

    /** Value types with {@code heapTypes} applied to everything they refer to. */
    public static List<ValueType> rewrite(List<ValueType> types, Function<HeapType, HeapType> heapTypes) {
        // Most lists hold no references; there can be a million of them.
        for (ValueType type : types) {
            if (type instanceof ReferenceType) {
                return types.stream().map(each -> rewrite(each, heapTypes)).toList();
            }
        }
        return types;
    }

    /** A value type with {@code heapTypes} applied to what it refers to. */
    public static ValueType rewrite(ValueType type, Function<HeapType, HeapType> heapTypes) {
        return type instanceof ReferenceType(boolean nullable, HeapType heapType)
                ? new ReferenceType(nullable, rewrite(heapType, heapTypes))
                : type;
    }

    private static HeapType rewrite(HeapType type, Function<HeapType, HeapType> heapTypes) {
        return type instanceof ExactType(HeapType inner) ? new ExactType(heapTypes.apply(inner)) : heapTypes.apply(type);
    }

    private static FieldType rewrite(FieldType field, Function<HeapType, HeapType> heapTypes) {
        return field.storage() instanceof ValueType type
                ? new FieldType(rewrite(type, heapTypes), field.mutable())
                : field;
    }
}

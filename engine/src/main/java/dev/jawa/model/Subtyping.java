package dev.jawa.model;

/**
 * Matching between types without a module around them, as linking and casts need it (core spec 3.3). All heap types
 * given here are abstract or defined types.
 */
public final class Subtyping {
    private Subtyping() {
    }

    /** Whether a value of type {@code type} may be used where {@code wanted} is expected (spec 3.3.5). */
    public static boolean matches(ValueType type, ValueType wanted) {
        if (type instanceof ReferenceType sub && wanted instanceof ReferenceType sup) {
            return (!sub.nullable() || sup.nullable()) && matches(sub.heapType(), sup.heapType());
        }
        return type.equals(wanted);
    }

    /** Whether {@code type} is {@code wanted} or below it (spec 3.3.3). */
    public static boolean matches(HeapType type, HeapType wanted) {
        return switch (type) {
            case AbstractHeapType sub -> switch (wanted) {
                case AbstractHeapType sup -> sub.matches(sup);
                case DefinedType sup -> sub == sup.abstractType().bottom();
                case ExactType(HeapType sup) -> matches(type, sup);
                case TypeIndex _ -> throw open(wanted);
            };
            case DefinedType sub -> switch (wanted) {
                case AbstractHeapType sup -> sub.abstractType().matches(sup);
                case DefinedType sup -> sub.matches(sup);
                case ExactType _ -> false;
                case TypeIndex _ -> throw open(wanted);
            };
            case ExactType(HeapType sub) -> wanted instanceof ExactType(HeapType sup) ? sub == sup : matches(sub, wanted);
            case TypeIndex _ -> throw open(type);
        };
    }

    private static IllegalArgumentException open(HeapType type) {
        return new IllegalArgumentException("type " + type + " belongs to a module");
    }
}

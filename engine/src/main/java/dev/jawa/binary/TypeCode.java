package dev.jawa.binary;

import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.ExactType;
import dev.jawa.model.HeapType;
import dev.jawa.model.NumberType;
import dev.jawa.model.PackedType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StorageType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;

/**
 * Types as numbers, for the decoder and the validator, which meet one at almost every instruction and must not make
 * an object each time.
 *
 * <p>A heap type is a type index, {@link #EXACT} plus one, or {@link #ABSTRACT} plus the ordinal of an
 * {@link AbstractHeapType}. A reference type is {@link #REFERENCE}, with {@link #NULLABLE} if null belongs to it, plus
 * its heap type. All other types are small numbers.
 */
public final class TypeCode {
    /** The type below all types, of what unreachable code pops (core spec 2.3.5). */
    public static final int BOTTOM = 0;
    public static final int I32 = 1;
    public static final int I64 = 2;
    public static final int F32 = 3;
    public static final int F64 = 4;
    public static final int V128 = 5;
    public static final int I8 = 6;
    public static final int I16 = 7;
    /** Not a type: the block type without results. */
    public static final int EMPTY = 8;

    /** Set in all reference types. */
    public static final int REFERENCE = 1 << 30;
    /** Set in reference types to which null belongs. */
    public static final int NULLABLE = 1 << 29;
    /** Set in abstract heap types. */
    public static final int ABSTRACT = 1 << 28;
    /** The bits of a reference type that are its heap type. */
    public static final int HEAP_TYPE = NULLABLE - 1;
    /** Set in type indices that stand for exact types. */
    public static final int EXACT = 1 << 27;
    /** Type indices are below this. */
    public static final int INDEX_LIMIT = EXACT;

    /** The heap type below all heap types, of a reference that unreachable code made of {@link #BOTTOM}. */
    public static final int BOTTOM_HEAP_TYPE = ABSTRACT | 0xFF;
    /** The reference type below all reference types. */
    public static final int BOTTOM_REFERENCE = REFERENCE | BOTTOM_HEAP_TYPE;

    private static final AbstractHeapType[] ABSTRACT_TYPES = AbstractHeapType.values();

    private TypeCode() {
    }

    /** Whether a type is a reference type; {@link #BOTTOM} is not. */
    public static boolean isReference(int type) {
        return (type & REFERENCE) != 0;
    }

    /** The number of a reference type. */
    public static int reference(boolean nullable, int heapType) {
        return REFERENCE | (nullable ? NULLABLE : 0) | heapType;
    }

    /** The number of an abstract heap type. */
    public static int of(AbstractHeapType type) {
        return ABSTRACT | type.ordinal();
    }

    /** The number of a heap type of a module. */
    public static int of(HeapType type) {
        return switch (type) {
            case AbstractHeapType abstractType -> of(abstractType);
            case TypeIndex(int index) -> index;
            case ExactType(HeapType inner) -> EXACT | of(inner);
            case dev.jawa.model.DefinedType _ -> throw new IllegalArgumentException("a type without a module");
        };
    }

    /** The number of a value type or packed type. */
    public static int of(StorageType type) {
        return switch (type) {
            case NumberType number -> switch (number) {
                case I32 -> I32;
                case I64 -> I64;
                case F32 -> F32;
                case F64 -> F64;
            };
            // Constants as labels beside types would cost tens of milliseconds when this is first run.
            case VectorType _ -> V128;
            case PackedType packed -> packed == PackedType.I8 ? I8 : I16;
            case ReferenceType(boolean nullable, HeapType heapType) -> reference(nullable, of(heapType));
        };
    }

    /** The heap type of a number. */
    public static HeapType heapType(int code) {
        if ((code & ABSTRACT) != 0) {
            return ABSTRACT_TYPES[code & ~ABSTRACT];
        }
        return isExact(code) ? new ExactType(new TypeIndex(index(code))) : new TypeIndex(code);
    }

    /** Whether a heap type is an exact one. */
    public static boolean isExact(int heapType) {
        return (heapType & EXACT) != 0;
    }

    /** The type index of a heap type that is not abstract. */
    public static int index(int heapType) {
        return heapType & ~EXACT;
    }

    /** The abstract heap type of a number that has {@link #ABSTRACT} set. */
    public static AbstractHeapType abstractType(int code) {
        return ABSTRACT_TYPES[code & ~ABSTRACT];
    }

    /** The value type of a number. */
    public static ValueType valueType(int code) {
        return switch (code) {
            case I32 -> NumberType.I32;
            case I64 -> NumberType.I64;
            case F32 -> NumberType.F32;
            case F64 -> NumberType.F64;
            case V128 -> VectorType.V128;
            default -> referenceType(code);
        };
    }

    private static ReferenceType referenceType(int code) {
        if (!isReference(code)) {
            throw new IllegalArgumentException("not a value type: " + code);
        }
        boolean nullable = (code & NULLABLE) != 0;
        int heapType = code & HEAP_TYPE;
        if (nullable && heapType == of(AbstractHeapType.FUNC)) {
            return ReferenceType.FUNCREF;
        }
        if (nullable && heapType == of(AbstractHeapType.EXTERN)) {
            return ReferenceType.EXTERNREF;
        }
        return new ReferenceType(nullable, heapType(heapType));
    }

    /** The name for messages, as in the text format. */
    public static String toString(int code) {
        return switch (code) {
            case BOTTOM -> "bot";
            case I8 -> "i8";
            case I16 -> "i16";
            case EMPTY -> "";
            case BOTTOM_REFERENCE -> "(ref bot)";
            default -> valueType(code).toString();
        };
    }
}

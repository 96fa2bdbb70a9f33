package dev.jawa.binary;

import dev.jawa.model.AbstractHeapType;

/** Reads value types, heap types and block types (core spec 5.3.1 to 5.3.5 and 5.4.1) as {@link TypeCode}s. */
final class TypeReader {
    private static final int EMPTY_BLOCK = 0x40;
    private static final int EXACT = 0x62;
    private static final int REF = 0x64;
    private static final int REF_NULL = 0x63;

    // What each byte means where a value type is expected; -1 for those that mean nothing.
    private static final int[] ONE_BYTE_TYPES = new int[0x80];

    static {
        java.util.Arrays.fill(ONE_BYTE_TYPES, -1);
        ONE_BYTE_TYPES[0x7F] = TypeCode.I32;
        ONE_BYTE_TYPES[0x7E] = TypeCode.I64;
        ONE_BYTE_TYPES[0x7D] = TypeCode.F32;
        ONE_BYTE_TYPES[0x7C] = TypeCode.F64;
        ONE_BYTE_TYPES[0x7B] = TypeCode.V128;
        for (AbstractHeapType type : AbstractHeapType.values()) {
            ONE_BYTE_TYPES[type.code()] = TypeCode.reference(true, TypeCode.of(type));
        }
    }

    private TypeReader() {
    }

    /** A value type. */
    static int readValueType(ByteReader bytes) {
        int start = bytes.position();
        int type = valueType(bytes, bytes.readByte());
        if (type < 0) {
            throw bytes.errorAt(start, "malformed value type");
        }
        return type;
    }

    /** A reference type. */
    static int readReferenceType(ByteReader bytes) {
        int start = bytes.position();
        int type = valueType(bytes, bytes.readByte());
        if (type < 0 || !TypeCode.isReference(type)) {
            throw bytes.errorAt(start, "malformed reference type");
        }
        return type;
    }

    /** A value type or a packed type. */
    static int readStorageType(ByteReader bytes) {
        int start = bytes.position();
        int first = bytes.readByte();
        int type = switch (first) {
            case 0x78 -> TypeCode.I8;
            case 0x77 -> TypeCode.I16;
            default -> valueType(bytes, first);
        };
        if (type < 0) {
            throw bytes.errorAt(start, "malformed storage type");
        }
        return type;
    }

    /** A heap type: an abstract type's byte, a type index as a positive signed number, or an exact type. */
    static int readHeapType(ByteReader bytes) {
        int start = bytes.position();
        if (bytes.peekByte() == EXACT) {
            bytes.readByte();
            return TypeCode.EXACT | index(bytes, start, bytes.readUnsigned32() & 0xFFFF_FFFFL);
        }
        long number = bytes.readSigned33();
        if (number >= 0) {
            return index(bytes, start, number);
        }
        AbstractHeapType type = number >= -0x40 ? AbstractHeapType.lookup((int) number & 0x7F) : null;
        if (type == null) {
            throw bytes.errorAt(start, "malformed heap type");
        }
        return TypeCode.of(type);
    }

    /** A block type: {@link TypeCode#EMPTY}, a value type, or {@code ~typeIndex}, which is negative. */
    static int readBlockType(ByteReader bytes) {
        int start = bytes.position();
        int first = bytes.peekByte();
        if (first == EMPTY_BLOCK) {
            bytes.readByte();
            return TypeCode.EMPTY;
        }
        if (first >= 0x40 && first < 0x80) {
            bytes.readByte();
            int type = valueType(bytes, first);
            if (type < 0) {
                throw bytes.errorAt(start, "malformed block type");
            }
            return type;
        }
        long number = bytes.readSigned33();
        if (number < 0) {
            throw bytes.errorAt(start, "malformed block type");
        }
        return ~index(bytes, start, number);
    }

    private static int valueType(ByteReader bytes, int first) {
        return switch (first) {
            case REF -> TypeCode.reference(false, readHeapType(bytes));
            case REF_NULL -> TypeCode.reference(true, readHeapType(bytes));
            default -> first < 0x80 ? ONE_BYTE_TYPES[first] : -1;
        };
    }

    private static int index(ByteReader bytes, int start, long number) {
        if (number >= TypeCode.INDEX_LIMIT) {
            throw bytes.errorAt(start, "unknown type " + number);
        }
        return (int) number;
    }
}

package dev.jawa.binary;

import static dev.jawa.binary.ImplementationLimits.FIELDS;
import static dev.jawa.binary.ImplementationLimits.PARAMETERS;
import static dev.jawa.binary.ImplementationLimits.RESULTS;
import static dev.jawa.binary.ImplementationLimits.TYPES;

import dev.jawa.model.ArrayType;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.PackedType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the definitions of the type section (core spec 5.3.6 to 5.3.10). */
final class TypeDefinitionReader {
    private static final int FUNCTION = 0x60;
    private static final int STRUCT = 0x5F;
    private static final int ARRAY = 0x5E;
    private static final int CONTINUATION = 0x5D;
    private static final int SUB = 0x50;
    private static final int SUB_FINAL = 0x4F;
    private static final int RECURSIVE = 0x4E;
    private static final int DESCRIPTOR = 0x4D;
    private static final int DESCRIBES = 0x4C;

    private final ByteReader bytes;

    TypeDefinitionReader(ByteReader bytes) {
        this.bytes = bytes;
    }

    /** A recursive group, or one type as a group of its own. */
    RecursiveType readGroup() {
        if (bytes.peekByte() != RECURSIVE) {
            return new RecursiveType(List.of(readSubType()));
        }
        bytes.readByte();
        int count = bytes.readLength();
        TYPES.check(count, bytes);
        var types = new ArrayList<SubType>();
        for (int i = 0; i < count; i++) {
            types.add(readSubType());
        }
        return new RecursiveType(types);
    }

    private SubType readSubType() {
        int first = bytes.peekByte();
        if (first != SUB && first != SUB_FINAL) {
            return readDescribed(true, List.of());
        }
        bytes.readByte();
        int count = bytes.readLength();
        var supertypes = new ArrayList<HeapType>();
        for (int i = 0; i < count; i++) {
            supertypes.add(new TypeIndex(bytes.readUnsigned32()));
        }
        return readDescribed(first == SUB_FINAL, supertypes);
    }

    private SubType readDescribed(boolean isFinal, List<HeapType> supertypes) {
        Optional<HeapType> describes = readClause(DESCRIBES);
        Optional<HeapType> descriptor = readClause(DESCRIPTOR);
        return new SubType(isFinal, supertypes, describes, descriptor, readComposite());
    }

    private Optional<HeapType> readClause(int code) {
        if (bytes.peekByte() != code) {
            return Optional.empty();
        }
        bytes.readByte();
        return Optional.of(new TypeIndex(bytes.readUnsigned32()));
    }

    private CompositeType readComposite() {
        int start = bytes.position();
        return switch (bytes.readByte()) {
            case FUNCTION -> new FunctionType(readValueTypes(PARAMETERS), readValueTypes(RESULTS));
            case STRUCT -> new StructType(readFields());
            case ARRAY -> new ArrayType(readField());
            case CONTINUATION -> new ContinuationType(TypeCode.heapType(TypeReader.readHeapType(bytes)));
            default -> throw bytes.errorAt(start, "malformed definition type");
        };
    }

    private List<ValueType> readValueTypes(ImplementationLimits limit) {
        int count = bytes.readLength();
        limit.check(count, bytes);
        if (count == 0) {
            return List.of();
        }
        var types = new ArrayList<ValueType>(count);
        for (int i = 0; i < count; i++) {
            types.add(TypeCode.valueType(TypeReader.readValueType(bytes)));
        }
        return types;
    }

    private List<FieldType> readFields() {
        int count = bytes.readLength();
        FIELDS.check(count, bytes);
        var fields = new ArrayList<FieldType>(count);
        for (int i = 0; i < count; i++) {
            fields.add(readField());
        }
        return fields;
    }

    private FieldType readField() {
        int type = TypeReader.readStorageType(bytes);
        StorageType storage = switch (type) {
            case TypeCode.I8 -> PackedType.I8;
            case TypeCode.I16 -> PackedType.I16;
            default -> TypeCode.valueType(type);
        };
        return new FieldType(storage, ExternalTypeReader.readMutability(bytes));
    }
}

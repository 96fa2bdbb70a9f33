package dev.jawa.binary;

import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.AddressType;
import dev.jawa.model.ArrayType;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.HeapType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.NumberType;
import dev.jawa.model.PackedType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.List;

/** Writes types (core spec 5.3), in the shorter of two forms where there are two. */
public final class TypeWriter {
    private TypeWriter() {
    }

    /** A recursive group; a group of one type is written as that type. */
    static void write(RecursiveType group, ByteWriter out) {
        if (group.types().size() != 1) {
            out.writeByte(0x4E);
            out.writeUnsigned32(group.types().size());
        }
        group.types().forEach(type -> write(type, out));
    }

    private static void write(SubType type, ByteWriter out) {
        if (!type.isFinal() || !type.supertypes().isEmpty()) {
            out.writeByte(type.isFinal() ? 0x4F : 0x50);
            out.writeUnsigned32(type.supertypes().size());
            type.supertypes().forEach(supertype -> out.writeUnsigned32(index(supertype)));
        }
        type.describes().ifPresent(described -> {
            out.writeByte(0x4C);
            out.writeUnsigned32(index(described));
        });
        type.descriptor().ifPresent(descriptor -> {
            out.writeByte(0x4D);
            out.writeUnsigned32(index(descriptor));
        });
        write(type.type(), out);
    }

    private static int index(HeapType type) {
        return switch (type) {
            case TypeIndex(int index) -> index;
            case AbstractHeapType _, DefinedType _, ExactType _ ->
                throw new IllegalArgumentException("not a type index: " + type);
        };
    }

    private static void write(CompositeType type, ByteWriter out) {
        switch (type) {
            case FunctionType(List<ValueType> parameters, List<ValueType> results) -> {
                out.writeByte(0x60);
                write(parameters, out);
                write(results, out);
            }
            case StructType(List<FieldType> fields) -> {
                out.writeByte(0x5F);
                out.writeUnsigned32(fields.size());
                fields.forEach(field -> write(field, out));
            }
            case ArrayType(FieldType field) -> {
                out.writeByte(0x5E);
                write(field, out);
            }
            case ContinuationType(HeapType function) -> {
                out.writeByte(0x5D);
                write(function, out);
            }
        }
    }

    /** A vector of value types. */
    public static void write(List<ValueType> types, ByteWriter out) {
        out.writeUnsigned32(types.size());
        types.forEach(type -> write(type, out));
    }

    private static void write(FieldType field, ByteWriter out) {
        write(field.storage(), out);
        out.writeByte(field.mutable() ? 1 : 0);
    }

    /** A value type or packed type. */
    public static void write(StorageType type, ByteWriter out) {
        switch (type) {
            case NumberType number -> out.writeByte(0x7F - number.ordinal());
            case VectorType _ -> out.writeByte(0x7B);
            case PackedType packed -> out.writeByte(0x78 - packed.ordinal());
            case ReferenceType(boolean nullable, HeapType heapType) -> {
                if (!nullable || !(heapType instanceof AbstractHeapType)) {
                    out.writeByte(nullable ? 0x63 : 0x64);
                }
                write(heapType, out);
            }
        }
    }

    /** A heap type. */
    public static void write(HeapType type, ByteWriter out) {
        switch (type) {
            case AbstractHeapType abstractType -> out.writeByte(abstractType.code());
            case TypeIndex(int index) -> out.writeSigned(Integer.toUnsignedLong(index));
            case ExactType(HeapType exact) -> {
                out.writeByte(0x62);
                out.writeUnsigned32(index(exact));
            }
            case DefinedType _ -> throw new IllegalArgumentException("a type without a module");
        }
    }

    /** The type of an import, after its kind. */
    static void write(ExternalType type, ByteWriter out) {
        switch (type) {
            case ExternalFunctionType(int index, _) -> out.writeUnsigned32(index);
            case TableType table -> {
                write(table.element(), out);
                writeLimits(table.limits(), flags(table.addressType()), out);
            }
            case MemoryType memory -> write(memory, out);
            case GlobalType global -> {
                write(global.type(), out);
                out.writeByte(global.mutable() ? 1 : 0);
            }
            case TagType(int index) -> {
                out.writeByte(0);
                out.writeUnsigned32(index);
            }
        }
    }

    private static void write(MemoryType memory, ByteWriter out) {
        boolean usualPages = memory.pageSizeLog2() == MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        int flags = flags(memory.addressType()) | (memory.shared() ? ExternalTypeReader.SHARED_FLAG : 0)
                | (usualPages ? 0 : ExternalTypeReader.PAGE_SIZE_FLAG);
        writeLimits(memory.limits(), flags, out);
        if (!usualPages) {
            out.writeUnsigned32(memory.pageSizeLog2());
        }
    }

    private static int flags(AddressType type) {
        return type == AddressType.I64 ? ExternalTypeReader.ADDRESS_64_FLAG : 0;
    }

    private static void writeLimits(ResizableLimits limits, int flags, ByteWriter out) {
        out.writeByte(flags | (limits.maximum().isPresent() ? ExternalTypeReader.MAXIMUM_FLAG : 0));
        out.writeUnsigned64(limits.minimum());
        limits.maximum().ifPresent(out::writeUnsigned64);
    }
}

package dev.jawa.binary;

import dev.jawa.model.AddressType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.ValueType;

/**
 * Reads the types of what a module imports and defines (core spec 5.3.11 to 5.3.17, with the flags of the threads and
 * custom page sizes proposals).
 */
final class ExternalTypeReader {
    /** The kind of an import of a function of exactly a type (custom descriptors proposal). */
    static final int EXACT_FUNCTION = 0x20;

    static final int MAXIMUM_FLAG = 1;
    static final int SHARED_FLAG = 2;
    static final int ADDRESS_64_FLAG = 4;
    static final int PAGE_SIZE_FLAG = 8;

    private ExternalTypeReader() {
    }

    /** The type of an import, whose kind has been read. */
    static ExternalType read(ByteReader bytes, int kind) {
        return switch (kind) {
            case 0 -> new ExternalFunctionType(bytes.readUnsigned32());
            case EXACT_FUNCTION -> new ExternalFunctionType(bytes.readUnsigned32(), true);
            case 1 -> readTable(bytes);
            case 2 -> readMemory(bytes);
            case 3 -> readGlobal(bytes);
            case 4 -> readTag(bytes);
            default -> throw bytes.errorAt(bytes.position() - 1, "malformed import kind");
        };
    }

    static TableType readTable(ByteReader bytes) {
        var element = (ReferenceType) TypeCode.valueType(TypeReader.readReferenceType(bytes));
        int flags = readFlags(bytes, MAXIMUM_FLAG | ADDRESS_64_FLAG);
        return new TableType(addressType(flags), readLimits(bytes, flags), element);
    }

    static MemoryType readMemory(ByteReader bytes) {
        int flags = readFlags(bytes, MAXIMUM_FLAG | SHARED_FLAG | ADDRESS_64_FLAG | PAGE_SIZE_FLAG);
        ResizableLimits limits = readLimits(bytes, flags);
        int pageSizeLog2 = MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        if ((flags & PAGE_SIZE_FLAG) != 0) {
            int start = bytes.position();
            pageSizeLog2 = bytes.readUnsigned32();
            if (pageSizeLog2 != 0 && pageSizeLog2 != MemoryType.DEFAULT_PAGE_SIZE_LOG2) {
                throw bytes.errorAt(start, "invalid custom page size");
            }
        }
        return new MemoryType(addressType(flags), limits, (flags & SHARED_FLAG) != 0, pageSizeLog2);
    }

    static GlobalType readGlobal(ByteReader bytes) {
        ValueType type = TypeCode.valueType(TypeReader.readValueType(bytes));
        return new GlobalType(type, readMutability(bytes));
    }

    static TagType readTag(ByteReader bytes) {
        int start = bytes.position();
        if (bytes.readByte() != 0) {
            throw bytes.errorAt(start, "zero byte expected");
        }
        return new TagType(bytes.readUnsigned32());
    }

    static boolean readMutability(ByteReader bytes) {
        int start = bytes.position();
        return switch (bytes.readByte()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw bytes.errorAt(start, "malformed mutability");
        };
    }

    private static int readFlags(ByteReader bytes, int allowed) {
        int start = bytes.position();
        int flags = bytes.readByte();
        if ((flags & ~allowed) != 0) {
            throw bytes.errorAt(start, "malformed limits flags");
        }
        return flags;
    }

    private static AddressType addressType(int flags) {
        return (flags & ADDRESS_64_FLAG) == 0 ? AddressType.I32 : AddressType.I64;
    }

    private static ResizableLimits readLimits(ByteReader bytes, int flags) {
        long minimum = bytes.readUnsigned64();
        return (flags & MAXIMUM_FLAG) == 0
                ? ResizableLimits.of(minimum)
                : ResizableLimits.of(minimum, bytes.readUnsigned64());
    }
}

package dev.jawa.compile.function;

import dev.jawa.model.MemoryType;
import dev.jawa.runtime.memory.MemoryAccess;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.List;

/** What code needs to know of a memory to access it, and where that is: for memory 0 in fields of the instance. */
public enum MemoryPart {
    ARRAY('A', "[B", "memory", "bytes"),
    /** The size of an array memory. */
    ARRAY_SIZE('I', "I", "memorySize", "length"),
    /** Where a native memory begins. */
    ADDRESS('J', "J", "memoryAddress", "address"),
    /** The size of a native memory. */
    SIZE('J', "J", "memoryLength", "size"),
    /** A native memory with bounds that are checked. */
    SEGMENT('A', "Ljava/lang/foreign/MemorySegment;", "memorySegment", "segment");

    private static final List<MemoryPart> OF_ARRAY = List.of(ARRAY, ARRAY_SIZE);
    private static final List<MemoryPart> OF_NATIVE = switch (MemoryAccess.current()) {
        case UNSAFE -> List.of(ADDRESS, SIZE);
        case VAR_HANDLE -> List.of(SEGMENT);
    };

    private final char kind;
    private final String descriptor;
    private final String field;
    private final String method;

    MemoryPart(char kind, String descriptor, String field, String method) {
        this.kind = kind;
        this.descriptor = descriptor;
        this.field = field;
        this.method = method;
    }

    /** What accesses to memories of a type use. */
    static List<MemoryPart> of(MemoryType type) {
        return MemoryInstance.isNative(type) && !MemoryInstance.mayBeArray(type) ? OF_NATIVE : OF_ARRAY;
    }

    /** The letter of the JVM's typed instructions. */
    char kind() {
        return kind;
    }

    String descriptor() {
        return descriptor;
    }

    /** Its field in the instance, for memory 0. */
    String field() {
        return field;
    }

    /** The method of a memory that gives it. */
    String method() {
        return method;
    }
}

package dev.jawa.model;

/**
 * What follows an opcode in the binary format (core spec 5.4). One constant for each shape; indices are unsigned
 * LEB128 numbers of 32 bits unless it says otherwise.
 */
public enum Immediates {
    /** Nothing. */
    NONE,
    /** A block type: empty, one value type, or a type index as a signed 33-bit LEB128. */
    BLOCK_TYPE,
    /** A block type, then a vector of catch clauses. */
    BLOCK_TYPE_CATCHES,
    /** A label index. */
    LABEL,
    /** A vector of label indices, then the default label. */
    LABEL_TABLE,
    /** A function index. */
    FUNCTION,
    /** A type index. */
    TYPE,
    /** A type index, then a table index. */
    TYPE_TABLE,
    /** A type index, then a field index. */
    TYPE_FIELD,
    /** A type index, then a count. */
    TYPE_COUNT,
    /** A type index, then a data segment index. */
    TYPE_DATA,
    /** A type index, then an element segment index. */
    TYPE_ELEMENT,
    /** Two type indices. */
    TYPE_TYPE,
    /** A type index, then a tag index. */
    TYPE_TAG,
    /** A type index, then a vector of resumption handlers. */
    TYPE_HANDLERS,
    /** A type index, a tag index, then a vector of resumption handlers. */
    TYPE_TAG_HANDLERS,
    /** A local index. */
    LOCAL,
    /** A global index. */
    GLOBAL,
    /** A table index. */
    TABLE,
    /** The destination table, then the source table. */
    TABLE_TABLE,
    /** An element segment index. */
    ELEMENT,
    /** An element segment index, then a table index. */
    ELEMENT_TABLE,
    /** A memory index. */
    MEMORY,
    /** The destination memory, then the source memory. */
    MEMORY_MEMORY,
    /** A data segment index. */
    DATA,
    /** A data segment index, then a memory index. */
    DATA_MEMORY,
    /** A tag index. */
    TAG,
    /** Alignment and flags, a memory index if bit 6 of the flags is set, then an offset of 64 bits. */
    MEMARG,
    /** A memory argument, then a lane byte. */
    MEMARG_LANE,
    /** A lane byte. */
    LANE,
    /** Sixteen lane bytes. */
    LANES,
    /** A signed LEB128 of 32 bits. */
    I32,
    /** A signed LEB128 of 64 bits. */
    I64,
    /** Four bytes, little endian. */
    F32,
    /** Eight bytes, little endian. */
    F64,
    /** Sixteen bytes, little endian. */
    V128,
    /** A vector of value types. */
    VALUE_TYPES,
    /** A heap type. */
    HEAP_TYPE,
    /** A flag byte (bit 0: source is nullable, bit 1: target is), a label index, source and target heap types. */
    CAST,
    /** One zero byte. */
    FENCE
}

package dev.jawa.binary;

import dev.jawa.CompileError;
import dev.jawa.model.Bytes;
import dev.jawa.model.HeapType;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cursor over the instructions of a function body or a constant expression (core spec 5.4).
 *
 * <p>{@link #next()} reads one instruction with all its immediates, which the other methods give until the next call.
 * Which of them have a meaning follows from {@link Opcode#immediates()}; the others give what an earlier instruction
 * left. Nothing is allocated for an instruction but by the methods that return a list or a type.
 *
 * <p>Only the form is checked here, not whether an index or an alignment is valid. Not thread-safe.
 */
public final class InstructionReader implements Place {
    private static final int MEMORY_INDEX_FLAG = 0x40;
    private static final int[] NOTHING = {};

    // The frequent shapes of immediates by the byte of the opcode; one lookup instead of three.
    private static final int PLAIN = 1;
    private static final int INDEX = 2;
    private static final int CONSTANT_32 = 3;
    private static final int MEMORY_ARGUMENT = 4;
    private static final int BLOCK = 5;
    private static final byte[] SHAPES = shapes();

    private final ByteReader bytes;
    private int start;

    private int index;
    private int secondIndex;
    private long constant;
    private long constantHigh;
    private int memory;
    private int alignment;
    private long memoryOffset;
    private int lane;
    private int type;
    private int secondType;
    private boolean nullable;
    private boolean secondNullable;

    // Labels of br_table, types of select, or the clauses of try_table and resume in groups of three.
    private int[] list = NOTHING;
    private int listSize;

    private static byte[] shapes() {
        var shapes = new byte[0x100];
        for (int code = 0; code < shapes.length; code++) {
            Opcode opcode = Opcode.lookup(code);
            shapes[code] = (byte) (opcode == null ? 0 : switch (opcode.immediates()) {
                case NONE -> PLAIN;
                case LABEL, FUNCTION, TYPE, LOCAL, GLOBAL, TABLE, ELEMENT, MEMORY, DATA, TAG -> INDEX;
                case I32 -> CONSTANT_32;
                case MEMARG -> MEMORY_ARGUMENT;
                case BLOCK_TYPE -> BLOCK;
                default -> 0;
            });
        }
        return shapes;
    }

    /** At the first instruction of some code. */
    public InstructionReader(Bytes code) {
        this(code, -1);
    }

    /**
     * At the first instruction of some code.
     *
     * @param code the instructions
     * @param function the index of the function they belong to, or -1, for messages
     */
    public InstructionReader(Bytes code, int function) {
        bytes = new ByteReader(code, function);
        start = bytes.position();
    }

    /** Whether an instruction follows. */
    public boolean hasNext() {
        return bytes.remaining() > 0;
    }

    /** The index in the array of the byte after the current instruction, at which the next one starts. */
    public int position() {
        return bytes.position();
    }

    /** Moves to an instruction that starts at an index of the array. */
    public void position(int index) {
        bytes.position(index);
    }

    /** Where the current instruction's opcode stands in the module's binary. */
    public int offset() {
        return bytes.offset(start);
    }

    /** Where the byte after the current instruction stands in the module's binary. */
    public int nextOffset() {
        return bytes.offset();
    }

    /** The index of the function the code belongs to, or -1. */
    public int function() {
        return bytes.function();
    }

    /** An error at the current instruction. */
    @Override
    public CompileError error(String reason) {
        return bytes.errorAt(start, reason);
    }

    /**
     * Reads an instruction.
     *
     * @throws CompileError if it is malformed or there is none
     */
    public Opcode next() {
        return rest(begin());
    }

    /**
     * Reads the first byte of an instruction only. One of {@link #rest}, {@link #restIndex},
     * {@link #restConstant32} and {@link #restMemoryArgument} must follow, or nothing if nothing follows that opcode.
     * This is for the validator, to which a second look at each opcode is a notable cost.
     */
    public int begin() {
        start = bytes.position();
        return bytes.readByte();
    }

    /** Reads the index after an opcode that one index follows. */
    public int restIndex() {
        index = bytes.readUnsigned32();
        return index;
    }

    /** Reads the constant after {@code i32.const}. */
    public void restConstant32() {
        constant = bytes.readSigned32();
    }

    /** Reads the memory argument after an opcode that only one follows. */
    public void restMemoryArgument() {
        readMemoryArgument();
    }

    /** Reads the rest of an instruction, whose first byte is known. */
    public Opcode rest(int code) {
        switch (SHAPES[code]) {
            case PLAIN -> {
            }
            case INDEX -> index = bytes.readUnsigned32();
            case CONSTANT_32 -> constant = bytes.readSigned32();
            case MEMORY_ARGUMENT -> readMemoryArgument();
            case BLOCK -> type = TypeReader.readBlockType(bytes);
            default -> {
                return readOther(code);
            }
        }
        return Opcode.lookup(code);
    }

    // Apart from the frequent ones, so that those stay small enough for the JIT compiler to inline.
    private Opcode readOther(int code) {
        Opcode opcode = Opcode.isPrefix(code) ? prefixed(code) : Opcode.lookup(code);
        if (opcode == null) {
            throw error("illegal opcode " + hex(code));
        }
        readImmediates(opcode);
        return opcode;
    }

    private Opcode prefixed(int prefix) {
        int number = bytes.readUnsigned32();
        Opcode opcode = Opcode.lookup(prefix, number);
        if (opcode == null) {
            throw error("illegal opcode " + hex(prefix) + " " + hex(number));
        }
        return opcode;
    }

    private static String hex(int number) {
        String digits = Integer.toHexString(number);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    private void readImmediates(Opcode opcode) {
        switch (opcode.immediates()) {
            case NONE -> {
            }
            case LABEL, FUNCTION, TYPE, LOCAL, GLOBAL, TABLE, ELEMENT, MEMORY, DATA, TAG ->
                index = bytes.readUnsigned32();
            case TYPE_TABLE, TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEMENT, TYPE_TYPE, TYPE_TAG, TABLE_TABLE,
                    ELEMENT_TABLE, MEMORY_MEMORY, DATA_MEMORY -> readTwoIndices();
            case MEMARG -> readMemoryArgument();
            case MEMARG_LANE -> {
                readMemoryArgument();
                lane = bytes.readByte();
            }
            case LANE -> lane = bytes.readByte();
            case I32 -> constant = bytes.readSigned32();
            case I64 -> constant = bytes.readSigned64();
            case F32 -> constant = bytes.readFixed32() & 0xFFFF_FFFFL;
            case F64 -> constant = bytes.readFixed64();
            case LANES, V128 -> {
                constant = bytes.readFixed64();
                constantHigh = bytes.readFixed64();
            }
            case BLOCK_TYPE -> type = TypeReader.readBlockType(bytes);
            case HEAP_TYPE -> type = TypeReader.readHeapType(bytes);
            case CAST -> readCast();
            case FENCE -> {
                if (bytes.readByte() != 0) {
                    throw error("zero byte expected");
                }
            }
            case LABEL_TABLE, VALUE_TYPES, BLOCK_TYPE_CATCHES, TYPE_HANDLERS, TYPE_TAG_HANDLERS -> readList(opcode);
        }
    }

    private void readList(Opcode opcode) {
        switch (opcode.immediates()) {
            case LABEL_TABLE -> readLabels();
            case VALUE_TYPES -> readValueTypes();
            case BLOCK_TYPE_CATCHES -> {
                type = TypeReader.readBlockType(bytes);
                readCatches();
            }
            case TYPE_HANDLERS -> {
                index = bytes.readUnsigned32();
                readHandlers();
            }
            case TYPE_TAG_HANDLERS -> {
                readTwoIndices();
                readHandlers();
            }
            default -> throw new IllegalStateException(opcode + ": " + opcode.immediates());
        }
    }

    private void readTwoIndices() {
        index = bytes.readUnsigned32();
        secondIndex = bytes.readUnsigned32();
    }

    private void readMemoryArgument() {
        int flags = bytes.readUnsigned32();
        if ((flags & -0x80) != 0) {
            throw error("malformed memop flags");
        }
        alignment = flags & MEMORY_INDEX_FLAG - 1;
        memory = (flags & MEMORY_INDEX_FLAG) == 0 ? 0 : bytes.readUnsigned32();
        memoryOffset = bytes.readUnsigned64();
    }

    private void readLabels() {
        int count = bytes.readLength();
        listSize = 0;
        for (int i = 0; i <= count; i++) {
            add(bytes.readUnsigned32());
        }
    }

    private void readValueTypes() {
        int count = bytes.readLength();
        listSize = 0;
        for (int i = 0; i < count; i++) {
            add(TypeReader.readValueType(bytes));
        }
    }

    private void readCatches() {
        int count = bytes.readLength();
        listSize = 0;
        for (int i = 0; i < count; i++) {
            int code = bytes.readByte();
            if (code >= CatchClause.Kind.count()) {
                throw error("malformed catch clause");
            }
            addClause(code, CatchClause.Kind.of(code).hasTag() ? bytes.readUnsigned32() : -1,
                    bytes.readUnsigned32());
        }
    }

    private void readHandlers() {
        int count = bytes.readLength();
        listSize = 0;
        for (int i = 0; i < count; i++) {
            int code = bytes.readByte();
            if (code > 1) {
                throw error("malformed handler clause");
            }
            addClause(code, bytes.readUnsigned32(), code == 0 ? bytes.readUnsigned32() : -1);
        }
    }

    private void readCast() {
        int flags = bytes.readByte();
        if (flags > 3) {
            throw error("malformed cast flags");
        }
        nullable = (flags & 1) != 0;
        secondNullable = (flags & 2) != 0;
        index = bytes.readUnsigned32();
        type = TypeReader.readHeapType(bytes);
        secondType = TypeReader.readHeapType(bytes);
    }

    private void addClause(int kind, int tag, int label) {
        add(kind);
        add(tag);
        add(label);
    }

    private void add(int number) {
        if (listSize == list.length) {
            list = Arrays.copyOf(list, Math.max(16, listSize * 2));
        }
        list[listSize++] = number;
    }

    /**
     * The first or only index: of a label, function, type, local, global, table, memory, tag or segment. Like all
     * indices an unsigned number of 32 bits.
     */
    public int index() {
        return index;
    }

    /** The second index, or the count of {@code array.new_fixed}. */
    public int secondIndex() {
        return secondIndex;
    }

    /**
     * The constant: an i32 with its sign, an i64, the bits of an f32 or f64, the low 8 bytes of a v128 or the first 8
     * lanes of a shuffle.
     */
    public long constant() {
        return constant;
    }

    /** The high 8 bytes of a v128, or the last 8 lanes of a shuffle. */
    public long constantHigh() {
        return constantHigh;
    }

    /** The memory index of a memory argument. */
    public int memory() {
        return memory;
    }

    /** The alignment of a memory argument, as a power of two from 0 to 63. */
    public int alignment() {
        return alignment;
    }

    /** The offset of a memory argument, an unsigned number. */
    public long memoryOffset() {
        return memoryOffset;
    }

    /** The lane, 0 to 255. */
    public int lane() {
        return lane;
    }

    /** How many labels a {@code br_table} has, the default included. */
    public int labelCount() {
        return listSize;
    }

    /** A label of a {@code br_table}; the last one is the default. */
    public int label(int number) {
        return list[number];
    }

    /** Whether the block type is neither a type index nor a value type. */
    public boolean blockTypeIsEmpty() {
        return type == TypeCode.EMPTY;
    }

    /** Whether the block type is given by a type index. */
    public boolean blockTypeIsIndex() {
        return type < 0;
    }

    /** The type index of a block type that is given by one. */
    public int blockTypeIndex() {
        return ~type;
    }

    /** The result of a block type that is a value type; {@code null} for all other block types. */
    public ValueType blockValueType() {
        return type < 0 || type == TypeCode.EMPTY ? null : TypeCode.valueType(type);
    }

    /** The block type as {@link TypeCode} number: {@link TypeCode#EMPTY}, a value type, or {@code ~typeIndex}. */
    public int blockTypeCode() {
        return type;
    }

    /** The types of a {@code select} that has types. */
    public List<ValueType> valueTypes() {
        var types = new ArrayList<ValueType>(listSize);
        for (int i = 0; i < listSize; i++) {
            types.add(TypeCode.valueType(list[i]));
        }
        return types;
    }

    /** How many types a {@code select} has. */
    public int valueTypeCount() {
        return listSize;
    }

    /** A type of a {@code select} as {@link TypeCode} number. */
    public int valueTypeCode(int number) {
        return list[number];
    }

    /** The heap type; of a cast the source's. */
    public HeapType heapType() {
        return TypeCode.heapType(type);
    }

    /** The heap type as {@link TypeCode} number; of a cast the source's. */
    public int heapTypeCode() {
        return type;
    }

    /** The heap type of the target of {@code br_on_cast} and {@code br_on_cast_fail}. */
    public HeapType secondHeapType() {
        return TypeCode.heapType(secondType);
    }

    /** The heap type of a cast's target as {@link TypeCode} number. */
    public int secondHeapTypeCode() {
        return secondType;
    }

    /** Whether null belongs to the source type of {@code br_on_cast} and {@code br_on_cast_fail}. */
    public boolean nullable() {
        return nullable;
    }

    /** Whether null belongs to the target type of {@code br_on_cast} and {@code br_on_cast_fail}. */
    public boolean secondNullable() {
        return secondNullable;
    }

    /** How many catch clauses or resumption handlers there are. */
    public int clauseCount() {
        return listSize / 3;
    }

    /** A catch clause of {@code try_table}. */
    public CatchClause catchClause(int number) {
        return new CatchClause(CatchClause.Kind.of(list[number * 3]), list[number * 3 + 1], list[number * 3 + 2]);
    }

    /** The catch clauses of {@code try_table}. */
    public List<CatchClause> catches() {
        var clauses = new ArrayList<CatchClause>(clauseCount());
        for (int i = 0; i < clauseCount(); i++) {
            clauses.add(catchClause(i));
        }
        return clauses;
    }

    /** The handlers of {@code resume}, {@code resume_throw} and {@code resume_throw_ref}. */
    public List<ResumptionHandler> handlers() {
        var handlers = new ArrayList<ResumptionHandler>(clauseCount());
        for (int i = 0; i < clauseCount(); i++) {
            handlers.add(new ResumptionHandler(list[i * 3 + 1], list[i * 3 + 2]));
        }
        return handlers;
    }
}

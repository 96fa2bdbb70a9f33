package dev.jawa.compile.tree;

import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;

/** What evaluating an expression does besides giving its value, as bits. */
public final class Effects {
    public static final int READS_MEMORY = 1;
    public static final int READS_GLOBALS = 1 << 1;
    public static final int READS_TABLES = 1 << 2;
    /** Reads a mutable field of a struct or an element of a mutable array. */
    public static final int READS_OBJECTS = 1 << 3;
    public static final int WRITES_MEMORY = 1 << 4;
    public static final int WRITES_GLOBALS = 1 << 5;
    public static final int WRITES_TABLES = 1 << 6;
    public static final int WRITES_OBJECTS = 1 << 7;
    /** May trap because an address is out of bounds. */
    public static final int TRAPS_ON_MEMORY = 1 << 8;
    /** May trap for another reason. */
    public static final int TRAPS = 1 << 9;
    /** Calls a function, which may do anything, or changes the size of a memory. */
    public static final int CALLS = 1 << 10;
    /** Assigns a local that the handler of an exception might read. */
    static final int ASSIGNS = 1 << 11;

    static final int READS = READS_MEMORY | READS_GLOBALS | READS_TABLES | READS_OBJECTS;
    static final int WRITES = WRITES_MEMORY | WRITES_GLOBALS | WRITES_TABLES | WRITES_OBJECTS;
    /** From what is written to what is read. */
    private static final int WRITES_TO_READS = 4;
    static final int ANY_TRAP = TRAPS | TRAPS_ON_MEMORY;
    /** Everything that cannot be left out or moved across a branch. */
    static final int OBSERVABLE = WRITES | ANY_TRAP | CALLS;

    private Effects() {
    }

    /**
     * Whether something with effects {@code pending} that comes first may not be evaluated after something with
     * effects {@code next}.
     */
    static boolean conflict(int pending, int next) {
        if ((next & CALLS) != 0 || (pending & CALLS) != 0) {
            return pending != 0 && next != 0;
        }
        if (((next & WRITES) >> WRITES_TO_READS & pending & READS) != 0) {
            return true;
        }
        if ((pending & WRITES) != 0
                && (((pending & WRITES) >> WRITES_TO_READS & next & READS) != 0 || (next & WRITES) != 0)) {
            return true;
        }
        if ((pending & ANY_TRAP) != 0) {
            // The order of two traps shows in which one is reported, unless both are of one kind.
            return (next & WRITES) != 0 || (next & ANY_TRAP) != 0 && ((pending | next) & TRAPS) != 0;
        }
        return (next & ANY_TRAP) != 0 && (pending & WRITES) != 0;
    }

    /** The effects of an instruction itself, not of its operands. */
    static int of(Opcode opcode) {
        return switch (opcode) {
            case GLOBAL_GET -> READS_GLOBALS;
            case GLOBAL_SET -> WRITES_GLOBALS;
            case TABLE_GET -> READS_TABLES | TRAPS;
            case TABLE_SIZE -> READS_TABLES;
            case TABLE_SET, TABLE_INIT, TABLE_COPY, TABLE_FILL -> WRITES_TABLES | TRAPS;
            case ELEM_DROP, TABLE_GROW -> WRITES_TABLES;
            case MEMORY_SIZE -> READS_MEMORY;
            case MEMORY_GROW -> CALLS;
            case MEMORY_INIT, MEMORY_COPY, MEMORY_FILL -> WRITES_MEMORY | READS_MEMORY | TRAPS_ON_MEMORY;
            case DATA_DROP -> WRITES_MEMORY;
            case I32_DIV_S, I32_DIV_U, I32_REM_S, I32_REM_U, I64_DIV_S, I64_DIV_U, I64_REM_S, I64_REM_U,
                    I32_TRUNC_F32_S, I32_TRUNC_F32_U, I32_TRUNC_F64_S, I32_TRUNC_F64_U,
                    I64_TRUNC_F32_S, I64_TRUNC_F32_U, I64_TRUNC_F64_S, I64_TRUNC_F64_U,
                    REF_AS_NON_NULL, UNREACHABLE -> TRAPS;
            case CALL, CALL_INDIRECT, CALL_REF -> CALLS;
            // A get of what cannot change only traps; its builder says so.
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> READS_OBJECTS | TRAPS;
            case STRUCT_SET, ARRAY_SET, ARRAY_FILL -> WRITES_OBJECTS | TRAPS;
            case ARRAY_COPY -> READS_OBJECTS | WRITES_OBJECTS | TRAPS;
            case ARRAY_INIT_DATA -> READS_MEMORY | WRITES_OBJECTS | TRAPS;
            case ARRAY_INIT_ELEM -> READS_TABLES | WRITES_OBJECTS | TRAPS;
            case ARRAY_NEW_DATA -> READS_MEMORY | TRAPS;
            case ARRAY_NEW_ELEM -> READS_TABLES | TRAPS;
            case ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_LEN, REF_CAST, REF_CAST_NULL, REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL,
                    REF_GET_DESC, STRUCT_NEW_DESC, I31_GET_S, I31_GET_U -> TRAPS;
            default -> {
                if (opcode.feature() == Feature.THREADS) {
                    // Nothing moves past them, and what other threads did before becomes visible.
                    yield CALLS;
                }
                if (opcode.accessBytes() == 0) {
                    yield 0;
                }
                yield opcode.results().isEmpty() ? WRITES_MEMORY | TRAPS_ON_MEMORY : READS_MEMORY | TRAPS_ON_MEMORY;
            }
        };
    }
}

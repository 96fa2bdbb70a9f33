package dev.jawa.validate;

import dev.jawa.binary.TypeCode;
import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;

/**
 * The instruction table in the form the validator's inner loop reads: for each instruction with a fixed type its
 * operands and results packed into a number, four bits a type.
 */
final class Signatures {
    /** Stands for the type of the addresses of the memory that the instruction names. */
    static final int ADDRESS = 9;
    /** The signature of an instruction whose type depends on the context. */
    static final int CONTEXTUAL = -1;

    /** What to check beside the types. */
    static final int NOTHING = 0;
    static final int MEMORY_ACCESS = 1;
    static final int MEMORY_ACCESS_OF_LANE = 2;
    static final int LANE = 3;
    static final int SHUFFLE = 4;
    static final int MEMORY = 5;

    /** Operands by ordinal of the opcode, the last one in the lowest bits. */
    static final int[] OPERANDS;
    /** Results by ordinal of the opcode, the first one in the lowest bits. */
    static final int[] RESULTS;
    /** What to check by ordinal of the opcode. */
    static final byte[] CHECKS;
    /** How many lanes there are, by ordinal of the opcode. */
    static final byte[] LANES;
    /** The natural alignment as a power of two, by ordinal of the opcode. */
    static final byte[] ALIGNMENTS;
    /** Whether the access must be aligned naturally, by ordinal of the opcode. */
    static final boolean[] ATOMIC;

    static {
        Opcode[] opcodes = Opcode.values();
        OPERANDS = new int[opcodes.length];
        RESULTS = new int[opcodes.length];
        CHECKS = new byte[opcodes.length];
        LANES = new byte[opcodes.length];
        ALIGNMENTS = new byte[opcodes.length];
        ATOMIC = new boolean[opcodes.length];
        for (Opcode opcode : opcodes) {
            int i = opcode.ordinal();
            OPERANDS[i] = opcode.hasFixedType() ? pack(opcode.operands()) : CONTEXTUAL;
            RESULTS[i] = opcode.hasFixedType()
                    ? pack(new StringBuilder(opcode.results()).reverse().toString())
                    : CONTEXTUAL;
            CHECKS[i] = (byte) check(opcode);
            LANES[i] = (byte) lanes(opcode);
            ALIGNMENTS[i] = (byte) Integer.numberOfTrailingZeros(Math.max(1, opcode.accessBytes()));
            ATOMIC[i] = opcode.feature() == Feature.THREADS;
        }
    }

    private Signatures() {
    }

    private static int pack(String letters) {
        int packed = 0;
        for (char letter : letters.toCharArray()) {
            packed = packed << 4 | switch (letter) {
                case 'i' -> TypeCode.I32;
                case 'l' -> TypeCode.I64;
                case 'f' -> TypeCode.F32;
                case 'd' -> TypeCode.F64;
                case 'v' -> TypeCode.V128;
                case 'a' -> ADDRESS;
                default -> throw new IllegalStateException(letters);
            };
        }
        return packed;
    }

    private static int check(Opcode opcode) {
        return switch (opcode.immediates()) {
            case MEMARG -> MEMORY_ACCESS;
            case MEMARG_LANE -> MEMORY_ACCESS_OF_LANE;
            case LANE -> LANE;
            case LANES -> SHUFFLE;
            case MEMORY -> MEMORY;
            default -> NOTHING;
        };
    }

    // The number after the x in the shape, such as i8x16; a lane of a memory access is as wide as the access.
    private static int lanes(Opcode opcode) {
        return switch (opcode.immediates()) {
            case MEMARG_LANE -> 16 / opcode.accessBytes();
            case LANE -> {
                String shape = opcode.mnemonic().substring(0, opcode.mnemonic().indexOf('.'));
                yield Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
            }
            default -> 0;
        };
    }
}

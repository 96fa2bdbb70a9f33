package dev.jawa.validate;

import dev.jawa.model.Immediates;
import dev.jawa.model.Opcode;

/**
 * What most code consists of, by the byte of the opcode: which rule an instruction has, and the types for it. The
 * validator looks here first, so that these instructions take one dispatch in all, to read and to check them.
 */
final class FrequentInstructions {
    /** Not frequent: to be read and checked in the general way. */
    static final int OTHER = 0;
    static final int LOCAL_GET = 1;
    static final int LOCAL_SET = 2;
    static final int LOCAL_TEE = 3;
    static final int CONSTANT_32 = 4;
    /** One operand, one result, no immediates. */
    static final int ONE_OPERAND = 5;
    /** Two operands, one result, no immediates. */
    static final int TWO_OPERANDS = 6;
    static final int LOAD = 7;
    static final int STORE = 8;
    static final int END = 9;
    static final int BRANCH_IF = 10;
    static final int BRANCH = 11;

    static final byte[] RULES = new byte[0x100];
    /** The first operand; of a load the result, of a store what is stored. */
    static final byte[] FIRST = new byte[0x100];
    static final byte[] SECOND = new byte[0x100];
    static final byte[] RESULT = new byte[0x100];
    static final short[] ORDINALS = new short[0x100];

    static {
        for (int code = 0; code < RULES.length; code++) {
            Opcode opcode = Opcode.lookup(code);
            if (opcode != null) {
                ORDINALS[code] = (short) opcode.ordinal();
                fill(code, opcode);
            }
        }
    }

    private FrequentInstructions() {
    }

    private static void fill(int code, Opcode opcode) {
        switch (opcode) {
            case LOCAL_GET -> RULES[code] = LOCAL_GET;
            case LOCAL_SET -> RULES[code] = LOCAL_SET;
            case LOCAL_TEE -> RULES[code] = LOCAL_TEE;
            case I32_CONST -> RULES[code] = CONSTANT_32;
            case END -> RULES[code] = END;
            case BR_IF -> RULES[code] = BRANCH_IF;
            case BR -> RULES[code] = BRANCH;
            default -> {
                if (opcode.hasFixedType()) {
                    fillFixed(code, opcode);
                }
            }
        }
    }

    private static void fillFixed(int code, Opcode opcode) {
        int operands = Signatures.OPERANDS[opcode.ordinal()];
        int results = Signatures.RESULTS[opcode.ordinal()];
        int count = opcode.operands().length();
        if (opcode.immediates() == Immediates.NONE && opcode.results().length() == 1 && (count == 1 || count == 2)) {
            RULES[code] = (byte) (count == 1 ? ONE_OPERAND : TWO_OPERANDS);
            FIRST[code] = (byte) (count == 1 ? operands : operands >>> 4);
            SECOND[code] = (byte) (operands & 0xF);
            RESULT[code] = (byte) results;
        } else if (opcode.immediates() == Immediates.MEMARG) {
            boolean load = count == 1;
            RULES[code] = (byte) (load ? LOAD : STORE);
            FIRST[code] = (byte) (load ? results : operands & 0xF);
        }
    }
}

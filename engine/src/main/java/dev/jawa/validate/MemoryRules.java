package dev.jawa.validate;

import static dev.jawa.binary.TypeCode.I32;

import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.Opcode;

/** Memories, tables, segments, and the lanes of vectors (core spec 3.4.5, 3.4.6 and 3.4.13). */
final class MemoryRules {
    private final ModuleContext context;
    private final TypeTable types;
    private final OperandStack stack;

    MemoryRules(ModuleContext context, OperandStack stack) {
        this.context = context;
        this.types = context.types();
        this.stack = stack;
    }

    /** Applies the rule of an instruction whose type is in the table, but not all that is to be checked. */
    void applyChecked(int check, Opcode opcode, int operands, int results, InstructionReader in) {
        int ordinal = opcode.ordinal();
        int address = switch (check) {
            case Signatures.MEMORY_ACCESS -> checkAccess(ordinal, in);
            case Signatures.MEMORY_ACCESS_OF_LANE -> {
                int type = checkAccess(ordinal, in);
                checkLane(ordinal, in);
                yield type;
            }
            case Signatures.MEMORY -> context.memoryAddress(in.index(), in);
            case Signatures.LANE -> {
                checkLane(ordinal, in);
                yield 0;
            }
            default -> {
                checkShuffle(in);
                yield 0;
            }
        };
        for (int rest = operands; rest != 0; rest >>>= 4) {
            int type = rest & 0xF;
            stack.pop(type == Signatures.ADDRESS ? address : type);
        }
        for (int rest = results; rest != 0; rest >>>= 4) {
            int type = rest & 0xF;
            stack.push(type == Signatures.ADDRESS ? address : type);
        }
    }

    /** A load of a type, of which only the opcode and the memory argument have been read. */
    void load(int ordinal, int type, InstructionReader in) {
        stack.apply(checkAccess(ordinal, in), type);
    }

    /** A store of a type. */
    void store(int ordinal, int type, InstructionReader in) {
        int address = checkAccess(ordinal, in);
        stack.pop(type);
        stack.pop(address);
    }

    // Gives the type of the address.
    private int checkAccess(int ordinal, InstructionReader in) {
        int address = context.memoryAddress(in.memory());
        if (address == 0) {
            throw ModuleContext.unknown("memory", in.memory(), in);
        }
        int natural = Signatures.ALIGNMENTS[ordinal];
        if (Signatures.ATOMIC[ordinal] && in.alignment() != natural) {
            throw in.error("atomic alignment must be natural");
        }
        if (in.alignment() > natural) {
            throw in.error("alignment must not be larger than natural");
        }
        if (address == I32 && in.memoryOffset() >>> 32 != 0) {
            throw in.error("offset out of range");
        }
        return address;
    }

    private static void checkLane(int ordinal, InstructionReader in) {
        if (in.lane() >= Signatures.LANES[ordinal]) {
            throw in.error("invalid lane index");
        }
    }

    private static void checkShuffle(InstructionReader in) {
        // A lane of either vector is below 32: the three bits above must be clear in all bytes.
        if (((in.constant() | in.constantHigh()) & 0xE0E0_E0E0_E0E0_E0E0L) != 0) {
            throw in.error("invalid lane index");
        }
    }

    void apply(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case MEMORY_FILL -> {
                int address = context.memoryAddress(in.index(), in);
                stack.pop(address);
                stack.pop(I32);
                stack.pop(address);
            }
            case MEMORY_COPY -> popCopy(context.memoryAddress(in.index(), in),
                    context.memoryAddress(in.secondIndex(), in));
            case MEMORY_INIT -> {
                int address = context.memoryAddress(in.secondIndex(), in);
                context.checkData(in.index(), in);
                popInit(address);
            }
            case DATA_DROP -> context.checkData(in.index(), in);
            case ELEM_DROP -> context.element(in.index(), in);
            case TABLE_INIT -> initTable(in);
            case TABLE_COPY -> copyTable(in);
            default -> applyToTable(opcode, in);
        }
    }

    private void applyToTable(Opcode opcode, InstructionReader in) {
        int element = context.tableElement(in.index(), in);
        int address = context.tableAddress(in.index(), in);
        switch (opcode) {
            case TABLE_GET -> {
                stack.pop(address);
                stack.push(element);
            }
            case TABLE_SET -> {
                stack.pop(element);
                stack.pop(address);
            }
            case TABLE_SIZE -> stack.push(address);
            case TABLE_GROW -> {
                stack.pop(address);
                stack.pop(element);
                stack.push(address);
            }
            case TABLE_FILL -> {
                stack.pop(address);
                stack.pop(element);
                stack.pop(address);
            }
            default -> throw new IllegalStateException(opcode.toString());
        }
    }

    private void initTable(InstructionReader in) {
        int element = context.tableElement(in.secondIndex(), in);
        checkElements(context.element(in.index(), in), element, in);
        popInit(context.tableAddress(in.secondIndex(), in));
    }

    private void copyTable(InstructionReader in) {
        int destination = context.tableElement(in.index(), in);
        checkElements(context.tableElement(in.secondIndex(), in), destination, in);
        popCopy(context.tableAddress(in.index(), in), context.tableAddress(in.secondIndex(), in));
    }

    private void checkElements(int type, int wanted, InstructionReader in) {
        if (!types.matches(type, wanted)) {
            throw in.error("type mismatch: elements of " + TypeCode.toString(type) + " do not match table of "
                    + TypeCode.toString(wanted));
        }
    }

    // Offset and length in a segment are i32 always.
    private void popInit(int address) {
        stack.pop(I32);
        stack.pop(I32);
        stack.pop(address);
    }

    // The length is as wide as the narrower of the two.
    private void popCopy(int destination, int source) {
        stack.pop(destination == I32 ? I32 : source);
        stack.pop(source);
        stack.pop(destination);
    }
}

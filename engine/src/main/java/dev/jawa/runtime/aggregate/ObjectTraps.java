package dev.jawa.runtime.aggregate;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.TrapInstructions;
import java.util.regex.Matcher;

/**
 * Traps on structs, arrays and references that the JVM notices. Which instruction it was is known from the exception's
 * stack trace, and only said in the message: in code that throws again and again, HotSpot leaves the trace away.
 */
public final class ObjectTraps {
    private ObjectTraps() {
    }

    /** The trap of an instruction that was given null. */
    public static RuntimeError onNull(NullPointerException thrown) {
        return TrapInstructions.find(thrown, opcode -> !expected(opcode).isEmpty())
                .map(found -> RuntimeError.of(Kind.NULL_REFERENCE,
                        "null " + expected(found.opcode()) + " reference: " + found.opcode().mnemonic()))
                .orElseGet(() -> new RuntimeError(Kind.NULL_REFERENCE));
    }

    /** What an instruction wants that does not take null; empty for others. */
    private static String expected(Opcode opcode) {
        return switch (opcode) {
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, STRUCT_SET -> "structure";
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U, ARRAY_SET, ARRAY_LEN, ARRAY_FILL, ARRAY_COPY, ARRAY_INIT_DATA,
                    ARRAY_INIT_ELEM -> "array";
            case I31_GET_S, I31_GET_U -> "i31";
            case CALL_REF, RETURN_CALL_REF -> "function";
            case THROW_REF -> "exception";
            default -> "";
        };
    }

    /**
     * Whether an index was that of an array. Accesses to memories are checked by methods, whose exceptions, though they
     * may be of the same class, always have a stack trace.
     */
    public static boolean isOfArray(ArrayIndexOutOfBoundsException thrown) {
        return TrapInstructions.find(thrown, opcode -> opcode.accessBytes() > 0 || isElementAccess(opcode))
                .map(found -> isElementAccess(found.opcode()))
                .orElse(true);
    }

    private static boolean isElementAccess(Opcode opcode) {
        return switch (opcode) {
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U, ARRAY_SET -> true;
            default -> false;
        };
    }

    /** The trap of an index outside an array. */
    public static RuntimeError onIndex(ArrayIndexOutOfBoundsException thrown) {
        Matcher index = TrapInstructions.INDEX.matcher(thrown.getMessage() == null ? "" : thrown.getMessage());
        return index.matches() ? new RuntimeError(Kind.ARRAY_OUT_OF_BOUNDS, "index "
                + Integer.toUnsignedString(Integer.parseInt(index.group(1))) + " of " + index.group(2) + " elements")
                : new RuntimeError(Kind.ARRAY_OUT_OF_BOUNDS);
    }
}

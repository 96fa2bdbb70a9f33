package dev.jawa.runtime;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.Bytes;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Opcode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which access was out of bounds, by looking at the instruction that the JVM's exception comes from. */
final class MemoryTraps {
    private static final Pattern INDEX = Pattern.compile("Index (-?\\d+) out of bounds for length (-?\\d+)");

    private MemoryTraps() {
    }

    static String describe(Throwable thrown) {
        return StackTraces.innermost(thrown)
                .filter(place -> place.offset() >= 0)
                .map(place -> describe(place, thrown.getMessage()))
                .orElse("an address outside the memory");
    }

    private static String describe(StackTraces.Place place, String message) {
        int defined = place.function() - place.code().model().spaces().importedFunctions();
        FunctionBody body = place.code().model().code().get(defined);
        Bytes code = body.code();
        var reader = new InstructionReader(code);
        reader.position(code.start() + place.offset() - code.offset());
        Opcode opcode = reader.next();
        if (opcode.accessBytes() == 0) {
            return opcode.mnemonic();
        }
        String access = opcode.mnemonic() + " of " + opcode.accessBytes() + " bytes";
        Matcher matcher = INDEX.matcher(message == null ? "" : message);
        if (!matcher.matches() || MemoryAccess.current() != MemoryAccess.UNSAFE) {
            return access;
        }
        // Compiled code checks the address against what the size leaves for the offset and the access.
        long end = reader.memoryOffset() + opcode.accessBytes() - 1;
        long address = Integer.toUnsignedLong(Integer.parseInt(matcher.group(1))) + reader.memoryOffset();
        long size = Integer.parseInt(matcher.group(2)) + end;
        return access + " at 0x" + Long.toHexString(address) + " in a memory of " + size + " bytes";
    }
}

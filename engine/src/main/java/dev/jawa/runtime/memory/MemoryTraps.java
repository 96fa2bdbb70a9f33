package dev.jawa.runtime.memory;

import dev.jawa.runtime.TrapInstructions;
import java.util.regex.Matcher;

/** Says which access was out of bounds, by looking at the instruction that the JVM's exception comes from. */
public final class MemoryTraps {
    private MemoryTraps() {
    }

    public static String describe(Throwable thrown) {
        return TrapInstructions.find(thrown, opcode -> opcode.accessBytes() > 0)
                .map(access -> describe(access, thrown.getMessage()))
                .orElse("an address outside the memory");
    }

    private static String describe(TrapInstructions.Found found, String message) {
        int bytes = found.opcode().accessBytes();
        String access = found.opcode().mnemonic() + " of " + bytes + " bytes";
        Matcher matcher = TrapInstructions.INDEX.matcher(message == null ? "" : message);
        boolean isNative = MemoryInstance.isNative(found.code().model().spaces().memories().get(found.reader().memory()));
        if (!matcher.matches() || isNative && MemoryAccess.current() != MemoryAccess.UNSAFE) {
            return access;
        }
        // Compiled code checks the address against what the size leaves for the offset and the access.
        long end = found.reader().memoryOffset() + bytes - 1;
        long index = Long.parseLong(matcher.group(1));
        long address = (isNative ? index : Integer.toUnsignedLong((int) index)) + found.reader().memoryOffset();
        long size = Long.parseLong(matcher.group(2)) + end;
        return access + " at 0x" + Long.toHexString(address) + " in a memory of " + size + " bytes";
    }
}

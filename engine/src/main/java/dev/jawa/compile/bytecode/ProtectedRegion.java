package dev.jawa.compile.bytecode;

import java.util.Arrays;

/**
 * Code whose exceptions are caught. The handler may rely on those locals only that have one type throughout.
 */
public final class ProtectedRegion {
    final int start;
    final int[] locals;
    int end;

    ProtectedRegion(int start, int[] locals, int localCount) {
        this.start = start;
        this.locals = Arrays.copyOf(locals, localCount);
    }

    /** Takes note of a local that has a new type. */
    void changed(int slot, int type) {
        if (slot < locals.length && locals[slot] != type) {
            locals[slot] = VerificationType.TOP;
        }
    }

    /** Whether there is no code in it. */
    public boolean isEmpty() {
        return start == end;
    }
}

package dev.jawa.compile.bytecode;

import java.util.Arrays;

/** The stack map frames of a method (JVM specification 4.7.4), each written as its difference to the one before. */
final class FrameTable {
    private static final int SAME_EXTENDED = 251;
    private static final int SAME_ONE_STACK_ITEM = 64;
    private static final int SAME_ONE_STACK_ITEM_EXTENDED = 247;
    private static final int FULL = 255;

    private final ByteVector bytes = new ByteVector(64);
    private int count;
    private int writtenPosition = -1;
    private int[] writtenLocals;
    // The newest frame is held back: a second label at its place, whose state is the meet of both, replaces it.
    private int position = -1;
    private int[] locals;
    private int[] stack;

    FrameTable(int[] initialLocals) {
        writtenLocals = entries(initialLocals, initialLocals.length);
    }

    void add(int position, int[] locals, int localCount, int[] stack, int depth) {
        if (position != this.position) {
            write();
            count++;
        }
        this.position = position;
        this.locals = entries(locals, localCount);
        this.stack = Arrays.copyOf(stack, depth);
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** The table's contents after its count. */
    ByteVector attribute() {
        if (count > 0xFFFF) {
            throw new ClassTooLargeException("frames");
        }
        write();
        position = -1;
        return bytes;
    }

    /** Locals as frames list them: one entry for a value of two slots, and nothing unknown at the end. */
    private static int[] entries(int[] locals, int localCount) {
        int[] entries = new int[localCount];
        int count = 0;
        int known = 0;
        for (int slot = 0; slot < localCount; slot += VerificationType.isWide(locals[slot]) ? 2 : 1) {
            entries[count++] = locals[slot];
            if (locals[slot] != VerificationType.TOP) {
                known = count;
            }
        }
        return Arrays.copyOf(entries, known);
    }

    private void write() {
        if (position < 0) {
            return;
        }
        int delta = position - writtenPosition - 1;
        int common = Arrays.mismatch(locals, writtenLocals);
        if (common < 0 && stack.length == 0) {
            same(delta);
        } else if (common < 0 && stack.length == 1) {
            sameWithOneItem(delta);
        } else if (stack.length == 0 && common >= Math.min(locals.length, writtenLocals.length)
                && Math.abs(locals.length - writtenLocals.length) <= 3) {
            appendOrChop(delta);
        } else {
            full(delta);
        }
        writtenPosition = position;
        writtenLocals = locals;
    }

    private void same(int delta) {
        if (delta < SAME_ONE_STACK_ITEM) {
            bytes.u1(delta);
        } else {
            bytes.u1(SAME_EXTENDED).u2(delta);
        }
    }

    private void sameWithOneItem(int delta) {
        if (delta < 64) {
            bytes.u1(SAME_ONE_STACK_ITEM + delta);
        } else {
            bytes.u1(SAME_ONE_STACK_ITEM_EXTENDED).u2(delta);
        }
        VerificationType.write(bytes, stack[0]);
    }

    private void appendOrChop(int delta) {
        bytes.u1(SAME_EXTENDED + locals.length - writtenLocals.length).u2(delta);
        for (int i = writtenLocals.length; i < locals.length; i++) {
            VerificationType.write(bytes, locals[i]);
        }
    }

    private void full(int delta) {
        bytes.u1(FULL).u2(delta).u2(locals.length);
        for (int type : locals) {
            VerificationType.write(bytes, type);
        }
        bytes.u2(stack.length);
        for (int type : stack) {
            VerificationType.write(bytes, type);
        }
    }
}

package dev.jawa.compile.bytecode;

import java.util.Arrays;

/** A place in a method that jumps go to, with what is on the stack and in the locals there. */
public final class Label {
    int position = -1;
    // State on arrival, from the jumps seen so far; null while there are none.
    int[] stack;
    int[] locals;
    // Jumps to patch: the position of the instruction and of its offset; wide offsets are marked by a negative one.
    int[] jumps = new int[4];
    int jumpCount;

    /** Whether anything jumps here. */
    public boolean isTarget() {
        return stack != null;
    }

    /** Whether the place is known already. */
    public boolean isBound() {
        return position >= 0;
    }

    void jump(int instruction, int offset) {
        if (jumpCount + 2 > jumps.length) {
            jumps = Arrays.copyOf(jumps, jumps.length * 2);
        }
        jumps[jumpCount++] = instruction;
        jumps[jumpCount++] = offset;
    }
}

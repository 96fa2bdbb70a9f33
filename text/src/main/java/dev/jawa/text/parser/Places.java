package dev.jawa.text.parser;

import java.util.Arrays;

/** Where in a text the instructions of one function stand, for errors that are found in their binary form. */
final class Places {
    private final int function;
    private int[] offsets = new int[64];
    private int[] tokens = new int[64];
    private int count;

    /** Of the function with an index. */
    Places(int function) {
        this.function = function;
    }

    boolean isOf(int anyFunction) {
        return anyFunction == function;
    }

    /** Keeps the token of the instruction that begins at an offset in the code, which only ever grows. */
    void add(int offset, int token) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, count * 2);
            tokens = Arrays.copyOf(tokens, count * 2);
        }
        offsets[count] = offset;
        tokens[count++] = token;
    }

    /** The token of the instruction around an offset in the code; -1 if there is none. */
    int token(int offset) {
        int index = Arrays.binarySearch(offsets, 0, count, offset);
        int last = index >= 0 ? index : ~index - 1;
        return last < 0 ? -1 : tokens[last];
    }
}

package dev.jawa.validate;

import static dev.jawa.binary.TypeCode.BOTTOM;
import static dev.jawa.binary.TypeCode.BOTTOM_REFERENCE;

import dev.jawa.CompileError;
import dev.jawa.binary.ImplementationLimits;
import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import java.util.Arrays;

/**
 * The value stack and the control stack of the spec's validation algorithm (core spec, appendix 7.3): types of
 * operands, and a frame for each block that is open.
 *
 * <p>Below what an unreachable part of a block has pushed, the stack gives {@link TypeCode#BOTTOM} as often as asked.
 */
final class OperandStack {
    private static final int[] NO_TYPES = {};

    private final TypeTable types;
    private InstructionReader in;

    private int[] operands = new int[64];
    private int size;
    // Of the innermost frame, which is not in the arrays' current entry until another one is opened.
    private int base;
    private boolean unreachable;

    private int depth;
    private Frame[] kinds = new Frame[16];
    private int[] bases = new int[16];
    private boolean[] unreachables = new boolean[16];
    private int[][] startTypes = new int[16][];
    private int[][] endTypes = new int[16][];
    private int[] marks = new int[16];

    /** What opened a frame. */
    enum Frame {
        FUNCTION, BLOCK, LOOP, IF, ELSE, TRY_TABLE, TRY, CATCH, CATCH_ALL
    }

    OperandStack(TypeTable types) {
        this.types = types;
    }

    /** Forgets everything; errors are then placed where a reader is. */
    void reset(InstructionReader reader) {
        in = reader;
        size = 0;
        base = 0;
        depth = 0;
        unreachable = false;
    }

    void push(int type) {
        if (size == operands.length) {
            grow(1);
        }
        operands[size++] = type;
    }

    void push(int[] list) {
        push(list, list.length);
    }

    /** Pushes the first of some types. */
    void push(int[] list, int count) {
        if (count > operands.length - size) {
            grow(count);
        }
        System.arraycopy(list, 0, operands, size, count);
        size += count;
    }

    private void grow(int count) {
        if (ImplementationLimits.OPERANDS.isExceededBy(size + count)) {
            throw in.error(ImplementationLimits.OPERANDS.reason());
        }
        operands = Arrays.copyOf(operands, Math.max(operands.length * 2, size + count));
    }

    /** Pops an operand that must match a type. */
    void pop(int wanted) {
        int top = size - 1;
        if (top >= base && operands[top] == wanted) {
            size = top;
        } else {
            popMatching(wanted);
        }
    }

    /** Pops one operand and pushes one result. */
    void apply(int operand, int result) {
        int top = size - 1;
        if (top >= base && operands[top] == operand) {
            operands[top] = result;
        } else {
            popMatching(operand);
            push(result);
        }
    }

    /** Pops two operands and pushes one result. */
    void apply(int first, int second, int result) {
        int below = size - 2;
        if (below >= base && operands[below + 1] == second && operands[below] == first) {
            operands[below] = result;
            size = below + 1;
        } else {
            popMatching(second);
            popMatching(first);
            push(result);
        }
    }

    private void popMatching(int wanted) {
        if (size == base) {
            if (!unreachable) {
                throw mismatch(TypeCode.toString(wanted), "");
            }
        } else {
            int type = operands[--size];
            if (!types.matches(type, wanted)) {
                throw mismatch(TypeCode.toString(wanted), TypeCode.toString(type));
            }
        }
    }

    /** Pops any operand. */
    int pop() {
        if (size > base) {
            return operands[--size];
        }
        if (!unreachable) {
            throw mismatch("any", "");
        }
        return BOTTOM;
    }

    /** Pops any reference. */
    int popReference() {
        int type = pop();
        if (type == BOTTOM) {
            return BOTTOM_REFERENCE;
        }
        if (!TypeCode.isReference(type)) {
            throw mismatch("ref", TypeCode.toString(type));
        }
        return type;
    }

    /** Pops operands that must match types, the last of them first. */
    void pop(int[] wanted) {
        pop(wanted, wanted.length);
    }

    /** Pops operands that must match the first of some types. */
    void pop(int[] wanted, int count) {
        check(wanted, count);
        size = Math.max(base, size - count);
    }

    /** Checks that the operands on top match types, without popping them. */
    void check(int[] wanted, int count) {
        int available = Math.min(count, size - base);
        int missing = count - available;
        int from = size - available;
        if (missing > 0 && !unreachable) {
            throw mismatch(toString(wanted, 0, count), toString(operands, from, size));
        }
        // Equal types are the usual case, and this comparison the fastest there is for long lists.
        if (Arrays.equals(operands, from, size, wanted, missing, count)) {
            return;
        }
        for (int i = 0; i < available; i++) {
            if (!types.matches(operands[from + i], wanted[missing + i])) {
                throw mismatch(toString(wanted, 0, count), toString(operands, from, size));
            }
        }
    }

    /** Pops a number of operands of one type. */
    void popRepeatedly(int wanted, int count) {
        for (int i = 0; i < count; i++) {
            if (size == base && unreachable) {
                return;
            }
            pop(wanted);
        }
    }

    /** After an instruction that does not continue to the next one. */
    void setUnreachable() {
        size = base;
        unreachable = true;
    }

    /** Opens a frame, with the operands of its start on the stack. */
    void open(Frame kind, int[] start, int[] end, int mark) {
        if (depth == kinds.length) {
            growFrames();
        }
        if (depth > 0) {
            bases[depth - 1] = base;
            unreachables[depth - 1] = unreachable;
        }
        kinds[depth] = kind;
        startTypes[depth] = start;
        endTypes[depth] = end;
        marks[depth] = mark;
        depth++;
        base = size;
        unreachable = false;
        push(start);
    }

    private void growFrames() {
        int length = depth * 2;
        kinds = Arrays.copyOf(kinds, length);
        bases = Arrays.copyOf(bases, length);
        unreachables = Arrays.copyOf(unreachables, length);
        startTypes = Arrays.copyOf(startTypes, length);
        endTypes = Arrays.copyOf(endTypes, length);
        marks = Arrays.copyOf(marks, length);
    }

    /** Closes the innermost frame, whose results must be on the stack, and takes them away. */
    void close() {
        int[] end = endTypes[depth - 1];
        pop(end);
        if (size != base) {
            throw in.error("type mismatch: block requires " + toString(end, 0, end.length) + " but stack has "
                    + toString(operands, base, size + (unreachable ? 0 : end.length)));
        }
        depth--;
        if (depth > 0) {
            base = bases[depth - 1];
            unreachable = unreachables[depth - 1];
        }
    }

    /** How many frames are open. */
    int depth() {
        return depth;
    }

    /** What opened the innermost frame. */
    Frame kind() {
        return kinds[depth - 1];
    }

    /** What opened the frame that a label names. */
    Frame kind(int label) {
        return kinds[frame(label)];
    }

    /** The types at the start of the innermost frame. */
    int[] startTypes() {
        return startTypes[depth - 1];
    }

    /** The types at the end of the innermost frame. */
    int[] endTypes() {
        return endTypes[depth - 1];
    }

    /** The number given when the innermost frame was opened. */
    int mark() {
        return marks[depth - 1];
    }

    /** The types that a branch to a label takes. */
    int[] labelTypes(int label) {
        int frame = frame(label);
        return kinds[frame] == Frame.LOOP ? startTypes[frame] : endTypes[frame];
    }

    /** The types that the function returns. */
    int[] functionResults() {
        return endTypes[0];
    }

    /** The types at the end of the frame that a label names must exist. */
    void checkLabel(int label) {
        frame(label);
    }

    private int frame(int label) {
        if (Integer.compareUnsigned(label, depth) >= 0) {
            throw in.error("unknown label " + Integer.toUnsignedString(label));
        }
        return depth - 1 - label;
    }

    /** Whether so much memory is held that it is better given back than kept for the next function. */
    boolean isLarge() {
        return operands.length > 1 << 16 || kinds.length > 1 << 12;
    }

    CompileError mismatch(String wanted, String found) {
        return in.error("type mismatch: instruction requires " + bracketed(wanted) + " but stack has "
                + bracketed(found));
    }

    private static String bracketed(String text) {
        return text.startsWith("[") ? text : "[" + text + "]";
    }

    private static String toString(int[] list, int from, int to) {
        var text = new StringBuilder("[");
        int shown = Math.min(to, from + 10);
        for (int i = from; i < shown; i++) {
            text.append(i > from ? " " : "").append(TypeCode.toString(list[i]));
        }
        return text.append(shown < to ? " ...]" : "]").toString();
    }

    /** No types at all. */
    static int[] noTypes() {
        return NO_TYPES;
    }
}

package dev.jawa.compile.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is on the operand stack and in the locals before the next instruction, as {@link VerificationType}s. Stack map
 * frames are made of it.
 */
final class VerificationState {
    private static final int SMALLEST = 16;

    private int[] stack = new int[SMALLEST];
    private int depth;
    private int slots;
    private int maxStack;
    private int[] locals = new int[SMALLEST];
    private int localCount;
    private int maxLocals;
    private final List<ProtectedRegion> regions = new ArrayList<>();

    // ---- the operand stack

    void push(int type) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = type;
        slots += VerificationType.slots(type);
        maxStack = Math.max(maxStack, slots);
    }

    int pop() {
        int type = stack[--depth];
        slots -= VerificationType.slots(type);
        return type;
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    int top() {
        return stack[depth - 1];
    }

    int depth() {
        return depth;
    }

    int maxStack() {
        return maxStack;
    }

    // ---- locals

    /** The type of a local's value. */
    int local(int slot) {
        return slot < localCount ? locals[slot] : VerificationType.TOP;
    }

    /** The number of the first local that has never had a value. */
    int localCount() {
        return localCount;
    }

    int maxLocals() {
        return maxLocals;
    }

    void setLocal(int slot, int type) {
        int end = slot + VerificationType.slots(type);
        if (end > locals.length) {
            locals = Arrays.copyOf(locals, Math.max(end, locals.length * 2));
        }
        if (slot > 0 && VerificationType.isWide(locals[slot - 1])) {
            locals[slot - 1] = VerificationType.TOP;
        }
        locals[slot] = type;
        if (end == slot + 2) {
            locals[slot + 1] = VerificationType.TOP;
        }
        localCount = Math.max(localCount, end);
        maxLocals = Math.max(maxLocals, end);
        for (ProtectedRegion region : regions) {
            for (int changed = Math.max(0, slot - 1); changed < end; changed++) {
                region.changed(changed, locals[changed]);
            }
        }
    }

    void forget(int slot) {
        if (slot < localCount) {
            if (VerificationType.isWide(locals[slot])) {
                locals[slot + 1] = VerificationType.TOP;
            }
            locals[slot] = VerificationType.TOP;
            for (ProtectedRegion region : regions) {
                region.changed(slot, VerificationType.TOP);
            }
        }
    }

    // ---- labels

    /** Takes note of a jump to a label that is not bound yet. */
    void arrive(Label target) {
        if (target.stack == null) {
            target.stack = Arrays.copyOf(stack, depth);
            target.locals = Arrays.copyOf(locals, localCount);
        } else {
            intersect(target);
        }
    }

    /** Leaves of what is known at a label what is known here, too. */
    void intersect(Label label) {
        int[] kept = label.locals;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] != VerificationType.TOP && (i >= localCount || kept[i] != locals[i])) {
                kept[i] = VerificationType.TOP;
            }
        }
    }

    /** Goes on with what is known at a label. */
    void restore(Label label) {
        setLocals(label.locals);
        depth = 0;
        slots = 0;
        for (int type : label.stack) {
            push(type);
        }
    }

    private void setLocals(int[] types) {
        localCount = types.length;
        locals = Arrays.copyOf(types, Math.max(SMALLEST, localCount));
    }

    // ---- protected code

    /** Begins a region of code whose exceptions are caught. */
    ProtectedRegion beginRegion(int start) {
        var region = new ProtectedRegion(start, locals, localCount);
        regions.add(region);
        return region;
    }

    /** Ends the region that began last. */
    ProtectedRegion endRegion() {
        return regions.removeLast();
    }

    /** Goes on in the handler of a region, with an exception on the stack. */
    void restore(ProtectedRegion region, int exception) {
        setLocals(region.locals);
        depth = 0;
        slots = 0;
        push(exception);
    }

    // ---- frames

    /** The frames of a method that begins here. */
    FrameTable frames() {
        return new FrameTable(Arrays.copyOf(locals, localCount));
    }

    /** Adds a frame for a position in the code. */
    void addTo(FrameTable frames, int position) {
        frames.add(position, locals, localCount, stack, depth);
    }
}

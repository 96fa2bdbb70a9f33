package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.tree.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Which JVM locals hold which variables. A variable gets a slot when it is first assigned, and gives it back after the
 * last mention of it in the code; if that is in a loop that began after the first one, after the loop.
 */
public final class LocalSlots {
    private final CodeBuilder code;
    private final int[] slots;
    private final int[] mentionsLeft;
    // When a variable got its slot, counted in mentions; loops note when they began.
    private final int[] assignedAt;
    // What the slot of a variable holds once that has been assigned.
    private final int[] types;
    private final Deque<OpenLoop> loops = new ArrayDeque<>();
    private final List<Integer> freeSingles = new ArrayList<>();
    private final List<Integer> freePairs = new ArrayList<>();
    private int time;
    private int next;

    private record OpenLoop(int begin, List<Variable> freedAtEnd) {
    }

    /**
     * No variable has a slot yet.
     *
     * @param mentions how often the code mentions each variable, by number
     * @param next the first slot that is free
     */
    LocalSlots(CodeBuilder code, int[] mentions, int next) {
        this.code = code;
        this.mentionsLeft = mentions;
        this.next = next;
        slots = new int[mentions.length];
        Arrays.fill(slots, -1);
        assignedAt = new int[mentions.length];
        types = new int[mentions.length];
    }

    /** Reserves a slot for something that is not a variable. */
    int reserve(int count) {
        int slot = next;
        next += count;
        return slot;
    }

    /** Says that a variable is in a slot from the beginning. */
    void place(Variable variable, int slot) {
        slots[variable.number()] = slot;
        assigned(variable);
    }

    /** Whether the code still mentions a variable. */
    boolean isMentioned(Variable variable) {
        return mentionsLeft[variable.number()] > 0;
    }

    /** Whether a slot holds a variable, wherever control comes from. */
    boolean isHeld(Variable variable) {
        int slot = slots[variable.number()];
        return slot >= 0 && code.localType(slot) == types[variable.number()];
    }

    /** The slot of a variable; it gets one if it has none. */
    int slot(Variable variable) {
        int number = variable.number();
        if (slots[number] < 0) {
            slots[number] = allocate(variable.carrier().slots());
            assignedAt[number] = time;
        }
        return slots[number];
    }

    /** Says that a variable has just been assigned. */
    void assigned(Variable variable) {
        types[variable.number()] = code.localType(slots[variable.number()]);
    }

    private int allocate(int count) {
        List<Integer> free = count == 2 ? freePairs : freeSingles;
        return free.isEmpty() ? reserve(count) : free.removeLast();
    }

    /** Counts a mention that has just been emitted; after the last one the slot is free. */
    void mentioned(Variable variable) {
        int number = variable.number();
        time++;
        if (--mentionsLeft[number] > 0 || slots[number] < 0) {
            return;
        }
        for (OpenLoop loop : loops) {
            if (loop.begin() > assignedAt[number]) {
                // The outermost such loop may come round to where the variable is read.
                loop.freedAtEnd().add(variable);
                return;
            }
        }
        free(variable);
    }

    private void free(Variable variable) {
        int slot = slots[variable.number()];
        code.forget(slot);
        (variable.carrier().slots() == 2 ? freePairs : freeSingles).add(slot);
        slots[variable.number()] = -1;
    }

    void beginLoop() {
        // A label may have brought back what has since been freed, or given to another variable; the loop's frame must not
        // promise it.
        freeSingles.forEach(code::forget);
        freePairs.forEach(code::forget);
        for (int number = 0; number < slots.length; number++) {
            if (slots[number] >= 0 && code.localType(slots[number]) != types[number]) {
                code.forget(slots[number]);
            }
        }
        time++;
        loops.addLast(new OpenLoop(time, new ArrayList<>()));
    }

    void endLoop() {
        loops.removeLast().freedAtEnd().forEach(this::free);
        time++;
    }
}

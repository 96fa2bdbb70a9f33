package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.LinearForm;
import dev.jawa.compile.tree.LoopProof;
import dev.jawa.compile.tree.Relation;
import dev.jawa.compile.tree.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits what is checked before a {@link LoopProof proved} loop: how often it goes round, and that what it accesses in
 * the first round and in the last is in bounds, and so all between.
 *
 * <p>It is reckoned in 64 bits, in which nothing overflows: what is an i64 must be between -2^40 and 2^40, far beyond
 * the largest memory, and no step is above 2^20. A test by {@code <} is done for the counter's values x, x + s, x + 2s, ... as long as
 * they are below the bound e; the last round is number (e - x + s - 1) / s, where the first one is 0. By {@code !=} it
 * is number (e - x) / s, if that is whole.
 */
public final class LoopGuardEmitter {
    /** A loop that goes round less often is not worth it. */
    private static final int FEWEST_ROUNDS = 4;
    /** What is an i64 has to be below two to the power of this. */
    private static final int LARGEST_BITS = 40;

    private final CodeBuilder code;
    private final LocalSlots slots;
    private final Variable[] variables;
    private final MemoryEmitter.MemoryLoader memories;
    // Numbers of 64 bits: the counter, its bound, and how far the last round is.
    private final int counter;
    private final int bound;
    private final int distance;
    // The number of the last round, and of this one.
    private final int last;
    private final int round;
    // Where each range is in the first round.
    private final List<Integer> firsts = new ArrayList<>();

    LoopGuardEmitter(CodeBuilder code, LocalSlots slots, Variable[] variables, MemoryEmitter.MemoryLoader memories) {
        this.code = code;
        this.slots = slots;
        this.variables = variables;
        this.memories = memories;
        counter = slots.reserve(2);
        bound = slots.reserve(2);
        distance = slots.reserve(2);
        last = slots.reserve(1);
        round = slots.reserve(1);
    }

    /** Goes on where everything is as it should, and else to a label. */
    void emit(LoopProof proof, Label unproved) {
        long limit = switch (proof.relation()) {
            case LE_S, LE_U -> 1;
            case GE_S, GE_U -> -1;
            default -> 0;
        };
        sum(proof.counter());
        code.store('J', counter);
        sum(proof.bound());
        if (limit != 0) {
            code.constant(limit).op(Bytecode.LADD);
        }
        code.store('J', bound);
        if (isWide(proof)) {
            requireSmall(counter, unproved);
            requireSmall(bound, unproved);
        }
        if (proof.relation().isUnsigned()) {
            // Where neither is negative a comparison with sign says the same.
            code.load('J', counter).load('J', bound).op(Bytecode.LOR);
            require(0, Bytecode.IFLT, unproved);
        }
        if (proof.stepVariable() >= 0) {
            byVariable(proof, unproved);
        } else {
            byConstant(proof, unproved);
        }
        for (int i = 0; i < proof.ranges().size(); i++) {
            if (i == firsts.size()) {
                firsts.add(slots.reserve(2));
            }
            check(proof.ranges().get(i), firsts.get(i), unproved);
        }
        if (proof.counts()) {
            code.load('J', distance);
            require(Integer.MAX_VALUE, Bytecode.IFGE, unproved);
            code.load('J', distance).op(Bytecode.L2I).store('I', last).constant(-1).store('I', round);
        }
    }

    /** Emits, at the beginning of a round, that it is the next one. */
    void count() {
        code.load('I', round).constant(1).op(Bytecode.IADD).store('I', round);
    }

    /** Emits the test by which the loop goes on or is left, which a count of its rounds says as well. */
    void test(LoopProof proof, Label target) {
        code.load('I', round).load('I', last)
                .jump(proof.goesOnIf() ? Bytecode.IF_ICMPLT : Bytecode.IF_ICMPGE, target);
    }

    /** Pushes an address as a number of 64 bits, if it is a proved one; else says no. */
    boolean address(LoopProof proof, Operation access) {
        LoopProof.Place place = proof.accesses().get(access);
        if (place == null) {
            return false;
        }
        code.load('J', firsts.get(place.range()));
        int step = proof.ranges().get(place.range()).step();
        if (step != 0) {
            code.load('I', round).op(Bytecode.I2L);
            if (step != 1) {
                code.constant((long) step).op(Bytecode.LMUL);
            }
            code.op(Bytecode.LADD);
        }
        if (place.distance() != 0) {
            code.constant(place.distance()).op(Bytecode.LADD);
        }
        return true;
    }

    /** As {@link #address}, in 32 bits: the form in which HotSpot takes an array's own checks out of a loop. */
    boolean index(LoopProof proof, Operation access) {
        LoopProof.Place place = proof.accesses().get(access);
        if (place == null) {
            return false;
        }
        code.load('J', firsts.get(place.range())).op(Bytecode.L2I);
        int step = proof.ranges().get(place.range()).step();
        if (step != 0) {
            code.load('I', round);
            if (step != 1) {
                code.constant(step).op(Bytecode.IMUL);
            }
            code.op(Bytecode.IADD);
        }
        if (place.distance() != 0) {
            code.constant((int) place.distance()).op(Bytecode.IADD);
        }
        return true;
    }

    private static boolean isWide(LoopProof proof) {
        return proof.counter().wide();
    }

    /** Jumps if a number is too far from 0 to be reckoned with. */
    private void requireSmall(int slot, Label unproved) {
        code.load('J', slot).constant(1L << LARGEST_BITS).op(Bytecode.LADD)
                .constant(LARGEST_BITS + 1).op(Bytecode.LUSHR);
        require(0, Bytecode.IFNE, unproved);
    }

    /** Jumps if the number of 64 bits on the stack compares to another one. */
    private void require(long number, int jumpIf, Label unproved) {
        code.constant(number).op(Bytecode.LCMP).jump(jumpIf, unproved);
    }

    /** Pushes a sum as a number of 64 bits. */
    private void sum(LinearForm form) {
        boolean wide = form.wide();
        int[] values = form.values();
        for (int i = 0; i < values.length; i++) {
            code.load(wide ? 'J' : 'I', slots.slot(variables[values[i]]));
            if (form.factors()[i] != 1) {
                number(wide, form.factors()[i]);
                code.op(wide ? Bytecode.LMUL : Bytecode.IMUL);
            }
            if (i > 0) {
                code.op(wide ? Bytecode.LADD : Bytecode.IADD);
            }
        }
        if (values.length == 0) {
            number(wide, form.constant());
        } else if (form.constant() != 0) {
            number(wide, form.constant());
            code.op(wide ? Bytecode.LADD : Bytecode.IADD);
        }
        if (!wide) {
            code.op(Bytecode.I2L);
        }
    }

    private void number(boolean wide, long number) {
        if (wide) {
            code.constant(number);
        } else {
            code.constant((int) number);
        }
    }

    private void byConstant(LoopProof proof, Label unproved) {
        boolean up = proof.step() > 0;
        long step = Math.abs((long) proof.step());
        code.load('J', up ? bound : counter).load('J', up ? counter : bound).op(Bytecode.LSUB).store('J', distance)
                .load('J', distance);
        require(FEWEST_ROUNDS * step, Bytecode.IFLT, unproved);
        if (proof.relation() == Relation.NE) {
            if (step > 1) {
                code.load('J', distance).constant(step).op(Bytecode.LREM);
                require(0, Bytecode.IFNE, unproved);
                code.load('J', distance).constant(step).op(Bytecode.LDIV).store('J', distance);
            }
            return;
        }
        // No value of the counter is beyond the bound by so much that it is another number.
        boolean unsigned = proof.relation().isUnsigned();
        if (up && !isWide(proof)) {
            code.load('J', bound);
            require((1L << 31) - step, Bytecode.IFGT, unproved);
        } else if (!up && (unsigned || !isWide(proof))) {
            code.load('J', bound);
            require((unsigned ? 0 : Integer.MIN_VALUE) + step - 1, Bytecode.IFLT, unproved);
        }
        if (step > 1) {
            code.load('J', distance).constant(step - 1).op(Bytecode.LADD).constant(step).op(Bytecode.LDIV)
                    .store('J', distance);
        }
    }

    /** With a step that is only known now, the distance is not in rounds but what the counter may grow by at most. */
    private void byVariable(LoopProof proof, Label unproved) {
        sum(LinearForm.ofValue(isWide(proof), proof.stepVariable()));
        code.store('J', distance).load('J', distance);
        require(0, Bytecode.IFLE, unproved);
        if (isWide(proof)) {
            requireSmall(distance, unproved);
        }
        code.load('J', bound).load('J', distance).op(Bytecode.LADD).store('J', distance);
        if (!isWide(proof)) {
            code.load('J', distance);
            require(1L << 31, Bytecode.IFGT, unproved);
        }
        code.load('J', bound).load('J', counter).op(Bytecode.LCMP).jump(Bytecode.IFLT, unproved);
        code.load('J', distance).load('J', counter).op(Bytecode.LSUB).constant(1L).op(Bytecode.LSUB)
                .store('J', distance);
    }

    private void check(LoopProof.Range range, int first, Label unproved) {
        sum(range.first());
        if (range.first().wide()) {
            code.store('J', first).load('J', first).constant(LARGEST_BITS).op(Bytecode.LUSHR);
            require(0, Bytecode.IFNE, unproved);
        } else {
            code.constant(0xFFFF_FFFFL).op(Bytecode.LAND).store('J', first);
        }
        code.load('J', first);
        if (range.step() < 0) {
            movement(range);
            code.op(Bytecode.LADD);
            require(0, Bytecode.IFLT, unproved);
            code.load('J', first);
        } else if (range.step() > 0 || range.withCounter()) {
            movement(range);
            code.op(Bytecode.LADD);
        }
        code.constant(range.length()).op(Bytecode.LADD);
        memories.loadLongSize(range.memory());
        code.op(Bytecode.LCMP).jump(Bytecode.IFGT, unproved);
    }

    private void movement(LoopProof.Range range) {
        code.load('J', distance);
        if (!range.withCounter() && range.step() != 1) {
            code.constant((long) range.step()).op(Bytecode.LMUL);
        }
    }
}

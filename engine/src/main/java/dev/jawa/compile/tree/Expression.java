package dev.jawa.compile.tree;

import dev.jawa.model.FunctionType;
import dev.jawa.model.Opcode;

/** Something that is evaluated, left to right, and mostly gives a value. */
public sealed interface Expression {
    /** The type of its value. */
    Carrier carrier();

    /** What evaluating it does: bits of {@link Effects}. */
    int effects();

    /** About how many bytes of JVM code it takes. */
    int size();

    /**
     * A number or the null reference.
     *
     * @param carrier its type
     * @param bits its raw bits; 0 for null
     */
    record Constant(Carrier carrier, long bits) implements Expression {
        @Override
        public int effects() {
            return 0;
        }

        @Override
        public int size() {
            return carrier == Carrier.REFERENCE || bits == (byte) bits ? 2 : 3;
        }
    }

    /**
     * The value of a variable.
     *
     * @param variable which
     */
    record Get(Variable variable) implements Expression {
        @Override
        public Carrier carrier() {
            return variable.carrier();
        }

        @Override
        public int effects() {
            return 0;
        }

        @Override
        public int size() {
            return 2;
        }
    }

    /**
     * An instruction with its operands.
     *
     * @param opcode the instruction
     * @param operands in order
     * @param carrier the type of the result
     * @param index its first index; for a memory access, the memory
     * @param secondIndex its second index
     * @param immediate its other immediate, such as the offset of a memory access
     * @param offset where it stands in the module's binary
     * @param effects its own and its operands'
     * @param size its own and its operands'
     */
    record Operation(Opcode opcode, Expression[] operands, Carrier carrier, int index, int secondIndex, long immediate,
            int offset, int effects, int size) implements Expression {
    }

    /**
     * A call, or what prepares a tail call, which begins when the function has returned.
     *
     * @param opcode {@code call}, {@code call_indirect} or {@code call_ref}, or the same with {@code return_}
     * @param type the parameters and results
     * @param operands the arguments, then the table index or the function reference, if any
     * @param index the function, or the type
     * @param table the table of {@code call_indirect}
     * @param offset where it stands in the module's binary
     * @param copy for a tail call that is made at once, of which copy of the function's code
     * @param size of the call and its operands
     */
    record Call(Opcode opcode, FunctionType type, Expression[] operands, int index, int table, int offset, int copy,
            int size) implements Expression {
        /** Whether it is a tail call that is prepared. */
        public boolean isTail() {
            return copy == TailCallPlan.PREPARED && switch (opcode) {
                case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> true;
                default -> false;
            };
        }

        /** The type of a single result; nothing if there are none, a tuple if there are several. */
        @Override
        public Carrier carrier() {
            return isTail() ? Carrier.VOID : switch (Carrier.count(type.results())) {
                case 0 -> Carrier.VOID;
                case 1 -> Carrier.of(type.results().getFirst());
                default -> Carrier.REFERENCE;
            };
        }

        @Override
        public int effects() {
            return Effects.CALLS;
        }
    }
}

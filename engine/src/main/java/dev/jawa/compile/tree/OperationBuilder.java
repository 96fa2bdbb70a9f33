package dev.jawa.compile.tree;

import static dev.jawa.compile.tree.Effects.CALLS;
import static dev.jawa.compile.tree.Effects.OBSERVABLE;
import static dev.jawa.compile.tree.Effects.TRAPS;
import static dev.jawa.compile.tree.Effects.WRITES;

import dev.jawa.CompileError;
import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.model.AddressType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;

/** Builds the expressions of instructions that are neither control nor locals. */
final class OperationBuilder {
    private final IndexSpaces spaces;
    private final PendingStack stack;
    private final InstructionReader reader;
    private final AggregateBuilder aggregates;
    private final LaneBuilder lanes;
    private final VectorBuilder vectors;
    private final WholeVectorBuilder wholeVectors;
    private boolean whole;

    OperationBuilder(IndexSpaces spaces, PendingStack stack, InstructionReader reader) {
        this.spaces = spaces;
        this.stack = stack;
        this.reader = reader;
        aggregates = new AggregateBuilder(spaces, stack, reader, this);
        lanes = new LaneBuilder(stack, this);
        vectors = new VectorBuilder(stack, reader, this, lanes);
        wholeVectors = new WholeVectorBuilder(stack, reader, this);
    }

    /** The builder of what the garbage collection proposal brought. */
    AggregateBuilder aggregates() {
        return aggregates;
    }

    /** Says whether vectors are whole in the code that follows. */
    void wholeVectors(boolean are) {
        whole = are;
    }

    /** The builder of halves of vectors. */
    LaneBuilder lanes() {
        return lanes;
    }

    /** Takes in the instruction that the reader is at. */
    void add(Opcode opcode) {
        switch (opcode) {
            case I32_CONST -> stack.push(new Constant(Carrier.INT, reader.constant()));
            case I64_CONST -> stack.push(new Constant(Carrier.LONG, reader.constant()));
            case F32_CONST -> stack.push(new Constant(Carrier.FLOAT, reader.constant()));
            case F64_CONST -> stack.push(new Constant(Carrier.DOUBLE, reader.constant()));
            case REF_NULL -> stack.push(new Constant(Carrier.REFERENCE, 0));
            case SELECT, SELECT_TYPED -> select();
            case GLOBAL_GET -> getGlobal();
            case GLOBAL_SET -> setGlobal();
            case TABLE_GET -> push(opcode, 1, Carrier.REFERENCE);
            case TABLE_SET -> evaluate(opcode, stack.pop(2));
            case TABLE_SIZE -> push(opcode, 0, tableAddress());
            case TABLE_GROW -> push(opcode, 2, tableAddress());
            case MEMORY_SIZE -> push(opcode, 0, memoryAddress());
            case MEMORY_GROW -> push(opcode, 1, memoryAddress());
            case TABLE_FILL, TABLE_COPY, TABLE_INIT, MEMORY_FILL, MEMORY_COPY, MEMORY_INIT ->
                evaluate(opcode, stack.pop(3));
            case ELEM_DROP, DATA_DROP -> evaluate(opcode, stack.pop(0));
            case REF_IS_NULL -> push(opcode, 1, Carrier.INT);
            case REF_FUNC -> push(opcode, 0, Carrier.REFERENCE);
            case REF_AS_NON_NULL -> push(opcode, 1, Carrier.REFERENCE);
            case I64_ADD128 -> add128();
            case I64_SUB128 -> sub128();
            case I64_MUL_WIDE_S, I64_MUL_WIDE_U -> multiplyWide(opcode);
            default -> fixed(opcode);
        }
    }

    private void getGlobal() {
        ValueType type = spaces.globals().get(reader.index()).type();
        if (type instanceof VectorType) {
            vectors.getGlobal();
        } else {
            stack.push(global(Opcode.GLOBAL_GET, stack.pop(0), Carrier.of(type)));
        }
    }

    private void setGlobal() {
        if (stack.isVector(0)) {
            vectors.setGlobal();
        } else {
            Operation set = global(Opcode.GLOBAL_SET, stack.pop(1), Carrier.VOID);
            stack.add(new Evaluate(set), set.effects());
        }
    }

    private Operation global(Opcode opcode, Expression[] operands, Carrier carrier) {
        return operation(opcode, operands, carrier, reader.index(), 0, Effects.of(opcode));
    }

    // ---- wide arithmetic: the low half and the high half as expressions of their own over settled operands

    private Expression[] settledOperands(int count) {
        Expression[] operands = stack.pop(count);
        for (int i = 0; i < count; i++) {
            operands[i] = stack.evaluated(operands[i]);
        }
        return operands;
    }

    private void add128() {
        Expression[] halves = settledOperands(4);
        Expression low = stack.evaluated(i64(Opcode.I64_ADD, halves[0], halves[2]));
        Expression high = i64(Opcode.I64_ADD, halves[1], halves[3]);
        stack.push(low);
        stack.push(i64(Opcode.I64_ADD, high, oneIfBelow(low, halves[0])));
    }

    private void sub128() {
        Expression[] halves = settledOperands(4);
        Expression high = i64(Opcode.I64_SUB, halves[1], halves[3]);
        stack.push(i64(Opcode.I64_SUB, halves[0], halves[2]));
        stack.push(i64(Opcode.I64_SUB, high, oneIfBelow(halves[0], halves[2])));
    }

    /** The instruction's own opcode stands for the high half. */
    private void multiplyWide(Opcode opcode) {
        Expression[] factors = settledOperands(2);
        stack.push(i64(Opcode.I64_MUL, factors));
        stack.push(i64(opcode, factors));
    }

    private Expression i64(Opcode opcode, Expression... operands) {
        return operation(opcode, operands, Carrier.LONG);
    }

    /** Carry or borrow: an i64 that is 1 if the first is below the second, both unsigned. */
    private Expression oneIfBelow(Expression first, Expression second) {
        Expression below = operation(Opcode.I64_LT_U, new Expression[] {first, second}, Carrier.INT);
        return i64(Opcode.I64_EXTEND_I32_S, below);
    }

    /** Instructions whose types stand in the table. */
    private void fixed(Opcode opcode) {
        switch (opcode.feature()) {
            case MVP, SIGN_EXTENSION, SATURATING_FLOAT_TO_INT -> {
            }
            case GC, CUSTOM_DESCRIPTORS -> {
                aggregates.add(opcode);
                return;
            }
            case SIMD, RELAXED_SIMD -> {
                if (whole) {
                    wholeVectors.add(opcode);
                } else {
                    vectors.add(opcode);
                }
                return;
            }
            case THREADS -> {
                atomic(opcode);
                return;
            }
            default -> throw notSupported(opcode.mnemonic());
        }
        if (opcode.accessBytes() == 0) {
            push(opcode, opcode.operands().length(), Carrier.of(opcode.results().charAt(0)));
        } else if (opcode.results().isEmpty()) {
            evaluate(opcode, storeOperands());
        } else {
            push(opcode, loadOperands(), Carrier.of(opcode.results().charAt(0)));
        }
    }

    private CompileError notSupported(String what) {
        return new CompileError("not supported yet: " + what, reader.offset(), -1);
    }

    private Carrier tableAddress() {
        return carrier(spaces.tables().get(reader.index()).addressType());
    }

    private Carrier memoryAddress() {
        return carrier(spaces.memories().get(reader.index()).addressType());
    }

    private static Carrier carrier(AddressType type) {
        return type == AddressType.I64 ? Carrier.LONG : Carrier.INT;
    }

    private void atomic(Opcode opcode) {
        Expression[] operands = stack.pop(opcode.operands().length());
        if (opcode.results().isEmpty()) {
            evaluate(opcode, operands);
        } else {
            push(opcode, operands, Carrier.of(opcode.results().charAt(0)));
        }
    }

    /** The memory is pushed before the address, so that nothing in the address may replace it. */
    Expression[] loadOperands() {
        Expression[] operands = stack.pop(1);
        if ((operands[0].effects() & CALLS) != 0) {
            operands[0] = stack.evaluated(operands[0]);
        }
        return operands;
    }

    /** The address is checked before the value is evaluated, so that nothing in the value may show that. */
    private Expression[] storeOperands() {
        Expression[] operands = stack.pop(2);
        boolean valueShows = (operands[1].effects() & (CALLS | WRITES | TRAPS)) != 0;
        if (valueShows || (operands[0].effects() & CALLS) != 0) {
            operands[0] = stack.evaluated(operands[0]);
        }
        if (valueShows) {
            operands[1] = stack.evaluated(operands[1]);
        }
        return operands;
    }

    /** Only one of the values is evaluated, after the condition; so neither may be noticed. */
    private void select() {
        if (stack.isVector(1)) {
            if (whole) {
                wholeVectors.select();
            } else {
                vectors.select();
            }
            return;
        }
        Expression[] operands = stack.pop(3);
        int values = operands[0].effects() | operands[1].effects();
        if ((values & OBSERVABLE) != 0 || Effects.conflict(values, operands[2].effects())) {
            operands[0] = stack.evaluated(operands[0]);
            operands[1] = stack.evaluated(operands[1]);
        }
        stack.push(operation(Opcode.SELECT, operands, operands[0].carrier()));
    }

    /** An i32 less a constant. */
    Expression subtract(Expression value, int constant) {
        return operation(Opcode.I32_SUB, new Expression[] {value, new Constant(Carrier.INT, constant)}, Carrier.INT);
    }

    /** The contrary of a condition. */
    Expression isZero(Expression condition) {
        return operation(Opcode.I32_EQZ, new Expression[] {condition}, Carrier.INT);
    }

    /** Whether an i32 is below a constant, both unsigned. */
    Expression isBelow(Expression value, int constant) {
        return operation(Opcode.I32_LT_U, new Expression[] {value, new Constant(Carrier.INT, constant)}, Carrier.INT);
    }

    private void push(Opcode opcode, int operands, Carrier carrier) {
        push(opcode, stack.pop(operands), carrier);
    }

    private void push(Opcode opcode, Expression[] operands, Carrier carrier) {
        stack.push(operation(opcode, operands, carrier));
    }

    void evaluate(Opcode opcode, Expression[] operands) {
        Operation operation = operation(opcode, operands, Carrier.VOID);
        stack.add(new Evaluate(operation), operation.effects());
    }

    Operation operation(Opcode opcode, Expression[] operands, Carrier carrier) {
        boolean access = opcode.accessBytes() != 0;
        return operation(opcode, operands, carrier, access ? reader.memory() : reader.index(),
                access ? 0 : reader.secondIndex(), Effects.of(opcode));
    }

    /** An operation with indices and effects of its own that differ from what the reader and the table say. */
    Operation operation(Opcode opcode, Expression[] operands, Carrier carrier, int index, int secondIndex,
            int ownEffects) {
        int effects = ownEffects;
        int size = carrier == Carrier.VECTOR ? Sizes.VECTOR : Sizes.of(opcode, operands.length);
        for (Expression operand : operands) {
            effects |= operand.effects();
            size += operand.size();
        }
        boolean access = opcode.accessBytes() != 0;
        return new Operation(opcode, operands, carrier, index, secondIndex, access ? reader.memoryOffset() : 0,
                reader.offset(), effects, size);
    }
}

package dev.jawa.compile.tree;

import static dev.jawa.compile.tree.Effects.CALLS;
import static dev.jawa.compile.tree.Effects.OBSERVABLE;
import static dev.jawa.compile.tree.Effects.READS_OBJECTS;

import dev.jawa.binary.InstructionReader;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Statement.Evaluate;
import dev.jawa.model.ArrayType;
import dev.jawa.model.CompositeType;
import dev.jawa.model.FieldType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.Opcode;
import dev.jawa.model.StructType;
import dev.jawa.model.VectorType;

/** Builds the expressions of structs, arrays and {@code i31} (core spec 3.4.9 and 3.4.10). */
final class AggregateBuilder {
    /** Objects of more fields than this are filled by a statement for each, so that code can be cut between them. */
    private static final int MOST_OPERANDS = 32;

    private final IndexSpaces spaces;
    private final PendingStack stack;
    private final InstructionReader reader;
    private final OperationBuilder operations;

    AggregateBuilder(IndexSpaces spaces, PendingStack stack, InstructionReader reader, OperationBuilder operations) {
        this.spaces = spaces;
        this.stack = stack;
        this.reader = reader;
        this.operations = operations;
    }

    /** Takes in the instruction that the reader is at. */
    void add(Opcode opcode) {
        switch (opcode) {
            case STRUCT_NEW -> {
                packed(struct().fields().size());
                create(opcode, struct().fields().size(), Opcode.STRUCT_NEW_DEFAULT);
            }
            case STRUCT_NEW_DEFAULT -> push(opcode, 0, Carrier.REFERENCE);
            case STRUCT_NEW_DESC -> describe(Opcode.STRUCT_NEW);
            case STRUCT_NEW_DEFAULT_DESC -> describe(Opcode.STRUCT_NEW_DEFAULT);
            case REF_GET_DESC -> push(opcode, 1, Carrier.REFERENCE);
            case REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL -> push(opcode, 2, Carrier.REFERENCE);
            case STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U -> {
                FieldType field = struct().fields().get(reader.secondIndex());
                get(opcode, field, stack.pop(1));
            }
            case STRUCT_SET -> {
                packed(1);
                operations.evaluate(opcode, stack.pop(2));
            }
            case ARRAY_NEW_FIXED -> {
                packed(reader.secondIndex());
                create(opcode, reader.secondIndex(), Opcode.ARRAY_NEW_DEFAULT);
            }
            case ARRAY_NEW, ARRAY_NEW_DATA, ARRAY_NEW_ELEM -> {
                packed(2);
                push(opcode, 2, Carrier.REFERENCE);
            }
            case ARRAY_NEW_DEFAULT -> push(opcode, 1, Carrier.REFERENCE);
            case ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U -> get(opcode, array().field(), elementOperands(2));
            case ARRAY_SET -> {
                packed(1);
                operations.evaluate(opcode, elementOperands(3));
            }
            case ARRAY_LEN, I31_GET_S, I31_GET_U -> push(opcode, 1, Carrier.INT);
            case ARRAY_FILL, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> {
                packed(2);
                operations.evaluate(opcode, stack.pop(4));
            }
            case ARRAY_COPY -> operations.evaluate(opcode, stack.pop(5));
            case REF_EQ -> push(opcode, 2, Carrier.INT);
            case REF_I31 -> push(opcode, 1, Carrier.REFERENCE);
            case REF_TEST, REF_TEST_NULL -> stack.push(test(opcode, stack.pop(), reader.heapTypeCode()));
            case REF_CAST, REF_CAST_NULL -> stack.push(operations.operation(opcode, stack.pop(1), Carrier.REFERENCE,
                    reader.heapTypeCode(), 0, Effects.of(opcode)));
            case ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> {
                // Both hierarchies have the same objects.
            }
            default -> throw new IllegalArgumentException(opcode.toString());
        }
    }

    /** Makes a struct without its descriptor, which comes on top of the fields, and then gives it that. */
    private void describe(Opcode create) {
        stack.settleTop(1);
        Expression descriptor = stack.evaluated(stack.pop());
        add(create);
        push(Opcode.STRUCT_NEW_DESC, new Expression[] {stack.pop(), descriptor});
    }

    private void push(Opcode opcode, Expression[] operands) {
        stack.push(operations.operation(opcode, operands, Carrier.REFERENCE));
    }

    /** Whether a reference has a descriptor, as branches ask. */
    Expression hasDescriptor(Expression reference, Expression descriptor, boolean nullable) {
        return stack.evaluated(operations.operation(
                nullable ? Opcode.REF_CAST_DESC_EQ_NULL : Opcode.REF_CAST_DESC_EQ,
                new Expression[] {reference, descriptor}, Carrier.INT));
    }

    /** A test of a reference; if null passes, it is two, and has two operands that are the same. */
    Operation test(Opcode opcode, Expression reference, int heapType) {
        Expression[] operands = {reference};
        if (opcode == Opcode.REF_TEST_NULL) {
            Expression settled = stack.evaluated(reference);
            operands = new Expression[] {settled, settled};
        }
        return operations.operation(opcode, operands, Carrier.INT, heapType, 0, 0);
    }

    private CompositeType type() {
        return spaces.types().get(reader.index()).type();
    }

    private StructType struct() {
        return (StructType) type();
    }

    private ArrayType array() {
        return (ArrayType) type();
    }

    private void push(Opcode opcode, int operands, Carrier carrier) {
        stack.push(operations.operation(opcode, stack.pop(operands), carrier));
    }

    private void get(Opcode opcode, FieldType field, Expression[] operands) {
        int effects = field.mutable() ? Effects.of(opcode) : Effects.of(opcode) & ~READS_OBJECTS;
        boolean vector = field.storage() instanceof VectorType;
        Carrier carrier = vector ? Carrier.REFERENCE : Carrier.of(field.storage().unpacked());
        Operation get = operations.operation(opcode, operands, carrier, reader.index(), reader.secondIndex(), effects);
        if (vector) {
            operations.lanes().pushUnpacked(get);
        } else {
            stack.push(get);
        }
    }

    /** Of so many values on the stack, makes the vectors objects: objects hold them as such. */
    private void packed(int count) {
        boolean any = false;
        for (int i = 0, below = 0; i < count; i++) {
            boolean vector = stack.isVector(below);
            any |= vector;
            below += vector ? 2 : 1;
        }
        if (!any) {
            return;
        }
        Expression[] values = new Expression[count];
        for (int i = count - 1; i >= 0; i--) {
            boolean vector = stack.isVector(0);
            values[i] = vector ? operations.lanes().packed(stack.pop(2)) : stack.pop();
        }
        for (Expression value : values) {
            stack.push(value);
        }
    }

    /** The array is looked into before the other operands are evaluated, so that nothing in them may show that. */
    private Expression[] elementOperands(int count) {
        Expression[] operands = stack.pop(count);
        boolean shows = (operands[0].effects() & CALLS) != 0;
        for (int i = 1; i < count; i++) {
            shows |= (operands[i].effects() & OBSERVABLE) != 0;
        }
        for (int i = 0; shows && i < count; i++) {
            operands[i] = stack.evaluated(operands[i]);
        }
        return operands;
    }

    private void create(Opcode opcode, int count, Opcode empty) {
        if (count <= MOST_OPERANDS) {
            push(opcode, count, Carrier.REFERENCE);
            return;
        }
        int type = reader.index();
        boolean array = empty == Opcode.ARRAY_NEW_DEFAULT;
        Expression[] values = stack.pop(count);
        for (int i = 0; i < count; i++) {
            values[i] = stack.evaluated(values[i]);
        }
        // Nobody else sees the object before it is complete, so it does not matter if null is no value of a field.
        Expression[] length = array ? new Expression[] {new Constant(Carrier.INT, count)} : new Expression[0];
        Expression created = stack.evaluated(operations.operation(empty, length, Carrier.REFERENCE, type, 0, 0));
        for (int i = 0; i < count; i++) {
            Operation set = array
                    ? operations.operation(Opcode.ARRAY_SET, new Expression[] {created, new Constant(Carrier.INT, i),
                            values[i]}, Carrier.VOID, type, 0, Effects.of(Opcode.ARRAY_SET))
                    : operations.operation(Opcode.STRUCT_SET, new Expression[] {created, values[i]}, Carrier.VOID, type,
                            i, Effects.of(Opcode.STRUCT_SET));
            stack.add(new Evaluate(set), set.effects());
        }
        stack.push(created);
    }
}

package dev.jawa.text.printer;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TypeIndex;
import java.util.List;
import java.util.Optional;

/**
 * How many values an instruction takes and gives.
 *
 * <p>Folding needs no more, and not even this: whatever is folded, the text is parsed to the same instructions. So a module
 * may be invalid, and what it cannot say counts as nothing.
 *
 * @param operands how many values it takes
 * @param results how many it gives; 0 also for what never ends
 */
record Arity(int operands, int results) {
    static final Arity NOTHING = new Arity(0, 0);

    /** The arity of the values that a block takes and gives. */
    static Arity ofBlock(InstructionReader reader, ModuleModel module) {
        if (reader.blockTypeIsIndex()) {
            return of(functionType(module, reader.blockTypeIndex()), 0);
        }
        return new Arity(0, reader.blockTypeIsEmpty() ? 0 : 1);
    }

    /** The arity of a function's own type. */
    static Arity ofFunction(ModuleModel module, int function) {
        return of(functionType(module, typeOf(module, function)), 0);
    }

    /**
     * The arity of the instruction that a reader is at, but for blocks.
     *
     * @param labels what a branch to the label so far out takes, for the instructions that branch
     */
    static Arity of(Opcode opcode, InstructionReader reader, ModuleModel module, Labels labels) {
        if (opcode.hasFixedType()) {
            return new Arity(opcode.operands().length(), opcode.results().length());
        }
        return switch (opcode) {
            case CALL -> of(functionType(module, typeOf(module, reader.index())), 0);
            case CALL_INDIRECT, CALL_REF -> of(functionType(module, reader.index()), 1);
            case RETURN_CALL -> ending(of(functionType(module, typeOf(module, reader.index())), 0));
            case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> ending(of(functionType(module, reader.index()), 1));
            case RETURN -> new Arity(labels.outermost(), 0);
            case BR -> new Arity(labels.taken(reader.index()), 0);
            case BR_TABLE -> new Arity(1 + labels.taken(reader.label(reader.labelCount() - 1)), 0);
            case BR_IF -> new Arity(1 + labels.taken(reader.index()), labels.taken(reader.index()));
            case BR_ON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> passing(labels.taken(reader.index()), opcode);
            case THROW, SUSPEND -> tag(opcode, reader.index(), module);
            case STRUCT_NEW -> new Arity(fields(module, reader.index()), 1);
            case STRUCT_NEW_DESC -> new Arity(fields(module, reader.index()) + 1, 1);
            case ARRAY_NEW_FIXED -> new Arity(reader.secondIndex(), 1);
            case RESUME -> resume(functionOfContinuation(module, reader.index()));
            default -> fixed(opcode);
        };
    }

    /** What branches take with them. */
    interface Labels {
        /** How many values the label so many blocks out takes. */
        int taken(int distance);

        /** How many values the function gives. */
        int outermost();
    }

    private static Arity fixed(Opcode opcode) {
        return switch (opcode) {
            case LOCAL_GET, GLOBAL_GET, REF_NULL, REF_FUNC, TABLE_SIZE, STRUCT_NEW_DEFAULT -> new Arity(0, 1);
            case LOCAL_SET, GLOBAL_SET, DROP, THROW_REF -> new Arity(1, 0);
            case LOCAL_TEE, TABLE_GET, REF_IS_NULL, REF_AS_NON_NULL, STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U,
                    ARRAY_NEW_DEFAULT, ARRAY_LEN, REF_TEST, REF_TEST_NULL, REF_CAST, REF_CAST_NULL,
                    ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY, REF_I31, I31_GET_S, I31_GET_U, STRUCT_NEW_DEFAULT_DESC,
                    REF_GET_DESC, CONT_NEW -> new Arity(1, 1);
            case TABLE_GROW, REF_EQ, ARRAY_NEW, ARRAY_NEW_DATA, ARRAY_NEW_ELEM, ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U,
                    REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL -> new Arity(2, 1);
            case SELECT, SELECT_TYPED -> new Arity(3, 1);
            case TABLE_SET, STRUCT_SET -> new Arity(2, 0);
            case TABLE_INIT, TABLE_COPY, TABLE_FILL, MEMORY_INIT, MEMORY_COPY, MEMORY_FILL, ARRAY_SET -> new Arity(3, 0);
            case ARRAY_FILL, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> new Arity(4, 0);
            case ARRAY_COPY -> new Arity(5, 0);
            default -> NOTHING;
        };
    }

    // The last operand is the reference; what the label takes else stays on the stack.
    private static Arity passing(int taken, Opcode opcode) {
        int others = opcode == Opcode.BR_ON_NULL ? taken : Math.max(0, taken - 1);
        return new Arity(others + 1, others + 1);
    }

    private static Arity of(Optional<FunctionType> type, int more) {
        return type.map(known -> new Arity(known.parameters().size() + more, known.results().size())).orElse(NOTHING);
    }

    private static Arity ending(Arity arity) {
        return new Arity(arity.operands(), 0);
    }

    private static Arity tag(Opcode opcode, int index, ModuleModel module) {
        boolean known = index >= 0 && index < module.spaces().tags().size();
        Arity arity = known ? of(functionType(module, module.spaces().tags().get(index).typeIndex()), 0) : NOTHING;
        return opcode == Opcode.THROW ? ending(arity) : arity;
    }

    private static Arity resume(Optional<FunctionType> type) {
        return of(type, 1);
    }

    private static Optional<FunctionType> functionOfContinuation(ModuleModel module, int index) {
        return composite(module, index) instanceof ContinuationType(TypeIndex(int function))
                ? functionType(module, function) : Optional.empty();
    }

    private static int fields(ModuleModel module, int index) {
        return composite(module, index) instanceof StructType(var fields) ? fields.size() : 0;
    }

    private static int typeOf(ModuleModel module, int function) {
        boolean known = function >= 0 && function < module.spaces().functionCount();
        return known ? module.spaces().functionTypeIndex(function) : -1;
    }

    private static Optional<FunctionType> functionType(ModuleModel module, int index) {
        return composite(module, index) instanceof FunctionType type ? Optional.of(type) : Optional.empty();
    }

    private static CompositeType composite(ModuleModel module, int index) {
        List<SubType> all = module.spaces().types();
        return index >= 0 && index < all.size() ? all.get(index).type() : new StructType(List.of());
    }
}

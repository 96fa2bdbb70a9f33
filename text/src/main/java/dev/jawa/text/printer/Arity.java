package dev.jawa.text.printer;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TagType;
import dev.jawa.model.TypeIndex;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * How many operands an instruction takes and how many results it leaves. Of one that is invalid, as one that refers to
 * what is not there, the numbers may be anything.
 */
record Arity(int operands, int results) {
    private static final Arity NOTHING = new Arity(0, 0);

    /** The arities of a module's instructions. */
    static final class Calculator {
        private final ModuleModel module;
        private final IntUnaryOperator labels;
        private final int functionResults;

        /**
         * Of the instructions of a function.
         *
         * @param labels how many values a branch takes to a label, by its distance
         * @param functionResults how many values the function returns
         */
        Calculator(ModuleModel module, IntUnaryOperator labels, int functionResults) {
            this.module = module;
            this.labels = labels;
            this.functionResults = functionResults;
        }

        /** Of the block that a reader has just read the head of, with its parameters as operands. */
        Arity ofBlock(InstructionReader in) {
            if (in.blockTypeIsIndex()) {
                return ofFunction(in.blockTypeIndex());
            }
            return new Arity(0, in.blockTypeIsEmpty() ? 0 : 1);
        }

        /** Of the instruction that a reader has just read, which is none of those that structure blocks. */
        Arity of(Opcode opcode, InstructionReader in) {
            if (opcode.hasFixedType()) {
                return new Arity(opcode.operands().length(), opcode.results().length());
            }
            return switch (opcode) {
                case BR, BR_IF, BR_TABLE, RETURN, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL,
                        BR_ON_CAST_DESC_EQ, BR_ON_CAST_DESC_EQ_FAIL -> ofBranch(opcode, in);
                case CALL, CALL_INDIRECT, CALL_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF, THROW ->
                    ofCall(opcode, in);
                case STRUCT_NEW, STRUCT_NEW_DESC, ARRAY_NEW_FIXED -> ofNew(opcode, in);
                case CONT_NEW, CONT_BIND, SUSPEND, RESUME, RESUME_THROW, RESUME_THROW_REF, SWITCH ->
                    ofContinuation(opcode, in);
                default -> ofOther(opcode);
            };
        }

        private Arity ofBranch(Opcode opcode, InstructionReader in) {
            if (opcode == Opcode.RETURN) {
                return new Arity(functionResults, 0);
            }
            if (opcode == Opcode.BR_TABLE) {
                return new Arity(labels.applyAsInt(in.label(in.labelCount() - 1)) + 1, 0);
            }
            int values = labels.applyAsInt(in.index());
            return switch (opcode) {
                case BR -> new Arity(values, 0);
                case BR_IF -> new Arity(values + 1, values);
                case BR_ON_NULL -> new Arity(values + 1, values + 1);
                case BR_ON_NON_NULL -> new Arity(values, Math.max(0, values - 1));
                case BR_ON_CAST_DESC_EQ, BR_ON_CAST_DESC_EQ_FAIL -> new Arity(values + 1, values);
                default -> new Arity(values, values);
            };
        }

        private Arity ofCall(Opcode opcode, InstructionReader in) {
            return switch (opcode) {
                case THROW -> new Arity(ofTag(in.index()).operands, 0);
                case CALL -> ofFunction(functionType(in.index()));
                case RETURN_CALL -> new Arity(ofFunction(functionType(in.index())).operands, 0);
                case CALL_INDIRECT, CALL_REF -> ofFunction(in.index()).withOperands(1);
                default -> new Arity(ofFunction(in.index()).operands + 1, 0);
            };
        }

        private int functionType(int function) {
            boolean exists = function >= 0 && function < module.spaces().functionCount();
            return exists ? module.spaces().functionTypeIndex(function) : -1;
        }

        private Arity ofNew(Opcode opcode, InstructionReader in) {
            if (opcode == Opcode.ARRAY_NEW_FIXED) {
                return new Arity(in.secondIndex(), 1);
            }
            int fields = type(in.index()).filter(StructType.class::isInstance)
                    .map(struct -> ((StructType) struct).fields().size()).orElse(0);
            return new Arity(opcode == Opcode.STRUCT_NEW ? fields : fields + 1, 1);
        }

        private Arity ofContinuation(Opcode opcode, InstructionReader in) {
            return switch (opcode) {
                case CONT_NEW -> new Arity(1, 1);
                case CONT_BIND -> new Arity(Math.max(0, ofContinuation(in.index()).operands
                        - ofContinuation(in.secondIndex()).operands) + 1, 1);
                case SUSPEND -> ofTag(in.index());
                case RESUME -> ofContinuation(in.index()).withOperands(1);
                case RESUME_THROW -> new Arity(ofTag(in.secondIndex()).operands + 1,
                        ofContinuation(in.index()).results);
                case RESUME_THROW_REF -> new Arity(2, ofContinuation(in.index()).results);
                // The last parameter is the continuation that switches back, which nobody gives.
                default -> new Arity(ofContinuation(in.index()).operands, ofSwitchBack(in.index()));
            };
        }

        private int ofSwitchBack(int type) {
            return function(type).map(FunctionType::parameters).filter(parameters -> !parameters.isEmpty())
                    .map(List::getLast)
                    .map(last -> last instanceof ReferenceType(_, TypeIndex(int back))
                            ? ofContinuation(back).operands : 0)
                    .orElse(0);
        }

        private Arity ofContinuation(int type) {
            return function(type).map(Arity::of).orElse(NOTHING);
        }

        private Optional<FunctionType> function(int continuation) {
            return type(continuation).flatMap(type -> type instanceof ContinuationType(HeapType function)
                    && function instanceof TypeIndex(int index) ? functionTypeAt(index) : Optional.empty());
        }

        private Arity ofTag(int tag) {
            List<TagType> tags = module.spaces().tags();
            return tag >= 0 && tag < tags.size() ? ofFunction(tags.get(tag).typeIndex()) : NOTHING;
        }

        private Arity ofFunction(int type) {
            return functionTypeAt(type).map(Arity::of).orElse(NOTHING);
        }

        private Optional<FunctionType> functionTypeAt(int index) {
            return type(index).filter(FunctionType.class::isInstance).map(FunctionType.class::cast);
        }

        private Optional<CompositeType> type(int index) {
            List<SubType> types = module.spaces().types();
            return index >= 0 && index < types.size() ? Optional.of(types.get(index).type()) : Optional.empty();
        }
    }

    private static Arity of(FunctionType type) {
        return new Arity(type.parameters().size(), type.results().size());
    }

    private Arity withOperands(int more) {
        return new Arity(operands + more, results);
    }

    private static Arity ofOther(Opcode opcode) {
        return switch (opcode) {
            case LOCAL_GET, GLOBAL_GET, TABLE_SIZE, REF_NULL, REF_FUNC, STRUCT_NEW_DEFAULT -> new Arity(0, 1);
            case DROP, LOCAL_SET, GLOBAL_SET, THROW_REF -> new Arity(1, 0);
            case LOCAL_TEE, TABLE_GET, REF_IS_NULL, REF_AS_NON_NULL, STRUCT_NEW_DEFAULT_DESC, STRUCT_GET, STRUCT_GET_S,
                    STRUCT_GET_U, ARRAY_NEW_DEFAULT, ARRAY_LEN, REF_TEST, REF_TEST_NULL, REF_CAST, REF_CAST_NULL,
                    ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY, REF_I31, I31_GET_S, I31_GET_U, REF_GET_DESC ->
                new Arity(1, 1);
            case TABLE_SET, STRUCT_SET -> new Arity(2, 0);
            case TABLE_GROW, REF_EQ, ARRAY_NEW, ARRAY_NEW_DATA, ARRAY_NEW_ELEM, ARRAY_GET, ARRAY_GET_S, ARRAY_GET_U,
                    REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL -> new Arity(2, 1);
            case SELECT, SELECT_TYPED -> new Arity(3, 1);
            case TABLE_INIT, TABLE_COPY, TABLE_FILL, MEMORY_INIT, MEMORY_COPY, MEMORY_FILL, ARRAY_SET ->
                new Arity(3, 0);
            case ARRAY_FILL, ARRAY_INIT_DATA, ARRAY_INIT_ELEM -> new Arity(4, 0);
            case ARRAY_COPY -> new Arity(5, 0);
            default -> NOTHING;
        };
    }
}

package dev.jawa.validate;

import static dev.jawa.validate.FrequentInstructions.FIRST;
import static dev.jawa.validate.FrequentInstructions.ORDINALS;
import static dev.jawa.validate.FrequentInstructions.RESULT;
import static dev.jawa.validate.FrequentInstructions.SECOND;
import static dev.jawa.validate.Signatures.CHECKS;
import static dev.jawa.validate.Signatures.OPERANDS;
import static dev.jawa.validate.Signatures.RESULTS;

import dev.jawa.CompileError;
import dev.jawa.binary.ImplementationLimits;
import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Opcode;

/**
 * Validates function bodies, one after the other (core spec 3.4 and 3.5.3, by the algorithm of appendix 7.3).
 *
 * <p>Instructions with a fixed type, most of all, are checked here from tables; for the others there is a class of
 * rules each kind. Not thread-safe: every thread has a validator of its own.
 */
final class FunctionValidator {
    private final ModuleContext context;
    private final OperandStack stack;
    private final LocalTypes locals = new LocalTypes();
    private final ControlRules control;
    private final CallRules calls;
    private final VariableRules variables;
    private final MemoryRules memory;
    private final ReferenceRules references;
    private final AggregateRules aggregates;
    private final ContinuationRules continuations;
    private final DescriptorRules descriptors;

    FunctionValidator(ModuleContext context) {
        this.context = context;
        this.stack = new OperandStack(context.types());
        this.control = new ControlRules(context, stack, locals);
        this.calls = new CallRules(context, stack);
        this.variables = new VariableRules(context, stack, locals);
        this.memory = new MemoryRules(context, stack);
        this.references = new ReferenceRules(context, stack);
        this.aggregates = new AggregateRules(context, stack);
        this.continuations = new ContinuationRules(context, stack);
        this.descriptors = new DescriptorRules(context, stack, references);
    }

    /** Whether so much memory is held that a new validator is better than keeping this one. */
    boolean isLarge() {
        return stack.isLarge();
    }

    /**
     * Validates the body of a function.
     *
     * @throws CompileError if it is malformed or invalid
     */
    void validate(int function, FunctionBody body) {
        var in = new InstructionReader(body.code(), function);
        int type = context.functionType(function, in);
        int[] parameters = context.types().parameters(type);
        stack.reset(in);
        locals.reset(parameters, body, context, in);
        if (ImplementationLimits.LOCALS.isExceededBy(locals.count())) {
            throw in.error(ImplementationLimits.LOCALS.reason());
        }
        stack.open(OperandStack.Frame.FUNCTION, OperandStack.noTypes(), context.types().results(type), 0);
        validateInstructions(in);
        if (in.hasNext()) {
            throw new CompileError("section size mismatch: code after the end of the function", in.nextOffset(),
                    function);
        }
    }

    private void validateInstructions(InstructionReader in) {
        while (stack.depth() > 0) {
            if (!in.hasNext()) {
                throw new CompileError("unexpected end of section or function: END opcode expected", in.nextOffset(),
                        in.function());
            }
            int code = in.begin();
            switch (FrequentInstructions.RULES[code]) {
                case FrequentInstructions.LOCAL_GET -> {
                    in.restIndex();
                    variables.getLocal(in);
                }
                case FrequentInstructions.LOCAL_SET -> {
                    in.restIndex();
                    variables.setLocal(in);
                }
                case FrequentInstructions.LOCAL_TEE -> {
                    in.restIndex();
                    variables.teeLocal(in);
                }
                case FrequentInstructions.CONSTANT_32 -> {
                    in.restConstant32();
                    stack.push(TypeCode.I32);
                }
                case FrequentInstructions.ONE_OPERAND -> stack.apply(FIRST[code], RESULT[code]);
                case FrequentInstructions.TWO_OPERANDS -> stack.apply(FIRST[code], SECOND[code], RESULT[code]);
                case FrequentInstructions.LOAD -> {
                    in.restMemoryArgument();
                    memory.load(ORDINALS[code], FIRST[code], in);
                }
                case FrequentInstructions.STORE -> {
                    in.restMemoryArgument();
                    memory.store(ORDINALS[code], FIRST[code], in);
                }
                case FrequentInstructions.END -> control.end(in);
                case FrequentInstructions.BRANCH_IF -> {
                    in.restIndex();
                    control.branchIf(in);
                }
                case FrequentInstructions.BRANCH -> {
                    in.restIndex();
                    control.branch(in);
                }
                default -> apply(in.rest(code), in);
            }
        }
    }

    /** Applies the rule of an instruction. */
    private void apply(Opcode opcode, InstructionReader in) {
        int ordinal = opcode.ordinal();
        int operands = OPERANDS[ordinal];
        if (operands == Signatures.CONTEXTUAL) {
            applyContextual(opcode, in);
            return;
        }
        int results = RESULTS[ordinal];
        int check = CHECKS[ordinal];
        if (check == Signatures.NOTHING) {
            for (; operands != 0; operands >>>= 4) {
                stack.pop(operands & 0xF);
            }
            for (; results != 0; results >>>= 4) {
                stack.push(results & 0xF);
            }
        } else {
            memory.applyChecked(check, opcode, operands, results, in);
        }
    }

    private void applyContextual(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case LOCAL_GET -> variables.getLocal(in);
            case LOCAL_SET -> variables.setLocal(in);
            case LOCAL_TEE -> variables.teeLocal(in);
            case GLOBAL_GET -> variables.getGlobal(in);
            case GLOBAL_SET -> variables.setGlobal(in);
            case DROP -> stack.pop();
            case SELECT -> variables.select();
            case SELECT_TYPED -> variables.selectTyped(in);
            case NOP -> {
            }
            case BLOCK -> control.block(in);
            case LOOP -> control.loop(in);
            case IF -> control.startIf(in);
            case END -> control.end(in);
            case BR -> control.branch(in);
            case BR_IF -> control.branchIf(in);
            case CALL -> calls.call(in);
            default -> applyRare(opcode, in);
        }
    }

    private void applyRare(Opcode opcode, InstructionReader in) {
        switch (opcode) {
            case UNREACHABLE, ELSE, BR_TABLE, RETURN, TRY_TABLE, THROW, THROW_REF, TRY, CATCH, CATCH_ALL, DELEGATE,
                    RETHROW -> control.apply(opcode, in);
            case CALL_INDIRECT, CALL_REF, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF ->
                calls.apply(opcode, in);
            case MEMORY_COPY, MEMORY_INIT, DATA_DROP, MEMORY_FILL, TABLE_GET, TABLE_SET, TABLE_SIZE, TABLE_GROW,
                    TABLE_FILL, TABLE_COPY, TABLE_INIT, ELEM_DROP -> memory.apply(opcode, in);
            case REF_NULL, REF_FUNC, REF_IS_NULL, REF_AS_NON_NULL, REF_EQ, REF_TEST, REF_TEST_NULL, REF_CAST,
                    REF_CAST_NULL, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL, ANY_CONVERT_EXTERN,
                    EXTERN_CONVERT_ANY, REF_I31, I31_GET_S, I31_GET_U -> references.apply(opcode, in);
            case STRUCT_NEW, STRUCT_NEW_DEFAULT, STRUCT_GET, STRUCT_GET_S, STRUCT_GET_U, STRUCT_SET, ARRAY_NEW,
                    ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED, ARRAY_NEW_DATA, ARRAY_NEW_ELEM, ARRAY_GET, ARRAY_GET_S,
                    ARRAY_GET_U, ARRAY_SET, ARRAY_LEN, ARRAY_FILL, ARRAY_COPY, ARRAY_INIT_DATA, ARRAY_INIT_ELEM ->
                aggregates.apply(opcode, in);
            case STRUCT_NEW_DESC, STRUCT_NEW_DEFAULT_DESC, REF_GET_DESC, REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL,
                    BR_ON_CAST_DESC_EQ, BR_ON_CAST_DESC_EQ_FAIL -> descriptors.apply(opcode, in);
            case CONT_NEW, CONT_BIND, SUSPEND, RESUME, RESUME_THROW, RESUME_THROW_REF, SWITCH ->
                continuations.apply(opcode, in);
            default -> throw in.error("illegal opcode " + Integer.toHexString(opcode.prefix() == 0
                    ? opcode.number()
                    : opcode.prefix()) + ": " + opcode.feature().title() + " is not supported");
        }
    }

    /**
     * Validates a constant expression (core spec 3.4.14).
     *
     * @param type what it must give
     */
    void validateConstant(InstructionReader in, int type) {
        stack.reset(in);
        stack.open(OperandStack.Frame.FUNCTION, OperandStack.noTypes(), new int[] {type}, 0);
        while (in.hasNext()) {
            Opcode opcode = in.next();
            if (!ConstantRules.isConstant(opcode)) {
                throw in.error("constant expression required");
            }
            switch (opcode) {
                case END -> stack.close();
                case GLOBAL_GET -> variables.getConstantGlobal(in);
                case REF_FUNC -> references.nameFunction(in);
                default -> apply(opcode, in);
            }
        }
    }
}

package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.Opcode;

/** Validates constant expressions: those of globals, tables and segments (core spec 3.4.14). */
final class ConstantRules {
    private final ModuleContext context;
    private FunctionValidator validator;

    ConstantRules(ModuleContext context) {
        this.context = context;
    }

    /** Checks that an expression is constant and gives a value of a type. */
    void check(ConstantExpression expression, int type) {
        if (validator == null) {
            validator = new FunctionValidator(context);
        }
        validator.validateConstant(new InstructionReader(expression.code()), type);
    }

    /** Whether an instruction is constant, {@code global.get} if the global is. */
    static boolean isConstant(Opcode opcode) {
        return switch (opcode) {
            case END, I32_CONST, I64_CONST, F32_CONST, F64_CONST, V128_CONST, REF_NULL, REF_FUNC, GLOBAL_GET,
                    I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL, REF_I31, STRUCT_NEW, STRUCT_NEW_DEFAULT,
                    STRUCT_NEW_DESC, STRUCT_NEW_DEFAULT_DESC,
                    ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED, ANY_CONVERT_EXTERN, EXTERN_CONVERT_ANY -> true;
            default -> false;
        };
    }
}

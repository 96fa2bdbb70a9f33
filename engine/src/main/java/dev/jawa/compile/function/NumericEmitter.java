package dev.jawa.compile.function;

import static dev.jawa.compile.bytecode.Bytecode.*;

import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.model.Opcode;

/** Emits numeric instructions whose operands are on the stack already, except for comparisons. */
public final class NumericEmitter {
    private static final String MATH = "java/lang/Math";
    private static final String INTEGER = "java/lang/Integer";
    private static final String LONG = "java/lang/Long";
    private static final String FLOAT = "java/lang/Float";
    private static final String DOUBLE = "java/lang/Double";

    private NumericEmitter() {
    }

    static void emit(CodeBuilder code, Opcode opcode) {
        switch (opcode) {
            case I32_ADD -> code.op(IADD);
            case I32_SUB -> code.op(ISUB);
            case I32_MUL -> code.op(IMUL);
            case I32_AND -> code.op(IAND);
            case I32_OR -> code.op(IOR);
            case I32_XOR -> code.op(IXOR);
            case I32_SHL -> code.op(ISHL);
            case I32_SHR_S -> code.op(ISHR);
            case I32_SHR_U -> code.op(IUSHR);
            case I64_ADD -> code.op(LADD);
            case I64_SUB -> code.op(LSUB);
            case I64_MUL -> code.op(LMUL);
            case I64_AND -> code.op(LAND);
            case I64_OR -> code.op(LOR);
            case I64_XOR -> code.op(LXOR);
            case I64_SHL -> code.op(L2I).op(LSHL);
            case I64_SHR_S -> code.op(L2I).op(LSHR);
            case I64_SHR_U -> code.op(L2I).op(LUSHR);
            case F32_NEG -> code.op(FNEG);
            case F32_ADD -> code.op(FADD);
            case F32_SUB -> code.op(FSUB);
            case F32_MUL -> code.op(FMUL);
            case F32_DIV -> code.op(FDIV);
            case F64_NEG -> code.op(DNEG);
            case F64_ADD -> code.op(DADD);
            case F64_SUB -> code.op(DSUB);
            case F64_MUL -> code.op(DMUL);
            case F64_DIV -> code.op(DDIV);
            case I32_WRAP_I64 -> code.op(L2I);
            case I64_EXTEND_I32_S -> code.op(I2L);
            case I64_EXTEND_I32_U -> code.op(I2L).constant(0xFFFF_FFFFL).op(LAND);
            case I32_EXTEND8_S -> code.op(I2B);
            case I32_EXTEND16_S -> code.op(I2S);
            case I64_EXTEND8_S -> code.op(L2I).op(I2B).op(I2L);
            case I64_EXTEND16_S -> code.op(L2I).op(I2S).op(I2L);
            case I64_EXTEND32_S -> code.op(L2I).op(I2L);
            case F32_CONVERT_I32_S -> code.op(I2F);
            case F32_CONVERT_I32_U -> code.op(I2L).constant(0xFFFF_FFFFL).op(LAND).op(L2F);
            case F32_CONVERT_I64_S -> code.op(L2F);
            case F64_CONVERT_I32_S -> code.op(I2D);
            case F64_CONVERT_I32_U -> code.op(I2L).constant(0xFFFF_FFFFL).op(LAND).op(L2D);
            case F64_CONVERT_I64_S -> code.op(L2D);
            case F32_DEMOTE_F64 -> code.op(D2F);
            case F64_PROMOTE_F32 -> code.op(F2D);
            case I32_TRUNC_SAT_F32_S -> code.op(F2I);
            case I32_TRUNC_SAT_F64_S -> code.op(D2I);
            case I64_TRUNC_SAT_F32_S -> code.op(F2L);
            case I64_TRUNC_SAT_F64_S -> code.op(D2L);
            default -> call(code, opcode);
        }
    }

    private static void call(CodeBuilder code, Opcode opcode) {
        switch (opcode) {
            case I32_CLZ -> code.invokeStatic(INTEGER, "numberOfLeadingZeros", "(I)I");
            case I32_CTZ -> code.invokeStatic(INTEGER, "numberOfTrailingZeros", "(I)I");
            case I32_POPCNT -> code.invokeStatic(INTEGER, "bitCount", "(I)I");
            case I32_ROTL -> code.invokeStatic(INTEGER, "rotateLeft", "(II)I");
            case I32_ROTR -> code.invokeStatic(INTEGER, "rotateRight", "(II)I");
            case I64_CLZ -> code.invokeStatic(LONG, "numberOfLeadingZeros", "(J)I").op(I2L);
            case I64_CTZ -> code.invokeStatic(LONG, "numberOfTrailingZeros", "(J)I").op(I2L);
            case I64_POPCNT -> code.invokeStatic(LONG, "bitCount", "(J)I").op(I2L);
            case I64_ROTL -> code.op(L2I).invokeStatic(LONG, "rotateLeft", "(JI)J");
            case I64_ROTR -> code.op(L2I).invokeStatic(LONG, "rotateRight", "(JI)J");
            case I32_REINTERPRET_F32 -> code.invokeStatic(FLOAT, "floatToRawIntBits", "(F)I");
            case I64_REINTERPRET_F64 -> code.invokeStatic(DOUBLE, "doubleToRawLongBits", "(D)J");
            case F32_REINTERPRET_I32 -> code.invokeStatic(FLOAT, "intBitsToFloat", "(I)F");
            case F64_REINTERPRET_I64 -> code.invokeStatic(DOUBLE, "longBitsToDouble", "(J)D");
            case F32_ABS -> code.invokeStatic(MATH, "abs", "(F)F");
            case F32_COPYSIGN -> code.invokeStatic(MATH, "copySign", "(FF)F");
            case F64_ABS -> code.invokeStatic(MATH, "abs", "(D)D");
            case F64_COPYSIGN -> code.invokeStatic(MATH, "copySign", "(DD)D");
            case F64_SQRT -> code.invokeStatic(MATH, "sqrt", "(D)D");
            case I64_MUL_WIDE_S -> code.invokeStatic(MATH, "multiplyHigh", "(JJ)J");
            case I64_MUL_WIDE_U -> code.invokeStatic(MATH, "unsignedMultiplyHigh", "(JJ)J");
            default -> helper(code, opcode);
        }
    }

    private static void helper(CodeBuilder code, Opcode opcode) {
        switch (opcode) {
            case I32_DIV_S -> numerics(code, "divS", "(II)I");
            case I32_DIV_U -> numerics(code, "divU", "(II)I");
            case I32_REM_S -> numerics(code, "remS", "(II)I");
            case I32_REM_U -> numerics(code, "remU", "(II)I");
            case I64_DIV_S -> numerics(code, "divS", "(JJ)J");
            case I64_DIV_U -> numerics(code, "divU", "(JJ)J");
            case I64_REM_S -> numerics(code, "remS", "(JJ)J");
            case I64_REM_U -> numerics(code, "remU", "(JJ)J");
            case F32_MIN -> numerics(code, "min", "(FF)F");
            case F32_MAX -> numerics(code, "max", "(FF)F");
            case F64_MIN -> numerics(code, "min", "(DD)D");
            case F64_MAX -> numerics(code, "max", "(DD)D");
            case F64_CEIL -> numerics(code, "ceil", "(D)D");
            case F64_FLOOR -> numerics(code, "floor", "(D)D");
            case F64_NEAREST -> numerics(code, "nearest", "(D)D");
            case F32_CEIL -> numerics(code, "ceil", "(F)F");
            case F32_FLOOR -> numerics(code, "floor", "(F)F");
            case F32_TRUNC -> numerics(code, "trunc", "(F)F");
            case F32_NEAREST -> numerics(code, "nearest", "(F)F");
            case F32_SQRT -> numerics(code, "sqrt", "(F)F");
            case F64_TRUNC -> numerics(code, "trunc", "(D)D");
            case I32_TRUNC_F32_S -> numerics(code.op(F2D), "i32TruncS", "(D)I");
            case I32_TRUNC_F32_U -> numerics(code.op(F2D), "i32TruncU", "(D)I");
            case I32_TRUNC_F64_S -> numerics(code, "i32TruncS", "(D)I");
            case I32_TRUNC_F64_U -> numerics(code, "i32TruncU", "(D)I");
            case I64_TRUNC_F32_S -> numerics(code.op(F2D), "i64TruncS", "(D)J");
            case I64_TRUNC_F32_U -> numerics(code.op(F2D), "i64TruncU", "(D)J");
            case I64_TRUNC_F64_S -> numerics(code, "i64TruncS", "(D)J");
            case I64_TRUNC_F64_U -> numerics(code, "i64TruncU", "(D)J");
            case I32_TRUNC_SAT_F32_U -> numerics(code.op(F2D), "i32TruncSatU", "(D)I");
            case I32_TRUNC_SAT_F64_U -> numerics(code, "i32TruncSatU", "(D)I");
            case I64_TRUNC_SAT_F32_U -> numerics(code.op(F2D), "i64TruncSatU", "(D)J");
            case I64_TRUNC_SAT_F64_U -> numerics(code, "i64TruncSatU", "(D)J");
            case F32_CONVERT_I64_U -> numerics(code, "f32ConvertI64U", "(J)F");
            case F64_CONVERT_I64_U -> numerics(code, "f64ConvertI64U", "(J)D");
            default -> throw new IllegalArgumentException(opcode + " is not numeric");
        }
    }

    private static void numerics(CodeBuilder code, String method, String descriptor) {
        code.invokeStatic(Names.NUMERICS, method, descriptor);
    }
}

package dev.jawa.compile.function;

import static dev.jawa.compile.bytecode.Bytecode.*;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Label;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.Opcode;

/** Emits conditions as the JVM's conditional jumps. */
public final class ConditionEmitter {
    private final CodeBuilder code;
    private final ExpressionEmitter expressions;

    ConditionEmitter(CodeBuilder code, ExpressionEmitter expressions) {
        this.code = code;
        this.expressions = expressions;
    }

    /** Whether an instruction gives 0 or 1 and is best emitted as a jump. */
    static boolean isComparison(Opcode opcode) {
        return ReferenceEmitter.isTest(opcode)
                || opcode.compareTo(Opcode.I32_EQZ) >= 0 && opcode.compareTo(Opcode.F64_GE) <= 0;
    }

    /** Jumps if an i32 is not zero, or if it is, as {@code jumpIf} says; goes on otherwise. */
    void jump(Expression condition, boolean jumpIf, Label target) {
        if (condition instanceof Constant(var _, long bits)) {
            if (bits != 0 == jumpIf) {
                code.jump(GOTO, target);
            }
        } else if (condition instanceof Operation operation && operation.opcode() == Opcode.I32_EQZ) {
            jump(operation.operands()[0], !jumpIf, target);
        } else if (condition instanceof Operation operation && ReferenceEmitter.isTest(operation.opcode())) {
            expressions.references().jump(operation, jumpIf, target);
        } else if (condition instanceof Operation operation && isComparison(operation.opcode())) {
            int jump = compare(operation.opcode(), operation.operands());
            code.jump(jumpIf ? jump : Bytecode.negate(jump), target);
        } else {
            expressions.value(condition);
            code.jump(jumpIf ? IFNE : IFEQ, target);
        }
    }

    /** Pushes what a conditional jump needs, and says which jump is taken if the comparison holds. */
    private int compare(Opcode opcode, Expression[] operands) {
        return switch (opcode) {
            case I32_EQ, I32_NE, I32_LT_S, I32_GT_S, I32_LE_S, I32_GE_S -> compareInts(opcode, operands);
            case I32_LT_U, I32_GT_U, I32_LE_U, I32_GE_U -> {
                expressions.value(operands[0]);
                expressions.value(operands[1]);
                code.invokeStatic("java/lang/Integer", "compareUnsigned", "(II)I");
                yield relation(opcode);
            }
            case I64_EQZ -> {
                expressions.value(operands[0]);
                code.constant(0L).op(LCMP);
                yield IFEQ;
            }
            case I64_LT_U, I64_GT_U, I64_LE_U, I64_GE_U -> {
                expressions.value(operands[0]);
                expressions.value(operands[1]);
                code.invokeStatic("java/lang/Long", "compareUnsigned", "(JJ)I");
                yield relation(opcode);
            }
            default -> {
                expressions.value(operands[0]);
                expressions.value(operands[1]);
                code.op(comparison(opcode));
                yield relation(opcode);
            }
        };
    }

    private int compareInts(Opcode opcode, Expression[] operands) {
        expressions.value(operands[0]);
        int relation = relation(opcode);
        if (operands[1] instanceof Constant(var _, long bits) && bits == 0) {
            return relation;
        }
        expressions.value(operands[1]);
        return relation + IF_ICMPEQ - IFEQ;
    }

    /**
     * The JVM's three-way comparison. For floating point there are two, which differ in what NaN counts as; the one is
     * taken with which no ordering holds for NaN, so that the negated jump is right too.
     */
    private static int comparison(Opcode opcode) {
        return switch (opcode) {
            case F32_LT, F32_LE -> FCMPG;
            case F32_EQ, F32_NE, F32_GT, F32_GE -> FCMPL;
            case F64_LT, F64_LE -> DCMPG;
            case F64_EQ, F64_NE, F64_GT, F64_GE -> DCMPL;
            default -> LCMP;
        };
    }

    private static int relation(Opcode opcode) {
        return switch (opcode) {
            case I32_EQ, I64_EQ, F32_EQ, F64_EQ -> IFEQ;
            case I32_NE, I64_NE, F32_NE, F64_NE -> IFNE;
            case I32_LT_S, I32_LT_U, I64_LT_S, I64_LT_U, F32_LT, F64_LT -> IFLT;
            case I32_GT_S, I32_GT_U, I64_GT_S, I64_GT_U, F32_GT, F64_GT -> IFGT;
            case I32_LE_S, I32_LE_U, I64_LE_S, I64_LE_U, F32_LE, F64_LE -> IFLE;
            default -> IFGE;
        };
    }
}

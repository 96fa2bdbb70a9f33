package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.Feature;
import dev.jawa.model.Opcode;

/**
 * Emits what is particular to vectors: calls of the static methods named after the instructions, such as
 * {@code I8x16.addSatS} for {@code i8x16.add_sat_s}, which compute a half.
 */
public final class VectorEmitter {
    private static final String PACKAGE = "dev/jawa/runtime/vector/";
    private static final long LOW_BITS = 0xFFFF_FFFFL;

    private VectorEmitter() {
    }

    static boolean isVector(Opcode opcode) {
        return opcode.feature() == Feature.SIMD || opcode.feature() == Feature.RELAXED_SIMD;
    }

    /** Emits an operation and leaves its value on the stack. */
    static void emit(CodeBuilder code, ExpressionEmitter expressions, Operation operation) {
        switch (operation.opcode()) {
            // A half as the other one, which is the same to the JVM, or taken from an object.
            case I64X2_SPLAT, I64X2_EXTRACT_LANE -> half(code, expressions, operation);
            case V128_CONST -> {
                expressions.value(operation.operands()[0]);
                expressions.value(operation.operands()[1]);
                code.invokeStatic(Names.VECTORS, "packed", "(JJ)Ljava/lang/Object;");
            }
            case F32X4_SPLAT, I32X4_SPLAT -> pair(code, expressions, operation.operands());
            default -> call(code, expressions, operation);
        }
    }

    private static void half(CodeBuilder code, ExpressionEmitter expressions, Operation operation) {
        Expression operand = operation.operands()[0];
        expressions.value(operand);
        if (operand.carrier() == Carrier.REFERENCE) {
            code.invokeStatic(Names.VECTORS, operation.secondIndex() == 1 ? "high" : "low",
                    "(Ljava/lang/Object;)J");
        }
    }

    /** Two lanes of 32 bits as a half. */
    private static void pair(CodeBuilder code, ExpressionEmitter expressions, Expression[] lanes) {
        bits(code, expressions, lanes[1]);
        code.constant(32).op(Bytecode.LSHL);
        bits(code, expressions, lanes[0]);
        code.constant(LOW_BITS).op(Bytecode.LAND).op(Bytecode.LOR);
    }

    private static void bits(CodeBuilder code, ExpressionEmitter expressions, Expression lane) {
        expressions.value(lane);
        if (lane.carrier() == Carrier.FLOAT) {
            code.invokeStatic("java/lang/Float", "floatToRawIntBits", "(F)I");
        }
        code.op(Bytecode.I2L);
    }

    private static void call(CodeBuilder code, ExpressionEmitter expressions, Operation operation) {
        var descriptor = new StringBuilder("(");
        for (Expression operand : operation.operands()) {
            expressions.value(operand);
            descriptor.append(operand.carrier().descriptor());
        }
        descriptor.append(')').append(operation.carrier().descriptor());
        String mnemonic = operation.opcode().mnemonic();
        int dot = mnemonic.indexOf('.');
        code.invokeStatic(PACKAGE + className(mnemonic.substring(0, dot)), methodName(mnemonic.substring(dot + 1)),
                descriptor.toString());
    }

    private static String className(String shape) {
        return shape.equals("v128") ? "I64x2" : Character.toUpperCase(shape.charAt(0)) + shape.substring(1);
    }

    private static String methodName(String instruction) {
        // Which half is widened was decided before.
        String[] words = instruction.replace("_high_", "_low_").split("_");
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }
}

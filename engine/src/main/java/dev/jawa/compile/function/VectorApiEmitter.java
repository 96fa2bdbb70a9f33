package dev.jawa.compile.function;

import dev.jawa.compile.ModuleClasses;
import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Carrier;
import dev.jawa.compile.tree.Expression;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.compile.tree.Variable;
import dev.jawa.compile.tree.VectorFusion;
import dev.jawa.model.Opcode;
import dev.jawa.runtime.vector.VectorApi;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Emits what loops do with whole vectors: calls of the static methods that are named after the instructions, such as
 * {@code I8x16.add_sat_s} for {@code i8x16.add_sat_s}, in the classes that {@link VectorApi} adds to
 * {@code jdk.incubator.vector}.
 *
 * <p>Its classes may not be loaded yet when the JVM verifies the code. So a vector is never passed as one of a superclass,
 * for which the JVM would look.
 */
final class VectorApiEmitter {
    private static final String PACKAGE = "jdk/incubator/vector/";
    private static final String VECTOR_API = "dev/jawa/runtime/vector/VectorApi";

    /** What the lanes of a vector are seen as. */
    private enum Shape {
        I8X16("I8x16", "Byte", "I"), I16X8("I16x8", "Short", "I"), I32X4("I32x4", "Int", "I"), I64X2("I64x2", "Long", "J"),
        F32X4("F32x4", "Float", "F"), F64X2("F64x2", "Double", "D");

        private final String instructions;
        private final String className;
        private final String descriptor;
        private final String lane;

        Shape(String name, String lanes, String lane) {
            instructions = PACKAGE + name;
            className = PACKAGE + lanes + "128Vector";
            descriptor = "L" + className + ";";
            this.lane = lane;
        }

        private Shape integer() {
            return this == F32X4 ? I32X4 : this == F64X2 ? I64X2 : this;
        }

        /** The one that a part of a mnemonic names; {@code null} if it names none. */
        private static Shape of(String part) {
            return switch (part) {
                case "i8x16" -> I8X16;
                case "i16x8" -> I16X8;
                case "i32x4" -> I32X4;
                case "i64x2" -> I64X2;
                case "f32x4" -> F32X4;
                case "f64x2" -> F64X2;
                default -> null;
            };
        }
    }

    private final CodeBuilder code;
    private final ModuleClasses classes;
    private final ExpressionEmitter expressions;
    // What the vectors in variables are seen as.
    private final Map<Variable, Shape> shapes = new IdentityHashMap<>();

    VectorApiEmitter(CodeBuilder code, ModuleClasses classes, ExpressionEmitter expressions) {
        this.code = code;
        this.classes = classes;
        this.expressions = expressions;
    }

    /** Whether an operation gives or takes a whole vector, or says whether there are such. */
    static boolean concerns(Operation operation) {
        return operation.carrier() == Carrier.VECTOR || operation.opcode() == Opcode.NOP
                || VectorEmitter.isVector(operation.opcode()) && operation.operands().length > 0
                && operation.operands()[operation.operands().length - 1].carrier() == Carrier.VECTOR;
    }

    /** Pushes a vector for a variable; gives the class of the object. */
    String value(Variable variable, Expression value) {
        Shape shape = shapes.computeIfAbsent(variable, _ -> variable.shape() != Variable.UNKNOWN_SHAPE
                ? Shape.values()[variable.shape()] : shape(value));
        vector(value, shape);
        return shape.className;
    }

    /** Pushes a vector, seen as bytes. */
    void value(Expression expression) {
        vector(expression, Shape.I8X16);
    }

    /** Emits an operation that does not give a vector. */
    void emit(Operation operation) {
        if (operation.opcode() == Opcode.NOP) {
            test(operation.index());
        } else if (operation.opcode() == Opcode.V128_STORE) {
            Shape shape = shape(operation.operands()[1]);
            vector(operation.operands()[1], shape);
            expressions.vectorAccess(operation, shape.instructions, shape.descriptor);
        } else {
            scalar(operation);
        }
    }

    private void test(int optimized) {
        if (optimized == 0) {
            VectorApi.require(classes);
            code.getStatic(VECTOR_API, "ready", "Z");
        } else {
            code.getStatic(VECTOR_API + "$Loaded", "OPTIMIZED", Names.descriptor(Names.METHOD_HANDLE)).constant("")
                    .invokeVirtual(Names.METHOD_HANDLE, "invokeExact", "(Ljava/lang/Object;)Z");
        }
    }

    // ---- as what vectors are seen

    /** As what a vector is best seen. */
    private Shape shape(Expression expression) {
        Shape shape = ownShape(expression);
        if (shape != null) {
            return shape;
        }
        return expression instanceof Operation constant && constant.opcode() == Opcode.V128_CONST
                ? Shape.values()[constant.index()] : Shape.I8X16;
    }

    /** As what a vector is seen that is one already, or {@code null} if it may as well be another. */
    private Shape ownShape(Expression expression) {
        return switch (expression) {
            case Get(var variable) -> shapes.get(variable);
            case Operation operation -> switch (operation.opcode()) {
                case V128_LOAD, V128_CONST -> null;
                case SELECT -> Shape.I8X16;
                case NOP -> ownShape(operation.operands()[0]);
                default -> resultShape(operation);
            };
            default -> null;
        };
    }

    private Shape resultShape(Operation operation) {
        Shape shape = instructionShape(operation);
        return isComparison(name(operation)) ? shape.integer() : shape;
    }

    /** Which class has the instruction; those on bits are in all for integers. */
    private Shape instructionShape(Operation operation) {
        if (operation.opcode() == Opcode.I32_ROTL || isOfInts(operation)) {
            return Shape.I32X4;
        }
        String mnemonic = operation.opcode().mnemonic();
        Shape shape = Shape.of(mnemonic.substring(0, mnemonic.indexOf('.')));
        for (int i = 0; shape == null && i < operation.operands().length; i++) {
            shape = ownShape(operation.operands()[i]);
        }
        return shape == null ? Shape.I64X2 : mnemonic.startsWith("v128.") ? shape.integer() : shape;
    }

    /** Whether it is a shuffle of lanes of 32 bits, which the vectors are seen as anyway. */
    private boolean isOfInts(Operation operation) {
        return operation.opcode() == Opcode.I8X16_SHUFFLE && VectorFusion.intLanes(operation) >= 0
                && ownShape(operation.operands()[0]) == Shape.I32X4;
    }

    private static String name(Operation operation) {
        String mnemonic = operation.opcode().mnemonic();
        return mnemonic.substring(mnemonic.indexOf('.') + 1);
    }

    private static boolean isComparison(String name) {
        return switch (name) {
            case "eq", "ne", "lt", "gt", "le", "ge" -> true;
            default -> false;
        };
    }

    /** What an operand is seen as, which the name says where it is not what the result is. */
    private static Shape operandShape(String name, Shape shape, int operand) {
        // The third one is the sum that products are added to.
        for (String part : operand == 2 ? new String[0] : name.split("_", -1)) {
            Shape named = Shape.of(part);
            if (named != null) {
                return named;
            }
        }
        return shape;
    }

    // ---- vectors

    private void vector(Expression expression, Shape wanted) {
        switch (expression) {
            case Get(var variable) -> see(variable(variable), wanted);
            case Operation operation -> {
                switch (operation.opcode()) {
                    case V128_LOAD -> expressions.vectorAccess(operation, wanted.instructions, wanted.descriptor);
                    case V128_CONST -> halves(operation.operands()[0], operation.operands()[1], wanted);
                    case SELECT -> {
                        expressions.select(operation);
                        see(Shape.I8X16, wanted);
                    }
                    case NOP -> {
                        Shape shape = variable(((Get) operation.operands()[0]).variable());
                        code.invokeStatic(shape.instructions, "known", "(" + shape.descriptor + ")" + shape.descriptor);
                        see(shape, wanted);
                    }
                    default -> see(instruction(operation), wanted);
                }
            }
            // Nothing has been assigned here yet.
            default -> code.op(Bytecode.ACONST_NULL).widen(wanted.className);
        }
    }

    private Shape variable(Variable variable) {
        expressions.loadVariable(variable);
        return shapes.get(variable);
    }

    private void see(Shape shape, Shape wanted) {
        if (shape != wanted) {
            code.invokeStatic(wanted.instructions, "of", "(" + shape.descriptor + ")" + wanted.descriptor);
        }
    }

    private void halves(Expression low, Expression high, Shape shape) {
        expressions.value(low);
        if (low instanceof Constant(var _, long bits) && high instanceof Constant(var _, long others) && bits == others) {
            code.invokeStatic(shape.instructions, "halves", "(J)" + shape.descriptor);
            return;
        }
        expressions.value(high);
        code.invokeStatic(shape.instructions, "halves", "(JJ)" + shape.descriptor);
    }

    /** Emits an instruction that gives a vector, and says as what that is seen. */
    private Shape instruction(Operation operation) {
        if (operation.opcode() == Opcode.I32_ROTL && operation.operands()[0] instanceof Operation rotated
                && rotated.opcode() == Opcode.V128_XOR) {
            return rotatedXor(rotated, operation.operands()[1]);
        }
        Shape shape = instructionShape(operation);
        String name = name(operation);
        var descriptor = new StringBuilder("(");
        Expression[] operands = operation.operands();
        boolean ofInts = isOfInts(operation);
        for (int i = 0; i < operands.length; i++) {
            if (ofInts && i == operands.length - 1) {
                code.constant(VectorFusion.intLanes(operation));
                descriptor.append('I');
            } else if (operands[i].carrier() == Carrier.VECTOR) {
                Shape operand = operandShape(name, shape, i);
                vector(operands[i], operand);
                descriptor.append(operand.descriptor);
            } else {
                expressions.value(operands[i]);
                descriptor.append(operands[i].carrier().descriptor());
            }
        }
        if (name.equals("replace_lane")) {
            code.constant(operation.index());
            descriptor.append('I');
        }
        Shape result = resultShape(operation);
        code.invokeStatic(shape.instructions, name.equals("relaxed_laneselect") ? "bitselect" : name,
                descriptor.append(')').append(result.descriptor).toString());
        return result;
    }

    /** What ciphers and hashes do most, in one call: their loops must fit into a method. */
    private Shape rotatedXor(Operation xor, Expression count) {
        Shape ints = Shape.I32X4;
        vector(xor.operands()[0], ints);
        vector(xor.operands()[1], ints);
        expressions.value(count);
        code.invokeStatic(ints.instructions, "xor_rotl",
                "(" + ints.descriptor + ints.descriptor + "I)" + ints.descriptor);
        return ints;
    }

    // ---- what is taken from vectors

    private void scalar(Operation operation) {
        String name = name(operation);
        Shape shape = instructionShape(operation);
        vector(operation.operands()[0], shape);
        if (name.startsWith("extract_lane")) {
            code.constant(operation.index()).invokeStatic(shape.instructions, name, "(" + shape.descriptor + "I)" + shape.lane);
        } else {
            code.invokeStatic(shape.instructions, name, "(" + shape.descriptor + ")I");
        }
    }
}

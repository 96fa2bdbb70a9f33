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
import dev.jawa.model.Opcode;
import dev.jawa.runtime.vector.VectorApi;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Emits what loops do with whole vectors, by {@code jdk.incubator.vector}.
 *
 * <p>Its classes may not be loaded yet when the JVM verifies the code. So nothing here is passed as one of a superclass
 * without a cast to that, for which the JVM would look.
 */
public final class VectorApiEmitter {
    private static final String PACKAGE = "jdk/incubator/vector/";
    private static final String VECTOR = PACKAGE + "Vector";
    private static final String MASK = PACKAGE + "VectorMask";
    private static final String SPECIES = PACKAGE + "VectorSpecies";
    private static final String OPERATORS = PACKAGE + "VectorOperators";
    private static final String BINARY = OPERATORS + "$Binary";
    private static final String COMPARISON = OPERATORS + "$Comparison";
    private static final String TERNARY = OPERATORS + "$Ternary";
    private static final String UNARY = OPERATORS + "$Unary";
    private static final String CONVERSION = OPERATORS + "$Conversion";
    private static final String VECTOR_API = "dev/jawa/runtime/vector/VectorApi";
    private static final String LOADED = VECTOR_API + "$Loaded";

    /** What the lanes of a vector are seen as. */
    private enum Shape {
        BYTE("Byte", "B", 8), SHORT("Short", "S", 16), INT("Int", "I", 32), LONG("Long", "J", 64),
        FLOAT("Float", "F", 32), DOUBLE("Double", "D", 64);

        private final String name;
        private final String lane;
        private final int bits;

        Shape(String name, String lane, int bits) {
            this.name = name;
            this.lane = lane;
            this.bits = bits;
        }

        private String className() {
            return PACKAGE + name + "Vector";
        }

        private String descriptor() {
            return "L" + className() + ";";
        }

        private static Shape of(String prefix) {
            return switch (prefix) {
                case "i8x16" -> BYTE;
                case "i16x8" -> SHORT;
                case "i32x4" -> INT;
                case "f32x4" -> FLOAT;
                case "f64x2" -> DOUBLE;
                default -> LONG;
            };
        }

        /** The same number in each lane. */
        private long repeated(long number) {
            return bits == 64 ? number : (number & (1L << bits) - 1) * (-1L / ((1L << bits) - 1));
        }
    }

    private final CodeBuilder code;
    private final ModuleClasses classes;
    private final ExpressionEmitter expressions;
    // What the vectors in variables are seen as; those that other methods share are bytes.
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
        if (expressions.isShared(variable)) {
            vector(value, Shape.BYTE);
            return Names.OBJECT;
        }
        Shape shape = vector(value);
        Shape known = shapes.putIfAbsent(variable, shape);
        if (known == null) {
            return shape.className();
        }
        see(shape, known);
        return known.className();
    }

    /** Pushes a vector, seen as bytes. */
    void value(Expression expression) {
        vector(expression, Shape.BYTE);
    }

    /** Emits an operation that does not give a vector. */
    void emit(Operation operation) {
        if (operation.opcode() == Opcode.NOP) {
            test(operation.index());
        } else if (operation.opcode() == Opcode.V128_STORE) {
            vector(operation.operands()[1], Shape.BYTE);
            expressions.vectorAddress(operation);
            code.invokeVirtual(Shape.BYTE.className(), "intoArray", "([BI)V");
        } else {
            scalar(operation);
        }
    }

    /** Pushes a variable's value, of which the compiler is told the class if it may not know. */
    private Shape variable(Variable variable, boolean known) {
        boolean shared = expressions.isShared(variable);
        Shape shape = shared ? Shape.BYTE : shapes.get(variable);
        if (!shared && known) {
            expressions.loadVariable(variable);
            return shape;
        }
        code.getStatic(LOADED, shape.name.toUpperCase(Locale.ROOT), "Ljava/lang/Class;");
        expressions.loadVariable(variable);
        code.invokeStatic("java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;")
                .invokeVirtual("java/lang/Class", "cast", "(Ljava/lang/Object;)Ljava/lang/Object;")
                .checkCast(shape.className());
        return shape;
    }

    private void test(int optimized) {
        if (optimized == 0) {
            VectorApi.require(classes);
            code.getStatic(VECTOR_API, "ready", "Z");
        } else {
            code.getStatic(LOADED, "OPTIMIZED", Names.descriptor(Names.METHOD_HANDLE)).constant("")
                    .invokeVirtual(Names.METHOD_HANDLE, "invokeExact", "(Ljava/lang/Object;)Z");
        }
    }

    // ---- vectors

    private void vector(Expression expression, Shape wanted) {
        see(vector(expression), wanted);
    }

    private Shape vector(Expression expression) {
        return switch (expression) {
            case Get(var variable) -> variable(variable, true);
            case Operation operation when operation.opcode() == Opcode.SELECT -> {
                expressions.select(operation);
                yield Shape.BYTE;
            }
            case Operation operation when operation.opcode() == Opcode.NOP ->
                    variable(((Get) operation.operands()[0]).variable(), false);
            case Operation operation -> vector(operation);
            default -> {
                // Nothing has been assigned here yet.
                code.op(Bytecode.ACONST_NULL).widen(Shape.BYTE.className());
                yield Shape.BYTE;
            }
        };
    }

    private void see(Shape shape, Shape wanted) {
        if (shape != wanted) {
            code.invokeVirtual(shape.className(), "reinterpretAs" + wanted.name + "s", "()" + wanted.descriptor());
        }
    }

    /** Emits an operation that gives a vector, and says as what that is seen. */
    private Shape vector(Operation operation) {
        Expression[] operands = operation.operands();
        String mnemonic = operation.opcode().mnemonic();
        int dot = mnemonic.indexOf('.');
        Shape shape = Shape.of(mnemonic.substring(0, dot));
        String name = mnemonic.substring(dot + 1);
        switch (operation.opcode()) {
            case V128_LOAD -> {
                species(Shape.BYTE);
                expressions.vectorAddress(operation);
                code.invokeStatic(Shape.BYTE.className(), "fromArray",
                        "(L" + SPECIES + ";[BI)" + Shape.BYTE.descriptor());
                return Shape.BYTE;
            }
            case V128_CONST -> {
                halves(operands[0], operands[1]);
                Shape hint = Shape.values()[operation.index()];
                see(Shape.LONG, hint);
                return hint;
            }
            case V128_BITSELECT -> {
                vector(operands[1], shape);
                operator("BITWISE_BLEND", "Ternary", TERNARY);
                vectorArgument(operands[0], shape);
                vectorArgument(operands[2], shape);
                ternary(shape);
            }
            case F32X4_RELAXED_MADD, F64X2_RELAXED_MADD, F32X4_RELAXED_NMADD, F64X2_RELAXED_NMADD -> {
                vector(operands[0], shape);
                if (name.equals("relaxed_nmadd")) {
                    unary(shape, "NEG");
                }
                operator("FMA", "Ternary", TERNARY);
                vectorArgument(operands[1], shape);
                vectorArgument(operands[2], shape);
                ternary(shape);
            }
            case F32X4_ABS, F64X2_ABS, F32X4_NEG, F64X2_NEG -> {
                long signs = shape.repeated(1L << shape.bits - 1);
                vector(operands[0], Shape.LONG);
                boolean abs = name.equals("abs");
                operator(abs ? "AND" : "XOR", "Associative", BINARY);
                constant(abs ? ~signs : signs);
                lanewise(Shape.LONG);
                return Shape.LONG;
            }
            case V128_NOT, I8X16_POPCNT, F32X4_SQRT, F64X2_SQRT, I8X16_ABS, I16X8_ABS, I32X4_ABS, I64X2_ABS, I8X16_NEG,
                    I16X8_NEG, I32X4_NEG, I64X2_NEG -> {
                vector(operands[0], shape);
                unary(shape, name.equals("popcnt") ? "BIT_COUNT" : name.toUpperCase(Locale.ROOT));
            }
            case I8X16_SHL, I8X16_SHR_S, I8X16_SHR_U, I16X8_SHL, I16X8_SHR_S, I16X8_SHR_U, I32X4_SHL, I32X4_SHR_S,
                    I32X4_SHR_U, I64X2_SHL, I64X2_SHR_S, I64X2_SHR_U -> {
                vector(operands[0], shape);
                operator(name.equals("shl") ? "LSHL" : name.equals("shr_s") ? "ASHR" : "LSHR", "Binary", BINARY);
                expressions.value(operands[1]);
                narrowLane(shape);
                code.invokeVirtual(shape.className(), "lanewise", "(L" + BINARY + ";" + shape.lane + ")"
                        + shape.descriptor());
            }
            case I8X16_SPLAT, I16X8_SPLAT, I32X4_SPLAT, I64X2_SPLAT, F32X4_SPLAT, F64X2_SPLAT -> {
                species(shape);
                expressions.value(operands[0]);
                if (shape != Shape.LONG) {
                    narrowLane(shape);
                }
                code.invokeStatic(shape.className(), "broadcast", "(L" + SPECIES + ";" + shape.lane + ")"
                        + shape.descriptor());
            }
            case I8X16_REPLACE_LANE, I16X8_REPLACE_LANE, I32X4_REPLACE_LANE, I64X2_REPLACE_LANE, F32X4_REPLACE_LANE,
                    F64X2_REPLACE_LANE -> {
                vector(operands[0], shape);
                code.constant(operation.index());
                expressions.value(operands[1]);
                if (shape != Shape.LONG) {
                    narrowLane(shape);
                }
                code.invokeVirtual(shape.className(), "withLane", "(I" + shape.lane + ")" + shape.descriptor());
            }
            case I8X16_SHUFFLE -> {
                vector(operands[operands.length - 1], Shape.BYTE);
                vectorArgument(operands[0], Shape.BYTE);
                if (operands.length > 2) {
                    vectorArgument(operands[1], Shape.BYTE);
                }
                select(operands.length > 2);
            }
            case I8X16_SWIZZLE -> {
                vector(operands[1], Shape.BYTE);
                vectorArgument(operands[0], Shape.BYTE);
                select(false);
                operator("AND", "Associative", BINARY);
                vector(operands[2], Shape.BYTE);
                operator("ULT", "Comparison", COMPARISON);
                code.constant(16).op(Bytecode.I2B);
                compareWithLane(Shape.BYTE);
                maskToVector(Shape.BYTE);
                code.checkCast(VECTOR);
                lanewise(Shape.BYTE);
            }
            case F32X4_CONVERT_I32X4_S -> convert(operands[0], Shape.INT, "I2F");
            case I32X4_TRUNC_SAT_F32X4_S -> convert(operands[0], Shape.FLOAT, "F2I");
            case F64X2_CONVERT_LOW_I32X4_S -> convert(operands[0], Shape.INT, "I2D", shape);
            case F64X2_PROMOTE_LOW_F32X4 -> convert(operands[0], Shape.FLOAT, "F2D", shape);
            case F32X4_PMIN, F64X2_PMIN -> choice(shape, operands[0], operands[1], operands[3], operands[2]);
            case F32X4_PMAX, F64X2_PMAX -> choice(shape, operands[0], operands[1], operands[2], operands[3]);
            case F32X4_RELAXED_MIN, F64X2_RELAXED_MIN ->
                    choice(shape, operands[1], operands[0], operands[2], operands[3]);
            case F32X4_RELAXED_MAX, F64X2_RELAXED_MAX ->
                    choice(shape, operands[1], operands[0], operands[3], operands[2]);
            default -> {
                String comparison = comparison(name);
                if (comparison != null) {
                    vector(operands[0], shape);
                    operator(comparison, "Comparison", COMPARISON);
                    vectorArgument(operands[1], shape);
                    code.invokeVirtual(shape.className(), "compare", "(L" + COMPARISON + ";L" + VECTOR + ";)L" + MASK
                            + ";");
                    return maskToVector(shape);
                }
                vector(operands[0], shape);
                String operator = operator(name);
                operator(operator, isAssociative(operator) ? "Associative" : "Binary", BINARY);
                vectorArgument(operands[1], shape);
                lanewise(shape);
            }
        }
        return shape;
    }

    private void species(Shape shape) {
        code.getStatic(shape.className(), "SPECIES_128", "L" + SPECIES + ";");
    }

    private void operator(String name, String kind, String as) {
        String type = OPERATORS + "$" + kind;
        code.getStatic(OPERATORS, name, "L" + type + ";");
        if (!type.equals(as)) {
            code.checkCast(as);
        }
    }

    private void vectorArgument(Expression expression, Shape shape) {
        vector(expression, shape);
        code.checkCast(VECTOR);
    }

    private void lanewise(Shape shape) {
        code.invokeVirtual(shape.className(), "lanewise", "(L" + BINARY + ";L" + VECTOR + ";)" + shape.descriptor());
    }

    private void ternary(Shape shape) {
        code.invokeVirtual(shape.className(), "lanewise", "(L" + TERNARY + ";L" + VECTOR + ";L" + VECTOR + ";)"
                + shape.descriptor());
    }

    private void unary(Shape shape, String name) {
        operator(name, "Unary", UNARY);
        code.invokeVirtual(shape.className(), "lanewise", "(L" + UNARY + ";)" + shape.descriptor());
    }

    private void select(boolean two) {
        String vector = "L" + VECTOR + ";";
        code.invokeVirtual(Shape.BYTE.className(), "selectFrom", "(" + (two ? vector + vector : vector) + ")"
                + Shape.BYTE.descriptor());
    }

    /** Pushes a vector of two equal halves, as an argument. */
    private void constant(long half) {
        species(Shape.LONG);
        code.constant(half).invokeStatic(Shape.LONG.className(), "broadcast", "(L" + SPECIES + ";J)"
                + Shape.LONG.descriptor()).checkCast(VECTOR);
    }

    private void halves(Expression low, Expression high) {
        species(Shape.LONG);
        expressions.value(low);
        code.invokeStatic(Shape.LONG.className(), "broadcast", "(L" + SPECIES + ";J)" + Shape.LONG.descriptor());
        if (!(low instanceof Constant(var _, long bits) && high instanceof Constant(var _, long others)
                && bits == others)) {
            code.constant(1);
            expressions.value(high);
            code.invokeVirtual(Shape.LONG.className(), "withLane", "(IJ)" + Shape.LONG.descriptor());
        }
    }

    private void convert(Expression operand, Shape from, String conversion) {
        Shape to = from == Shape.INT ? Shape.FLOAT : Shape.INT;
        vector(operand, from);
        operator(conversion, "Conversion", CONVERSION);
        code.constant(0).invokeVirtual(from.className(), "convert", "(L" + CONVERSION + ";I)L" + VECTOR + ";")
                .checkCast(to.className());
    }

    private void convert(Expression operand, Shape from, String conversion, Shape to) {
        vector(operand, from);
        operator(conversion, "Conversion", CONVERSION);
        species(to);
        code.constant(0).invokeVirtual(from.className(), "convertShape", "(L" + CONVERSION + ";L" + SPECIES + ";I)L"
                + VECTOR + ";").checkCast(to.className());
    }

    /** The lanes of one vector, but those of another where the first of two operands is less. */
    private void choice(Shape shape, Expression otherwise, Expression chosen, Expression first, Expression second) {
        vector(otherwise, shape);
        vectorArgument(chosen, shape);
        vector(first, shape);
        operator("LT", "Comparison", COMPARISON);
        vectorArgument(second, shape);
        code.invokeVirtual(shape.className(), "compare", "(L" + COMPARISON + ";L" + VECTOR + ";)L" + MASK + ";")
                .invokeVirtual(shape.className(), "blend", "(L" + VECTOR + ";L" + MASK + ";)" + shape.descriptor());
    }

    /** Makes lanes of ones of a mask's; says as what they are seen. */
    private Shape maskToVector(Shape shape) {
        Shape integer = shape == Shape.FLOAT ? Shape.INT : shape == Shape.DOUBLE ? Shape.LONG : shape;
        if (integer != shape) {
            species(integer);
            code.invokeVirtual(MASK, "cast", "(L" + SPECIES + ";)L" + MASK + ";");
        }
        code.invokeVirtual(MASK, "toVector", "()L" + VECTOR + ";").checkCast(integer.className());
        return integer;
    }

    private void compareWithLane(Shape shape) {
        code.invokeVirtual(shape.className(), "compare", "(L" + COMPARISON + ";" + shape.lane + ")L" + MASK + ";");
    }

    private void narrowLane(Shape shape) {
        switch (shape) {
            case BYTE -> code.op(Bytecode.I2B);
            case SHORT -> code.op(Bytecode.I2S);
            case LONG -> code.op(Bytecode.I2L);
            default -> {
            }
        }
    }

    private static String comparison(String name) {
        return switch (name) {
            case "eq", "ne", "lt", "gt", "le", "ge" -> name.toUpperCase(Locale.ROOT);
            case "lt_s", "gt_s", "le_s", "ge_s" -> name.substring(0, 2).toUpperCase(Locale.ROOT);
            case "lt_u", "gt_u", "le_u", "ge_u" -> "U" + name.substring(0, 2).toUpperCase(Locale.ROOT);
            default -> null;
        };
    }

    private static String operator(String name) {
        return switch (name) {
            case "min_s" -> "MIN";
            case "max_s" -> "MAX";
            case "min_u" -> "UMIN";
            case "max_u" -> "UMAX";
            case "add_sat_s" -> "SADD";
            case "add_sat_u" -> "SUADD";
            case "sub_sat_s" -> "SSUB";
            case "sub_sat_u" -> "SUSUB";
            case "andnot" -> "AND_NOT";
            default -> name.toUpperCase(Locale.ROOT);
        };
    }

    private static boolean isAssociative(String operator) {
        return switch (operator) {
            case "ADD", "MUL", "MIN", "MAX", "AND", "OR", "XOR", "UMIN", "UMAX" -> true;
            default -> false;
        };
    }

    // ---- what is taken from vectors

    private void scalar(Operation operation) {
        String mnemonic = operation.opcode().mnemonic();
        int dot = mnemonic.indexOf('.');
        Shape shape = Shape.of(mnemonic.substring(0, dot));
        String name = mnemonic.substring(dot + 1);
        vector(operation.operands()[0], shape);
        switch (name) {
            case "any_true", "all_true" -> {
                operator(name.equals("any_true") ? "NE" : "EQ", "Comparison", COMPARISON);
                zero(shape);
                compareWithLane(shape);
                code.invokeVirtual(MASK, "anyTrue", "()Z");
                if (name.equals("all_true")) {
                    code.constant(1).op(Bytecode.IXOR);
                }
            }
            case "bitmask" -> {
                operator("LT", "Comparison", COMPARISON);
                zero(shape);
                compareWithLane(shape);
                code.invokeVirtual(MASK, "toLong", "()J").op(Bytecode.L2I);
            }
            default -> {
                code.constant(operation.index()).invokeVirtual(shape.className(), "lane", "(I)" + shape.lane);
                if (name.endsWith("_u")) {
                    code.constant(shape == Shape.BYTE ? 0xFF : 0xFFFF).op(Bytecode.IAND);
                }
            }
        }
    }

    private void zero(Shape shape) {
        if (shape == Shape.LONG) {
            code.constant(0L);
        } else {
            code.constant(0);
        }
    }
}

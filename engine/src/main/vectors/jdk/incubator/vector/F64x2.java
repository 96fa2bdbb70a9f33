package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Double128Vector.Double128Mask;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;

/**
 * The instructions on f64x2: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class F64x2 {
    private F64x2() {
    }

    @ForceInline
    private static Double128Vector unary(int operation, Double128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Double128Vector.class, null, double.class, 2, a, null,
                otherwise));
    }

    @ForceInline
    private static Double128Vector binary(int operation, Double128Vector a, Double128Vector b,
                BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Double128Vector.class, null, double.class, 2, a, b,
                null, otherwise));
    }

    @ForceInline
    private static Double128Mask compare(int condition, Double128Vector a, Double128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Double128Vector.class, Double128Mask.class,
                double.class, 2, a, b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Double128Vector blend(Double128Vector a, Double128Vector b, Double128Mask second) {
        return requireNonNull(VectorSupport.blend(Double128Vector.class, Double128Mask.class, double.class, 2, a, b,
                second, Otherwise.BLEND));
    }

    @ForceInline
    static Double128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Double128Vector.class, double.class, 2, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_DOUBLES));
    }

    @ForceInline
    public static Double128Vector of(Byte128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Byte128Vector.class, byte.class, 16, Double128Vector.class, double.class, 2, a,
                Double128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Double128Vector of(Short128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Short128Vector.class, short.class, 8, Double128Vector.class, double.class, 2, a,
                Double128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Double128Vector of(Int128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Int128Vector.class, int.class, 4, Double128Vector.class, double.class, 2, a, Double128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Double128Vector of(Long128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Long128Vector.class, long.class, 2, Double128Vector.class, double.class, 2, a,
                Double128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Double128Vector of(Float128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Float128Vector.class, float.class, 4, Double128Vector.class, double.class, 2, a,
                Double128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Double128Vector known(Double128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Double128Vector halves(long both) {
        return of(I64x2.all(both));
    }

    @ForceInline
    public static Double128Vector halves(long low, long high) {
        return of(I64x2.halves(low, high));
    }

    @ForceInline
    public static Double128Vector splat(double lane) {
        return all(Double.doubleToRawLongBits(lane));
    }

    @ForceInline
    public static Double128Vector replace_lane(Double128Vector a, double lane, int index) {
        return requireNonNull(VectorSupport.insert(Double128Vector.class, double.class, 2, a, index,
                Double.doubleToRawLongBits(lane), Otherwise.INSERT_DOUBLE));
    }

    @ForceInline
    public static double extract_lane(Double128Vector a, int index) {
        return Double.longBitsToDouble(VectorSupport.extract(Double128Vector.class, double.class, 2, a, index,
                Otherwise.EXTRACT_DOUBLE));
    }

    @ForceInline
    public static Double128Vector load(byte[] bytes, int index) {
        return of(I8x16.load(bytes, index));
    }

    @ForceInline
    public static void store(Double128Vector a, byte[] bytes, int index) {
        I8x16.store(I8x16.of(a), bytes, index);
    }

    @ForceInline
    public static Double128Vector loadNative(long address) {
        return of(I8x16.loadNative(address));
    }

    @ForceInline
    public static void storeNative(Double128Vector a, long address) {
        I8x16.storeNative(I8x16.of(a), address);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Double128Vector add(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Double128Vector sub(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Double128Vector mul(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MUL, a, b, Otherwise.MUL);
    }

    @ForceInline
    public static Double128Vector neg(Double128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Double128Vector abs(Double128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Double128Vector div(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_DIV, a, b, Otherwise.DIV);
    }

    @ForceInline
    public static Double128Vector min(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MIN, a, b, Otherwise.MIN);
    }

    @ForceInline
    public static Double128Vector max(Double128Vector a, Double128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MAX, a, b, Otherwise.MAX);
    }

    @ForceInline
    public static Double128Vector sqrt(Double128Vector a) {
        return unary(VectorSupport.VECTOR_OP_SQRT, a, Otherwise.SQRT);
    }

    @ForceInline
    public static Double128Vector pmin(Double128Vector a, Double128Vector b) {
        return blend(a, b, compare(VectorSupport.BT_lt, b, a));
    }

    @ForceInline
    public static Double128Vector pmax(Double128Vector a, Double128Vector b) {
        return blend(a, b, compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Double128Vector relaxed_min(Double128Vector a, Double128Vector b) {
        return blend(b, a, compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Double128Vector relaxed_max(Double128Vector a, Double128Vector b) {
        return blend(b, a, compare(VectorSupport.BT_lt, b, a));
    }

    @ForceInline
    public static Double128Vector relaxed_madd(Double128Vector a, Double128Vector b, Double128Vector sum) {
        return requireNonNull(VectorSupport.ternaryOp(VectorSupport.VECTOR_OP_FMA, Double128Vector.class, null,
                double.class, 2, a, b, sum, null, Otherwise.FMA));
    }

    @ForceInline
    public static Double128Vector relaxed_nmadd(Double128Vector a, Double128Vector b, Double128Vector sum) {
        return relaxed_madd(neg(a), b, sum);
    }

    // ---- comparisons

    @ForceInline
    private static Long128Vector compared(int condition, Double128Vector a, Double128Vector b) {
        return I64x2.of(blend(all(0), all(-1), compare(condition, a, b)));
    }

    @ForceInline
    public static Long128Vector eq(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Long128Vector ne(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Long128Vector lt(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Long128Vector gt(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Long128Vector le(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Long128Vector ge(Double128Vector a, Double128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    // ---- roundings and conversions

    /** Above it there are integers only. */
    private static final Double128Vector LARGE = splat(0x1p52);

    @ForceInline
    private static Double128Vector withSign(Double128Vector number, Double128Vector signed) {
        return of(I64x2.or(I64x2.of(number), I64x2.and(I64x2.of(signed), I64x2.all(Long.MIN_VALUE))));
    }

    /** The nearest integers of numbers that are not negative; adding zero makes a NaN quiet. */
    @ForceInline
    private static Double128Vector rounded(Double128Vector a) {
        return blend(add(a, all(0)), sub(add(a, LARGE), LARGE), compare(VectorSupport.BT_lt, a, LARGE));
    }

    /** One in the lanes where the first number is less. */
    @ForceInline
    private static Double128Vector oneIfLess(Double128Vector a, Double128Vector b) {
        return blend(all(0), splat(1), compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Double128Vector nearest(Double128Vector a) {
        return withSign(rounded(abs(a)), a);
    }

    @ForceInline
    public static Double128Vector trunc(Double128Vector a) {
        Double128Vector size = abs(a);
        Double128Vector near = rounded(size);
        return withSign(sub(near, oneIfLess(size, near)), a);
    }

    @ForceInline
    public static Double128Vector floor(Double128Vector a) {
        Double128Vector near = nearest(a);
        return sub(near, oneIfLess(a, near));
    }

    @ForceInline
    public static Double128Vector ceil(Double128Vector a) {
        Double128Vector near = nearest(a);
        return withSign(add(near, oneIfLess(near, a)), a);
    }

    @ForceInline
    public static Double128Vector convert_low_i32x4_s(Int128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_CAST, Int128Vector.class,
                int.class, 4, Double128Vector.class, double.class, 2, a, Double128Vector.VSPECIES, Otherwise.CAST));
    }

    @ForceInline
    public static Double128Vector promote_low_f32x4(Float128Vector a) {
        return (Double128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_CAST,
                Float128Vector.class, float.class, 4, Double128Vector.class, double.class, 2, a,
                Double128Vector.VSPECIES, Otherwise.CAST));
    }
}

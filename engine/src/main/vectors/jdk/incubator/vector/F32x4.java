package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Float128Vector.Float128Mask;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;

/**
 * The instructions on f32x4: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class F32x4 {
    private F32x4() {
    }

    @ForceInline
    private static Float128Vector unary(int operation, Float128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Float128Vector.class, null, float.class, 4, a, null,
                otherwise));
    }

    @ForceInline
    private static Float128Vector binary(int operation, Float128Vector a, Float128Vector b, BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Float128Vector.class, null, float.class, 4, a, b, null,
                otherwise));
    }

    @ForceInline
    private static Float128Mask compare(int condition, Float128Vector a, Float128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Float128Vector.class, Float128Mask.class, float.class,
                4, a, b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Float128Vector blend(Float128Vector a, Float128Vector b, Float128Mask second) {
        return requireNonNull(VectorSupport.blend(Float128Vector.class, Float128Mask.class, float.class, 4, a, b,
                second, Otherwise.BLEND));
    }

    @ForceInline
    static Float128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Float128Vector.class, float.class, 4, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_FLOATS));
    }

    @ForceInline
    public static Float128Vector of(Byte128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Byte128Vector.class, byte.class, 16, Float128Vector.class, float.class, 4, a, Float128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Float128Vector of(Short128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Short128Vector.class, short.class, 8, Float128Vector.class, float.class, 4, a, Float128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Float128Vector of(Int128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Int128Vector.class, int.class, 4, Float128Vector.class, float.class, 4, a, Float128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Float128Vector of(Long128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Long128Vector.class, long.class, 2, Float128Vector.class, float.class, 4, a, Float128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Float128Vector of(Double128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Double128Vector.class, double.class, 2, Float128Vector.class, float.class, 4, a,
                Float128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Float128Vector known(Float128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Float128Vector halves(long both) {
        return of(I64x2.all(both));
    }

    @ForceInline
    public static Float128Vector halves(long low, long high) {
        return of(I64x2.halves(low, high));
    }

    @ForceInline
    public static Float128Vector splat(float lane) {
        return all(Float.floatToRawIntBits(lane));
    }

    @ForceInline
    public static Float128Vector replace_lane(Float128Vector a, float lane, int index) {
        return requireNonNull(VectorSupport.insert(Float128Vector.class, float.class, 4, a, index,
                Float.floatToRawIntBits(lane), Otherwise.INSERT_FLOAT));
    }

    @ForceInline
    public static float extract_lane(Float128Vector a, int index) {
        return Float.intBitsToFloat((int) VectorSupport.extract(Float128Vector.class, float.class, 4, a, index,
                Otherwise.EXTRACT_FLOAT));
    }

    @ForceInline
    public static Float128Vector load(byte[] bytes, int index) {
        return of(I8x16.load(bytes, index));
    }

    @ForceInline
    public static void store(Float128Vector a, byte[] bytes, int index) {
        I8x16.store(I8x16.of(a), bytes, index);
    }

    @ForceInline
    public static Float128Vector loadNative(long address) {
        return of(I8x16.loadNative(address));
    }

    @ForceInline
    public static void storeNative(Float128Vector a, long address) {
        I8x16.storeNative(I8x16.of(a), address);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Float128Vector add(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Float128Vector sub(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Float128Vector mul(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MUL, a, b, Otherwise.MUL);
    }

    @ForceInline
    public static Float128Vector neg(Float128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Float128Vector abs(Float128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Float128Vector div(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_DIV, a, b, Otherwise.DIV);
    }

    @ForceInline
    public static Float128Vector min(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MIN, a, b, Otherwise.MIN);
    }

    @ForceInline
    public static Float128Vector max(Float128Vector a, Float128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MAX, a, b, Otherwise.MAX);
    }

    @ForceInline
    public static Float128Vector sqrt(Float128Vector a) {
        return unary(VectorSupport.VECTOR_OP_SQRT, a, Otherwise.SQRT);
    }

    @ForceInline
    public static Float128Vector pmin(Float128Vector a, Float128Vector b) {
        return blend(a, b, compare(VectorSupport.BT_lt, b, a));
    }

    @ForceInline
    public static Float128Vector pmax(Float128Vector a, Float128Vector b) {
        return blend(a, b, compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Float128Vector relaxed_min(Float128Vector a, Float128Vector b) {
        return blend(b, a, compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Float128Vector relaxed_max(Float128Vector a, Float128Vector b) {
        return blend(b, a, compare(VectorSupport.BT_lt, b, a));
    }

    @ForceInline
    public static Float128Vector relaxed_madd(Float128Vector a, Float128Vector b, Float128Vector sum) {
        return requireNonNull(VectorSupport.ternaryOp(VectorSupport.VECTOR_OP_FMA, Float128Vector.class, null,
                float.class, 4, a, b, sum, null, Otherwise.FMA));
    }

    @ForceInline
    public static Float128Vector relaxed_nmadd(Float128Vector a, Float128Vector b, Float128Vector sum) {
        return relaxed_madd(neg(a), b, sum);
    }

    // ---- comparisons

    @ForceInline
    private static Int128Vector compared(int condition, Float128Vector a, Float128Vector b) {
        return I32x4.of(blend(all(0), all(-1), compare(condition, a, b)));
    }

    @ForceInline
    public static Int128Vector eq(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Int128Vector ne(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Int128Vector lt(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Int128Vector gt(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Int128Vector le(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Int128Vector ge(Float128Vector a, Float128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    // ---- roundings and conversions

    /** Above it there are integers only. */
    private static final Float128Vector LARGE = splat(0x1p23f);

    @ForceInline
    private static Float128Vector withSign(Float128Vector number, Float128Vector signed) {
        return of(I32x4.or(I32x4.of(number), I32x4.and(I32x4.of(signed), I32x4.all(Integer.MIN_VALUE))));
    }

    /** The nearest integers of numbers that are not negative; adding zero makes a NaN quiet. */
    @ForceInline
    private static Float128Vector rounded(Float128Vector a) {
        return blend(add(a, all(0)), sub(add(a, LARGE), LARGE), compare(VectorSupport.BT_lt, a, LARGE));
    }

    /** One in the lanes where the first number is less. */
    @ForceInline
    private static Float128Vector oneIfLess(Float128Vector a, Float128Vector b) {
        return blend(all(0), splat(1), compare(VectorSupport.BT_lt, a, b));
    }

    @ForceInline
    public static Float128Vector nearest(Float128Vector a) {
        return withSign(rounded(abs(a)), a);
    }

    @ForceInline
    public static Float128Vector trunc(Float128Vector a) {
        Float128Vector size = abs(a);
        Float128Vector near = rounded(size);
        return withSign(sub(near, oneIfLess(size, near)), a);
    }

    @ForceInline
    public static Float128Vector floor(Float128Vector a) {
        Float128Vector near = nearest(a);
        return sub(near, oneIfLess(a, near));
    }

    @ForceInline
    public static Float128Vector ceil(Float128Vector a) {
        Float128Vector near = nearest(a);
        return withSign(add(near, oneIfLess(near, a)), a);
    }

    @ForceInline
    public static Float128Vector convert_i32x4_s(Int128Vector a) {
        return (Float128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_CAST, Int128Vector.class,
                int.class, 4, Float128Vector.class, float.class, 4, a, Float128Vector.VSPECIES, Otherwise.CAST));
    }
}

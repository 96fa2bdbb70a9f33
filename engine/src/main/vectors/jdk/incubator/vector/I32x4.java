package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Int128Vector.Int128Mask;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;
import jdk.internal.vm.vector.VectorSupport.VectorBroadcastIntOp;
import jdk.internal.vm.vector.VectorSupport.VectorConvertOp;

/**
 * The instructions on i32x4: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class I32x4 {
    private I32x4() {
    }

    @ForceInline
    private static Int128Vector unary(int operation, Int128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Int128Vector.class, null, int.class, 4, a, null,
                otherwise));
    }

    @ForceInline
    private static Int128Vector binary(int operation, Int128Vector a, Int128Vector b, BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Int128Vector.class, null, int.class, 4, a, b, null,
                otherwise));
    }

    @ForceInline
    private static Int128Vector shift(int operation, Int128Vector a, int count, VectorBroadcastIntOp otherwise) {
        return requireNonNull(VectorSupport.broadcastInt(operation, Int128Vector.class, null, int.class, 4, a,
                count & 31, null, otherwise));
    }

    @ForceInline
    private static Int128Mask compare(int condition, Int128Vector a, Int128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Int128Vector.class, Int128Mask.class, int.class, 4, a,
                b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Int128Vector blend(Int128Vector a, Int128Vector b, Int128Mask second) {
        return requireNonNull(VectorSupport.blend(Int128Vector.class, Int128Mask.class, int.class, 4, a, b, second,
                Otherwise.BLEND));
    }

    @ForceInline
    static Int128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Int128Vector.class, int.class, 4, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_INTS));
    }

    @ForceInline
    public static Int128Vector of(Byte128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Byte128Vector.class, byte.class, 16, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Int128Vector of(Short128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Short128Vector.class, short.class, 8, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Int128Vector of(Long128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Long128Vector.class, long.class, 2, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Int128Vector of(Float128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Float128Vector.class, float.class, 4, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Int128Vector of(Double128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Double128Vector.class, double.class, 2, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Int128Vector known(Int128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Int128Vector halves(long both) {
        return of(I64x2.all(both));
    }

    @ForceInline
    public static Int128Vector halves(long low, long high) {
        return of(I64x2.halves(low, high));
    }

    @ForceInline
    public static Int128Vector splat(int lane) {
        return all(lane);
    }

    @ForceInline
    public static Int128Vector replace_lane(Int128Vector a, int lane, int index) {
        return requireNonNull(VectorSupport.insert(Int128Vector.class, int.class, 4, a, index, lane,
                Otherwise.INSERT_INT));
    }

    @ForceInline
    public static int extract_lane(Int128Vector a, int index) {
        return (int) VectorSupport.extract(Int128Vector.class, int.class, 4, a, index, Otherwise.EXTRACT_INT);
    }

    @ForceInline
    public static Int128Vector load(byte[] bytes, int index) {
        return of(I8x16.load(bytes, index));
    }

    @ForceInline
    public static void store(Int128Vector a, byte[] bytes, int index) {
        I8x16.store(I8x16.of(a), bytes, index);
    }

    @ForceInline
    public static Int128Vector loadNative(long address) {
        return of(I8x16.loadNative(address));
    }

    @ForceInline
    public static void storeNative(Int128Vector a, long address) {
        I8x16.storeNative(I8x16.of(a), address);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Int128Vector add(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Int128Vector sub(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Int128Vector mul(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MUL, a, b, Otherwise.MUL);
    }

    @ForceInline
    public static Int128Vector neg(Int128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Int128Vector abs(Int128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Int128Vector min_s(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MIN, a, b, Otherwise.MIN);
    }

    @ForceInline
    public static Int128Vector min_u(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMIN, a, b, Otherwise.UMIN);
    }

    @ForceInline
    public static Int128Vector max_s(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MAX, a, b, Otherwise.MAX);
    }

    @ForceInline
    public static Int128Vector max_u(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMAX, a, b, Otherwise.UMAX);
    }

    @ForceInline
    public static Int128Vector shl(Int128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_LSHIFT, a, count, Otherwise.LSHIFT);
    }

    @ForceInline
    public static Int128Vector shr_s(Int128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_RSHIFT, a, count, Otherwise.RSHIFT);
    }

    @ForceInline
    public static Int128Vector shr_u(Int128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_URSHIFT, a, count, Otherwise.URSHIFT);
    }

    /** What a shift to the left, joined with one to the right by the rest of the lane, comes to. */
    @ForceInline
    public static Int128Vector rotl(Int128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_LROTATE, a, count, Otherwise.LROTATE);
    }

    @ForceInline
    public static Int128Vector xor_rotl(Int128Vector a, Int128Vector b, int count) {
        return rotl(xor(a, b), count);
    }

    /** Lanes of a vector, by their numbers in four bits of an int each. */
    @ForceInline
    public static Int128Vector shuffle(Int128Vector a, int lanes) {
        return requireNonNull(VectorSupport.selectFromOp(Int128Vector.class, null, int.class, 4, numbers(lanes), a, null,
                Otherwise.SELECT));
    }

    @ForceInline
    public static Int128Vector shuffle(Int128Vector a, Int128Vector b, int lanes) {
        return requireNonNull(VectorSupport.selectFromTwoVectorOp(Int128Vector.class, int.class, 4, numbers(lanes), a, b,
                Otherwise.SELECT_OF_TWO));
    }

    @ForceInline
    private static Int128Vector numbers(int lanes) {
        return halves(lanes & 7L | (lanes & 0x70L) << 28, lanes >> 8 & 7L | (lanes & 0x7000L) << 20);
    }

    // ---- bits

    @ForceInline
    public static Int128Vector and(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_AND, a, b, Otherwise.AND);
    }

    @ForceInline
    public static Int128Vector or(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_OR, a, b, Otherwise.OR);
    }

    @ForceInline
    public static Int128Vector xor(Int128Vector a, Int128Vector b) {
        return binary(VectorSupport.VECTOR_OP_XOR, a, b, Otherwise.XOR);
    }

    @ForceInline
    public static Int128Vector not(Int128Vector a) {
        return xor(a, all(-1));
    }

    @ForceInline
    public static Int128Vector andnot(Int128Vector a, Int128Vector b) {
        return and(a, not(b));
    }

    @ForceInline
    public static Int128Vector bitselect(Int128Vector a, Int128Vector b, Int128Vector first) {
        return xor(b, and(xor(a, b), first));
    }

    // ---- comparisons

    @ForceInline
    private static Int128Vector compared(int condition, Int128Vector a, Int128Vector b) {
        return blend(all(0), all(-1), compare(condition, a, b));
    }

    @ForceInline
    public static Int128Vector eq(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Int128Vector ne(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Int128Vector lt_s(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Int128Vector gt_s(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Int128Vector le_s(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Int128Vector ge_s(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    @ForceInline
    public static Int128Vector lt_u(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_ult, a, b);
    }

    @ForceInline
    public static Int128Vector gt_u(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_ugt, a, b);
    }

    @ForceInline
    public static Int128Vector le_u(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_ule, a, b);
    }

    @ForceInline
    public static Int128Vector ge_u(Int128Vector a, Int128Vector b) {
        return compared(VectorSupport.BT_uge, a, b);
    }

    @ForceInline
    private static boolean any(Int128Mask mask) {
        return VectorSupport.test(VectorSupport.BT_ne, Int128Mask.class, int.class, 4, requireNonNull(mask),
                Int128Mask.maskAll(true), Otherwise.ANY);
    }

    @ForceInline
    public static int all_true(Int128Vector a) {
        return any(compare(VectorSupport.BT_eq, a, all(0))) ? 0 : 1;
    }

    @ForceInline
    public static int bitmask(Int128Vector a) {
        return (int) VectorSupport.maskReductionCoerced(VectorSupport.VECTOR_OP_MASK_TOLONG, Int128Mask.class,
                int.class, 4,
                compare(VectorSupport.BT_lt, a, all(0)), Otherwise.TO_LONG);
    }

    @ForceInline
    public static int any_true(Int128Vector a) {
        return any(compare(VectorSupport.BT_ne, a, all(0))) ? 1 : 0;
    }

    @ForceInline
    static Int128Vector clamped(Int128Vector a, int least, int most) {
        return min_s(max_s(a, all(least)), all(most));
    }

    // ---- lanes that become wider

    /** Each lane of the high half twice. */
    private static final Byte128Vector HIGH = I8x16.halves(0x0B0A_0B0A_0908_0908L, 0x0F0E_0F0E_0D0C_0D0CL);

    @ForceInline
    private static Int128Vector wider(int operation, Short128Vector a, VectorConvertOp otherwise) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(operation, Short128Vector.class, short.class, 8,
                Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES, otherwise));
    }

    @ForceInline
    public static Int128Vector extend_low_i16x8_s(Short128Vector a) {
        return wider(VectorSupport.VECTOR_OP_CAST, a, Otherwise.CAST);
    }

    @ForceInline
    public static Int128Vector extend_low_i16x8_u(Short128Vector a) {
        return wider(VectorSupport.VECTOR_OP_UCAST, a, Otherwise.UCAST);
    }

    @ForceInline
    public static Int128Vector extend_high_i16x8_s(Short128Vector a) {
        return shr_s(of(I8x16.shuffle(I8x16.of(a), HIGH)), 16);
    }

    @ForceInline
    public static Int128Vector extend_high_i16x8_u(Short128Vector a) {
        return shr_u(of(I8x16.shuffle(I8x16.of(a), HIGH)), 16);
    }

    @ForceInline
    public static Int128Vector extmul_low_i16x8_s(Short128Vector a, Short128Vector b) {
        return mul(extend_low_i16x8_s(a), extend_low_i16x8_s(b));
    }

    @ForceInline
    public static Int128Vector extmul_low_i16x8_u(Short128Vector a, Short128Vector b) {
        return mul(extend_low_i16x8_u(a), extend_low_i16x8_u(b));
    }

    @ForceInline
    public static Int128Vector extmul_high_i16x8_s(Short128Vector a, Short128Vector b) {
        return mul(extend_high_i16x8_s(a), extend_high_i16x8_s(b));
    }

    @ForceInline
    public static Int128Vector extmul_high_i16x8_u(Short128Vector a, Short128Vector b) {
        return mul(extend_high_i16x8_u(a), extend_high_i16x8_u(b));
    }

    @ForceInline
    static Int128Vector even(Int128Vector pairs) {
        return shr_s(shl(pairs, 16), 16);
    }

    @ForceInline
    static Int128Vector odd(Int128Vector pairs) {
        return shr_s(pairs, 16);
    }

    @ForceInline
    private static Int128Vector dot(Int128Vector a, Int128Vector b) {
        return add(mul(even(a), even(b)), mul(odd(a), odd(b)));
    }

    @ForceInline
    public static Int128Vector extadd_pairwise_i16x8_s(Short128Vector a) {
        return add(even(of(a)), odd(of(a)));
    }

    @ForceInline
    public static Int128Vector extadd_pairwise_i16x8_u(Short128Vector a) {
        return add(shr_u(shl(of(a), 16), 16), shr_u(of(a), 16));
    }

    @ForceInline
    public static Int128Vector dot_i16x8_s(Short128Vector a, Short128Vector b) {
        return dot(of(a), of(b));
    }

    @ForceInline
    public static Int128Vector relaxed_dot_i8x16_i7x16_add_s(Byte128Vector a, Byte128Vector b, Int128Vector sum) {
        return add(extadd_pairwise_i16x8_s(I16x8.relaxed_dot_i8x16_i7x16_s(a, b)), sum);
    }

    @ForceInline
    static Int128Vector rounded(Int128Vector products) {
        return min_s(shr_s(add(products, all(0x4000)), 15), all(0x7FFF));
    }

    @ForceInline
    public static Int128Vector trunc_sat_f32x4_s(Float128Vector a) {
        return (Int128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_CAST, Float128Vector.class,
                float.class, 4, Int128Vector.class, int.class, 4, a, Int128Vector.VSPECIES, Otherwise.CAST));
    }

    @ForceInline
    public static Int128Vector relaxed_trunc_f32x4_s(Float128Vector a) {
        return trunc_sat_f32x4_s(a);
    }
}

package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Short128Vector.Short128Mask;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;
import jdk.internal.vm.vector.VectorSupport.VectorBroadcastIntOp;
import jdk.internal.vm.vector.VectorSupport.VectorConvertOp;

/**
 * The instructions on i16x8: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class I16x8 {
    private I16x8() {
    }

    @ForceInline
    private static Short128Vector unary(int operation, Short128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Short128Vector.class, null, short.class, 8, a, null,
                otherwise));
    }

    @ForceInline
    private static Short128Vector binary(int operation, Short128Vector a, Short128Vector b, BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Short128Vector.class, null, short.class, 8, a, b, null,
                otherwise));
    }

    @ForceInline
    private static Short128Vector shift(int operation, Short128Vector a, int count, VectorBroadcastIntOp otherwise) {
        return requireNonNull(VectorSupport.broadcastInt(operation, Short128Vector.class, null, short.class, 8, a,
                count & 15, null, otherwise));
    }

    @ForceInline
    private static Short128Mask compare(int condition, Short128Vector a, Short128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Short128Vector.class, Short128Mask.class, short.class,
                8, a, b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Short128Vector blend(Short128Vector a, Short128Vector b, Short128Mask second) {
        return requireNonNull(VectorSupport.blend(Short128Vector.class, Short128Mask.class, short.class, 8, a, b,
                second, Otherwise.BLEND));
    }

    @ForceInline
    static Short128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Short128Vector.class, short.class, 8, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_SHORTS));
    }

    @ForceInline
    public static Short128Vector of(Byte128Vector a) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Byte128Vector.class, byte.class, 16, Short128Vector.class, short.class, 8, a, Short128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Short128Vector of(Int128Vector a) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Int128Vector.class, int.class, 4, Short128Vector.class, short.class, 8, a, Short128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Short128Vector of(Long128Vector a) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Long128Vector.class, long.class, 2, Short128Vector.class, short.class, 8, a, Short128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Short128Vector of(Float128Vector a) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Float128Vector.class, float.class, 4, Short128Vector.class, short.class, 8, a, Short128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Short128Vector of(Double128Vector a) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Double128Vector.class, double.class, 2, Short128Vector.class, short.class, 8, a,
                Short128Vector.VSPECIES, Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Short128Vector known(Short128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Short128Vector halves(long both) {
        return of(I64x2.all(both));
    }

    @ForceInline
    public static Short128Vector halves(long low, long high) {
        return of(I64x2.halves(low, high));
    }

    @ForceInline
    public static Short128Vector splat(int lane) {
        return all((short) lane);
    }

    @ForceInline
    public static Short128Vector replace_lane(Short128Vector a, int lane, int index) {
        return requireNonNull(VectorSupport.insert(Short128Vector.class, short.class, 8, a, index, (short) lane,
                Otherwise.INSERT_SHORT));
    }

    @ForceInline
    public static int extract_lane_s(Short128Vector a, int index) {
        return (int) VectorSupport.extract(Short128Vector.class, short.class, 8, a, index, Otherwise.EXTRACT_SHORT);
    }

    @ForceInline
    public static int extract_lane_u(Short128Vector a, int index) {
        return 0xFFFF & (int) VectorSupport.extract(Short128Vector.class, short.class, 8, a, index,
                Otherwise.EXTRACT_SHORT);
    }

    @ForceInline
    public static Short128Vector load(byte[] bytes, int index) {
        return of(I8x16.load(bytes, index));
    }

    @ForceInline
    public static void store(Short128Vector a, byte[] bytes, int index) {
        I8x16.store(I8x16.of(a), bytes, index);
    }

    @ForceInline
    public static Short128Vector loadNative(long address) {
        return of(I8x16.loadNative(address));
    }

    @ForceInline
    public static void storeNative(Short128Vector a, long address) {
        I8x16.storeNative(I8x16.of(a), address);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Short128Vector add(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Short128Vector sub(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Short128Vector mul(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MUL, a, b, Otherwise.MUL);
    }

    @ForceInline
    public static Short128Vector neg(Short128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Short128Vector abs(Short128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Short128Vector min_s(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MIN, a, b, Otherwise.MIN);
    }

    @ForceInline
    public static Short128Vector min_u(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMIN, a, b, Otherwise.UMIN);
    }

    @ForceInline
    public static Short128Vector max_s(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MAX, a, b, Otherwise.MAX);
    }

    @ForceInline
    public static Short128Vector max_u(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMAX, a, b, Otherwise.UMAX);
    }

    @ForceInline
    public static Short128Vector add_sat_s(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SADD, a, b, Otherwise.SADD);
    }

    @ForceInline
    public static Short128Vector add_sat_u(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUADD, a, b, Otherwise.SUADD);
    }

    @ForceInline
    public static Short128Vector sub_sat_s(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SSUB, a, b, Otherwise.SSUB);
    }

    @ForceInline
    public static Short128Vector sub_sat_u(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUSUB, a, b, Otherwise.SUSUB);
    }

    @ForceInline
    public static Short128Vector shl(Short128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_LSHIFT, a, count, Otherwise.LSHIFT);
    }

    @ForceInline
    public static Short128Vector shr_s(Short128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_RSHIFT, a, count, Otherwise.RSHIFT);
    }

    @ForceInline
    public static Short128Vector shr_u(Short128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_URSHIFT, a, count, Otherwise.URSHIFT);
    }

    // ---- bits

    @ForceInline
    public static Short128Vector and(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_AND, a, b, Otherwise.AND);
    }

    @ForceInline
    public static Short128Vector or(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_OR, a, b, Otherwise.OR);
    }

    @ForceInline
    public static Short128Vector xor(Short128Vector a, Short128Vector b) {
        return binary(VectorSupport.VECTOR_OP_XOR, a, b, Otherwise.XOR);
    }

    @ForceInline
    public static Short128Vector not(Short128Vector a) {
        return xor(a, all(-1));
    }

    @ForceInline
    public static Short128Vector andnot(Short128Vector a, Short128Vector b) {
        return and(a, not(b));
    }

    @ForceInline
    public static Short128Vector bitselect(Short128Vector a, Short128Vector b, Short128Vector first) {
        return xor(b, and(xor(a, b), first));
    }

    // ---- comparisons

    @ForceInline
    private static Short128Vector compared(int condition, Short128Vector a, Short128Vector b) {
        return blend(all(0), all(-1), compare(condition, a, b));
    }

    @ForceInline
    public static Short128Vector eq(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Short128Vector ne(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Short128Vector lt_s(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Short128Vector gt_s(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Short128Vector le_s(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Short128Vector ge_s(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    @ForceInline
    public static Short128Vector lt_u(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_ult, a, b);
    }

    @ForceInline
    public static Short128Vector gt_u(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_ugt, a, b);
    }

    @ForceInline
    public static Short128Vector le_u(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_ule, a, b);
    }

    @ForceInline
    public static Short128Vector ge_u(Short128Vector a, Short128Vector b) {
        return compared(VectorSupport.BT_uge, a, b);
    }

    @ForceInline
    private static boolean any(Short128Mask mask) {
        return VectorSupport.test(VectorSupport.BT_ne, Short128Mask.class, short.class, 8, requireNonNull(mask),
                Short128Mask.maskAll(true), Otherwise.ANY);
    }

    @ForceInline
    public static int all_true(Short128Vector a) {
        return any(compare(VectorSupport.BT_eq, a, all(0))) ? 0 : 1;
    }

    @ForceInline
    public static int bitmask(Short128Vector a) {
        return (int) VectorSupport.maskReductionCoerced(VectorSupport.VECTOR_OP_MASK_TOLONG, Short128Mask.class,
                short.class, 8,
                compare(VectorSupport.BT_lt, a, all(0)), Otherwise.TO_LONG);
    }

    @ForceInline
    public static int any_true(Short128Vector a) {
        return any(compare(VectorSupport.BT_ne, a, all(0))) ? 1 : 0;
    }

    @ForceInline
    static Short128Vector clamped(Short128Vector a, int least, int most) {
        return min_s(max_s(a, all(least)), all(most));
    }

    @ForceInline
    public static Short128Vector avgr_u(Short128Vector a, Short128Vector b) {
        return sub(or(a, b), shr_u(xor(a, b), 1));
    }

    @ForceInline
    public static Short128Vector narrow_i32x4_s(Int128Vector a, Int128Vector b) {
        return of(I8x16.evenPairs(I32x4.clamped(a, -32_768, 32_767), I32x4.clamped(b, -32_768, 32_767)));
    }

    @ForceInline
    public static Short128Vector narrow_i32x4_u(Int128Vector a, Int128Vector b) {
        return of(I8x16.evenPairs(I32x4.clamped(a, 0, 65_535), I32x4.clamped(b, 0, 65_535)));
    }

    // ---- lanes that become wider

    /** Each lane of the high half twice. */
    private static final Byte128Vector HIGH = I8x16.halves(0x0B0B_0A0A_0909_0808L, 0x0F0F_0E0E_0D0D_0C0CL);

    @ForceInline
    private static Short128Vector wider(int operation, Byte128Vector a, VectorConvertOp otherwise) {
        return (Short128Vector) requireNonNull(VectorSupport.convert(operation, Byte128Vector.class, byte.class, 16,
                Short128Vector.class, short.class, 8, a, Short128Vector.VSPECIES, otherwise));
    }

    @ForceInline
    public static Short128Vector extend_low_i8x16_s(Byte128Vector a) {
        return wider(VectorSupport.VECTOR_OP_CAST, a, Otherwise.CAST);
    }

    @ForceInline
    public static Short128Vector extend_low_i8x16_u(Byte128Vector a) {
        return wider(VectorSupport.VECTOR_OP_UCAST, a, Otherwise.UCAST);
    }

    @ForceInline
    public static Short128Vector extend_high_i8x16_s(Byte128Vector a) {
        return shr_s(of(I8x16.shuffle(a, HIGH)), 8);
    }

    @ForceInline
    public static Short128Vector extend_high_i8x16_u(Byte128Vector a) {
        return shr_u(of(I8x16.shuffle(a, HIGH)), 8);
    }

    @ForceInline
    public static Short128Vector extmul_low_i8x16_s(Byte128Vector a, Byte128Vector b) {
        return mul(extend_low_i8x16_s(a), extend_low_i8x16_s(b));
    }

    @ForceInline
    public static Short128Vector extmul_low_i8x16_u(Byte128Vector a, Byte128Vector b) {
        return mul(extend_low_i8x16_u(a), extend_low_i8x16_u(b));
    }

    @ForceInline
    public static Short128Vector extmul_high_i8x16_s(Byte128Vector a, Byte128Vector b) {
        return mul(extend_high_i8x16_s(a), extend_high_i8x16_s(b));
    }

    @ForceInline
    public static Short128Vector extmul_high_i8x16_u(Byte128Vector a, Byte128Vector b) {
        return mul(extend_high_i8x16_u(a), extend_high_i8x16_u(b));
    }

    @ForceInline
    static Short128Vector even(Short128Vector pairs) {
        return shr_s(shl(pairs, 8), 8);
    }

    @ForceInline
    static Short128Vector odd(Short128Vector pairs) {
        return shr_s(pairs, 8);
    }

    @ForceInline
    private static Short128Vector dot(Short128Vector a, Short128Vector b) {
        return add(mul(even(a), even(b)), mul(odd(a), odd(b)));
    }

    @ForceInline
    public static Short128Vector extadd_pairwise_i8x16_s(Byte128Vector a) {
        return add(even(of(a)), odd(of(a)));
    }

    @ForceInline
    public static Short128Vector extadd_pairwise_i8x16_u(Byte128Vector a) {
        return add(shr_u(shl(of(a), 8), 8), shr_u(of(a), 8));
    }

    @ForceInline
    public static Short128Vector relaxed_dot_i8x16_i7x16_s(Byte128Vector a, Byte128Vector b) {
        return dot(of(a), of(b));
    }

    @ForceInline
    public static Short128Vector q15mulr_sat_s(Short128Vector a, Short128Vector b) {
        Int128Vector first = I32x4.of(a);
        Int128Vector second = I32x4.of(b);
        Int128Vector low = I32x4.rounded(I32x4.mul(I32x4.even(first), I32x4.even(second)));
        Int128Vector high = I32x4.rounded(I32x4.mul(I32x4.odd(first), I32x4.odd(second)));
        return of(I32x4.or(I32x4.and(low, I32x4.all(0xFFFF)), I32x4.shl(high, 16)));
    }

    @ForceInline
    public static Short128Vector relaxed_q15mulr_s(Short128Vector a, Short128Vector b) {
        return q15mulr_sat_s(a, b);
    }
}

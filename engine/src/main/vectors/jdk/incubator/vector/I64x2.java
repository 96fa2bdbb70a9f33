package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Long128Vector.Long128Mask;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;
import jdk.internal.vm.vector.VectorSupport.VectorBroadcastIntOp;
import jdk.internal.vm.vector.VectorSupport.VectorConvertOp;

/**
 * The instructions on i64x2: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class I64x2 {
    private I64x2() {
    }

    @ForceInline
    private static Long128Vector unary(int operation, Long128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Long128Vector.class, null, long.class, 2, a, null,
                otherwise));
    }

    @ForceInline
    private static Long128Vector binary(int operation, Long128Vector a, Long128Vector b, BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Long128Vector.class, null, long.class, 2, a, b, null,
                otherwise));
    }

    @ForceInline
    private static Long128Vector shift(int operation, Long128Vector a, int count, VectorBroadcastIntOp otherwise) {
        return requireNonNull(VectorSupport.broadcastInt(operation, Long128Vector.class, null, long.class, 2, a,
                count & 63, null, otherwise));
    }

    @ForceInline
    private static Long128Mask compare(int condition, Long128Vector a, Long128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Long128Vector.class, Long128Mask.class, long.class, 2,
                a, b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Long128Vector blend(Long128Vector a, Long128Vector b, Long128Mask second) {
        return requireNonNull(VectorSupport.blend(Long128Vector.class, Long128Mask.class, long.class, 2, a, b, second,
                Otherwise.BLEND));
    }

    @ForceInline
    static Long128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Long128Vector.class, long.class, 2, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_LONGS));
    }

    @ForceInline
    public static Long128Vector of(Byte128Vector a) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Byte128Vector.class, byte.class, 16, Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Long128Vector of(Short128Vector a) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Short128Vector.class, short.class, 8, Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Long128Vector of(Int128Vector a) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Int128Vector.class, int.class, 4, Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Long128Vector of(Float128Vector a) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Float128Vector.class, float.class, 4, Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Long128Vector of(Double128Vector a) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Double128Vector.class, double.class, 2, Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Long128Vector known(Long128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Long128Vector halves(long both) {
        return all(both);
    }

    @ForceInline
    public static Long128Vector halves(long low, long high) {
        return replace_lane(all(low), high, 1);
    }

    @ForceInline
    public static Long128Vector splat(long lane) {
        return all(lane);
    }

    @ForceInline
    public static Long128Vector replace_lane(Long128Vector a, long lane, int index) {
        return requireNonNull(VectorSupport.insert(Long128Vector.class, long.class, 2, a, index, lane,
                Otherwise.INSERT_LONG));
    }

    @ForceInline
    public static long extract_lane(Long128Vector a, int index) {
        return VectorSupport.extract(Long128Vector.class, long.class, 2, a, index, Otherwise.EXTRACT_LONG);
    }

    @ForceInline
    public static Long128Vector load(byte[] bytes, int index) {
        return of(I8x16.load(bytes, index));
    }

    @ForceInline
    public static void store(Long128Vector a, byte[] bytes, int index) {
        I8x16.store(I8x16.of(a), bytes, index);
    }

    @ForceInline
    public static Long128Vector loadNative(long address) {
        return of(I8x16.loadNative(address));
    }

    @ForceInline
    public static void storeNative(Long128Vector a, long address) {
        I8x16.storeNative(I8x16.of(a), address);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Long128Vector add(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Long128Vector sub(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Long128Vector mul(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MUL, a, b, Otherwise.MUL);
    }

    @ForceInline
    public static Long128Vector neg(Long128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Long128Vector abs(Long128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Long128Vector shl(Long128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_LSHIFT, a, count, Otherwise.LSHIFT);
    }

    @ForceInline
    public static Long128Vector shr_s(Long128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_RSHIFT, a, count, Otherwise.RSHIFT);
    }

    @ForceInline
    public static Long128Vector shr_u(Long128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_URSHIFT, a, count, Otherwise.URSHIFT);
    }

    // ---- bits

    @ForceInline
    public static Long128Vector and(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_AND, a, b, Otherwise.AND);
    }

    @ForceInline
    public static Long128Vector or(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_OR, a, b, Otherwise.OR);
    }

    @ForceInline
    public static Long128Vector xor(Long128Vector a, Long128Vector b) {
        return binary(VectorSupport.VECTOR_OP_XOR, a, b, Otherwise.XOR);
    }

    @ForceInline
    public static Long128Vector not(Long128Vector a) {
        return xor(a, all(-1));
    }

    @ForceInline
    public static Long128Vector andnot(Long128Vector a, Long128Vector b) {
        return and(a, not(b));
    }

    @ForceInline
    public static Long128Vector bitselect(Long128Vector a, Long128Vector b, Long128Vector first) {
        return xor(b, and(xor(a, b), first));
    }

    // ---- comparisons

    @ForceInline
    private static Long128Vector compared(int condition, Long128Vector a, Long128Vector b) {
        return blend(all(0), all(-1), compare(condition, a, b));
    }

    @ForceInline
    public static Long128Vector eq(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Long128Vector ne(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Long128Vector lt_s(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Long128Vector gt_s(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Long128Vector le_s(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Long128Vector ge_s(Long128Vector a, Long128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    @ForceInline
    private static boolean any(Long128Mask mask) {
        return VectorSupport.test(VectorSupport.BT_ne, Long128Mask.class, long.class, 2, requireNonNull(mask),
                Long128Mask.maskAll(true), Otherwise.ANY);
    }

    @ForceInline
    public static int all_true(Long128Vector a) {
        return any(compare(VectorSupport.BT_eq, a, all(0))) ? 0 : 1;
    }

    @ForceInline
    public static int bitmask(Long128Vector a) {
        return (int) VectorSupport.maskReductionCoerced(VectorSupport.VECTOR_OP_MASK_TOLONG, Long128Mask.class,
                long.class, 2,
                compare(VectorSupport.BT_lt, a, all(0)), Otherwise.TO_LONG);
    }

    @ForceInline
    public static int any_true(Long128Vector a) {
        return any(compare(VectorSupport.BT_ne, a, all(0))) ? 1 : 0;
    }

    // ---- lanes that become wider

    /** Each lane of the high half twice. */
    private static final Byte128Vector HIGH = I8x16.halves(0x0B0A_0908_0B0A_0908L, 0x0F0E_0D0C_0F0E_0D0CL);

    @ForceInline
    private static Long128Vector wider(int operation, Int128Vector a, VectorConvertOp otherwise) {
        return (Long128Vector) requireNonNull(VectorSupport.convert(operation, Int128Vector.class, int.class, 4,
                Long128Vector.class, long.class, 2, a, Long128Vector.VSPECIES, otherwise));
    }

    @ForceInline
    public static Long128Vector extend_low_i32x4_s(Int128Vector a) {
        return wider(VectorSupport.VECTOR_OP_CAST, a, Otherwise.CAST);
    }

    @ForceInline
    public static Long128Vector extend_low_i32x4_u(Int128Vector a) {
        return wider(VectorSupport.VECTOR_OP_UCAST, a, Otherwise.UCAST);
    }

    @ForceInline
    public static Long128Vector extend_high_i32x4_s(Int128Vector a) {
        return shr_s(of(I8x16.shuffle(I8x16.of(a), HIGH)), 32);
    }

    @ForceInline
    public static Long128Vector extend_high_i32x4_u(Int128Vector a) {
        return shr_u(of(I8x16.shuffle(I8x16.of(a), HIGH)), 32);
    }

    @ForceInline
    public static Long128Vector extmul_low_i32x4_s(Int128Vector a, Int128Vector b) {
        return mul(extend_low_i32x4_s(a), extend_low_i32x4_s(b));
    }

    @ForceInline
    public static Long128Vector extmul_low_i32x4_u(Int128Vector a, Int128Vector b) {
        return mul(extend_low_i32x4_u(a), extend_low_i32x4_u(b));
    }

    @ForceInline
    public static Long128Vector extmul_high_i32x4_s(Int128Vector a, Int128Vector b) {
        return mul(extend_high_i32x4_s(a), extend_high_i32x4_s(b));
    }

    @ForceInline
    public static Long128Vector extmul_high_i32x4_u(Int128Vector a, Int128Vector b) {
        return mul(extend_high_i32x4_u(a), extend_high_i32x4_u(b));
    }
}

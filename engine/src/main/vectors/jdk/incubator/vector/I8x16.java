package jdk.incubator.vector;

import static java.util.Objects.requireNonNull;

import jdk.incubator.vector.Byte128Vector.Byte128Mask;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;
import jdk.internal.vm.vector.VectorSupport.VectorBroadcastIntOp;

/**
 * The instructions on i8x16: each is one of the operations that the optimizing compiler replaces by machine code, or a few
 * of them, with nothing around it that would have to be inlined first.
 */
@SuppressWarnings({"unchecked", "rawtypes"})
public final class I8x16 {
    private I8x16() {
    }

    @ForceInline
    private static Byte128Vector unary(int operation, Byte128Vector a, UnaryOperation otherwise) {
        return requireNonNull(VectorSupport.unaryOp(operation, Byte128Vector.class, null, byte.class, 16, a, null,
                otherwise));
    }

    @ForceInline
    private static Byte128Vector binary(int operation, Byte128Vector a, Byte128Vector b, BinaryOperation otherwise) {
        return requireNonNull(VectorSupport.binaryOp(operation, Byte128Vector.class, null, byte.class, 16, a, b, null,
                otherwise));
    }

    @ForceInline
    private static Byte128Vector shift(int operation, Byte128Vector a, int count, VectorBroadcastIntOp otherwise) {
        return requireNonNull(VectorSupport.broadcastInt(operation, Byte128Vector.class, null, byte.class, 16, a,
                count & 7, null, otherwise));
    }

    @ForceInline
    private static Byte128Mask compare(int condition, Byte128Vector a, Byte128Vector b) {
        return requireNonNull(VectorSupport.compare(condition, Byte128Vector.class, Byte128Mask.class, byte.class, 16,
                a, b, null, Otherwise.COMPARE));
    }

    @ForceInline
    private static Byte128Vector blend(Byte128Vector a, Byte128Vector b, Byte128Mask second) {
        return requireNonNull(VectorSupport.blend(Byte128Vector.class, Byte128Mask.class, byte.class, 16, a, b, second,
                Otherwise.BLEND));
    }

    @ForceInline
    static Byte128Vector all(long bits) {
        return requireNonNull(VectorSupport.fromBitsCoerced(Byte128Vector.class, byte.class, 16, bits,
                VectorSupport.MODE_BROADCAST, null, Otherwise.ALL_BYTES));
    }

    @ForceInline
    public static Byte128Vector of(Short128Vector a) {
        return (Byte128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Short128Vector.class, short.class, 8, Byte128Vector.class, byte.class, 16, a, Byte128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Byte128Vector of(Int128Vector a) {
        return (Byte128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Int128Vector.class, int.class, 4, Byte128Vector.class, byte.class, 16, a, Byte128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Byte128Vector of(Long128Vector a) {
        return (Byte128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Long128Vector.class, long.class, 2, Byte128Vector.class, byte.class, 16, a, Byte128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Byte128Vector of(Float128Vector a) {
        return (Byte128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Float128Vector.class, float.class, 4, Byte128Vector.class, byte.class, 16, a, Byte128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    @ForceInline
    public static Byte128Vector of(Double128Vector a) {
        return (Byte128Vector) requireNonNull(VectorSupport.convert(VectorSupport.VECTOR_OP_REINTERPRET,
                Double128Vector.class, double.class, 2, Byte128Vector.class, byte.class, 16, a, Byte128Vector.VSPECIES,
                Otherwise.REINTERPRET));
    }

    /** What comes from elsewhere, of which the compiler does not know that it is there. */
    @ForceInline
    public static Byte128Vector known(Byte128Vector vector) {
        return requireNonNull(vector);
    }

    @ForceInline
    public static Byte128Vector halves(long both) {
        return of(I64x2.all(both));
    }

    @ForceInline
    public static Byte128Vector halves(long low, long high) {
        return of(I64x2.halves(low, high));
    }

    @ForceInline
    public static Byte128Vector splat(int lane) {
        return all((byte) lane);
    }

    @ForceInline
    public static Byte128Vector replace_lane(Byte128Vector a, int lane, int index) {
        return requireNonNull(VectorSupport.insert(Byte128Vector.class, byte.class, 16, a, index, (byte) lane,
                Otherwise.INSERT_BYTE));
    }

    @ForceInline
    public static int extract_lane_s(Byte128Vector a, int index) {
        return (int) VectorSupport.extract(Byte128Vector.class, byte.class, 16, a, index, Otherwise.EXTRACT_BYTE);
    }

    @ForceInline
    public static int extract_lane_u(Byte128Vector a, int index) {
        return 0xFF & (int) VectorSupport.extract(Byte128Vector.class, byte.class, 16, a, index,
                Otherwise.EXTRACT_BYTE);
    }

    @ForceInline
    public static Byte128Vector load(byte[] bytes, int index) {
        return requireNonNull(VectorSupport.load(Byte128Vector.class, byte.class, 16, requireNonNull(bytes),
                Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) index, false, bytes, index, null, Otherwise.LOAD));
    }

    @ForceInline
    public static void store(Byte128Vector a, byte[] bytes, int index) {
        VectorSupport.store(Byte128Vector.class, byte.class, 16, requireNonNull(bytes),
                Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) index,
                false, a, bytes, index, Otherwise.STORE);
    }

    @ForceInline
    public static Byte128Vector loadNative(long address) {
        return requireNonNull(VectorSupport.load(Byte128Vector.class, byte.class, 16, null, address, false, null, address,
                null, Otherwise.LOAD_NATIVE));
    }

    @ForceInline
    public static void storeNative(Byte128Vector a, long address) {
        VectorSupport.store(Byte128Vector.class, byte.class, 16, null, address, false, a, null, address,
                Otherwise.STORE_NATIVE);
    }

    // ---- lanes by themselves

    @ForceInline
    public static Byte128Vector add(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_ADD, a, b, Otherwise.ADD);
    }

    @ForceInline
    public static Byte128Vector sub(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUB, a, b, Otherwise.SUB);
    }

    @ForceInline
    public static Byte128Vector neg(Byte128Vector a) {
        return unary(VectorSupport.VECTOR_OP_NEG, a, Otherwise.NEG);
    }

    @ForceInline
    public static Byte128Vector abs(Byte128Vector a) {
        return unary(VectorSupport.VECTOR_OP_ABS, a, Otherwise.ABS);
    }

    @ForceInline
    public static Byte128Vector min_s(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MIN, a, b, Otherwise.MIN);
    }

    @ForceInline
    public static Byte128Vector min_u(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMIN, a, b, Otherwise.UMIN);
    }

    @ForceInline
    public static Byte128Vector max_s(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_MAX, a, b, Otherwise.MAX);
    }

    @ForceInline
    public static Byte128Vector max_u(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_UMAX, a, b, Otherwise.UMAX);
    }

    @ForceInline
    public static Byte128Vector add_sat_s(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SADD, a, b, Otherwise.SADD);
    }

    @ForceInline
    public static Byte128Vector add_sat_u(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUADD, a, b, Otherwise.SUADD);
    }

    @ForceInline
    public static Byte128Vector sub_sat_s(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SSUB, a, b, Otherwise.SSUB);
    }

    @ForceInline
    public static Byte128Vector sub_sat_u(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_SUSUB, a, b, Otherwise.SUSUB);
    }

    @ForceInline
    public static Byte128Vector shl(Byte128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_LSHIFT, a, count, Otherwise.LSHIFT);
    }

    @ForceInline
    public static Byte128Vector shr_s(Byte128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_RSHIFT, a, count, Otherwise.RSHIFT);
    }

    @ForceInline
    public static Byte128Vector shr_u(Byte128Vector a, int count) {
        return shift(VectorSupport.VECTOR_OP_URSHIFT, a, count, Otherwise.URSHIFT);
    }

    // ---- bits

    @ForceInline
    public static Byte128Vector and(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_AND, a, b, Otherwise.AND);
    }

    @ForceInline
    public static Byte128Vector or(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_OR, a, b, Otherwise.OR);
    }

    @ForceInline
    public static Byte128Vector xor(Byte128Vector a, Byte128Vector b) {
        return binary(VectorSupport.VECTOR_OP_XOR, a, b, Otherwise.XOR);
    }

    @ForceInline
    public static Byte128Vector not(Byte128Vector a) {
        return xor(a, all(-1));
    }

    @ForceInline
    public static Byte128Vector andnot(Byte128Vector a, Byte128Vector b) {
        return and(a, not(b));
    }

    @ForceInline
    public static Byte128Vector bitselect(Byte128Vector a, Byte128Vector b, Byte128Vector first) {
        return xor(b, and(xor(a, b), first));
    }

    @ForceInline
    public static Byte128Vector popcnt(Byte128Vector a) {
        return unary(VectorSupport.VECTOR_OP_BIT_COUNT, a, Otherwise.BIT_COUNT);
    }

    // ---- comparisons

    @ForceInline
    private static Byte128Vector compared(int condition, Byte128Vector a, Byte128Vector b) {
        return blend(all(0), all(-1), compare(condition, a, b));
    }

    @ForceInline
    public static Byte128Vector eq(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_eq, a, b);
    }

    @ForceInline
    public static Byte128Vector ne(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_ne, a, b);
    }

    @ForceInline
    public static Byte128Vector lt_s(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_lt, a, b);
    }

    @ForceInline
    public static Byte128Vector gt_s(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_gt, a, b);
    }

    @ForceInline
    public static Byte128Vector le_s(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_le, a, b);
    }

    @ForceInline
    public static Byte128Vector ge_s(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_ge, a, b);
    }

    @ForceInline
    public static Byte128Vector lt_u(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_ult, a, b);
    }

    @ForceInline
    public static Byte128Vector gt_u(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_ugt, a, b);
    }

    @ForceInline
    public static Byte128Vector le_u(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_ule, a, b);
    }

    @ForceInline
    public static Byte128Vector ge_u(Byte128Vector a, Byte128Vector b) {
        return compared(VectorSupport.BT_uge, a, b);
    }

    @ForceInline
    private static boolean any(Byte128Mask mask) {
        return VectorSupport.test(VectorSupport.BT_ne, Byte128Mask.class, byte.class, 16, requireNonNull(mask),
                Byte128Mask.maskAll(true), Otherwise.ANY);
    }

    @ForceInline
    public static int all_true(Byte128Vector a) {
        return any(compare(VectorSupport.BT_eq, a, all(0))) ? 0 : 1;
    }

    @ForceInline
    public static int bitmask(Byte128Vector a) {
        return (int) VectorSupport.maskReductionCoerced(VectorSupport.VECTOR_OP_MASK_TOLONG, Byte128Mask.class,
                byte.class, 16,
                compare(VectorSupport.BT_lt, a, all(0)), Otherwise.TO_LONG);
    }

    @ForceInline
    public static int any_true(Byte128Vector a) {
        return any(compare(VectorSupport.BT_ne, a, all(0))) ? 1 : 0;
    }

    // ---- lanes that change places

    private static final Byte128Vector EVEN = halves(0x0E0C_0A08_0604_0200L, 0x1E1C_1A18_1614_1210L);
    private static final Byte128Vector EVEN_PAIRS = halves(0x0D0C_0908_0504_0100L, 0x1D1C_1918_1514_1110L);

    @ForceInline
    public static Byte128Vector shuffle(Byte128Vector a, Byte128Vector lanes) {
        return requireNonNull(VectorSupport.selectFromOp(Byte128Vector.class, null, byte.class, 16, lanes, a, null,
                Otherwise.SELECT));
    }

    @ForceInline
    public static Byte128Vector shuffle(Byte128Vector a, Byte128Vector b, Byte128Vector lanes) {
        return requireNonNull(VectorSupport.selectFromTwoVectorOp(Byte128Vector.class, byte.class, 16, lanes, a, b,
                Otherwise.SELECT_OF_TWO));
    }

    @ForceInline
    public static Byte128Vector swizzle(Byte128Vector a, Byte128Vector lanes) {
        return and(shuffle(a, lanes), lt_u(lanes, all(16)));
    }

    @ForceInline
    public static Byte128Vector relaxed_swizzle(Byte128Vector a, Byte128Vector lanes) {
        return swizzle(a, lanes);
    }

    @ForceInline
    public static Byte128Vector avgr_u(Byte128Vector a, Byte128Vector b) {
        return sub(or(a, b), of(I64x2.shr_u(I64x2.of(and(xor(a, b), all(-2))), 1)));
    }

    @ForceInline
    public static Byte128Vector narrow_i16x8_s(Short128Vector a, Short128Vector b) {
        return shuffle(of(I16x8.clamped(a, -128, 127)), of(I16x8.clamped(b, -128, 127)), EVEN);
    }

    @ForceInline
    public static Byte128Vector narrow_i16x8_u(Short128Vector a, Short128Vector b) {
        return shuffle(of(I16x8.clamped(a, 0, 255)), of(I16x8.clamped(b, 0, 255)), EVEN);
    }

    @ForceInline
    static Byte128Vector evenPairs(Int128Vector a, Int128Vector b) {
        return shuffle(of(a), of(b), EVEN_PAIRS);
    }
}

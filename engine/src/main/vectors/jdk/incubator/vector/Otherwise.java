package jdk.incubator.vector;

import java.util.function.BiFunction;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.vector.VectorSupport;
import jdk.internal.vm.vector.VectorSupport.BinaryOperation;
import jdk.internal.vm.vector.VectorSupport.FromBitsCoercedOperation;
import jdk.internal.vm.vector.VectorSupport.LoadOperation;
import jdk.internal.vm.vector.VectorSupport.SelectFromTwoVector;
import jdk.internal.vm.vector.VectorSupport.StoreVectorOperation;
import jdk.internal.vm.vector.VectorSupport.TernaryOperation;
import jdk.internal.vm.vector.VectorSupport.UnaryOperation;
import jdk.internal.vm.vector.VectorSupport.VecExtractOp;
import jdk.internal.vm.vector.VectorSupport.VecInsertOp;
import jdk.internal.vm.vector.VectorSupport.VectorBlendOp;
import jdk.internal.vm.vector.VectorSupport.VectorBroadcastIntOp;
import jdk.internal.vm.vector.VectorSupport.VectorCompareOp;
import jdk.internal.vm.vector.VectorSupport.VectorConvertOp;
import jdk.internal.vm.vector.VectorSupport.VectorMaskOp;
import jdk.internal.vm.vector.VectorSupport.VectorSelectFromOp;

/** What the operations do where the optimizing compiler has not made machine instructions of them. */
@SuppressWarnings({"unchecked", "rawtypes"})
final class Otherwise {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    static final UnaryOperation NEG = (a, _) -> vector(a).lanewise(VectorOperators.NEG);
    static final UnaryOperation ABS = (a, _) -> vector(a).lanewise(VectorOperators.ABS);
    static final UnaryOperation SQRT = (a, _) -> vector(a).lanewise(VectorOperators.SQRT);
    static final UnaryOperation BIT_COUNT = (a, _) -> vector(a).lanewise(VectorOperators.BIT_COUNT);

    static final BinaryOperation ADD = (a, b, _) -> vector(a).lanewise(VectorOperators.ADD, vector(b));
    static final BinaryOperation SUB = (a, b, _) -> vector(a).lanewise(VectorOperators.SUB, vector(b));
    static final BinaryOperation MUL = (a, b, _) -> vector(a).lanewise(VectorOperators.MUL, vector(b));
    static final BinaryOperation DIV = (a, b, _) -> vector(a).lanewise(VectorOperators.DIV, vector(b));
    static final BinaryOperation MIN = (a, b, _) -> vector(a).lanewise(VectorOperators.MIN, vector(b));
    static final BinaryOperation MAX = (a, b, _) -> vector(a).lanewise(VectorOperators.MAX, vector(b));
    static final BinaryOperation UMIN = (a, b, _) -> vector(a).lanewise(VectorOperators.UMIN, vector(b));
    static final BinaryOperation UMAX = (a, b, _) -> vector(a).lanewise(VectorOperators.UMAX, vector(b));
    static final BinaryOperation SADD = (a, b, _) -> vector(a).lanewise(VectorOperators.SADD, vector(b));
    static final BinaryOperation SUADD = (a, b, _) -> vector(a).lanewise(VectorOperators.SUADD, vector(b));
    static final BinaryOperation SSUB = (a, b, _) -> vector(a).lanewise(VectorOperators.SSUB, vector(b));
    static final BinaryOperation SUSUB = (a, b, _) -> vector(a).lanewise(VectorOperators.SUSUB, vector(b));
    static final BinaryOperation AND = (a, b, _) -> vector(a).lanewise(VectorOperators.AND, vector(b));
    static final BinaryOperation OR = (a, b, _) -> vector(a).lanewise(VectorOperators.OR, vector(b));
    static final BinaryOperation XOR = (a, b, _) -> vector(a).lanewise(VectorOperators.XOR, vector(b));

    static final TernaryOperation FMA = (a, b, sum, _) -> vector(a).lanewise(VectorOperators.FMA, vector(b), vector(sum));

    static final VectorBroadcastIntOp LSHIFT = (a, count, _) -> vector(a).lanewise(VectorOperators.LSHL, count);
    static final VectorBroadcastIntOp RSHIFT = (a, count, _) -> vector(a).lanewise(VectorOperators.ASHR, count);
    static final VectorBroadcastIntOp URSHIFT = (a, count, _) -> vector(a).lanewise(VectorOperators.LSHR, count);
    static final VectorBroadcastIntOp LROTATE = (a, count, _) -> vector(a).lanewise(VectorOperators.ROL, count);

    static final VectorCompareOp COMPARE = (condition, a, b, _) -> vector(a).compare(comparison(condition), vector(b));
    static final VectorBlendOp BLEND = (a, b, second) -> vector(a).blend(vector(b), mask(second));
    static final BiFunction ANY = (mask, _) -> mask(mask).anyTrue();
    static final VectorMaskOp TO_LONG = mask -> mask(mask).toLong();

    static final FromBitsCoercedOperation ALL_BYTES = (bits, _) -> ByteVector.broadcast(ByteVector.SPECIES_128, (byte) bits);
    static final FromBitsCoercedOperation ALL_SHORTS =
            (bits, _) -> ShortVector.broadcast(ShortVector.SPECIES_128, (short) bits);
    static final FromBitsCoercedOperation ALL_INTS = (bits, _) -> IntVector.broadcast(IntVector.SPECIES_128, (int) bits);
    static final FromBitsCoercedOperation ALL_LONGS = (bits, _) -> LongVector.broadcast(LongVector.SPECIES_128, bits);
    static final FromBitsCoercedOperation ALL_FLOATS =
            (bits, _) -> FloatVector.broadcast(FloatVector.SPECIES_128, Float.intBitsToFloat((int) bits));
    static final FromBitsCoercedOperation ALL_DOUBLES =
            (bits, _) -> DoubleVector.broadcast(DoubleVector.SPECIES_128, Double.longBitsToDouble(bits));

    static final VecInsertOp INSERT_BYTE = (a, index, bits) -> ((ByteVector) a).withLane(index, (byte) bits);
    static final VecInsertOp INSERT_SHORT = (a, index, bits) -> ((ShortVector) a).withLane(index, (short) bits);
    static final VecInsertOp INSERT_INT = (a, index, bits) -> ((IntVector) a).withLane(index, (int) bits);
    static final VecInsertOp INSERT_LONG = (a, index, bits) -> ((LongVector) a).withLane(index, bits);
    static final VecInsertOp INSERT_FLOAT =
            (a, index, bits) -> ((FloatVector) a).withLane(index, Float.intBitsToFloat((int) bits));
    static final VecInsertOp INSERT_DOUBLE =
            (a, index, bits) -> ((DoubleVector) a).withLane(index, Double.longBitsToDouble(bits));

    static final VecExtractOp EXTRACT_BYTE = (a, index) -> ((ByteVector) a).lane(index);
    static final VecExtractOp EXTRACT_SHORT = (a, index) -> ((ShortVector) a).lane(index);
    static final VecExtractOp EXTRACT_INT = (a, index) -> ((IntVector) a).lane(index);
    static final VecExtractOp EXTRACT_LONG = (a, index) -> ((LongVector) a).lane(index);
    static final VecExtractOp EXTRACT_FLOAT = (a, index) -> Float.floatToRawIntBits(((FloatVector) a).lane(index));
    static final VecExtractOp EXTRACT_DOUBLE = (a, index) -> Double.doubleToRawLongBits(((DoubleVector) a).lane(index));

    static final LoadOperation LOAD =
            (bytes, index, _) -> ByteVector.fromArray(ByteVector.SPECIES_128, (byte[]) bytes, (int) index);
    static final StoreVectorOperation STORE =
            (bytes, index, a) -> ((ByteVector) a).intoArray((byte[]) bytes, (int) index);
    static final LoadOperation LOAD_NATIVE = (_, address, _) -> I8x16.halves(UNSAFE.getLongUnaligned(null, address),
            UNSAFE.getLongUnaligned(null, address + Long.BYTES));
    static final StoreVectorOperation STORE_NATIVE = (_, address, a) -> {
        LongVector halves = ((ByteVector) a).reinterpretAsLongs();
        UNSAFE.putLongUnaligned(null, address, halves.lane(0));
        UNSAFE.putLongUnaligned(null, address + Long.BYTES, halves.lane(1));
    };

    static final VectorSelectFromOp SELECT = (lanes, a, _) -> vector(lanes).selectFrom(vector(a));
    static final SelectFromTwoVector SELECT_OF_TWO = (lanes, a, b) -> vector(lanes).selectFrom(vector(a), vector(b));

    static final VectorConvertOp REINTERPRET =
            (a, species) -> ((AbstractVector) a).defaultReinterpret((AbstractSpecies) species);
    static final VectorConvertOp CAST = (a, species) -> ((AbstractVector) a).defaultCast((AbstractSpecies) species);
    static final VectorConvertOp UCAST = (a, species) -> ((AbstractVector) a).defaultUCast((AbstractSpecies) species);

    private Otherwise() {
    }

    private static Vector vector(Object vector) {
        return (Vector) vector;
    }

    private static VectorMask mask(Object mask) {
        return (VectorMask) mask;
    }

    private static VectorOperators.Comparison comparison(int condition) {
        return switch (condition) {
            case VectorSupport.BT_eq -> VectorOperators.EQ;
            case VectorSupport.BT_ne -> VectorOperators.NE;
            case VectorSupport.BT_lt -> VectorOperators.LT;
            case VectorSupport.BT_le -> VectorOperators.LE;
            case VectorSupport.BT_gt -> VectorOperators.GT;
            case VectorSupport.BT_ge -> VectorOperators.GE;
            case VectorSupport.BT_ult -> VectorOperators.ULT;
            case VectorSupport.BT_ule -> VectorOperators.ULE;
            case VectorSupport.BT_ugt -> VectorOperators.UGT;
            default -> VectorOperators.UGE;
        };
    }
}

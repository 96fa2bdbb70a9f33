package dev.jawa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector of 128 bits, the value type {@code v128} (core spec 2.3.2). Lanes are counted from the lowest bits up, as in
 * memory.
 *
 * <p>Compiled code does not use such objects; they are what functions and globals of the type give to Java and take
 * from it.
 *
 * @param low the lower 64 bits
 * @param high the upper 64 bits
 */
public record V128(long low, long high) {
    /** All bits zero. */
    public static final V128 ZERO = new V128(0, 0);

    /**
     * The vector in 16 bytes, as a memory holds it.
     *
     * @throws IllegalArgumentException if there are not 16 bytes
     */
    public static V128 ofBytes(byte... lanes) {
        requireLanes(16, lanes.length);
        return of(littleEndian().put(lanes));
    }

    /**
     * A vector of eight lanes of 16 bits.
     *
     * @throws IllegalArgumentException if there are not eight
     */
    public static V128 ofShorts(short... lanes) {
        requireLanes(8, lanes.length);
        ByteBuffer bytes = littleEndian();
        bytes.asShortBuffer().put(lanes);
        return of(bytes);
    }

    /** A vector of four lanes of 32 bits. */
    public static V128 ofInts(int lane0, int lane1, int lane2, int lane3) {
        return new V128(pair(lane0, lane1), pair(lane2, lane3));
    }

    /** A vector of four floating-point lanes of 32 bits. */
    public static V128 ofFloats(float lane0, float lane1, float lane2, float lane3) {
        return ofInts(Float.floatToRawIntBits(lane0), Float.floatToRawIntBits(lane1), Float.floatToRawIntBits(lane2),
                Float.floatToRawIntBits(lane3));
    }

    /** A vector of two lanes of 64 bits. */
    public static V128 ofLongs(long lane0, long lane1) {
        return new V128(lane0, lane1);
    }

    /** A vector of two floating-point lanes of 64 bits. */
    public static V128 ofDoubles(double lane0, double lane1) {
        return new V128(Double.doubleToRawLongBits(lane0), Double.doubleToRawLongBits(lane1));
    }

    private static void requireLanes(int wanted, int given) {
        if (given != wanted) {
            throw new IllegalArgumentException("a v128 has " + wanted + " such lanes, not " + given);
        }
    }

    private static ByteBuffer littleEndian() {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static V128 of(ByteBuffer bytes) {
        return new V128(bytes.getLong(0), bytes.getLong(8));
    }

    private static long pair(int low, int high) {
        return Integer.toUnsignedLong(low) | (long) high << 32;
    }

    private long lane(int lane, int bits) {
        java.util.Objects.checkIndex(lane, 128 / bits);
        int position = lane * bits;
        return (position < 64 ? low : high) >>> position;
    }

    /**
     * A lane of 8 bits.
     *
     * @param lane 0 to 15
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public byte byteLane(int lane) {
        return (byte) lane(lane, 8);
    }

    /**
     * A lane of 16 bits.
     *
     * @param lane 0 to 7
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public short shortLane(int lane) {
        return (short) lane(lane, 16);
    }

    /**
     * A lane of 32 bits.
     *
     * @param lane 0 to 3
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public int intLane(int lane) {
        return (int) lane(lane, 32);
    }

    /**
     * A lane of 64 bits.
     *
     * @param lane 0 or 1
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public long longLane(int lane) {
        return lane(lane, 64);
    }

    /**
     * A lane of 32 bits as a floating-point number.
     *
     * @param lane 0 to 3
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public float floatLane(int lane) {
        return Float.intBitsToFloat(intLane(lane));
    }

    /**
     * A lane of 64 bits as a floating-point number.
     *
     * @param lane 0 or 1
     * @throws IndexOutOfBoundsException if there is no such lane
     */
    public double doubleLane(int lane) {
        return Double.longBitsToDouble(longLane(lane));
    }

    /** The 16 bytes, as a memory holds them. */
    public byte[] toBytes() {
        return littleEndian().putLong(low).putLong(high).array();
    }

    /** The bits in hexadecimal, the highest first. */
    @Override
    public String toString() {
        return "v128 0x%016x%016x".formatted(high, low);
    }
}

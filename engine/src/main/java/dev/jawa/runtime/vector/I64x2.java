package dev.jawa.runtime.vector;

/**
 * The i64x2 instructions on half a vector, which is one lane, and those of v128 as a whole, named after them (core spec
 * 4.3.2 and 4.3.6).
 */
public final class I64x2 {
    private I64x2() {
    }

    /** The bits of {@code a} where the mask has ones, and of {@code b} elsewhere. */
    public static long bitselect(long a, long b, long mask) {
        return Lanes.select(mask, a, b);
    }

    public static long abs(long a) {
        return Math.abs(a);
    }

    public static long eq(long a, long b) {
        return a == b ? -1 : 0;
    }

    public static long ne(long a, long b) {
        return a != b ? -1 : 0;
    }

    public static long ltS(long a, long b) {
        return a < b ? -1 : 0;
    }

    public static long gtS(long a, long b) {
        return a > b ? -1 : 0;
    }

    public static long leS(long a, long b) {
        return a <= b ? -1 : 0;
    }

    public static long geS(long a, long b) {
        return a >= b ? -1 : 0;
    }

    public static int allTrue(long low, long high) {
        return low != 0 && high != 0 ? 1 : 0;
    }

    /** A bit for each lane, its top one. */
    public static int bitmask(long low, long high) {
        return (int) (low >>> 63 | high >>> 63 << 1);
    }
}

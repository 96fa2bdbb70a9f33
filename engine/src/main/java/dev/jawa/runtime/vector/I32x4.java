package dev.jawa.runtime.vector;

/** The i32x4 instructions on half a vector, named after them (core spec 4.3.2 and 4.3.6). */
public final class I32x4 {
    private static final long TOPS = 0x8000_0000_8000_0000L;
    private static final long ONES = 0x0000_0001_0000_0001L;
    private static final int BITS = 32;

    private I32x4() {
    }

    private static long filled(long some) {
        return Lanes.filled(some, BITS);
    }

    public static long add(long a, long b) {
        return Lanes.add(a, b, TOPS);
    }

    public static long sub(long a, long b) {
        return Lanes.sub(a, b, TOPS);
    }

    public static long neg(long a) {
        return Lanes.sub(0, a, TOPS);
    }

    public static long abs(long a) {
        return Lanes.abs(a, TOPS, BITS);
    }

    public static long shl(long a, int count) {
        return Lanes.shl(a, count & BITS - 1, ONES, BITS);
    }

    public static long shrS(long a, int count) {
        return Lanes.shrS(a, count & BITS - 1, ONES, TOPS, BITS);
    }

    public static long shrU(long a, int count) {
        return Lanes.shrU(a, count & BITS - 1, ONES, BITS);
    }

    public static long eq(long a, long b) {
        return filled(Lanes.equal(a, b, TOPS));
    }

    public static long ne(long a, long b) {
        return ~filled(Lanes.equal(a, b, TOPS));
    }

    public static long ltS(long a, long b) {
        return filled(Lanes.lessS(a, b, TOPS));
    }

    public static long gtS(long a, long b) {
        return filled(Lanes.lessS(b, a, TOPS));
    }

    public static long leS(long a, long b) {
        return ~filled(Lanes.lessS(b, a, TOPS));
    }

    public static long geS(long a, long b) {
        return ~filled(Lanes.lessS(a, b, TOPS));
    }

    public static long minS(long a, long b) {
        return Lanes.select(filled(Lanes.lessS(a, b, TOPS)), a, b);
    }

    public static long maxS(long a, long b) {
        return Lanes.select(filled(Lanes.lessS(a, b, TOPS)), b, a);
    }

    public static long ltU(long a, long b) {
        return filled(Lanes.lessU(a, b, TOPS));
    }

    public static long gtU(long a, long b) {
        return filled(Lanes.lessU(b, a, TOPS));
    }

    public static long leU(long a, long b) {
        return ~filled(Lanes.lessU(b, a, TOPS));
    }

    public static long geU(long a, long b) {
        return ~filled(Lanes.lessU(a, b, TOPS));
    }

    public static long minU(long a, long b) {
        return Lanes.select(filled(Lanes.lessU(a, b, TOPS)), a, b);
    }

    public static long maxU(long a, long b) {
        return Lanes.select(filled(Lanes.lessU(a, b, TOPS)), b, a);
    }

    public static int allTrue(long low, long high) {
        return Lanes.equal(low, 0, TOPS) == 0 && Lanes.equal(high, 0, TOPS) == 0 ? 1 : 0;
    }

    /** A bit for each lane, its top one. */
    public static int bitmask(long low, long high) {
        return (int) (low >>> 31 & 1 | low >>> 63 << 1 | (high >>> 31 & 1) << 2 | high >>> 63 << 3);
    }

    private static long lanes(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    public static long dotI16x8S(long a, long b) {
        return lanes(dot(a, b), dot(a >> 32, b >> 32));
    }

    private static int dot(long a, long b) {
        return (short) a * (short) b + (short) (a >> 16) * (short) (b >> 16);
    }

    /** The low two lanes of 16 bits as lanes of 32 bits. */
    public static long extendLowI16x8S(long a) {
        return lanes((short) a, (short) (a >> 16));
    }

    /** The low two lanes of 16 bits as lanes of 32 bits. */
    public static long extendLowI16x8U(long a) {
        return a & 0xFFFF | (a & 0xFFFF_0000L) << 16;
    }

    public static long extmulLowI16x8S(long a, long b) {
        return lanes((short) a * (short) b, (short) (a >> 16) * (short) (b >> 16));
    }

    public static long extmulLowI16x8U(long a, long b) {
        return lanes((char) a * (char) b, (char) (a >> 16) * (char) (b >> 16));
    }

    public static long extaddPairwiseI16x8S(long a) {
        return lanes((short) a + (short) (a >> 16), (short) (a >> 32) + (short) (a >> 48));
    }

    public static long extaddPairwiseI16x8U(long a) {
        return (a & 0x0000_FFFF_0000_FFFFL) + (a >>> 16 & 0x0000_FFFF_0000_FFFFL);
    }

    public static long relaxedDotI8x16I7x16AddS(long a, long b, long c) {
        return add(extaddPairwiseI16x8S(I16x8.relaxedDotI8x16I7x16S(a, b)), c);
    }
}

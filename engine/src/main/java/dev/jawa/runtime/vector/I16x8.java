package dev.jawa.runtime.vector;

/** The i16x8 instructions on half a vector, named after them (core spec 4.3.2 and 4.3.6). */
public final class I16x8 {
    private static final long TOPS = 0x8000_8000_8000_8000L;
    private static final long ONES = 0x0001_0001_0001_0001L;
    private static final int BITS = 16;

    private I16x8() {
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

    public static long addSatS(long a, long b) {
        return Lanes.addSatS(a, b, TOPS, BITS);
    }

    public static long addSatU(long a, long b) {
        return Lanes.addSatU(a, b, TOPS, BITS);
    }

    public static long subSatS(long a, long b) {
        return Lanes.subSatS(a, b, TOPS, BITS);
    }

    public static long subSatU(long a, long b) {
        return Lanes.subSatU(a, b, TOPS, BITS);
    }

    public static long avgrU(long a, long b) {
        return Lanes.averageU(a, b, TOPS);
    }

    /** A bit for each lane, its top one. */
    public static int bitmask(long low, long high) {
        return bitmask(low) | bitmask(high) << 4;
    }

    private static int bitmask(long half) {
        return (int) (((half & TOPS) >>> 15) * 0x0001_0002_0004_0008L >>> 48) & 0xF;
    }

    public static long mul(long a, long b) {
        return lanes(a * b, (a >>> 16) * (b >>> 16), (a >>> 32) * (b >>> 32), (a >>> 48) * (b >>> 48));
    }

    /** Four lanes of the low 16 bits of each number. */
    private static long lanes(long lane0, long lane1, long lane2, long lane3) {
        return lane0 & 0xFFFF | (lane1 & 0xFFFF) << 16 | (lane2 & 0xFFFF) << 32 | lane3 << 48;
    }

    public static long q15mulrSatS(long a, long b) {
        return lanes(q15mulrSatS((short) a, (short) b), q15mulrSatS((short) (a >> 16), (short) (b >> 16)),
                q15mulrSatS((short) (a >> 32), (short) (b >> 32)), q15mulrSatS((short) (a >> 48), (short) (b >> 48)));
    }

    private static long q15mulrSatS(short a, short b) {
        return Math.min(a * b + 0x4000 >> 15, Short.MAX_VALUE);
    }

    public static long narrowI32x4S(long low, long high) {
        return lanes(clampS((int) low), clampS((int) (low >> 32)), clampS((int) high), clampS((int) (high >> 32)));
    }

    private static int clampS(int value) {
        return Math.min(Math.max(value, Short.MIN_VALUE), Short.MAX_VALUE);
    }

    public static long narrowI32x4U(long low, long high) {
        return lanes(clampU((int) low), clampU((int) (low >> 32)), clampU((int) high), clampU((int) (high >> 32)));
    }

    private static int clampU(int value) {
        return Math.min(Math.max(value, 0), 0xFFFF);
    }

    /** The low four bytes as lanes of 16 bits. */
    public static long extendLowI8x16U(long a) {
        long pairs = a & 0xFFFF | (a & 0xFFFF_0000L) << 16;
        return (pairs | pairs << 8) & 0x00FF_00FF_00FF_00FFL;
    }

    /** The low four bytes as lanes of 16 bits. */
    public static long extendLowI8x16S(long a) {
        long lanes = extendLowI8x16U(a);
        return lanes | Lanes.filled(lanes << 8 & TOPS, 8);
    }

    public static long extmulLowI8x16S(long a, long b) {
        return lanes((byte) a * (byte) b, (byte) (a >> 8) * (byte) (b >> 8), (byte) (a >> 16) * (byte) (b >> 16),
                (byte) (a >> 24) * (byte) (b >> 24));
    }

    public static long extmulLowI8x16U(long a, long b) {
        // No product is larger than a lane.
        return (a & 0xFF) * (b & 0xFF) | (a >>> 8 & 0xFF) * (b >>> 8 & 0xFF) << 16
                | (a >>> 16 & 0xFF) * (b >>> 16 & 0xFF) << 32 | (a >>> 24 & 0xFF) * (b >>> 24 & 0xFF) << 48;
    }

    public static long extaddPairwiseI8x16U(long a) {
        return (a & 0x00FF_00FF_00FF_00FFL) + (a >>> 8 & 0x00FF_00FF_00FF_00FFL);
    }

    public static long extaddPairwiseI8x16S(long a) {
        return add(shrS(a << 8, 8), shrS(a, 8));
    }

    /** Both operands are signed and sums wrap around, which is among the results that the spec allows. */
    public static long relaxedDotI8x16I7x16S(long a, long b) {
        return lanes(dot(a, b), dot(a >> 16, b >> 16), dot(a >> 32, b >> 32), dot(a >> 48, b >> 48));
    }

    private static int dot(long a, long b) {
        return (byte) a * (byte) b + (byte) (a >> 8) * (byte) (b >> 8);
    }
}

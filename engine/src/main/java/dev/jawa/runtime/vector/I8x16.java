package dev.jawa.runtime.vector;

/** The i8x16 instructions on half a vector, named after them (core spec 4.3.2 and 4.3.6). */
public final class I8x16 {
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final int BITS = 8;
    /** The tops of lanes of 16 bits. */
    private static final long WIDE_TOPS = 0x8000_8000_8000_8000L;

    private I8x16() {
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
        return bitmask(low) | bitmask(high) << 8;
    }

    private static int bitmask(long half) {
        // Multiplied, each top bit comes to stand in the highest byte once, at a place of its own.
        return (int) (((half & TOPS) >>> 7) * 0x0102_0408_1020_4080L >>> 56);
    }

    public static long popcnt(long a) {
        long pairs = a - (a >>> 1 & 0x5555_5555_5555_5555L);
        long nibbles = (pairs & 0x3333_3333_3333_3333L) + (pairs >>> 2 & 0x3333_3333_3333_3333L);
        return nibbles + (nibbles >>> 4) & 0x0F0F_0F0F_0F0F_0F0FL;
    }

    /** Takes bytes of a vector by their indices, and zeros where those are too large. */
    public static long swizzle(long low, long high, long indices) {
        long tooLarge = filled((indices | (indices & ~TOPS) + 0x7070_7070_7070_7070L) & TOPS);
        long fromHigh = filled(indices << 4 & TOPS);
        // Shifts take the lowest six bits of their distance.
        long distances = (indices & 0x0707_0707_0707_0707L) << 3;
        long lowBytes = 0;
        long highBytes = 0;
        for (int i = 0; i < Long.SIZE; i += 8) {
            int distance = (int) (distances >>> i);
            lowBytes |= (low >>> distance & 0xFF) << i;
            highBytes |= (high >>> distance & 0xFF) << i;
        }
        return Lanes.select(fromHigh, highBytes, lowBytes) & ~tooLarge;
    }

    public static long narrowI16x8S(long low, long high) {
        return joined(narrowS(low)) | joined(narrowS(high)) << 32;
    }

    private static long narrowS(long lanes) {
        long negative = Lanes.filled(lanes & WIDE_TOPS, 16);
        return atMost(lanes ^ negative, 0x7F80_7F80_7F80_7F80L) & 0x007F_007F_007F_007FL ^ negative;
    }

    public static long narrowI16x8U(long low, long high) {
        return joined(narrowU(low)) | joined(narrowU(high)) << 32;
    }

    private static long narrowU(long lanes) {
        long positive = lanes & ~Lanes.filled(lanes & WIDE_TOPS, 16);
        return atMost(positive, 0x7F00_7F00_7F00_7F00L);
    }

    /** All ones in the lanes that come to their top bit when something is added; they must not be there before. */
    private static long atMost(long lanes, long distance) {
        return lanes | Lanes.filled(lanes + distance & WIDE_TOPS, 16);
    }

    /** The low bytes of four lanes of 16 bits, in the low 32 bits. */
    private static long joined(long lanes) {
        long bytes = lanes & 0x00FF_00FF_00FF_00FFL;
        long pairs = bytes | bytes >>> 8;
        return pairs & 0xFFFF | (pairs & 0xFFFF_0000_0000L) >>> 16;
    }
}

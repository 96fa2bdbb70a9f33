package dev.jawa.runtime.vector;

/**
 * Arithmetic on all lanes of a half of a vector at once, in the 64 bits of a long. What would carry into the next lane
 * is kept out by clearing or setting the lanes' top bits before; so most methods take a mask of the top bits, or say
 * that they work on a mask of some of them.
 */
final class Lanes {
    private Lanes() {
    }

    static long add(long a, long b, long tops) {
        return (a & ~tops) + (b & ~tops) ^ (a ^ b) & tops;
    }

    static long sub(long a, long b, long tops) {
        return (a | tops) - (b & ~tops) ^ (a ^ ~b) & tops;
    }

    /** Lanes of ones where the top bit is set in a mask of some tops. */
    static long filled(long some, int bits) {
        return (some << 1) - (some >>> bits - 1);
    }

    /** What has ones in {@code mask} from {@code a}, the rest from {@code b}. */
    static long select(long mask, long a, long b) {
        return b ^ (a ^ b) & mask;
    }

    /** The tops of the lanes that are equal. */
    static long equal(long a, long b, long tops) {
        long different = a ^ b;
        return ~((different & ~tops) + ~tops | different) & tops;
    }

    /** The tops of the lanes where {@code a} is less as unsigned numbers. */
    static long lessU(long a, long b, long tops) {
        long difference = (a | tops) - (b & ~tops);
        return (~a & b | ~(a ^ b) & ~difference) & tops;
    }

    /** The tops of the lanes where {@code a} is less as signed numbers. */
    static long lessS(long a, long b, long tops) {
        long difference = (a | tops) - (b & ~tops);
        return (a & ~b | ~(a ^ b) & ~difference) & tops;
    }

    /** The lanes without their signs. The smallest number stays as it is. */
    static long abs(long a, long tops, int bits) {
        long negative = a & tops;
        return (a ^ filled(negative, bits)) + (negative >>> bits - 1);
    }

    static long addSatU(long a, long b, long tops, int bits) {
        long sum = add(a, b, tops);
        return sum | filled((a & b | (a | b) & ~sum) & tops, bits);
    }

    static long subSatU(long a, long b, long tops, int bits) {
        long difference = sub(a, b, tops);
        return difference & ~filled((~a & b | ~(a ^ b) & difference) & tops, bits);
    }

    static long addSatS(long a, long b, long tops, int bits) {
        long sum = add(a, b, tops);
        return saturated(a, sum, ~(a ^ b) & (a ^ sum) & tops, tops, bits);
    }

    static long subSatS(long a, long b, long tops, int bits) {
        long difference = sub(a, b, tops);
        return saturated(a, difference, (a ^ b) & (a ^ difference) & tops, tops, bits);
    }

    /** A result with the largest or smallest number, by the sign of {@code a}, where it overflowed. */
    private static long saturated(long a, long result, long overflows, long tops, int bits) {
        return select(filled(overflows, bits), ~tops + ((a & tops) >>> bits - 1), result);
    }

    /** The average, rounded up, of unsigned numbers. */
    static long averageU(long a, long b, long tops) {
        return (a | b) - ((a ^ b) >>> 1 & ~tops);
    }

    /** Shifts by less than the lanes' width; {@code ones} has each lane's lowest bit. */
    static long shl(long a, int count, long ones, int bits) {
        long lane = -1L >>> 64 - bits;
        return a << count & (lane << count & lane) * ones;
    }

    static long shrU(long a, int count, long ones, int bits) {
        return a >>> count & (-1L >>> 64 - bits >>> count) * ones;
    }

    static long shrS(long a, int count, long ones, long tops, int bits) {
        long negative = a & tops;
        return shrU(a, count, ones, bits) | (negative << 1) - (negative >>> count);
    }
}

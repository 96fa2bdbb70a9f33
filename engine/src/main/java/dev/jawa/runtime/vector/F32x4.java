package dev.jawa.runtime.vector;

/**
 * The f32x4 instructions that have no scalar counterpart, named after them (core spec 4.3.3 and 4.3.6): on one
 * lane, or, if they give a mask, on those of half a vector.
 */
public final class F32x4 {
    private F32x4() {
    }

    public static float pmin(float a, float b) {
        return b < a ? b : a;
    }

    public static float pmax(float a, float b) {
        return a < b ? b : a;
    }

    // Of the results that the spec allows for the relaxed instructions, those of x86's.

    public static float relaxedMin(float a, float b) {
        return a < b ? a : b;
    }

    public static float relaxedMax(float a, float b) {
        return a > b ? a : b;
    }

    public static float relaxedMadd(float a, float b, float c) {
        return Math.fma(a, b, c);
    }

    public static float relaxedNmadd(float a, float b, float c) {
        return Math.fma(-a, b, c);
    }

    public static long eq(float a0, float a1, float b0, float b1) {
        return mask(a0 == b0, a1 == b1);
    }

    public static long ne(float a0, float a1, float b0, float b1) {
        return mask(a0 != b0, a1 != b1);
    }

    public static long lt(float a0, float a1, float b0, float b1) {
        return mask(a0 < b0, a1 < b1);
    }

    public static long gt(float a0, float a1, float b0, float b1) {
        return mask(a0 > b0, a1 > b1);
    }

    public static long le(float a0, float a1, float b0, float b1) {
        return mask(a0 <= b0, a1 <= b1);
    }

    public static long ge(float a0, float a1, float b0, float b1) {
        return mask(a0 >= b0, a1 >= b1);
    }

    private static long mask(boolean low, boolean high) {
        return (low ? 0xFFFF_FFFFL : 0) | (high ? 0xFFFF_FFFF_0000_0000L : 0);
    }
}

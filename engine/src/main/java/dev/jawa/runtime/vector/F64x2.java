package dev.jawa.runtime.vector;

/**
 * The f64x2 instructions that have no scalar counterpart, named after them (core spec 4.3.3 and 4.3.6): on one
 * lane, or, if they give a mask, on those of half a vector.
 */
public final class F64x2 {
    private F64x2() {
    }

    public static double pmin(double a, double b) {
        return b < a ? b : a;
    }

    public static double pmax(double a, double b) {
        return a < b ? b : a;
    }

    // Of the results that the spec allows for the relaxed instructions, those of x86's.

    public static double relaxedMin(double a, double b) {
        return a < b ? a : b;
    }

    public static double relaxedMax(double a, double b) {
        return a > b ? a : b;
    }

    public static double relaxedMadd(double a, double b, double c) {
        return Math.fma(a, b, c);
    }

    public static double relaxedNmadd(double a, double b, double c) {
        return Math.fma(-a, b, c);
    }

    public static long eq(double a, double b) {
        return a == b ? -1 : 0;
    }

    public static long ne(double a, double b) {
        return a != b ? -1 : 0;
    }

    public static long lt(double a, double b) {
        return a < b ? -1 : 0;
    }

    public static long gt(double a, double b) {
        return a > b ? -1 : 0;
    }

    public static long le(double a, double b) {
        return a <= b ? -1 : 0;
    }

    public static long ge(double a, double b) {
        return a >= b ? -1 : 0;
    }
}

package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;

/**
 * The numeric instructions that take more than an instruction or an intrinsic of the JVM (core spec 4.3). Named after
 * the instruction, the type first where Java's overloading does not tell.
 */
public final class Numerics {
    private static final double TWO_TO_31 = 0x1p31;
    private static final double TWO_TO_32 = 0x1p32;
    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private Numerics() {
    }

    private static RuntimeError divideByZero() {
        return new RuntimeError(Kind.INTEGER_DIVIDE_BY_ZERO);
    }

    // The checks are our own rather than the JVM's, whose exceptions lose their stack trace in hot code.

    public static int divS(int a, int b) {
        if (b == 0) {
            throw divideByZero();
        }
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw new RuntimeError(Kind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    public static int divU(int a, int b) {
        if (b == 0) {
            throw divideByZero();
        }
        return Integer.divideUnsigned(a, b);
    }

    public static int remS(int a, int b) {
        if (b == 0) {
            throw divideByZero();
        }
        return a % b;
    }

    public static int remU(int a, int b) {
        if (b == 0) {
            throw divideByZero();
        }
        return Integer.remainderUnsigned(a, b);
    }

    public static long divS(long a, long b) {
        if (b == 0) {
            throw divideByZero();
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw new RuntimeError(Kind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    public static long divU(long a, long b) {
        if (b == 0) {
            throw divideByZero();
        }
        return Long.divideUnsigned(a, b);
    }

    public static long remS(long a, long b) {
        if (b == 0) {
            throw divideByZero();
        }
        return a % b;
    }

    public static long remU(long a, long b) {
        if (b == 0) {
            throw divideByZero();
        }
        return Long.remainderUnsigned(a, b);
    }

    // Java's min and max hand a signalling NaN on as it is; adding makes it quiet.

    public static float min(float a, float b) {
        return a != a || b != b ? a + b : Math.min(a, b);
    }

    public static float max(float a, float b) {
        return a != a || b != b ? a + b : Math.max(a, b);
    }

    public static double min(double a, double b) {
        return a != a || b != b ? a + b : Math.min(a, b);
    }

    public static double max(double a, double b) {
        return a != a || b != b ? a + b : Math.max(a, b);
    }

    // So do ceil, floor and rint; the conversion to double and back makes a float quiet anyway.

    public static double ceil(double a) {
        return a != a ? a + a : Math.ceil(a);
    }

    public static double floor(double a) {
        return a != a ? a + a : Math.floor(a);
    }

    public static double nearest(double a) {
        return a != a ? a + a : Math.rint(a);
    }

    public static float ceil(float a) {
        return (float) Math.ceil(a);
    }

    public static float floor(float a) {
        return (float) Math.floor(a);
    }

    public static float nearest(float a) {
        return (float) Math.rint(a);
    }

    public static float sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    public static float trunc(float a) {
        return (float) trunc((double) a);
    }

    public static double trunc(double a) {
        return a < 0 ? Math.ceil(a) : floor(a);
    }

    private static RuntimeError notAnInteger(double a) {
        return a != a
                ? new RuntimeError(Kind.INVALID_CONVERSION_TO_INTEGER, "NaN")
                : new RuntimeError(Kind.INTEGER_OVERFLOW, Double.toString(a));
    }

    public static int i32TruncS(double a) {
        if (a > -TWO_TO_31 - 1 && a < TWO_TO_31) {
            return (int) a;
        }
        throw notAnInteger(a);
    }

    public static int i32TruncU(double a) {
        if (a > -1 && a < TWO_TO_32) {
            return (int) (long) a;
        }
        throw notAnInteger(a);
    }

    public static long i64TruncS(double a) {
        if (a >= -TWO_TO_63 && a < TWO_TO_63) {
            return (long) a;
        }
        throw notAnInteger(a);
    }

    public static long i64TruncU(double a) {
        if (a > -1 && a < TWO_TO_64) {
            return i64TruncSatU(a);
        }
        throw notAnInteger(a);
    }

    public static int i32TruncSatU(double a) {
        long value = (long) a;
        return value < 0 ? 0 : value > 0xFFFF_FFFFL ? -1 : (int) value;
    }

    public static long i64TruncSatU(double a) {
        if (a >= TWO_TO_64) {
            return -1;
        }
        return a < TWO_TO_63 ? Math.max(0, (long) a) : a >= TWO_TO_63 ? (long) (a - TWO_TO_63) | Long.MIN_VALUE : 0;
    }

    public static float f32ConvertI64U(long a) {
        // Half the number, with the lost bit kept where it still decides how to round.
        return a >= 0 ? (float) a : (float) (a >>> 1 | a & 1) * 2;
    }

    public static double f64ConvertI64U(long a) {
        return a >= 0 ? (double) a : (double) (a >>> 1 | a & 1) * 2;
    }
}

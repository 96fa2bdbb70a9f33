package dev.jawa.random;

import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The numeric instructions, written for obviousness. Values are raw bits; an i32 is extended with its sign. */
final class Operations {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private Operations() {
    }

    static long apply(Opcode opcode, long[] operands) {
        long a = operands[0];
        long b = operands.length > 1 ? operands[1] : 0;
        return switch (opcode.operands().charAt(0)) {
            case 'i' -> ofInt(opcode, (int) a, (int) b);
            case 'l' -> ofLong(opcode, a, b);
            case 'f' -> ofFloat(opcode, Float.intBitsToFloat((int) a), Float.intBitsToFloat((int) b));
            default -> ofDouble(opcode, Double.longBitsToDouble(a), Double.longBitsToDouble(b));
        };
    }

    private static BigInteger unsigned(int a) {
        return BigInteger.valueOf(Integer.toUnsignedLong(a));
    }

    private static BigInteger unsigned(long a) {
        return new BigInteger(Long.toUnsignedString(a));
    }

    private static void requireDivisor(long b) {
        if (b == 0) {
            throw new RuntimeError(Kind.INTEGER_DIVIDE_BY_ZERO);
        }
    }

    private static long bits(float a) {
        return Float.floatToRawIntBits(a);
    }

    private static long bits(double a) {
        return Double.doubleToRawLongBits(a);
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private static long ofInt(Opcode opcode, int a, int b) {
        return switch (opcode) {
            case I32_EQZ -> truth(a == 0);
            case I32_EQ -> truth(a == b);
            case I32_NE -> truth(a != b);
            case I32_LT_S -> truth(a < b);
            case I32_LT_U -> truth(unsigned(a).compareTo(unsigned(b)) < 0);
            case I32_GT_S -> truth(a > b);
            case I32_GT_U -> truth(unsigned(a).compareTo(unsigned(b)) > 0);
            case I32_LE_S -> truth(a <= b);
            case I32_LE_U -> truth(unsigned(a).compareTo(unsigned(b)) <= 0);
            case I32_GE_S -> truth(a >= b);
            case I32_GE_U -> truth(unsigned(a).compareTo(unsigned(b)) >= 0);
            case I32_CLZ -> Integer.numberOfLeadingZeros(a);
            case I32_CTZ -> Integer.numberOfTrailingZeros(a);
            case I32_POPCNT -> Integer.bitCount(a);
            case I32_ADD -> a + b;
            case I32_SUB -> a - b;
            case I32_MUL -> a * b;
            case I32_DIV_S -> {
                requireDivisor(b);
                if (a == Integer.MIN_VALUE && b == -1) {
                    throw new RuntimeError(Kind.INTEGER_OVERFLOW);
                }
                yield a / b;
            }
            case I32_DIV_U -> {
                requireDivisor(b);
                yield unsigned(a).divide(unsigned(b)).intValue();
            }
            case I32_REM_S -> {
                requireDivisor(b);
                yield a % b;
            }
            case I32_REM_U -> {
                requireDivisor(b);
                yield unsigned(a).mod(unsigned(b)).intValue();
            }
            case I32_AND -> a & b;
            case I32_OR -> a | b;
            case I32_XOR -> a ^ b;
            case I32_SHL -> a << b % 32;
            case I32_SHR_S -> a >> b;
            case I32_SHR_U -> a >>> b;
            case I32_ROTL -> Integer.rotateLeft(a, b);
            case I32_ROTR -> Integer.rotateRight(a, b);
            case I32_EXTEND8_S -> (byte) a;
            case I32_EXTEND16_S -> (short) a;
            case I64_EXTEND_I32_S -> a;
            case I64_EXTEND_I32_U -> Integer.toUnsignedLong(a);
            case F32_CONVERT_I32_S -> bits((float) a);
            case F32_CONVERT_I32_U -> bits(unsigned(a).floatValue());
            case F64_CONVERT_I32_S -> bits((double) a);
            case F64_CONVERT_I32_U -> bits(unsigned(a).doubleValue());
            case F32_REINTERPRET_I32 -> a;
            default -> throw new IllegalArgumentException(opcode.mnemonic());
        };
    }

    private static long ofLong(Opcode opcode, long a, long b) {
        return switch (opcode) {
            case I64_EQZ -> truth(a == 0);
            case I64_EQ -> truth(a == b);
            case I64_NE -> truth(a != b);
            case I64_LT_S -> truth(a < b);
            case I64_LT_U -> truth(unsigned(a).compareTo(unsigned(b)) < 0);
            case I64_GT_S -> truth(a > b);
            case I64_GT_U -> truth(unsigned(a).compareTo(unsigned(b)) > 0);
            case I64_LE_S -> truth(a <= b);
            case I64_LE_U -> truth(unsigned(a).compareTo(unsigned(b)) <= 0);
            case I64_GE_S -> truth(a >= b);
            case I64_GE_U -> truth(unsigned(a).compareTo(unsigned(b)) >= 0);
            case I64_CLZ -> Long.numberOfLeadingZeros(a);
            case I64_CTZ -> Long.numberOfTrailingZeros(a);
            case I64_POPCNT -> Long.bitCount(a);
            case I64_ADD -> a + b;
            case I64_SUB -> a - b;
            case I64_MUL -> a * b;
            case I64_DIV_S -> {
                requireDivisor(b);
                if (a == Long.MIN_VALUE && b == -1) {
                    throw new RuntimeError(Kind.INTEGER_OVERFLOW);
                }
                yield a / b;
            }
            case I64_DIV_U -> {
                requireDivisor(b);
                yield unsigned(a).divide(unsigned(b)).longValue();
            }
            case I64_REM_S -> {
                requireDivisor(b);
                yield a % b;
            }
            case I64_REM_U -> {
                requireDivisor(b);
                yield unsigned(a).mod(unsigned(b)).longValue();
            }
            case I64_AND -> a & b;
            case I64_OR -> a | b;
            case I64_XOR -> a ^ b;
            case I64_SHL -> a << b;
            case I64_SHR_S -> a >> b;
            case I64_SHR_U -> a >>> b;
            case I64_ROTL -> Long.rotateLeft(a, (int) b);
            case I64_ROTR -> Long.rotateRight(a, (int) b);
            case I64_EXTEND8_S -> (byte) a;
            case I64_EXTEND16_S -> (short) a;
            case I64_EXTEND32_S, I32_WRAP_I64 -> (int) a;
            case F32_CONVERT_I64_S -> bits((float) a);
            case F32_CONVERT_I64_U -> bits(unsigned(a).floatValue());
            case F64_CONVERT_I64_S -> bits((double) a);
            case F64_CONVERT_I64_U -> bits(unsigned(a).doubleValue());
            case F64_REINTERPRET_I64 -> a;
            default -> throw new IllegalArgumentException(opcode.mnemonic());
        };
    }

    private static long ofFloat(Opcode opcode, float a, float b) {
        return switch (opcode) {
            case F32_EQ -> truth(a == b);
            case F32_NE -> truth(a != b);
            case F32_LT -> truth(a < b);
            case F32_GT -> truth(a > b);
            case F32_LE -> truth(a <= b);
            case F32_GE -> truth(a >= b);
            case F32_ABS -> Float.floatToRawIntBits(a) & 0x7FFF_FFFF;
            case F32_NEG -> Float.floatToRawIntBits(a) ^ 0x8000_0000;
            case F32_COPYSIGN -> Float.floatToRawIntBits(a) & 0x7FFF_FFFF
                    | Float.floatToRawIntBits(b) & 0x8000_0000;
            case F32_ADD -> bits(a + b);
            case F32_SUB -> bits(a - b);
            case F32_MUL -> bits(a * b);
            case F32_DIV -> bits(a / b);
            case F32_MIN -> bits(Math.min(a, b));
            case F32_MAX -> bits(Math.max(a, b));
            case F32_CEIL -> bits((float) Math.ceil(a));
            case F32_FLOOR -> bits((float) Math.floor(a));
            case F32_TRUNC -> bits((float) truncated(a));
            case F32_NEAREST -> bits((float) Math.rint(a));
            case F32_SQRT -> bits((float) Math.sqrt(a));
            case F64_PROMOTE_F32 -> bits((double) a);
            case I32_REINTERPRET_F32 -> Float.floatToRawIntBits(a);
            default -> toInteger(opcode, a);
        };
    }

    private static long ofDouble(Opcode opcode, double a, double b) {
        long sign = Long.MIN_VALUE;
        return switch (opcode) {
            case F64_EQ -> truth(a == b);
            case F64_NE -> truth(a != b);
            case F64_LT -> truth(a < b);
            case F64_GT -> truth(a > b);
            case F64_LE -> truth(a <= b);
            case F64_GE -> truth(a >= b);
            case F64_ABS -> bits(a) & ~sign;
            case F64_NEG -> bits(a) ^ sign;
            case F64_COPYSIGN -> bits(a) & ~sign | bits(b) & sign;
            case F64_ADD -> bits(a + b);
            case F64_SUB -> bits(a - b);
            case F64_MUL -> bits(a * b);
            case F64_DIV -> bits(a / b);
            case F64_MIN -> bits(Math.min(a, b));
            case F64_MAX -> bits(Math.max(a, b));
            case F64_CEIL -> bits(Math.ceil(a));
            case F64_FLOOR -> bits(Math.floor(a));
            case F64_TRUNC -> bits(truncated(a));
            case F64_NEAREST -> bits(Math.rint(a));
            case F64_SQRT -> bits(Math.sqrt(a));
            case F32_DEMOTE_F64 -> bits((float) a);
            case I64_REINTERPRET_F64 -> bits(a);
            default -> toInteger(opcode, a);
        };
    }

    private static double truncated(double a) {
        return a < 0 ? Math.ceil(a) : Math.floor(a);
    }

    private static long toInteger(Opcode opcode, double a) {
        String name = opcode.mnemonic();
        int width = name.startsWith("i32") ? 32 : 64;
        boolean signed = name.endsWith("_s");
        BigInteger smallest = signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
        BigInteger largest = smallest.add(BigInteger.ONE.shiftLeft(width)).subtract(BigInteger.ONE);
        BigInteger value;
        if (name.contains("_sat_")) {
            value = Double.isNaN(a) ? BigInteger.ZERO : Double.isInfinite(a) ? (a < 0 ? smallest : largest)
                    : new BigDecimal(a).toBigInteger().max(smallest).min(largest);
        } else if (Double.isNaN(a)) {
            throw new RuntimeError(Kind.INVALID_CONVERSION_TO_INTEGER);
        } else if (Double.isInfinite(a)) {
            throw new RuntimeError(Kind.INTEGER_OVERFLOW);
        } else {
            value = new BigDecimal(a).toBigInteger();
            if (value.compareTo(smallest) < 0 || value.compareTo(largest) > 0) {
                throw new RuntimeError(Kind.INTEGER_OVERFLOW);
            }
        }
        return width == 32 ? value.intValue() : value.mod(TWO_TO_64).longValue();
    }
}

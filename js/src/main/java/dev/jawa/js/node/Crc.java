package dev.jawa.js.node;

/** CRC-32 of what follows something whose CRC-32 is known. */
final class Crc {
    private static final long POLYNOMIAL = 0xEDB8_8320L;
    private static final int BITS = 32;

    private Crc() {
    }

    /** The CRC of two texts in a row, by appending as many zeros to the first as the second is long. */
    static long combine(long first, long second, long secondLength) {
        long[] zeroByte = square(square(square(oneZeroBit())));
        long[] operator = zeroByte;
        long result = first;
        for (long left = secondLength; left != 0; left >>= 1) {
            if ((left & 1) != 0) {
                result = times(operator, result);
            }
            operator = square(operator);
        }
        return result ^ second;
    }

    /** The matrix over GF(2) that appends a zero bit. */
    private static long[] oneZeroBit() {
        var matrix = new long[BITS];
        matrix[0] = POLYNOMIAL;
        for (int i = 1; i < BITS; i++) {
            matrix[i] = 1L << i - 1;
        }
        return matrix;
    }

    private static long times(long[] matrix, long vector) {
        long sum = 0;
        for (int i = 0; i < BITS; i++) {
            sum ^= (vector >> i & 1) != 0 ? matrix[i] : 0;
        }
        return sum;
    }

    private static long[] square(long[] matrix) {
        var square = new long[BITS];
        for (int i = 0; i < BITS; i++) {
            square[i] = times(matrix, matrix[i]);
        }
        return square;
    }
}

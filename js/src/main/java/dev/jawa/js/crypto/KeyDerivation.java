package dev.jawa.js.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys and bits from passwords and other keys, over the JDK's HMAC; its own functions take no arbitrary bytes or hashes. */
final class KeyDerivation {
    private static final int SCRYPT_BLOCK = 64;

    private KeyDerivation() {
    }

    /** An HMAC by Java's name of it; a key of no bytes, which the JDK does not allow, is the same as one of zero. */
    static Mac hmac(String algorithm, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
        return mac;
    }

    /** PBKDF2 (RFC 8018 section 5.2). */
    static byte[] pbkdf2(String algorithm, byte[] password, byte[] salt, int iterations, int length)
            throws GeneralSecurityException {
        Mac mac = hmac(algorithm, password);
        byte[] result = new byte[length];
        for (int block = 1, at = 0; at < length; block++) {
            mac.update(salt);
            byte[] value = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
            byte[] sum = value.clone();
            for (int i = 1; i < iterations; i++) {
                value = mac.doFinal(value);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] ^= value[k];
                }
            }
            int count = Math.min(sum.length, length - at);
            System.arraycopy(sum, 0, result, at, count);
            at += count;
        }
        return result;
    }

    /**
     * HKDF (RFC 5869).
     *
     * @throws IllegalArgumentException if the length is more than it can give
     */
    static byte[] hkdf(String algorithm, byte[] key, byte[] salt, byte[] info, int length)
            throws GeneralSecurityException {
        Mac extract = hmac(algorithm, salt);
        Mac expand = hmac(algorithm, extract.doFinal(key));
        if (length > 255 * expand.getMacLength()) {
            throw new IllegalArgumentException("HKDF gives no more than " + 255 * expand.getMacLength() + " bytes");
        }
        byte[] result = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, number = 1; at < length; number++) {
            expand.update(block);
            expand.update(info);
            block = expand.doFinal(new byte[] {(byte) number});
            int count = Math.min(block.length, length - at);
            System.arraycopy(block, 0, result, at, count);
            at += count;
        }
        return result;
    }

    /**
     * scrypt (RFC 7914).
     *
     * @param cost N, a power of two
     * @param blockSize r
     * @param parallelization p
     */
    static byte[] scrypt(byte[] password, byte[] salt, int cost, int blockSize, int parallelization, int length)
            throws GeneralSecurityException {
        int size = 2 * SCRYPT_BLOCK * blockSize;
        byte[] blocks = pbkdf2("HmacSHA256", password, salt, 1, parallelization * size);
        for (int i = 0; i < parallelization; i++) {
            IntBuffer block = ByteBuffer.wrap(blocks, i * size, size).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
            int[] words = new int[size / Integer.BYTES];
            block.get(words);
            mix(words, cost);
            block.put(0, words);
        }
        return pbkdf2("HmacSHA256", password, blocks, 1, length);
    }

    /** scryptROMix (RFC 7914 section 5). */
    private static void mix(int[] words, int cost) {
        int[][] all = new int[cost][];
        int[] scratch = new int[words.length];
        for (int i = 0; i < cost; i++) {
            all[i] = words.clone();
            mixBlocks(words, scratch);
        }
        for (int i = 0; i < cost; i++) {
            int[] other = all[words[words.length - 16] & cost - 1];
            for (int k = 0; k < words.length; k++) {
                words[k] ^= other[k];
            }
            mixBlocks(words, scratch);
        }
    }

    /** scryptBlockMix (RFC 7914 section 4). */
    private static void mixBlocks(int[] words, int[] result) {
        int[] state = Arrays.copyOfRange(words, words.length - 16, words.length);
        int half = words.length / 2;
        for (int at = 0; at < words.length; at += 16) {
            for (int k = 0; k < 16; k++) {
                state[k] ^= words[at + k];
            }
            salsa(state);
            System.arraycopy(state, 0, result, (at / 16 % 2 == 0 ? 0 : half) + at / 32 * 16, 16);
        }
        System.arraycopy(result, 0, words, 0, words.length);
    }

    /** Salsa20/8 (RFC 7914 section 3). */
    private static void salsa(int[] words) {
        int[] x = words.clone();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                quarter(x, 5 * i, 5 * i + 4 & 15, 5 * i + 8 & 15, 5 * i + 12 & 15);
            }
            for (int i = 0; i < 4; i++) {
                int row = 4 * i;
                quarter(x, row + i, row + (i + 1 & 3), row + (i + 2 & 3), row + (i + 3 & 3));
            }
        }
        for (int k = 0; k < words.length; k++) {
            words[k] += x[k];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}

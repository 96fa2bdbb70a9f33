package dev.jawa.conformance;

/**
 * The one freedom of the binary format that a model keeps in code: numbers in LEB128 may be longer than they have to be
 * (core spec 5.2.2).
 */
final class Padding {
    private static final int CONTINUES = 0x80;

    private Padding() {
    }

    /** Whether bytes are the same but for numbers which are longer in the first, by groups that say nothing. */
    static boolean isAllThatDiffers(byte[] padded, byte[] shortest) {
        int i = 0;
        for (byte wanted : shortest) {
            if (i == padded.length) {
                return false;
            }
            byte found = padded[i++];
            if (found != wanted) {
                // The last group of the number, which is not the last one here.
                if (wanted < 0 || found != (byte) (wanted | CONTINUES)) {
                    return false;
                }
                i = skipGroups(padded, i);
                if (i < 0) {
                    return false;
                }
            }
        }
        return i == padded.length;
    }

    // Groups of zeros, or of ones in a negative number, up to one that ends it.
    private static int skipGroups(byte[] padded, int start) {
        for (int i = start; i < padded.length; i++) {
            int group = padded[i] & 0x7F;
            if (group != 0 && (group & 0x0F) != 0x0F) {
                return -1;
            }
            if (padded[i] >= 0) {
                return i + 1;
            }
        }
        return -1;
    }
}

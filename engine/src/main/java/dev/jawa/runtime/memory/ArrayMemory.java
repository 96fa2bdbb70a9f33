package dev.jawa.runtime.memory;

import dev.jawa.model.MemoryType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A memory in an array. */
final class ArrayMemory extends MemoryInstance {
    /** The most bytes an array can give a memory, in whole pages of 64 KiB. */
    static final long LARGEST = 32767L << MemoryType.DEFAULT_PAGE_SIZE_LOG2;

    /** Bytes that an array may have beyond what is needed. */
    private static final long SPARE_BYTES = 1 << 20;

    /** Bytes beyond what is needed first. */
    private static final long MOST_FIRST_SPARE = 16 << 20;

    /** Smaller memories are made twice as large when they grow, larger ones by half. */
    private static final int FAST_GROWTH = 64 << 20;

    private byte[] bytes = {};

    ArrayMemory(MemoryType type) {
        super(type);
    }

    @Override
    long largest() {
        return LARGEST;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean isInArray() {
        return true;
    }

    /** Code checks against the size, so that the array can be longer: it is when it grows, to copy less. */
    @Override
    boolean resize(long needed, long limit) {
        if (needed > bytes.length && !reserve(generous(bytes.length, needed, limit)) && !reserve(needed)) {
            return false;
        }
        place(MemorySegment.ofArray(bytes).asSlice(0, needed));
        return true;
    }

    /** An array that has become much too long is exchanged, since pooled instances would keep it. */
    @Override
    long reset(long needed, long limit) {
        long used = size();
        boolean fits = needed <= bytes.length && bytes.length <= Math.max(SPARE_BYTES, 2 * needed);
        if (!fits) {
            try {
                bytes = new byte[(int) needed];
            } catch (OutOfMemoryError _) {
                return -1;
            }
            used = 0;
        } else if (used > needed) {
            // Growing again finds zeros.
            Arrays.fill(bytes, (int) needed, (int) used, (byte) 0);
        }
        place(MemorySegment.ofArray(bytes).asSlice(0, needed));
        return used;
    }

    /** How long the array is made that follows one of a length, or is the first one. */
    static long generous(int length, long needed, long limit) {
        long wanted = length == 0 ? needed + firstSpare(needed) : length + (length >> (length < FAST_GROWTH ? 0 : 1));
        return Math.min(limit, Math.max(needed, wanted));
    }

    /** What a program allocates first should not make all be copied. */
    private static long firstSpare(long needed) {
        return needed < SPARE_BYTES ? 0 : Math.min(needed / 8, MOST_FIRST_SPARE);
    }

    private boolean reserve(long length) {
        try {
            bytes = Arrays.copyOf(bytes, (int) length);
            return true;
        } catch (OutOfMemoryError _) {
            return false;
        }
    }

    // The frequent bulk instructions, as the JVM does them best.

    private boolean isInside(long address, long length) {
        return (address | length) >= 0 && address <= size() - length;
    }

    @Override
    public void fill(long address, byte value, long length) {
        if (!isInside(address, length)) {
            throw outOfBounds(address, length);
        }
        Arrays.fill(bytes, (int) address, (int) (address + length), value);
    }

    @Override
    public void copy(MemoryInstance source, long to, long from, long length) {
        if (source instanceof ArrayMemory array && array.isInside(from, length) && isInside(to, length)) {
            System.arraycopy(array.bytes, (int) from, bytes, (int) to, (int) length);
        } else {
            super.copy(source, to, from, length);
        }
    }
}

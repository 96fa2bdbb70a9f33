package dev.jawa.runtime.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a memory held at a time. Runs of zero bytes, which most of a memory is at its beginning, are left out.
 *
 * @param size in bytes
 * @param parts what is not zero, in order
 */
public record MemoryImage(long size, List<Part> parts) {
    /** Zero bytes are left out by blocks of so many. */
    private static final int BLOCK = 1024;
    /** Parts are not longer. */
    private static final int LARGEST_PART = 1 << 24;

    /**
     * Bytes at an address.
     *
     * @param address of the first one
     * @param bytes the bytes
     */
    record Part(long address, byte[] bytes) {
    }

    /** Takes the image of a memory. */
    public static MemoryImage of(MemoryInstance memory) {
        MemorySegment source = memory.segment();
        MemorySegment zeros = MemorySegment.ofArray(new byte[BLOCK]);
        var parts = new ArrayList<Part>();
        long start = -1;
        for (long address = 0; address < source.byteSize(); address += BLOCK) {
            long end = Math.min(address + BLOCK, source.byteSize());
            boolean zero = MemorySegment.mismatch(source, address, end, zeros, 0, end - address) < 0;
            if (zero || start >= 0 && end - start > LARGEST_PART) {
                add(parts, source, start, address);
                start = -1;
            }
            if (!zero && start < 0) {
                start = address;
            }
        }
        add(parts, source, start, source.byteSize());
        return new MemoryImage(source.byteSize(), List.copyOf(parts));
    }

    private static void add(List<Part> parts, MemorySegment source, long start, long end) {
        if (start >= 0) {
            parts.add(new Part(start, source.asSlice(start, end - start).toArray(JAVA_BYTE)));
        }
    }

    /** Copies it into a memory that is zero but for what {@code used} says. */
    void copyTo(MemorySegment target, long used) {
        long zeroFrom = 0;
        for (Part part : parts) {
            clear(target, zeroFrom, Math.min(part.address(), used));
            MemorySegment.copy(part.bytes(), 0, target, JAVA_BYTE, part.address(), part.bytes().length);
            zeroFrom = part.address() + part.bytes().length;
        }
        clear(target, zeroFrom, used);
    }

    private static void clear(MemorySegment target, long start, long end) {
        if (start < end) {
            target.asSlice(start, end - start).fill((byte) 0);
        }
    }
}

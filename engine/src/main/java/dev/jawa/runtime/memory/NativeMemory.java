package dev.jawa.runtime.memory;

import dev.jawa.model.MemoryType;
import dev.jawa.runtime.limits.Execution;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A memory outside the JVM's heap; without {@code Unsafe}, one that is not shared is in an array as long as it is not too
 * large for that, since variable handles reach arrays in a third of the code.
 *
 * <p>It takes more addresses than it has bytes, which cost nothing until they are used, to grow without moving: a
 * shared one those up to its maximum, since it can never move while other threads are in it.
 */
final class NativeMemory extends MemoryInstance {
    /** The most bytes that one may have, as in V8. */
    private static final long LARGEST = 16L << 30;
    /** Addresses that a memory takes at least once it does not fit where it began. */
    private static final long GENEROUS = 64L << 20;

    /** How many bytes are copied before the next look whether to stop. */
    private static final long PART = 4L << 20;

    private final Waiters waiters = new Waiters();
    private MemorySegment reserved = MemorySegment.NULL;
    // What holds the memory if it is in an array.
    private byte[] array = {};

    NativeMemory(MemoryType type) {
        super(type);
    }

    @Override
    long largest() {
        return LARGEST;
    }

    @Override
    public byte[] bytes() {
        return array;
    }

    @Override
    public int length() {
        return isInArray() ? super.length() : 0;
    }

    @Override
    public boolean isInArray() {
        return reserved.heapBase().isPresent();
    }

    /** All bytes that the memory may use without moving. */
    MemorySegment reserved() {
        return reserved;
    }

    @Override
    public Waiters waiters() {
        return waiters;
    }

    @Override
    public ByteBuffer reservedBuffer() {
        return reserved.asSlice(0, Math.min(reserved.byteSize(), Integer.MAX_VALUE)).asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    boolean resize(long needed, long limit) {
        if (reserved.byteSize() == 0 || needed > reserved.byteSize() && !isShared()) {
            Optional<MemorySegment> larger = reserve(needed, limit);
            if (larger.isEmpty()) {
                return false;
            }
            copyTo(larger.get());
            take(larger.get());
        }
        if (needed > reserved.byteSize()) {
            return false;
        }
        place(reserved.asSlice(0, needed));
        return true;
    }

    /** In parts, since gigabytes take a while. */
    private void copyTo(MemorySegment larger) {
        for (long done = 0; done < size(); done += PART) {
            Execution.checkCurrent();
            MemorySegment.copy(segment(), done, larger, done, Math.min(PART, size() - done));
        }
    }

    @Override
    long reset(long needed, long limit) {
        // A new block costs no more than what is used of it.
        Optional<MemorySegment> block = reserve(needed, limit);
        if (block.isEmpty()) {
            return -1;
        }
        take(block.get());
        place(reserved.asSlice(0, needed));
        return 0;
    }

    private void take(MemorySegment block) {
        reserved = block;
        array = block.heapBase().map(byte[].class::cast).orElse(new byte[0]);
    }

    private Optional<MemorySegment> reserve(long needed, long limit) {
        boolean first = reserved.byteSize() == 0;
        if (mayBeArray(type()) && (first || isInArray()) && needed <= ArrayMemory.LARGEST) {
            Optional<MemorySegment> inArray = reserveArray(needed, Math.min(limit, ArrayMemory.LARGEST));
            // A buffer of JavaScript that can be resized shows an array for ever; the memory of one never outgrows that.
            if (inArray.isPresent() || !first && limit <= ArrayMemory.LARGEST) {
                return inArray;
            }
        }
        long wanted = limit;
        if (!isShared()) {
            wanted = Math.min(limit, first && needed <= NativeBlocks.SMALL ? needed : Math.max(GENEROUS, 2 * needed));
        }
        // Words that hold the last bytes are accessed as a whole.
        long rounding = Long.BYTES - 1;
        for (; wanted > needed; wanted = Math.max(needed, wanted / 2)) {
            Optional<MemorySegment> block = NativeBlocks.allocate(wanted + rounding & ~rounding);
            if (block.isPresent()) {
                return block;
            }
        }
        return NativeBlocks.allocate(needed + rounding & ~rounding);
    }

    private Optional<MemorySegment> reserveArray(long needed, long limit) {
        for (long length : new long[] {ArrayMemory.generous(array.length, needed, limit), needed}) {
            try {
                return Optional.of(MemorySegment.ofArray(new byte[(int) length]));
            } catch (OutOfMemoryError _) {
                // Then exactly what is needed, or a native block.
            }
        }
        return Optional.empty();
    }
}

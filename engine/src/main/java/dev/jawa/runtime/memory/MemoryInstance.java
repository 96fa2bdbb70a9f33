package dev.jawa.runtime.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.jawa.Memory;
import dev.jawa.RuntimeError;
import dev.jawa.model.AddressType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.runtime.ExceptionInstance;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.Store;
import dev.jawa.runtime.Traps;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A memory (core spec 4.2.8), in one block: an array, or native memory.
 *
 * <p>Code is generated for the one or the other, so which it is depends on nothing but what an import and what is given
 * for it have in common: unshared memories with 32-bit addresses are arrays, all others are native, or may become so
 * ({@link #mayBeArray}).
 *
 * <p>The instances that use it keep the block and its size in fields of their own, where compiled code reaches them
 * with one load; growing tells them.
 */
public abstract sealed class MemoryInstance implements Memory permits ArrayMemory, NativeMemory {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemoryType type;
    private final Store store = new Store();
    private final List<WeakReference<ModuleInstance>> users = new ArrayList<>();
    private final List<Runnable> growthListeners = new CopyOnWriteArrayList<>();
    private long size;
    private volatile MemorySegment segment = MemorySegment.NULL;

    MemoryInstance(MemoryType type) {
        this.type = type;
    }

    /**
     * A new memory.
     *
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} if there is no room for it
     */
    public static MemoryInstance of(MemoryType type) {
        MemoryInstance memory = isNative(type) ? new NativeMemory(type) : new ArrayMemory(type);
        long pages = type.limits().minimum();
        if (Long.compareUnsigned(pages, memory.largest() >>> type.pageSizeLog2()) > 0
                || !memory.resize(pages << type.pageSizeLog2(), memory.limit() << type.pageSizeLog2())) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY,
                    "cannot allocate a memory of " + Long.toUnsignedString(pages) + " pages");
        }
        return memory;
    }

    /**
     * Gives it the content of another time, and the size.
     *
     * @throws RuntimeError of the kind {@code OUT_OF_MEMORY} if there is no room for it
     */
    public final synchronized void restore(MemoryImage image) {
        long before = size;
        boolean sameSize = before == image.size();
        if (before < image.size()) {
            store.requireMemory(image.size() - before, "more of a memory,");
        }
        long used = sameSize ? before : reset(image.size(), limit() << type.pageSizeLog2());
        if (used < 0) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY,
                    "cannot allocate a memory of " + image.size() + " bytes");
        }
        image.copyTo(segment, Math.min(used, image.size()));
        if (!sameSize) {
            if (before > image.size()) {
                store.giveMemory(before - image.size());
            }
            tellUsers();
            growthListeners.forEach(Runnable::run);
        }
    }

    /**
     * Gives the memory the size that it had at another time, whatever it holds.
     *
     * @return how many bytes at its beginning may not be zero, or -1 if there was no room
     */
    abstract long reset(long bytes, long limit);

    /** Whether memories of a type are native. */
    public static boolean isNative(MemoryType type) {
        return type.shared() || type.addressType() == AddressType.I64;
    }

    /** Whether code expects memories of a type in arrays, and anywhere else as soon as they are too large for one. */
    public static boolean mayBeArray(MemoryType type) {
        return isNative(type) && !type.shared() && MemoryAccess.current() == MemoryAccess.VAR_HANDLE;
    }

    /** Whether an array holds it now. */
    public abstract boolean isInArray();

    /** The most bytes that a memory of this form can have. */
    abstract long largest();

    /**
     * Gives the memory another size, which is not smaller, and keeps what it holds.
     *
     * @param limit the size in bytes that it will never pass
     * @return whether there was room
     */
    abstract boolean resize(long bytes, long limit);

    /** Says where the memory is now. */
    final void place(MemorySegment bytes) {
        segment = bytes;
        size = bytes.byteSize();
    }

    public Store store() {
        return store;
    }

    /** Whether several threads may be in it at once. */
    public final boolean isShared() {
        return type.shared();
    }

    /** The array that holds the memory, if one does; it may be longer than {@link #size()}. Growing may replace it. */
    public byte[] bytes() {
        return new byte[0];
    }

    /** The size in bytes of a memory that is in an array, for generated code; else 0. */
    public int length() {
        return (int) size;
    }

    /** Where a native memory begins, for generated code. Growing may move it unless it is shared. */
    public final long address() {
        return segment.address();
    }

    /** Calls a listener right after every growth, on the thread that caused it. */
    public void onGrow(Runnable listener) {
        growthListeners.add(listener);
    }

    /** Tells an instance about every growth from now on. */
    public final synchronized void attach(ModuleInstance instance) {
        users.removeIf(user -> user.refersTo(null));
        users.add(new WeakReference<>(instance));
        instance.memoryChanged(this);
    }

    // ---- size

    @Override
    public MemoryType type() {
        return new MemoryType(type.addressType(), new ResizableLimits(pages(), type.limits().maximum()), type.shared(),
                type.pageSizeLog2());
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final long pages() {
        return size >>> type.pageSizeLog2();
    }

    @Override
    public long grow(long delta) {
        long before;
        try {
            before = tryGrow(delta);
        } catch (ExceptionInstance refusal) {
            // What the host's callback threw.
            throw Traps.unchecked(Traps.translate(refusal));
        }
        if (before < 0) {
            String maximum = type.limits().maximum().isPresent()
                    ? "its maximum is " + Long.toUnsignedString(type.limits().maximum().getAsLong())
                    : "the engine's limit is " + limit();
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "cannot grow a memory of " + pages()
                    + " pages by " + Long.toUnsignedString(delta) + ": " + maximum
                    + store.memoryLimit().map(limit -> "; " + limit).orElse(""));
        }
        return before;
    }

    /** The most pages that it may have. */
    private long limit() {
        long limit = largest() >>> type.pageSizeLog2();
        long maximum = type.limits().maximum().orElse(limit);
        return Long.compareUnsigned(maximum, limit) < 0 ? maximum : limit;
    }

    /** The instruction {@code memory.grow} (core spec 4.6.10): the size before in pages, or -1. */
    public final long tryGrow(long delta) {
        long before = growAndTell(delta);
        if (before >= 0) {
            growthListeners.forEach(Runnable::run);
        }
        return before;
    }

    private synchronized long growAndTell(long delta) {
        long before = pages();
        long limit = limit();
        if (Long.compareUnsigned(delta, limit - before) > 0
                || delta != 0 && !growWithinLimits(delta << type.pageSizeLog2(), limit << type.pageSizeLog2())) {
            return -1;
        }
        tellUsers();
        return before;
    }

    private void tellUsers() {
        users.forEach(user -> {
            ModuleInstance instance = user.get();
            if (instance != null) {
                instance.memoryChanged(this);
            }
        });
    }

    private boolean growWithinLimits(long added, long limit) {
        if (!store.takeMemory(size, added)) {
            return false;
        }
        boolean grown = resize(size + added, limit);
        if (!grown) {
            store.giveMemory(added);
        }
        return grown;
    }

    // ---- access by the host

    private void check(long address, long length) {
        long end = size;
        if (address < 0 || length < 0 || address > end - length) {
            throw outOfBounds(address, length);
        }
    }

    /** Traps unless a part of the memory is there. */
    public final void checkRange(long address, long length) {
        check(address, length);
    }

    final RuntimeError outOfBounds(long address, long length) {
        return new RuntimeError(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS, Long.toUnsignedString(length)
                + " bytes at 0x" + Long.toHexString(address) + " in a memory of " + size + " bytes");
    }

    @Override
    public byte readByte(long address) {
        check(address, 1);
        return segment.get(JAVA_BYTE, address);
    }

    @Override
    public void writeByte(long address, byte value) {
        check(address, 1);
        segment.set(JAVA_BYTE, address, value);
    }

    @Override
    public short readShort(long address) {
        check(address, 2);
        return segment.get(SHORT, address);
    }

    @Override
    public void writeShort(long address, short value) {
        check(address, 2);
        segment.set(SHORT, address, value);
    }

    @Override
    public int readInt(long address) {
        check(address, 4);
        return segment.get(INT, address);
    }

    @Override
    public void writeInt(long address, int value) {
        check(address, 4);
        segment.set(INT, address, value);
    }

    @Override
    public long readLong(long address) {
        check(address, 8);
        return segment.get(LONG, address);
    }

    @Override
    public void writeLong(long address, long value) {
        check(address, 8);
        segment.set(LONG, address, value);
    }

    @Override
    public float readFloat(long address) {
        check(address, 4);
        return segment.get(FLOAT, address);
    }

    @Override
    public void writeFloat(long address, float value) {
        check(address, 4);
        segment.set(FLOAT, address, value);
    }

    @Override
    public double readDouble(long address) {
        check(address, 8);
        return segment.get(DOUBLE, address);
    }

    @Override
    public void writeDouble(long address, double value) {
        check(address, 8);
        segment.set(DOUBLE, address, value);
    }

    @Override
    public byte[] readBytes(long address, int length) {
        check(address, length);
        return segment.asSlice(address, length).toArray(JAVA_BYTE);
    }

    @Override
    public void writeBytes(long address, byte... source) {
        check(address, source.length);
        MemorySegment.copy(source, 0, segment, JAVA_BYTE, address, source.length);
    }

    @Override
    public String string(long address, int length) {
        return new String(readBytes(address, length), StandardCharsets.UTF_8);
    }

    @Override
    public String string(long address) {
        check(address, 0);
        long end = address;
        while (end < size && segment.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        // Without a zero byte up to the end, or within what a string holds, the text has none.
        check(end, 1);
        if (end - address > Integer.MAX_VALUE - 8) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "a text of " + (end - address) + " bytes");
        }
        return string(address, (int) (end - address));
    }

    @Override
    public int putString(long address, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        writeBytes(address, encoded);
        return encoded.length;
    }

    @Override
    public final MemorySegment segment() {
        return segment;
    }

    @Override
    public ByteBuffer buffer() {
        if (size > Integer.MAX_VALUE) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY,
                    "a ByteBuffer cannot have the " + size + " bytes of the memory");
        }
        return segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Who waits for addresses of a shared memory. */
    public Waiters waiters() {
        throw new IllegalStateException("the memory is not shared");
    }

    /**
     * All bytes that a shared memory may ever have, as far as a buffer can be; those that it has not got yet must not be
     * touched.
     */
    public ByteBuffer reservedBuffer() {
        throw new IllegalStateException("the memory is not shared");
    }

    // ---- bulk instructions (core spec 4.6.10); all numbers are unsigned

    /** {@code memory.fill} */
    public void fill(long address, byte value, long length) {
        check(address, length);
        segment.asSlice(address, length).fill(value);
    }

    /** {@code memory.copy} from {@code source} to this memory. */
    public void copy(MemoryInstance source, long to, long from, long length) {
        source.check(from, length);
        check(to, length);
        MemorySegment.copy(source.segment, from, segment, to, length);
    }

    /** {@code memory.init} from a data segment. */
    public void init(byte[] data, long to, long from, long length) {
        checkInit(data, to, from, length);
        MemorySegment.copy(data, (int) from, segment, JAVA_BYTE, to, (int) length);
    }

    /** Traps unless a data segment and the memory have what {@code memory.init} is about. */
    public final void checkInit(byte[] data, long to, long from, long length) {
        if (from > data.length - length) {
            throw outOfBounds(from, length);
        }
        check(to, length);
    }

    /** Copies an active data segment. */
    public final void initialize(byte[] array, int from, int length, long to) {
        check(to, length);
        MemorySegment.copy(array, from, segment, JAVA_BYTE, to, length);
    }
}

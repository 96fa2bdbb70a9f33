package dev.jawa.runtime;

import dev.jawa.Memory;
import dev.jawa.RuntimeError;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A memory (core spec 4.2.8), in one array.
 *
 * <p>The instances that use it keep the array and its size in fields of their own, where compiled code reaches them
 * with one load; growing tells them.
 */
public final class MemoryInstance implements Memory {
    /** The most bytes an array can give a memory, in whole pages of 64 KiB. */
    public static final long LARGEST = 32767L << MemoryType.DEFAULT_PAGE_SIZE_LOG2;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private final MemoryType type;
    private final Store store = new Store();
    private final List<WeakReference<ModuleInstance>> users = new ArrayList<>();
    private final List<Runnable> growthListeners = new ArrayList<>();
    private byte[] bytes;
    private int size;

    public MemoryInstance(MemoryType type) {
        this.type = type;
        long initial = type.limits().minimum();
        if (type.shared()) {
            throw new dev.jawa.LinkError("not supported yet: shared memories");
        }
        if (Long.compareUnsigned(initial, LARGEST >>> type.pageSizeLog2()) > 0) {
            throw cannotAllocate(initial);
        }
        size = (int) (initial << type.pageSizeLog2());
        try {
            bytes = new byte[size];
        } catch (OutOfMemoryError _) {
            throw cannotAllocate(initial);
        }
    }

    private static VarHandle view(Class<?> arrayClass) {
        return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN);
    }

    private static RuntimeError cannotAllocate(long pages) {
        return new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY,
                "cannot allocate a memory of " + Long.toUnsignedString(pages) + " pages");
    }

    Store store() {
        return store;
    }

    /** The array that holds the memory; it may be longer than {@link #size()}. Growing may replace it. */
    public byte[] bytes() {
        return bytes;
    }

    /** The size in bytes, for generated code. */
    public int length() {
        return size;
    }

    /** Calls a listener right after every growth, on the thread that caused it. */
    public void onGrow(Runnable listener) {
        growthListeners.add(listener);
    }

    void attach(ModuleInstance instance) {
        users.removeIf(user -> user.refersTo(null));
        users.add(new WeakReference<>(instance));
    }

    // ---- size

    @Override
    public MemoryType type() {
        return new MemoryType(type.addressType(), new ResizableLimits(pages(), type.limits().maximum()), type.shared(),
                type.pageSizeLog2());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long pages() {
        return size >>> type.pageSizeLog2();
    }

    @Override
    public long grow(long delta) {
        int before = tryGrow(delta);
        if (before < 0) {
            String maximum = type.limits().maximum().isPresent()
                    ? "its maximum is " + Long.toUnsignedString(type.limits().maximum().getAsLong())
                    : "the engine's limit is " + (LARGEST >>> type.pageSizeLog2());
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "cannot grow a memory of " + pages()
                    + " pages by " + Long.toUnsignedString(delta) + ": " + maximum);
        }
        return before;
    }

    /** The instruction {@code memory.grow} (core spec 4.6.10): the size before in pages, or -1. */
    int tryGrow(long delta) {
        long before = pages();
        long limit = LARGEST >>> type.pageSizeLog2();
        if (type.limits().maximum().isPresent()
                && Long.compareUnsigned(type.limits().maximum().getAsLong(), limit) < 0) {
            limit = type.limits().maximum().getAsLong();
        }
        if (Long.compareUnsigned(delta, limit - before) > 0) {
            return -1;
        }
        if (delta != 0 && !reserve((int) (before + delta << type.pageSizeLog2()), limit << type.pageSizeLog2())) {
            return -1;
        }
        size = (int) (before + delta << type.pageSizeLog2());
        users.forEach(user -> {
            ModuleInstance instance = user.get();
            if (instance != null) {
                instance.memoryChanged(this);
            }
        });
        growthListeners.forEach(Runnable::run);
        return (int) before;
    }

    /** Makes the array long enough. Where code checks against the size, it is made longer than that, to copy less. */
    private boolean reserve(int needed, long limit) {
        if (needed <= bytes.length) {
            return true;
        }
        long generous = MemoryAccess.current() == MemoryAccess.VAR_HANDLE ? needed
                : Math.min(limit, Math.max(needed, bytes.length + (long) (bytes.length >> 1)));
        try {
            bytes = Arrays.copyOf(bytes, (int) generous);
            return true;
        } catch (OutOfMemoryError _) {
            return generous > needed && reserveExactly(needed);
        }
    }

    private boolean reserveExactly(int needed) {
        try {
            bytes = Arrays.copyOf(bytes, needed);
            return true;
        } catch (OutOfMemoryError _) {
            return false;
        }
    }

    // ---- access by the host

    private int check(long address, int length) {
        if (address < 0 || length < 0 || address > size - (long) length) {
            throw new RuntimeError(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS,
                    length + " bytes at 0x" + Long.toHexString(address) + " in a memory of " + size + " bytes");
        }
        return (int) address;
    }

    @Override
    public byte readByte(long address) {
        return bytes[check(address, 1)];
    }

    @Override
    public short readShort(long address) {
        return (short) SHORT.get(bytes, check(address, 2));
    }

    @Override
    public int readInt(long address) {
        return (int) INT.get(bytes, check(address, 4));
    }

    @Override
    public long readLong(long address) {
        return (long) LONG.get(bytes, check(address, 8));
    }

    @Override
    public float readFloat(long address) {
        return (float) FLOAT.get(bytes, check(address, 4));
    }

    @Override
    public double readDouble(long address) {
        return (double) DOUBLE.get(bytes, check(address, 8));
    }

    @Override
    public byte[] readBytes(long address, int length) {
        int start = check(address, length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes[check(address, 1)] = value;
    }

    @Override
    public void writeShort(long address, short value) {
        SHORT.set(bytes, check(address, 2), value);
    }

    @Override
    public void writeInt(long address, int value) {
        INT.set(bytes, check(address, 4), value);
    }

    @Override
    public void writeLong(long address, long value) {
        LONG.set(bytes, check(address, 8), value);
    }

    @Override
    public void writeFloat(long address, float value) {
        FLOAT.set(bytes, check(address, 4), value);
    }

    @Override
    public void writeDouble(long address, double value) {
        DOUBLE.set(bytes, check(address, 8), value);
    }

    @Override
    public void writeBytes(long address, byte... source) {
        System.arraycopy(source, 0, bytes, check(address, source.length), source.length);
    }

    @Override
    public String string(long address, int length) {
        return new String(bytes, check(address, length), length, StandardCharsets.UTF_8);
    }

    @Override
    public String string(long address) {
        int start = check(address, 0);
        int end = start;
        while (end < size && bytes[end] != 0) {
            end++;
        }
        // Without a zero byte up to the end, the text has none.
        check(end, 1);
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public int putString(long address, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        writeBytes(address, encoded);
        return encoded.length;
    }

    @Override
    public MemorySegment segment() {
        return MemorySegment.ofArray(bytes).asSlice(0, size);
    }

    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes, 0, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- bulk instructions (core spec 4.6.10); all numbers are unsigned

    /** {@code memory.fill} */
    public void fill(int address, int value, int length) {
        int start = checkBulk(address, length);
        Arrays.fill(bytes, start, start + length, (byte) value);
    }

    /** {@code memory.copy} from {@code source} to this memory. */
    public void copy(MemoryInstance source, int to, int from, int length) {
        int sourceStart = source.checkBulk(from, length);
        int start = checkBulk(to, length);
        System.arraycopy(source.bytes, sourceStart, bytes, start, length);
    }

    /** {@code memory.init} from a data segment. */
    public void init(byte[] segment, int to, int from, int length) {
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > segment.length) {
            throw outOfBounds(from, length);
        }
        System.arraycopy(segment, from, bytes, checkBulk(to, length), length);
    }

    /** Copies an active data segment. */
    void initialize(byte[] array, int from, int length, long to) {
        if (to < 0 || to + length > size) {
            throw new RuntimeError(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS, "a data segment of " + length
                    + " bytes at 0x" + Long.toHexString(to) + " in a memory of " + size + " bytes");
        }
        System.arraycopy(array, from, bytes, (int) to, length);
    }

    private int checkBulk(int address, int length) {
        if (Integer.toUnsignedLong(address) + Integer.toUnsignedLong(length) > size) {
            throw outOfBounds(address, length);
        }
        return address;
    }

    private RuntimeError outOfBounds(int address, int length) {
        return new RuntimeError(RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS, Integer.toUnsignedString(length)
                + " bytes at 0x" + Integer.toHexString(address) + " in a memory of " + size + " bytes");
    }
}

package dev.jawa.runtime.memory;

import dev.jawa.RuntimeError;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The atomic instructions (threads proposal), for generated code; all are sequentially consistent. Bytes and shorts are
 * given back zero-extended.
 *
 * <p>On a memory that is not shared, plain accesses do the same.
 */
public final class Atomics {
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private Atomics() {
    }

    /** Checks an access; gives the bytes of the memory if it is shared, else {@code null}. */
    private static MemorySegment shared(MemoryInstance memory, long address, int bytes) {
        if (address < 0 || address > memory.size() - bytes) {
            throw memory.outOfBounds(address, bytes);
        }
        if ((address & bytes - 1) != 0) {
            throw new RuntimeError(RuntimeError.Kind.UNALIGNED_ATOMIC,
                    bytes + " bytes at 0x" + Long.toHexString(address));
        }
        return memory.isShared() ? ((NativeMemory) memory).reserved() : null;
    }

    // ---- loads and stores

    public static int loadByte(MemoryInstance memory, long address) {
        MemorySegment shared = shared(memory, address, 1);
        return Byte.toUnsignedInt(shared == null ? memory.readByte(address) : (byte) BYTE.getVolatile(shared, address));
    }

    public static void storeByte(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 1);
        if (shared == null) {
            memory.writeByte(address, (byte) value);
        } else {
            BYTE.setVolatile(shared, address, (byte) value);
        }
    }

    public static int loadShort(MemoryInstance memory, long address) {
        MemorySegment shared = shared(memory, address, 2);
        return Short.toUnsignedInt(shared == null ? memory.readShort(address) : (short) SHORT.getVolatile(shared, address));
    }

    public static void storeShort(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 2);
        if (shared == null) {
            memory.writeShort(address, (short) value);
        } else {
            SHORT.setVolatile(shared, address, (short) value);
        }
    }

    public static int loadInt(MemoryInstance memory, long address) {
        MemorySegment shared = shared(memory, address, 4);
        return shared == null ? memory.readInt(address) : (int) INT.getVolatile(shared, address);
    }

    public static void storeInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared == null) {
            memory.writeInt(address, value);
        } else {
            INT.setVolatile(shared, address, value);
        }
    }

    public static long loadLong(MemoryInstance memory, long address) {
        MemorySegment shared = shared(memory, address, 8);
        return shared == null ? memory.readLong(address) : (long) LONG.getVolatile(shared, address);
    }

    public static void storeLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared == null) {
            memory.writeLong(address, value);
        } else {
            LONG.setVolatile(shared, address, value);
        }
    }

    // ---- changes that give back what was there before

    public static int addInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.getAndAdd(shared, address, value);
        }
        int before = memory.readInt(address);
        memory.writeInt(address, before + value);
        return before;
    }

    public static int andInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.getAndBitwiseAnd(shared, address, value);
        }
        int before = memory.readInt(address);
        memory.writeInt(address, before & value);
        return before;
    }

    public static int orInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.getAndBitwiseOr(shared, address, value);
        }
        int before = memory.readInt(address);
        memory.writeInt(address, before | value);
        return before;
    }

    public static int xorInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.getAndBitwiseXor(shared, address, value);
        }
        int before = memory.readInt(address);
        memory.writeInt(address, before ^ value);
        return before;
    }

    public static int exchangeInt(MemoryInstance memory, long address, int value) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.getAndSet(shared, address, value);
        }
        int before = memory.readInt(address);
        memory.writeInt(address, value);
        return before;
    }

    public static long addLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.getAndAdd(shared, address, value);
        }
        long before = memory.readLong(address);
        memory.writeLong(address, before + value);
        return before;
    }

    public static long andLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.getAndBitwiseAnd(shared, address, value);
        }
        long before = memory.readLong(address);
        memory.writeLong(address, before & value);
        return before;
    }

    public static long orLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.getAndBitwiseOr(shared, address, value);
        }
        long before = memory.readLong(address);
        memory.writeLong(address, before | value);
        return before;
    }

    public static long xorLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.getAndBitwiseXor(shared, address, value);
        }
        long before = memory.readLong(address);
        memory.writeLong(address, before ^ value);
        return before;
    }

    public static long exchangeLong(MemoryInstance memory, long address, long value) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.getAndSet(shared, address, value);
        }
        long before = memory.readLong(address);
        memory.writeLong(address, value);
        return before;
    }

    public static int compareExchangeInt(MemoryInstance memory, long address, int expected, int replacement) {
        MemorySegment shared = shared(memory, address, 4);
        if (shared != null) {
            return (int) INT.compareAndExchange(shared, address, expected, replacement);
        }
        int before = memory.readInt(address);
        if (before == expected) {
            memory.writeInt(address, replacement);
        }
        return before;
    }

    public static long compareExchangeLong(MemoryInstance memory, long address, long expected, long replacement) {
        MemorySegment shared = shared(memory, address, 8);
        if (shared != null) {
            return (long) LONG.compareAndExchange(shared, address, expected, replacement);
        }
        long before = memory.readLong(address);
        if (before == expected) {
            memory.writeLong(address, replacement);
        }
        return before;
    }

    // ---- bytes and shorts: the JVM exchanges no less than an int; of operands, only the low bits count

    private enum Change {
        ADD, AND, OR, XOR, EXCHANGE;

        int apply(int before, int value) {
            return switch (this) {
                case ADD -> before + value;
                case AND -> before & value;
                case OR -> before | value;
                case XOR -> before ^ value;
                case EXCHANGE -> value;
            };
        }
    }

    public static int addByte(MemoryInstance memory, long address, int value) {
        return change(memory, address, 1, Change.ADD, value);
    }

    public static int andByte(MemoryInstance memory, long address, int value) {
        return change(memory, address, 1, Change.AND, value);
    }

    public static int orByte(MemoryInstance memory, long address, int value) {
        return change(memory, address, 1, Change.OR, value);
    }

    public static int xorByte(MemoryInstance memory, long address, int value) {
        return change(memory, address, 1, Change.XOR, value);
    }

    public static int exchangeByte(MemoryInstance memory, long address, int value) {
        return change(memory, address, 1, Change.EXCHANGE, value);
    }

    public static int compareExchangeByte(MemoryInstance memory, long address, int expected, int replacement) {
        return compareExchange(memory, address, 1, expected, replacement);
    }

    public static int addShort(MemoryInstance memory, long address, int value) {
        return change(memory, address, 2, Change.ADD, value);
    }

    public static int andShort(MemoryInstance memory, long address, int value) {
        return change(memory, address, 2, Change.AND, value);
    }

    public static int orShort(MemoryInstance memory, long address, int value) {
        return change(memory, address, 2, Change.OR, value);
    }

    public static int xorShort(MemoryInstance memory, long address, int value) {
        return change(memory, address, 2, Change.XOR, value);
    }

    public static int exchangeShort(MemoryInstance memory, long address, int value) {
        return change(memory, address, 2, Change.EXCHANGE, value);
    }

    public static int compareExchangeShort(MemoryInstance memory, long address, int expected, int replacement) {
        return compareExchange(memory, address, 2, expected, replacement);
    }

    private static int change(MemoryInstance memory, long address, int bytes, Change change, int value) {
        while (true) {
            int before = bytes == 1 ? loadByte(memory, address) : loadShort(memory, address);
            if (compareExchange(memory, address, bytes, before, change.apply(before, value)) == before) {
                return before;
            }
        }
    }

    private static int compareExchange(MemoryInstance memory, long address, int bytes, int expected,
            int replacement) {
        MemorySegment shared = shared(memory, address, bytes);
        long enclosing = address & -4;
        int shift = (int) (address & 3) * 8;
        int mask = bytes == 1 ? 0xFF : 0xFFFF;
        while (true) {
            int word = shared != null ? (int) INT.getVolatile(shared, enclosing)
                    : bytes == 1 ? memory.readByte(address) << shift : memory.readShort(address) << shift;
            int before = word >>> shift & mask;
            if (before != (expected & mask)) {
                return before;
            }
            if (shared == null) {
                if (bytes == 1) {
                    memory.writeByte(address, (byte) replacement);
                } else {
                    memory.writeShort(address, (short) replacement);
                }
                return before;
            }
            int changed = word & ~(mask << shift) | (replacement & mask) << shift;
            if (INT.weakCompareAndSet(shared, enclosing, word, changed)) {
                return before;
            }
        }
    }

    // ---- waiting

    /** {@code memory.atomic.wait32}: 0 if notified, 1 if the value is another one, 2 if the time is over. */
    public static int waitInt(MemoryInstance memory, long address, int expected, long timeout) {
        NativeMemory shared = requireShared(memory, address, 4);
        return shared.waiters().await(address, () -> loadInt(shared, address) == expected, timeout);
    }

    /** {@code memory.atomic.wait64} */
    public static int waitLong(MemoryInstance memory, long address, long expected, long timeout) {
        NativeMemory shared = requireShared(memory, address, 8);
        return shared.waiters().await(address, () -> loadLong(shared, address) == expected, timeout);
    }

    private static NativeMemory requireShared(MemoryInstance memory, long address, int bytes) {
        if (shared(memory, address, bytes) == null) {
            throw new RuntimeError(RuntimeError.Kind.EXPECTED_SHARED_MEMORY);
        }
        return (NativeMemory) memory;
    }

    /** {@code memory.atomic.notify}: how many threads it woke; nobody can wait for a memory that is not shared. */
    public static int notify(MemoryInstance memory, long address, int count) {
        return shared(memory, address, 4) == null ? 0
                : ((NativeMemory) memory).waiters().notify(address, count);
    }
}

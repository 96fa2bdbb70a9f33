package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSSharedArrayBuffer;
import dev.jawa.runtime.memory.MemoryInstance;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a {@code SharedArrayBuffer} shares: its bytes, how many of them there are, and those who wait for one of them. Each
 * realm has an object of its own for it.
 */
public final class SharedBlock {
    /** The lengths of the growable buffers of memories, the same in all realms. */
    private static final Map<MemoryInstance, AtomicInteger> LENGTHS = Collections.synchronizedMap(new WeakHashMap<>());

    private final ByteBuffer bytes;
    private final AtomicInteger length;
    private final int maximum;
    private final WaiterList waiters;

    private SharedBlock(ByteBuffer bytes, AtomicInteger length, int maximum, WaiterList waiters) {
        this.bytes = bytes;
        this.length = length;
        this.maximum = maximum;
        this.waiters = waiters;
    }

    /** The block of a {@code SharedArrayBuffer}; empty for anything else. */
    public static Optional<SharedBlock> of(Object value) {
        return value instanceof JSArrayBufferObject.Shared shared ? Optional.of(new SharedBlock(shared.getByteBuffer(),
                shared.getByteLengthObject(), shared.getMaxByteLength(), WaiterList.of(shared))) : Optional.empty();
    }

    /** The first bytes of a shared memory. */
    static SharedBlock fixed(MemoryInstance memory, int length) {
        return new SharedBlock(MemoryBuffer.firstBytes(memory, length), new AtomicInteger(length),
                JSArrayBuffer.FIXED_LENGTH, WaiterList.of(memory));
    }

    /**
     * A shared memory with all that it will have.
     *
     * @param maximum its largest length in bytes
     */
    static SharedBlock growable(MemoryInstance memory, int maximum) {
        AtomicInteger length = LENGTHS.computeIfAbsent(memory, SharedBlock::lengthOf);
        return new SharedBlock(memory.reservedBuffer(), length, maximum, WaiterList.of(memory));
    }

    private static AtomicInteger lengthOf(MemoryInstance memory) {
        var length = new AtomicInteger((int) memory.size());
        memory.onGrow(() ->
                length.accumulateAndGet((int) Math.min(memory.size(), Integer.MAX_VALUE), Math::max));
        return length;
    }

    /** The shared memory that a {@code SharedArrayBuffer} which can grow shows; empty for anything else. */
    public static Optional<MemoryInstance> memoryOf(Object value) {
        return value instanceof JSArrayBufferObject.Shared shared && !shared.isFixedLength()
                ? WaiterList.of(shared).memory() : Optional.empty();
    }

    /** An object for it in a realm. */
    public Object in(Realm realm) {
        return create(realm);
    }

    JSArrayBufferObject create(Realm realm) {
        JSArrayBufferObject object =
                JSSharedArrayBuffer.createSharedArrayBuffer(realm.context(), realm.realm(), bytes, length, maximum);
        JSSharedArrayBuffer.setWaiterList(object, waiters);
        return object;
    }
}

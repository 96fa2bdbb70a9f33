package dev.jawa.js.webassembly;

import dev.jawa.js.graal.MemoryBuffer;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.model.MemoryType;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.Optional;

/** A {@code Memory} object's internal slots: the memory and its buffer. */
final class MemoryObject {
    /** Leads from a buffer to the memory that it shows. */
    private static final Slot<MemoryObject> OWNER = new Slot<>("Memory", MemoryObject.class);

    private static final long HIDDEN_BYTES = 16;
    private static final int MAXIMUM_LENGTH = (int) ((1L << 31) - HIDDEN_BYTES);

    private final Realm realm;
    private final MemoryInstance memory;
    private final Object object;
    /** {@code null} until somebody asks for it after the memory has grown. */
    private MemoryBuffer buffer;

    MemoryObject(Realm realm, MemoryInstance memory, Object object) {
        this.realm = realm;
        this.memory = memory;
        this.object = object;
    }

    MemoryInstance memory() {
        return memory;
    }

    /** The JavaScript object. */
    Object object() {
        return object;
    }

    /** The {@code ArrayBuffer}: the same one as long as the memory does not grow. */
    Object buffer() {
        // Another thread may have made a shared memory grow.
        if (buffer == null || memory.isShared() && buffer.isFixedLength() && buffer.length() != length()) {
            replace(MemoryBuffer.fixed(realm, memory, length()));
        }
        return buffer.object();
    }

    private int length() {
        return arrayBufferLength(memory.size());
    }

    /**
     * The {@code ArrayBuffer} of a memory of 2 GiB lacks the last 16 bytes, which GraalJS cannot count: programs reserve
     * such memories and use little of them. A larger one would hide what a program may well have written.
     */
    private int arrayBufferLength(long bytes) {
        if (bytes == MAXIMUM_LENGTH + HIDDEN_BYTES) {
            return MAXIMUM_LENGTH;
        }
        if (bytes > MAXIMUM_LENGTH) {
            throw realm.rangeError("A memory of " + bytes + " bytes is too large for an ArrayBuffer");
        }
        return (int) bytes;
    }

    private Object replace(MemoryBuffer replacement) {
        if (buffer != null && !memory.isShared()) {
            buffer.detach();
        }
        buffer = replacement;
        OWNER.set(replacement.object(), this);
        return replacement.object();
    }

    /** The method {@code toFixedLengthBuffer}. */
    Object toFixedLengthBuffer() {
        if (buffer == null || buffer.isFixedLength()) {
            return buffer();
        }
        return replace(MemoryBuffer.fixed(realm, memory, length()));
    }

    /** The method {@code toResizableBuffer}. */
    Object toResizableBuffer() {
        MemoryType type = memory.type();
        long maximum = type.limits().maximum().orElseThrow(() ->
                realm.typeError("WebAssembly.Memory.toResizableBuffer(): the memory has no maximum"));
        if (buffer != null && !buffer.isFixedLength()) {
            return buffer.object();
        }
        boolean tooMany = Long.compareUnsigned(maximum, Long.MAX_VALUE / type.pageSize()) > 0;
        int maximumLength = arrayBufferLength(tooMany ? Long.MAX_VALUE : maximum * type.pageSize());
        return replace(MemoryBuffer.resizable(realm, memory, length(), maximumLength));
    }

    /**
     * Refresh the Memory buffer, after the memory has grown. Buffers of shared memories stay as they are.
     */
    void refresh() {
        if (memory.isShared() || buffer == null) {
            return;
        }
        if (buffer.isFixedLength()) {
            buffer.detach();
            buffer = null;
        } else {
            buffer.show(memory, length());
        }
    }

    private static Optional<MemoryObject> owner(Object arrayBuffer) {
        return OWNER.in(arrayBuffer).filter(memory -> memory.buffer != null && !memory.buffer.isFixedLength()
                && memory.buffer.object() == arrayBuffer);
    }

    /** The memory whose buffer a value is, of the kind that can be resized; empty for anything else. */
    static Optional<MemoryInstance> ofResizable(Object value) {
        return owner(value).map(MemoryObject::memory);
    }

    /** HostResizeArrayBuffer and HostGrowSharedArrayBuffer, for the buffer of a memory. */
    static void resize(Realm realm, MemoryInstance memory, long newLength) {
        long before = memory.size();
        long added = newLength - before;
        long pageSize = memory.type().pageSize();
        long maximum = memory.type().limits().maximum().orElseThrow();
        if (added < 0 || added % pageSize != 0 || newLength / pageSize > maximum) {
            throw realm.rangeError("The buffer of a memory cannot be resized from " + before + " to " + newLength
                    + " bytes");
        }
        memory.grow(added / pageSize);
    }
}

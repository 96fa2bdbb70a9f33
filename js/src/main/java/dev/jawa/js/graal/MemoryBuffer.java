package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.jawa.runtime.memory.MemoryInstance;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An {@code ArrayBuffer} or {@code SharedArrayBuffer} whose data block is the memory of WebAssembly itself, so that each sees at once what the other
 * writes. Only WebAssembly can detach it: it has a detach key (JS API, "create a fixed length memory buffer").
 */
public final class MemoryBuffer {
    private static final Object DETACH_KEY = Values.string("WebAssembly.Memory");

    /** GraalJS never replaces the array of a buffer; a memory that grows does. */
    private static final VarHandle DATA_BLOCK;

    static {
        try {
            DATA_BLOCK = MethodHandles.privateLookupIn(JSArrayBufferObject.Heap.class, MethodHandles.lookup())
                    .findVarHandle(JSArrayBufferObject.Heap.class, "byteArray", byte[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final JSArrayBufferObject buffer;

    private MemoryBuffer(Realm realm, MemoryInstance memory, int length, int maximum) {
        buffer = create(realm, memory, length, maximum);
        if (!memory.isShared()) {
            buffer.setDetachKey(DETACH_KEY);
        } else if (maximum == JSArrayBuffer.FIXED_LENGTH) {
            realm.freeze(buffer);
        }
    }

    private static JSArrayBufferObject create(Realm realm, MemoryInstance memory, int length, int maximum) {
        if (memory.isShared()) {
            return (maximum == JSArrayBuffer.FIXED_LENGTH ? SharedBlock.fixed(memory, length)
                    : SharedBlock.growable(memory, maximum)).create(realm);
        }
        if (!memory.isInArray()) {
            return JSArrayBuffer.createDirectArrayBuffer(realm.context(), realm.realm(), firstBytes(memory, length),
                    length, maximum);
        }
        return JSArrayBuffer.createArrayBuffer(realm.context(), realm.realm(), memory.bytes(), length, maximum);
    }

    static ByteBuffer firstBytes(MemoryInstance memory, int length) {
        return memory.segment().asSlice(0, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A buffer of a fixed length.
     *
     * @param memory of which the buffer shows the first {@code length} bytes
     */
    public static MemoryBuffer fixed(Realm realm, MemoryInstance memory, int length) {
        return new MemoryBuffer(realm, memory, length, JSArrayBuffer.FIXED_LENGTH);
    }

    /**
     * A buffer that grows with the memory.
     *
     * @param memory of which the buffer shows the first {@code length} bytes
     * @param maximum the largest length
     */
    public static MemoryBuffer resizable(Realm realm, MemoryInstance memory, int length, int maximum) {
        return new MemoryBuffer(realm, memory, length, maximum);
    }

    /** The {@code ArrayBuffer}. */
    public Object object() {
        return buffer;
    }

    /** IsFixedLengthArrayBuffer. */
    public boolean isFixedLength() {
        return buffer.isFixedLength();
    }

    /** The length it has now. */
    public int length() {
        return buffer.getByteLength();
    }

    /** Shows the memory as it is after it has grown; for a buffer that can be resized. */
    public void show(MemoryInstance memory, int length) {
        switch (buffer) {
            case JSArrayBufferObject.Heap heap -> DATA_BLOCK.set(heap, memory.bytes());
            case JSArrayBufferObject.Direct direct -> direct.setByteBuffer(firstBytes(memory, length));
            default -> throw new IllegalStateException("a buffer of another kind");
        }
        buffer.setByteLength(length);
    }

    /** Takes the memory away from it: its length is 0 from now on. */
    public void detach() {
        buffer.setDetachKey(Undefined.instance);
        JSArrayBuffer.detachArrayBuffer(buffer);
        buffer.setDetachKey(DETACH_KEY);
    }
}

package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.builtins.JSArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.objects.Undefined;

/**
 * An {@code ArrayBuffer} whose data block is the memory of WebAssembly itself, so that each sees at once what the other
 * writes. Only WebAssembly can detach it: it has a detach key (JS API, "create a fixed length memory buffer").
 */
public final class MemoryBuffer {
    private static final Object DETACH_KEY = Values.string("WebAssembly.Memory");

    private final JSArrayBufferObject buffer;
    private final byte[] bytes;

    private MemoryBuffer(JSArrayBufferObject buffer, byte[] bytes) {
        this.buffer = buffer;
        this.bytes = bytes;
        buffer.setDetachKey(DETACH_KEY);
    }

    /**
     * A buffer of a fixed length.
     *
     * @param bytes the memory, of which the buffer shows the first {@code length} bytes
     */
    public static MemoryBuffer of(Realm realm, byte[] bytes, int length) {
        return new MemoryBuffer(JSArrayBuffer.createArrayBuffer(realm.context(), realm.realm(), bytes, length,
                JSArrayBuffer.FIXED_LENGTH), bytes);
    }

    /** The {@code ArrayBuffer}. */
    public Object object() {
        return buffer;
    }

    /** Whether it shows this memory in this size. */
    public boolean shows(byte[] memory, int length) {
        return bytes == memory && buffer.getByteLength() == length && !buffer.isDetached();
    }

    /** Takes the memory away from it: its length is 0 from now on. */
    public void detach() {
        buffer.setDetachKey(Undefined.instance);
        JSArrayBuffer.detachArrayBuffer(buffer);
        buffer.setDetachKey(DETACH_KEY);
    }
}

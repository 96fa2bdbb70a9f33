package dev.jawa.js.webassembly;

import dev.jawa.js.graal.MemoryBuffer;
import dev.jawa.js.graal.Realm;
import dev.jawa.runtime.MemoryInstance;

/** A {@code Memory} object's internal slots: the memory and its buffer. */
final class MemoryObject {
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
        if (buffer == null) {
            if (memory.size() > Integer.MAX_VALUE) {
                throw realm.rangeError("A memory of " + memory.size() + " bytes is too large for an ArrayBuffer");
            }
            buffer = MemoryBuffer.of(realm, memory.bytes(), (int) memory.size());
        }
        return buffer.object();
    }

    /** Refresh the Memory buffer: detaches the one that shows the memory before it grew. */
    void refresh() {
        if (buffer != null) {
            buffer.detach();
            buffer = null;
        }
    }
}

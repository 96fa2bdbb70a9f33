package dev.jawa.js.graal;

import com.oracle.truffle.js.runtime.JSAgentWaiterList;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import dev.jawa.runtime.memory.MemoryInstance;
import dev.jawa.runtime.memory.Waiters;
import java.util.Optional;

/**
 * In the place of GraalJS's list of a {@code SharedArrayBuffer}: leads to those who wait for the same bytes in all realms, and
 * in WebAssembly if they are a memory.
 */
final class WaiterList extends JSAgentWaiterList {
    private final Waiters waiters;
    private final Optional<MemoryInstance> memory;

    private WaiterList(Waiters waiters, Optional<MemoryInstance> memory) {
        this.waiters = waiters;
        this.memory = memory;
    }

    /** The one of a shared memory. */
    static WaiterList of(MemoryInstance memory) {
        return new WaiterList(memory.waiters(), Optional.of(memory));
    }

    /** The one of a buffer, which gets it if it has none yet. */
    static WaiterList of(JSArrayBufferObject.Shared buffer) {
        if (buffer.getWaiterList() instanceof WaiterList known) {
            return known;
        }
        // No other realm has the buffer yet, else it had one.
        var list = new WaiterList(new Waiters(), Optional.empty());
        buffer.setWaiterList(list);
        return list;
    }

    Waiters waiters() {
        return waiters;
    }

    Optional<MemoryInstance> memory() {
        return memory;
    }
}

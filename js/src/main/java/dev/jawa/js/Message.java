package dev.jawa.js;

import dev.jawa.Module;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.SharedBlock;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.List;
import java.util.Optional;

/**
 * A message between two realms: what the script {@code web/clone} wrote down of a value, as a list of primitive values
 * and of what stands for objects of JavaScript that a realm cannot give to another.
 */
record Message(List<Object> parts) {
    /** The bytes of an {@code ArrayBuffer}. */
    private record Bytes(byte[] array) {
    }

    Message {
        parts = List.copyOf(parts);
    }

    /** Takes what a realm wrote down. */
    static Message of(Realm realm, WebAssemblyNamespace webAssembly, Object written) {
        return new Message(realm.iterate(written).stream().map(part -> neutral(webAssembly, part)).toList());
    }

    private static Object neutral(WebAssemblyNamespace webAssembly, Object part) {
        if (!Values.isObject(part)) {
            return part;
        }
        Optional<SharedBlock> shared = SharedBlock.of(part);
        if (shared.isPresent()) {
            return shared.get();
        }
        return Values.isBufferSource(part) ? new Bytes(Values.copyBytes(part))
                : webAssembly.shareable(part).orElseThrow(() -> new IllegalArgumentException("cannot be shared"));
    }

    /** Gives it to a realm, as an array for the script to read. */
    Object in(Realm realm, WebAssemblyNamespace webAssembly) {
        return realm.newArray(parts.stream().map(part -> switch (part) {
            case Bytes(byte[] array) -> realm.newArrayBuffer(array.clone());
            case SharedBlock block -> block.in(realm);
            case Module module -> webAssembly.objectOf(module);
            case MemoryInstance memory -> webAssembly.objectOf(memory);
            default -> part;
        }).toList());
    }
}

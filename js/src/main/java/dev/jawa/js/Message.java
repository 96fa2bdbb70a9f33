package dev.jawa.js;

import dev.jawa.Module;
import dev.jawa.js.graal.PlainClone;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.SharedBlock;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message between two realms, or two places in one: what the script {@code web/clone} wrote down of a value, as a list of
 * primitive values and of what stands for objects of JavaScript that a realm cannot give to another.
 *
 * @param isPlain whether the parts are those of {@link PlainClone}
 */
record Message(List<Object> parts, boolean isPlain) {
    /** What is before a value that need not be read; else there is the number of ports. */
    private static final int PLAIN = -1;
    private static final Slot<MessageEnd> END = new Slot<>("MessageEnd", MessageEnd.class);

    /** The bytes of an {@code ArrayBuffer}. */
    private record Bytes(byte[] array) {
    }

    Message {
        parts = List.copyOf(parts);
    }

    /**
     * Takes what a realm wrote down.
     *
     * @param transferred buffers whose bytes are nobody else's from now on
     */
    static Message of(Realm realm, WebAssemblyNamespace webAssembly, Object written, Set<Object> transferred) {
        return new Message(realm.iterate(written).stream()
                .map(part -> neutral(webAssembly, part, transferred.contains(part))).toList(), false);
    }

    /** The message that a value of plain objects is; empty if it has others in it. */
    static Optional<Message> ofPlain(Realm realm, Object value) {
        return PlainClone.write(realm, value).map(parts -> new Message(parts, true));
    }

    private static Object neutral(WebAssemblyNamespace webAssembly, Object part, boolean transferred) {
        if (!Values.isObject(part)) {
            return part;
        }
        Optional<SharedBlock> shared = SharedBlock.of(part);
        if (shared.isPresent()) {
            return shared.get();
        }
        if (Values.isBufferSource(part)) {
            return new Bytes(transferred ? Values.takeBytes(part) : Values.copyBytes(part));
        }
        return END.in(part).map(Object.class::cast).or(() -> webAssembly.shareable(part))
                .orElseThrow(() -> new IllegalArgumentException("cannot be shared"));
    }

    /**
     * Gives it to a realm, as an array for the script to read.
     *
     * @param again whether others read it too
     */
    Object in(Realm realm, WebAssemblyNamespace webAssembly, boolean again) {
        if (isPlain) {
            return realm.newArray(List.of(PLAIN, PlainClone.read(realm, parts)));
        }
        return realm.newArray(parts.stream().map(part -> switch (part) {
            case Bytes(byte[] array) -> realm.newArrayBuffer(again ? array.clone() : array);
            case SharedBlock block -> block.in(realm);
            case MessageEnd end -> object(realm, end);
            case Module module -> webAssembly.objectOf(module);
            case MemoryInstance memory -> webAssembly.objectOf(memory);
            default -> part;
        }).toList());
    }

    /** What stands for an end of a channel in JavaScript. */
    static Object object(Realm realm, MessageEnd end) {
        Object object = realm.newObject();
        END.set(object, end);
        return object;
    }

    /** The end that an object stands for. */
    static MessageEnd end(Object object) {
        return END.in(object).orElseThrow();
    }
}

package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.SharedBlock;
import dev.jawa.js.graal.Values;
import dev.jawa.model.AddressType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Section "Memories". */
final class MemoryInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Memory()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final TypeReflection types;

    MemoryInterface(Realm realm, ObjectCaches objects, WebIdl idl, TypeReflection types) {
        this.realm = realm;
        this.objects = objects;
        this.idl = idl;
        this.types = types;
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Memory", "WebAssembly.Memory", 1, this::construct)
                .method("grow", 1, this::grow)
                .method("type", 0, (self, _) ->
                        types.memory(memory(self, "WebAssembly.Memory.type()").memory().type()))
                .method("toFixedLengthBuffer", 0, (self, _) ->
                        memory(self, "WebAssembly.Memory.toFixedLengthBuffer()").toFixedLengthBuffer())
                .method("toResizableBuffer", 0, (self, _) ->
                        memory(self, "WebAssembly.Memory.toResizableBuffer()").toResizableBuffer())
                .getter("buffer", (self, _) -> memory(self, "WebAssembly.Memory.buffer").buffer());
    }

    /**
     * Makes {@code ArrayBuffer.prototype.resize} and {@code SharedArrayBuffer.prototype.grow} grow the memory whose buffer
     * they are called on.
     */
    void defineResize() {
        defineResize("ArrayBuffer", "resize", MemoryObject::ofResizable);
        defineResize("SharedArrayBuffer", "grow", SharedBlock::memoryOf);
    }

    private void defineResize(String constructor, String name, Function<Object, Optional<MemoryInstance>> memoryOf) {
        Object prototype = realm.get(realm.get(realm.globalObject(), constructor), "prototype");
        Object original = realm.get(prototype, name);
        realm.defineHidden(prototype, name, realm.function(name, 1, (self, arguments) -> {
            Object newLength = arguments.get(0);
            Optional<MemoryInstance> memory = memoryOf.apply(self);
            if (memory.isPresent()) {
                MemoryObject.resize(realm, memory.get(), idl.index(newLength, constructor + "." + name + "()"));
                return Values.UNDEFINED;
            }
            return realm.call(original, self, newLength);
        }));
    }

    private MemoryObject memory(Object self, String where) {
        return objects.memory.in(self).orElseThrow(() -> realm.typeError(where + ": the receiver is no Memory"));
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Object descriptor = idl.dictionary(arguments.get(0), CONSTRUCTOR);
        AddressType addressType = idl.addressType(descriptor, CONSTRUCTOR);
        ResizableLimits limits = Limits.read(idl, descriptor, addressType, CONSTRUCTOR);
        // Of the threads proposal.
        boolean shared = Values.toBoolean(realm.get(descriptor, "shared"));
        if (shared && limits.maximum().isEmpty()) {
            throw realm.typeError(CONSTRUCTOR + ": a shared memory must have a maximum");
        }
        Object object = newObject.get();
        if (!Limits.areValid(limits, Limits.maximumPages(addressType))) {
            throw realm.rangeError(CONSTRUCTOR + ": " + limits + " pages are no valid limits");
        }
        var type = new MemoryType(addressType, limits, shared, MemoryType.DEFAULT_PAGE_SIZE_LOG2);
        return objects.registerMemory(object, MemoryInstance.of(type));
    }

    private Object grow(Object self, Arguments arguments) {
        String where = "WebAssembly.Memory.grow()";
        MemoryObject object = memory(self, where);
        idl.require(arguments, 1, where);
        MemoryInstance memory = object.memory();
        AddressType addressType = memory.type().addressType();
        long delta = idl.addressValue(arguments.get(0), addressType, where);
        OptionalLong maximum = memory.type().limits().maximum();
        long most = maximum.orElse(Limits.maximumPages(addressType));
        if (Long.compareUnsigned(delta, most - memory.pages()) > 0) {
            throw realm.rangeError(where + ": the memory would have more than " + Long.toUnsignedString(most)
                    + " pages");
        }
        long before = memory.grow(delta);
        // Also when nothing was added the buffer is a new one.
        object.refresh();
        return WebIdl.addressValue(before, addressType);
    }
}

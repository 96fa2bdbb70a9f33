package dev.jawa.js.webassembly;

import dev.jawa.Extern;
import dev.jawa.Instance;
import dev.jawa.Module;
import dev.jawa.WasmException;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.GlobalInstance;
import dev.jawa.runtime.TableInstance;
import dev.jawa.runtime.TagInstance;
import dev.jawa.runtime.memory.MemoryInstance;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * The JavaScript objects of a realm and what of the engine is behind them, both ways (section "WebAssembly JS Object
 * Caches"): for each thing of the engine there is one object at most.
 */
final class ObjectCaches {
    final Slot<Module> module = new Slot<>("Module", Module.class);
    final Slot<Object> exports = new Slot<>("Exports", Object.class);
    final Slot<Instance> instance = new Slot<>("Instance", Instance.class);
    final Slot<MemoryObject> memory = new Slot<>("Memory", MemoryObject.class);
    final Slot<TableInstance> table = new Slot<>("Table", TableInstance.class);
    final Slot<GlobalInstance> global = new Slot<>("Global", GlobalInstance.class);
    final Slot<TagInstance> tag = new Slot<>("Address", TagInstance.class);
    final Slot<WasmException> exception = new Slot<>("Address", WasmException.class);
    private final Slot<FunctionInstance> function = new Slot<>("FunctionAddress", FunctionInstance.class);

    private final Realm realm;
    private final ExceptionCrossing crossing;
    private final ExportedFunctions exportedFunctions;
    // Weak on both sides: an object keeps alive what is behind it, and is made anew when it is needed again.
    private final Map<Object, WeakReference<Object>> cache = new WeakHashMap<>();
    // A memory itself keeps this alive, since it must tell of its growth.
    private final Map<MemoryInstance, WeakReference<MemoryObject>> memories = new WeakHashMap<>();

    private Object functionPrototype;
    private Object memoryPrototype;
    private Object tablePrototype;
    private Object globalPrototype;
    private Object tagPrototype;
    private Object exceptionPrototype;

    ObjectCaches(Realm realm) {
        this.realm = realm;
        var conversions = new Conversions(realm, this);
        this.crossing = new ExceptionCrossing(realm, this, conversions);
        this.exportedFunctions = new ExportedFunctions(realm, conversions, crossing);
    }

    void prototypes(Object exportedFunction, Object memory, Object table, Object global, Object tag, Object exception) {
        functionPrototype = exportedFunction;
        memoryPrototype = memory;
        tablePrototype = table;
        globalPrototype = global;
        tagPrototype = tag;
        exceptionPrototype = exception;
    }

    /** How exceptions go between JavaScript and WebAssembly. */
    ExceptionCrossing crossing() {
        return crossing;
    }

    /** The functions of WebAssembly as JavaScript calls them. */
    ExportedFunctions exportedFunctions() {
        return exportedFunctions;
    }

    /** The object of anything that can be exported. */
    Object object(Extern extern) {
        return switch (extern) {
            case FunctionInstance it -> functionObject(it);
            case MemoryInstance it -> memoryObject(it).object();
            case TableInstance it -> cached(it, () -> make(tablePrototype, table, it));
            case GlobalInstance it -> cached(it, () -> make(globalPrototype, global, it));
            case TagInstance it -> cached(it, () -> make(tagPrototype, tag, it));
        };
    }

    /** The Exported Function of a function. */
    Object functionObject(FunctionInstance it) {
        return cached(it, () -> {
            Object object = exportedFunctions.create(it);
            realm.setPrototype(object, functionPrototype);
            function.set(object, it);
            return object;
        });
    }

    /** The Exported GC Object of a struct or an array. */
    Object opaqueObject(Object structOrArray) {
        return cached(structOrArray, () -> realm.newOpaqueObject(structOrArray,
                DescriptorOptionsInterface.prototype(structOrArray)));
    }

    /** The {@code Exception} of an exception. */
    Object exceptionObject(WasmException it) {
        return cached(it, () -> make(exceptionPrototype, exception, it));
    }

    /** The function of an Exported Function; empty for anything else. */
    Optional<FunctionInstance> functionOf(Object value) {
        return function.in(value);
    }

    /** Remembers that an object made by a constructor is the one of this thing. */
    <T> Object register(Object object, Slot<T> slot, T it) {
        slot.set(object, it);
        cache.put(it, new WeakReference<>(object));
        return object;
    }

    /** Remembers that an object made by a constructor is the one of this memory. */
    Object registerMemory(Object object, MemoryInstance it) {
        var state = new MemoryObject(realm, it, object);
        memory.set(object, state);
        if (!it.isShared()) {
            it.onGrow(state::refresh);
        }
        memories.put(it, new WeakReference<>(state));
        return object;
    }

    private MemoryObject memoryObject(MemoryInstance it) {
        WeakReference<MemoryObject> known = memories.get(it);
        MemoryObject state = known == null ? null : known.get();
        return state != null ? state
                : memory.in(registerMemory(realm.newObject(memoryPrototype), it)).orElseThrow();
    }

    private <T> Object make(Object prototype, Slot<T> slot, T it) {
        Object object = realm.newObject(prototype);
        slot.set(object, it);
        return object;
    }

    private Object cached(Object it, Supplier<Object> maker) {
        WeakReference<Object> known = cache.get(it);
        Object object = known == null ? null : known.get();
        if (object == null) {
            object = maker.get();
            cache.put(it, new WeakReference<>(object));
        }
        return object;
    }
}

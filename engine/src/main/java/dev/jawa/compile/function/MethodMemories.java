package dev.jawa.compile.function;

import dev.jawa.compile.bytecode.Bytecode;
import dev.jawa.compile.bytecode.CodeBuilder;
import dev.jawa.compile.bytecode.Names;
import dev.jawa.compile.tree.Mentions;
import dev.jawa.model.MemoryType;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.ArrayList;
import java.util.List;

/**
 * The memories in the code of a method. What accesses to a memory need is kept in locals, if there are enough of them;
 * then it is loaded again after everything that may change it.
 */
public final class MethodMemories implements MemoryEmitter.MemoryLoader {
    /** One that is kept in locals. */
    private record Kept(int memory, MemoryPart part, int slot) {
    }

    private final CodeBuilder code;
    private final Runnable loadInstance;
    private final List<MemoryType> types;
    private final List<Kept> kept = new ArrayList<>();

    /**
     * Decides what is kept, and loads it.
     *
     * @param types of all memories
     * @param mentions of the method
     */
    MethodMemories(CodeBuilder code, LocalSlots slots, Runnable loadInstance, List<MemoryType> types,
            Mentions mentions) {
        this.code = code;
        this.loadInstance = loadInstance;
        this.types = types;
        for (int memory = 0; memory < types.size(); memory++) {
            // Each call is followed by loading all again, which takes as much code as two accesses save.
            if (mentions.memoryAccesses(memory) > 2 * (mentions.calls() + 1)) {
                for (MemoryPart part : MemoryPart.of(types.get(memory))) {
                    kept.add(new Kept(memory, part, slots.reserve(part.kind() == 'J' ? 2 : 1)));
                }
            }
        }
        reload();
    }

    /** Loads what is kept again. */
    void reload() {
        for (Kept local : kept) {
            loadFromInstance(local.part(), local.memory());
            if (local.part().kind() == 'A') {
                code.storeReference(local.slot(), reference(local.part()));
            } else {
                code.store(local.part().kind(), local.slot());
            }
        }
    }

    /**
     * Uses the instance once more, without effect: were it not used after an access by address, the collector could
     * take it, and with it the memory.
     */
    void keepAlive() {
        if (kept.stream().anyMatch(local -> local.part() == MemoryPart.ADDRESS)) {
            loadInstance.run();
            code.op(Bytecode.POP);
        }
    }

    private static String reference(MemoryPart part) {
        String descriptor = part.descriptor();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    @Override
    public void load(MemoryPart part, int memory) {
        for (Kept local : kept) {
            if (local.memory() == memory && local.part() == part) {
                code.load(part.kind(), local.slot());
                return;
            }
        }
        loadFromInstance(part, memory);
    }

    private void loadFromInstance(MemoryPart part, int memory) {
        if (memory == 0) {
            loadInstance.run();
            code.getField(Names.MODULE_INSTANCE, part.field(), part.descriptor());
        } else {
            loadMemory(memory);
            code.invokeVirtual(Names.MEMORY_INSTANCE, part.method(), "()" + part.descriptor());
        }
    }

    @Override
    public void loadLongSize(int memory) {
        if (MemoryPart.of(types.get(memory)).contains(MemoryPart.SIZE)) {
            load(MemoryPart.SIZE, memory);
        } else {
            loadSize(memory);
            code.op(Bytecode.I2L);
        }
    }

    @Override
    public void loadMemory(int memory) {
        loadInstance.run();
        code.getField(Names.MODULE_INSTANCE, "memories", "[" + Names.descriptor(Names.MEMORY_INSTANCE))
                .constant(memory).loadElement(Names.MEMORY_INSTANCE);
    }
}

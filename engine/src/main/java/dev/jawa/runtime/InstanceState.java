package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.model.IndexSpaces;
import dev.jawa.runtime.memory.MemoryImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A copy of everything about an instance that its code can change: memories, tables and globals that it defines, and
 * which segments it has dropped. What it imports belongs to others.
 */
public final class InstanceState {
    private final ModuleInstance source;
    private final List<MemoryImage> memories = new ArrayList<>();
    private final List<Object[]> tables = new ArrayList<>();
    // The private globals, and of the others the values, by index.
    private final long[] bits;
    private final Object[] references;
    private final Object[] cells;
    private final boolean[] dropped;
    private final Object[][] elements;

    private InstanceState(ModuleInstance instance) {
        source = instance;
        IndexSpaces spaces = instance.code().model().spaces();
        var copier = new ObjectCopier(instance, instance);
        for (int i = spaces.importedMemories(); i < instance.memories.length; i++) {
            requireUnshared(instance, i);
            memories.add(MemoryImage.of(instance.memories[i]));
        }
        for (int i = spaces.importedTables(); i < instance.tables.length; i++) {
            tables.add(instance.tables[i].copied(copier));
        }
        int globals = spaces.globals().size();
        bits = new long[globals];
        references = new Object[globals];
        instance.code().globalReader().read(instance, bits, references);
        copy(references, copier);
        cells = new Object[globals];
        for (int i = spaces.importedGlobals(); i < globals; i++) {
            cells[i] = instance.globals[i] == null ? null : copier.reference(instance.globals[i].value());
        }
        dropped = instance.droppedData();
        elements = elements(instance.elements, copier);
    }

    private static void requireUnshared(ModuleInstance instance, int memory) {
        if (instance.memories[memory].isShared()) {
            throw new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                    "memory " + memory + " is shared: other threads may be using it, a snapshot cannot hold it");
        }
    }

    private static void copy(Object[] references, ObjectCopier copier) {
        for (int i = 0; i < references.length; i++) {
            references[i] = copier.reference(references[i]);
        }
    }

    private static Object[][] elements(Object[][] segments, ObjectCopier copier) {
        Object[][] copies = new Object[segments.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = segments[i].length == 0 ? segments[i] : copier.elements(segments[i], segments[i].length);
        }
        return copies;
    }

    /**
     * The state of an instance in which nothing runs.
     *
     * @throws RuntimeError if another thread is inside or the current one, or it has what cannot be copied
     */
    public static InstanceState of(ModuleInstance instance) {
        return alone(instance, () -> new InstanceState(instance));
    }

    /**
     * Gives an instance of the same module this state.
     *
     * @throws RuntimeError if another thread is inside, or the current one
     */
    public void restore(ModuleInstance target) {
        alone(target, () -> {
            restoreAlone(target);
            return target;
        });
    }

    /** Gives a new instance this state. */
    void restoreAlone(ModuleInstance target) {
        IndexSpaces spaces = target.code().model().spaces();
        var copier = new ObjectCopier(source, target);
        for (int i = 0; i < memories.size(); i++) {
            target.memories[spaces.importedMemories() + i].restore(memories.get(i));
        }
        for (int i = 0; i < tables.size(); i++) {
            Object[] content = tables.get(i);
            target.tables[spaces.importedTables() + i].restore(copier.elements(content, content.length));
        }
        Object[] copied = references.clone();
        copy(copied, copier);
        target.initializeFields(bits.clone(), copied);
        for (int i = spaces.importedGlobals(); i < cells.length; i++) {
            if (target.globals[i] != null) {
                target.globals[i].assignUnchecked(copier.reference(cells[i]));
            }
        }
        target.restoreSegments(dropped, elements(elements, copier));
    }

    /** Does something with an instance while nothing runs in it. */
    private static <R> R alone(ModuleInstance instance, Supplier<R> work) {
        Store entered = instance.store().enterAlone();
        try {
            return work.get();
        } finally {
            entered.leave();
        }
    }
}

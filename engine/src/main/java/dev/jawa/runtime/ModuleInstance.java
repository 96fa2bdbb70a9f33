package dev.jawa.runtime;

import dev.jawa.Instance;
import dev.jawa.model.DataSegment;
import dev.jawa.model.DefinedType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.runtime.limits.Meter;
import dev.jawa.runtime.memory.MemoryInstance;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An instance of a module (core spec 4.2.5): the last argument of all its code. A subclass generated for the module
 * adds fields for its imported functions and its private globals.
 */
public abstract class ModuleInstance {
    /** The array of memory 0, if it is one. */
    public byte[] memory;
    /** The size of memory 0 in bytes, if it is an array. */
    public int memorySize;
    /** Where memory 0 begins, if it is native. */
    public long memoryAddress;
    /** The size of memory 0 in bytes, if it is native. */
    public long memoryLength;
    /** Memory 0 with bounds that are checked. */
    public MemorySegment memorySegment;
    /** Table 0. */
    public TableInstance table;
    /** All memories. */
    public MemoryInstance[] memories;
    /** All tables. */
    public TableInstance[] tables;
    /** All globals but the private ones. */
    public GlobalInstance[] globals;
    /** All tags. */
    public TagInstance[] tags;
    /** The imported functions. */
    public FunctionInstance[] imports;
    /** How many more rounds and calls code that counts them does before it looks whether to stop. */
    public int countdown;
    /** Counts instructions and calls of code that wants it; null for other code. */
    public Meter meter;
    /** Where its functions prepare tail calls. */
    public final TailCall tailCall = new TailCall(this);

    /** How many bytes are filled or copied before the next look whether to stop: a fraction of a millisecond. */
    private static final long CHUNK = 1L << 20;
    /** Each may do a thousand instructions and more. */
    private static final int ROUNDS_BETWEEN_CHECKS = 1000;
    private static final byte[] NO_BYTES = {};
    private static final Object[] NO_ELEMENTS = {};

    private final Store store = new Store();
    private ModuleCode code;
    private Instance owner;
    private FunctionInstance[] functions;
    // Those that an instruction may still name; null once dropped.
    private byte[][] data;
    public Object[][] elements;

    void initialize(ModuleCode code, Instance owner) {
        this.code = code;
        this.owner = owner;
        functions = new FunctionInstance[code.model().spaces().functionCount()];
        data = new byte[code.model().data().size()][];
        elements = new Object[code.model().elements().size()][];
    }

    /**
     * Fills the fields of the generated class.
     *
     * @param bits the raw bits of the private globals that are numbers, by global index
     * @param references the values of the private globals that are references, by global index
     */
    protected abstract void initializeFields(long[] bits, Object[] references);

    public Store store() {
        return store;
    }

    /** Whether it imports something that can change. */
    public final boolean isLinked() {
        IndexSpaces spaces = code.model().spaces();
        return spaces.importedMemories() > 0 || spaces.importedTables() > 0
                || Arrays.stream(globals, 0, spaces.importedGlobals()).anyMatch(GlobalInstance::isState)
                || Arrays.stream(imports).anyMatch(function -> function.store() != null);
    }

    /** For generated code that has learned that some instance of the module is to stop: throws if it is this one. */
    public final void checkInterrupted() {
        store.check();
    }

    /** For generated code that counts down: throws if it is to stop, and lets it go on for a fraction of a millisecond. */
    public final void checkCountdown() {
        countdown = ROUNDS_BETWEEN_CHECKS;
        store.check();
    }

    /** Stops what runs in it and what it is linked to, from another thread. */
    public final void interrupt() {
        store.interrupt();
    }

    /** How many instructions it may still execute. */
    public final long fuel() {
        return store.meter().left();
    }

    /** Sets how many instructions it may still execute. */
    public final void fuel(long instructions) {
        store.meter().left(instructions);
    }

    ModuleCode code() {
        return code;
    }

    /** What it exports. */
    public dev.jawa.Exports exports() {
        return new ExportsView(this);
    }

    /** The instance that users hold. */
    public Instance owner() {
        return owner;
    }

    /** Takes over the place and the size of a memory that changed; for a shared one on any thread. */
    public void memoryChanged(MemoryInstance changed) {
        if (memories.length > 0 && memories[0] == changed) {
            memory = changed.bytes();
            memorySize = changed.length();
            memoryAddress = changed.address();
            memoryLength = changed.size();
            memorySegment = changed.segment();
        }
    }

    DefinedType functionType(int index) {
        return index < imports.length ? imports[index].definedType()
                : code.definedType(code.model().spaces().functionTypeIndex(index));
    }

    /** A function for a table or a segment, without a class of its own yet. */
    Object lazyFunction(int index) {
        return functions[index] != null || index < imports.length ? function(index) : new LazyFunction(this, index);
    }

    /** A function by its index; always the same object. */
    public FunctionInstance function(int index) {
        FunctionInstance function = functions[index];
        if (function == null) {
            function = index < imports.length ? imports[index] : code.newFunction(this, index);
            functions[index] = function;
        }
        return function;
    }

    // ---- instructions; all their numbers are unsigned, of 32 or of 64 bits

    /** {@code memory.init} */
    public void memoryInit(long to, long from, long length, int segment, int memoryIndex) {
        MemoryInstance target = memories[memoryIndex];
        byte[] bytes = data(segment);
        if (length <= CHUNK) {
            target.init(bytes, to, from, length);
            return;
        }
        target.checkInit(bytes, to, from, length);
        for (long done = 0; done < length; done += CHUNK) {
            store.check();
            target.init(bytes, to + done, from + done, Math.min(CHUNK, length - done));
        }
    }

    /** Which data segments have been dropped. */
    boolean[] droppedData() {
        boolean[] dropped = new boolean[data.length];
        for (int i = 0; i < data.length; i++) {
            dropped[i] = data[i] == NO_BYTES;
        }
        return dropped;
    }

    /** Says which data segments have been dropped, and what is in the element segments. */
    void restoreSegments(boolean[] droppedData, Object[][] elementSegments) {
        for (int i = 0; i < data.length; i++) {
            data[i] = droppedData[i] ? NO_BYTES : null;
        }
        elements = elementSegments;
    }

    public byte[] data(int segment) {
        byte[] bytes = data[segment];
        if (bytes == null) {
            DataSegment source = code.model().data().get(segment);
            // An active segment is dropped at instantiation.
            boolean passive = source.mode() instanceof dev.jawa.model.SegmentMode.Passive;
            bytes = passive ? source.bytes().toArray() : NO_BYTES;
            data[segment] = bytes;
        }
        return bytes;
    }

    /** {@code data.drop} */
    public void dataDrop(int segment) {
        data[segment] = NO_BYTES;
    }

    /** {@code memory.copy} */
    public void memoryCopy(long to, long from, long length, int destination, int source) {
        MemoryInstance target = memories[destination];
        if (Long.compareUnsigned(length, CHUNK) <= 0) {
            target.copy(memories[source], to, from, length);
            return;
        }
        // In parts, so that it can be stopped; the first one checks for all.
        target.checkRange(to, length);
        memories[source].checkRange(from, length);
        boolean backwards = to > from;
        for (long done = 0; done < length; done += CHUNK) {
            store.check();
            long part = Math.min(CHUNK, length - done);
            long offset = backwards ? length - done - part : done;
            target.copy(memories[source], to + offset, from + offset, part);
        }
    }

    /** {@code memory.fill} */
    public void memoryFill(long address, long value, long length, int memoryIndex) {
        MemoryInstance target = memories[memoryIndex];
        if (Long.compareUnsigned(length, CHUNK) <= 0) {
            target.fill(address, (byte) value, length);
            return;
        }
        target.checkRange(address, length);
        for (long done = 0; done < length; done += CHUNK) {
            store.check();
            target.fill(address + done, (byte) value, Math.min(CHUNK, length - done));
        }
    }

    /** {@code memory.grow} */
    public long memoryGrow(long delta, int memoryIndex) {
        return memories[memoryIndex].tryGrow(delta);
    }

    /** {@code memory.size} */
    public long memoryPages(int memoryIndex) {
        return memories[memoryIndex].pages();
    }

    /** {@code table.init} */
    public void tableInit(long to, long from, long length, int segment, int tableIndex) {
        tables[tableIndex].init(elements[segment], to, from, length);
    }

    /** {@code elem.drop} */
    public void elementDrop(int segment) {
        elements[segment] = NO_ELEMENTS;
    }

    /** {@code table.copy} */
    public void tableCopy(long to, long from, long length, int destination, int source) {
        tables[destination].copy(tables[source], to, from, length);
    }
}

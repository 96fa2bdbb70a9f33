package dev.jawa.runtime;

import dev.jawa.Instance;
import dev.jawa.model.DefinedType;
import dev.jawa.model.DataSegment;

/**
 * An instance of a module (core spec 4.2.5): the last argument of all its code. A subclass generated for the module
 * adds fields for its imported functions and its private globals.
 */
public abstract class ModuleInstance {
    /** The array of memory 0. */
    public byte[] memory;
    /** The size of memory 0 in bytes. */
    public int memorySize;
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
    /** Where its functions prepare tail calls. */
    public final TailCall tailCall = new TailCall(this);

    private static final byte[] NO_BYTES = {};
    private static final Object[] NO_ELEMENTS = {};

    private final Store store = new Store();
    private ModuleCode code;
    private Instance owner;
    private FunctionInstance[] functions;
    // Those that an instruction may still name; null once dropped.
    private byte[][] data;
    Object[][] elements;

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

    Store store() {
        return store;
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

    /** Takes over the array and the size of a memory that changed. */
    void memoryChanged(MemoryInstance changed) {
        if (memories.length > 0 && memories[0] == changed) {
            memory = changed.bytes();
            memorySize = (int) changed.size();
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

    /** {@code memory.init}; all numbers but the indices are unsigned. */
    public void memoryInit(int to, int from, int length, int segment, int memoryIndex) {
        memories[memoryIndex].init(data(segment), to, from, length);
    }

    byte[] data(int segment) {
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
    public void memoryCopy(int to, int from, int length, int destination, int source) {
        memories[destination].copy(memories[source], to, from, length);
    }

    /** {@code memory.fill} */
    public void memoryFill(int address, int value, int length, int memoryIndex) {
        memories[memoryIndex].fill(address, value, length);
    }

    /** {@code memory.grow} */
    public int memoryGrow(int delta, int memoryIndex) {
        return memories[memoryIndex].tryGrow(Integer.toUnsignedLong(delta));
    }

    /** {@code memory.size} */
    public int memoryPages(int memoryIndex) {
        return (int) memories[memoryIndex].pages();
    }

    /** {@code table.init}; all numbers but the indices are unsigned. */
    public void tableInit(int to, int from, int length, int segment, int tableIndex) {
        tables[tableIndex].init(elements[segment], to, from, length);
    }

    /** {@code elem.drop} */
    public void elementDrop(int segment) {
        elements[segment] = NO_ELEMENTS;
    }

    /** {@code table.copy} */
    public void tableCopy(int to, int from, int length, int destination, int source) {
        tables[destination].copy(tables[source], to, from, length);
    }
}

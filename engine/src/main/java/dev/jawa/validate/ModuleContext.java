package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.binary.Place;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AddressType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.TableType;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the instructions of a module may refer to: the validation context of the spec (core spec 3.1.1) without the
 * parts that belong to a function.
 *
 * <p>Filled by {@link ModuleRules} before code is validated, then only read, by several threads.
 */
final class ModuleContext {
    private static final int NOWHERE = -1;

    private final TypeTable types = new TypeTable();
    private final IntList functions = new IntList();
    private final IntList tableElements = new IntList();
    private final IntList tableAddresses = new IntList();
    private final IntList memoryAddresses = new IntList();
    private final IntList globals = new IntList();
    private final BitSet inexactFunctions = new BitSet();
    private final BitSet mutableGlobals = new BitSet();
    private final IntList tags = new IntList();
    private final IntList elements = new IntList();
    // Functions that are mentioned outside of code; only those may be named by ref.func (spec 3.4.7).
    private final BitSet declared = new BitSet();
    private int dataCount = -1;
    // Where the first tag with results is declared.
    private int tagWithResults = NOWHERE;
    // Set by threads that validate code.
    private volatile boolean switchesStacks;

    /** A growing list of numbers, since there can be a million functions. */
    static final class IntList {
        private int[] numbers = new int[8];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int size() {
            return size;
        }

        int at(int index) {
            return numbers[index];
        }

        /** Whether an index, taken as an unsigned number, is in the list. */
        boolean has(int index) {
            return Integer.compareUnsigned(index, size) < 0;
        }
    }

    TypeTable types() {
        return types;
    }

    /** Adds a function, whose type is known exactly unless it was imported as one of that type or below it. */
    void addFunction(int typeIndex, boolean exact) {
        inexactFunctions.set(functions.size(), !exact);
        functions.add(typeIndex);
    }

    /** The type of a reference to a function. */
    int functionReference(int function, Place place) {
        int type = functionType(function, place);
        return TypeCode.reference(false, inexactFunctions.get(function) ? type : TypeCode.EXACT | type);
    }

    void addTable(TableType type) {
        tableElements.add(TypeCode.of(type.element()));
        tableAddresses.add(addressCode(type.addressType()));
    }

    void addMemory(MemoryType type) {
        memoryAddresses.add(addressCode(type.addressType()));
    }

    void addGlobal(GlobalType type) {
        mutableGlobals.set(globals.size(), type.mutable());
        globals.add(TypeCode.of(type.type()));
    }

    void addTag(int typeIndex) {
        tags.add(typeIndex);
    }

    /** Says that there is a tag with results, as only stack switching has them. */
    void addTagWithResults(int offset) {
        if (tagWithResults == NOWHERE) {
            tagWithResults = offset;
        }
    }

    /** Says that there is an instruction of stack switching. */
    void setSwitchesStacks() {
        if (!switchesStacks) {
            switchesStacks = true;
        }
    }

    /**
     * After all code. A tag with results belongs to the stack switching proposal, and WebAssembly 3.0 (3.2.17) forbids
     * it: it is taken for a mistake in a module that has nothing else of the proposal.
     */
    void checkTagsWithResults() {
        if (tagWithResults != NOWHERE && !switchesStacks && !types.hasContinuations()) {
            throw new CompileError("non-empty tag result type", tagWithResults, -1);
        }
    }

    void addElement(int type) {
        elements.add(type);
    }

    void setDataCount(int count) {
        dataCount = count;
    }

    void declare(int function) {
        declared.set(function);
    }

    private static int addressCode(AddressType type) {
        return type == AddressType.I32 ? TypeCode.I32 : TypeCode.I64;
    }

    boolean isDeclared(int function) {
        return declared.get(function);
    }

    boolean isMutable(int global) {
        return mutableGlobals.get(global);
    }

    int functionCount() {
        return functions.size();
    }

    /** The type index of a function. */
    int functionType(int function, Place place) {
        if (!functions.has(function)) {
            throw unknown("function", function, place);
        }
        return functions.at(function);
    }

    /** The type of the elements of a table. */
    int tableElement(int table, Place place) {
        if (!tableElements.has(table)) {
            throw unknown("table", table, place);
        }
        return tableElements.at(table);
    }

    /** The type of the indices of a table. */
    int tableAddress(int table, Place place) {
        if (!tableAddresses.has(table)) {
            throw unknown("table", table, place);
        }
        return tableAddresses.at(table);
    }

    /** The type of the addresses of a memory. */
    int memoryAddress(int memory, Place place) {
        if (!memoryAddresses.has(memory)) {
            throw unknown("memory", memory, place);
        }
        return memoryAddresses.at(memory);
    }

    /** As above, for memory instructions: 0 if there is no such memory. */
    int memoryAddress(int memory) {
        return memoryAddresses.has(memory) ? memoryAddresses.at(memory) : 0;
    }

    /** The type of a global. */
    int global(int global, Place place) {
        if (!globals.has(global)) {
            throw unknown("global", global, place);
        }
        return globals.at(global);
    }

    /** The type index of a tag. */
    int tag(int tag, Place place) {
        if (!tags.has(tag)) {
            throw unknown("tag", tag, place);
        }
        return tags.at(tag);
    }

    /** The type of the elements of a segment. */
    int element(int segment, Place place) {
        if (!elements.has(segment)) {
            throw unknown("elem segment", segment, place);
        }
        return elements.at(segment);
    }

    /** Checks that there is a data segment, which the data count section must have announced. */
    void checkData(int segment, Place place) {
        if (dataCount < 0) {
            throw place.error("data count section required");
        }
        if (Integer.compareUnsigned(segment, dataCount) >= 0) {
            throw unknown("data segment", segment, place);
        }
    }

    /** Checks that a type index names a function type. */
    void checkFunctionType(int type, Place place) {
        checkType(type, place);
        if (!types.isFunction(type)) {
            throw place.error("non-function type " + type);
        }
    }

    /** Checks that there is a type with an index. */
    void checkType(int type, Place place) {
        if (!types.has(type)) {
            throw unknown("type", type, place);
        }
    }

    /** Checks that the types which a value type refers to exist. */
    void checkValueType(int type, Place place) {
        if (TypeCode.isReference(type)) {
            checkHeapType(type & TypeCode.HEAP_TYPE, place);
        }
    }

    /** Checks that the type which a heap type refers to exists. */
    void checkHeapType(int heapType, Place place) {
        if ((heapType & TypeCode.ABSTRACT) == 0) {
            checkType(TypeCode.index(heapType), place);
        }
    }

    static CompileError unknown(String what, int index, Place place) {
        return place.error("unknown " + what + " " + Integer.toUnsignedString(index));
    }
}

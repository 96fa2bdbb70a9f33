package dev.jawa.runtime;

import dev.jawa.Extern;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.LinkError;
import dev.jawa.model.Bytes;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.GlobalType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.NumberType;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.Table;
import dev.jawa.runtime.memory.MemoryInstance;
import java.util.ArrayList;
import java.util.List;

/** Makes an instance of a module (core spec 4.7.2). */
public final class Instantiation {
    private final ModuleCode code;
    private final ModuleModel model;
    private final ModuleInstance instance;
    private final List<Object> globalValues = new ArrayList<>();
    private final ConstantEvaluator evaluator;

    private Instantiation(ModuleCode code, Instance owner) {
        this.code = code;
        model = code.model();
        instance = code.newInstance();
        instance.initialize(code, owner);
        evaluator = new ConstantEvaluator(instance, globalValues);
    }

    /**
     * Makes an instance.
     *
     * @param imports in the order of the module
     * @throws LinkError if an import is not of the type wanted
     * @throws dev.jawa.RuntimeError if a segment or the start function traps
     */
    public static ModuleInstance instantiate(ModuleCode code, Instance owner, List<? extends Extern> imports,
            Limits limits) {
        Instantiation instantiation = linked(code, owner, imports, limits);
        instantiation.allocateMemoriesAndTags();
        instantiation.initializeGlobals();
        instantiation.initializeTables();
        instantiation.runSegments();
        return instantiation.instance;
    }

    /**
     * Makes an instance with the state of another one of the module, which includes what its start function did.
     *
     * @param imports in the order of the module
     * @throws LinkError if an import is not of the type wanted
     * @throws dev.jawa.RuntimeError if its limits do not allow what it has
     */
    public static ModuleInstance instantiate(ModuleCode code, Instance owner, List<? extends Extern> imports,
            Limits limits, InstanceState state) {
        Instantiation instantiation = linked(code, owner, imports, limits);
        instantiation.allocateMemoriesAndTags();
        instantiation.initializeCells();
        instantiation.makeTables();
        state.restoreAlone(instantiation.instance);
        return instantiation.instance;
    }

    private static Instantiation linked(ModuleCode code, Instance owner, List<? extends Extern> imports,
            Limits limits) {
        Linking.check(code, imports);
        var instantiation = new Instantiation(code, owner);
        instantiation.instance.store().addInstance();
        if (limits != Limits.none()) {
            instantiation.instance.store().limit(limits, code.interruption());
        }
        instantiation.place(imports);
        return instantiation;
    }

    /** Calls the start function, if there is one. */
    public static void start(ModuleInstance instance) {
        instance.code().model().start().ifPresent(function -> instance.function(function).call());
    }

    private void allocateMemoriesAndTags() {
        IndexSpaces spaces = model.spaces();
        for (int i = spaces.importedMemories(); i < instance.memories.length; i++) {
            MemoryType type = spaces.memories().get(i);
            instance.store().requireMemory(bytes(type), "memory " + i);
            instance.memories[i] = MemoryInstance.of(type);
            if (type.shared()) {
                instance.memories[i].store().countFor(instance.store());
            }
        }
        for (int i = spaces.importedTags(); i < instance.tags.length; i++) {
            instance.tags[i] = new TagInstance(code.definedType(spaces.tags().get(i).typeIndex()));
        }
        for (MemoryInstance memory : instance.memories) {
            memory.attach(instance);
            if (!memory.isShared()) {
                Store.join(instance.store(), memory.store());
            }
        }
    }

    /** The bytes that a memory has at least; more than there can be if their number has no room in 63 bits. */
    private static long bytes(MemoryType type) {
        long pages = type.limits().minimum();
        return pages >>> Long.SIZE - 1 - type.pageSizeLog2() == 0 ? pages << type.pageSizeLog2() : Long.MAX_VALUE;
    }

    private void place(List<? extends Extern> imports) {
        IndexSpaces spaces = model.spaces();
        instance.imports = new FunctionInstance[spaces.importedFunctions()];
        instance.memories = new MemoryInstance[spaces.memories().size()];
        instance.tables = new TableInstance[spaces.tables().size()];
        instance.globals = new GlobalInstance[spaces.globals().size()];
        instance.tags = new TagInstance[spaces.tags().size()];
        int functions = 0;
        int memories = 0;
        int tables = 0;
        int globals = 0;
        int tags = 0;
        for (Extern extern : imports) {
            switch (extern) {
                case FunctionInstance function -> {
                    instance.imports[functions++] = function;
                    if (function.store() != null) {
                        Store.join(instance.store(), function.store());
                    }
                }
                case MemoryInstance memory -> instance.memories[memories++] = memory;
                case TableInstance table -> {
                    instance.tables[tables++] = table;
                    Store.join(instance.store(), table.store());
                }
                case GlobalInstance global -> {
                    instance.globals[globals++] = global;
                    globalValues.add(global.value());
                    if (global.isState()) {
                        Store.join(instance.store(), global.store());
                    }
                }
                case TagInstance tag -> instance.tags[tags++] = tag;
            }
        }
    }

    private void initializeGlobals() {
        List<GlobalType> types = model.spaces().globals();
        long[] bits = new long[types.size()];
        Object[] references = new Object[types.size()];
        int imported = model.spaces().importedGlobals();
        for (int i = imported; i < types.size(); i++) {
            GlobalType type = code.closed(types.get(i));
            Object value = evaluator.evaluate(model.globals().get(i - imported).initial());
            globalValues.add(value);
            if (!code.isPrivateGlobal(i)) {
                makeCell(i, type);
                instance.globals[i].assignUnchecked(value);
            } else if (type.type() instanceof NumberType) {
                bits[i] = bits(value);
            } else {
                references[i] = value;
            }
        }
        instance.initializeFields(bits, references);
        meter();
    }

    private void makeCell(int index, GlobalType type) {
        instance.globals[index] = new GlobalInstance(type);
        Store.join(instance.store(), instance.globals[index].store());
    }

    /** Makes the globals that are seen from outside, without values. */
    private void initializeCells() {
        List<GlobalType> types = model.spaces().globals();
        for (int i = model.spaces().importedGlobals(); i < types.size(); i++) {
            if (!code.isPrivateGlobal(i)) {
                makeCell(i, code.closed(types.get(i)));
            }
        }
        meter();
    }

    private void meter() {
        if (code.checks().countsAnything()) {
            instance.store().meter(instance);
        }
    }

    private static long bits(Object number) {
        return switch (number) {
            case Integer value -> value;
            case Long value -> value;
            case Float value -> Float.floatToRawIntBits(value);
            case Double value -> Double.doubleToRawLongBits(value);
            default -> throw new IllegalStateException("not a number: " + number);
        };
    }

    private void initializeTables() {
        int imported = model.spaces().importedTables();
        for (int i = imported; i < instance.tables.length; i++) {
            Table table = model.tables().get(i - imported);
            instance.store().requireElements(
                    Math.max(0, table.type().limits().minimum()), "table " + i);
            Object initial = table.initial().map(evaluator::evaluate).orElse(null);
            addTable(i, new TableInstance(code.closed(table.type()), initial));
        }
        placeFirstTable();
        for (int i = 0; i < instance.elements.length; i++) {
            instance.elements[i] = elements(model.elements().get(i));
        }
    }

    private void addTable(int index, TableInstance table) {
        instance.tables[index] = table;
        Store.join(instance.store(), table.store());
    }

    private void placeFirstTable() {
        if (instance.tables.length > 0) {
            instance.table = instance.tables[0];
        }
    }

    /** Makes tables that get their elements from a state. */
    private void makeTables() {
        int imported = model.spaces().importedTables();
        for (int i = imported; i < instance.tables.length; i++) {
            addTable(i, TableInstance.withoutElements(code.closed(model.tables().get(i - imported).type())));
        }
        placeFirstTable();
    }

    private Object[] elements(ElementSegment segment) {
        if (segment.mode() instanceof SegmentMode.Declarative) {
            return new Object[0];
        }
        return switch (segment.elements()) {
            case ElementSegment.FunctionIndices(int[] indices) -> {
                Object[] elements = new Object[indices.length];
                for (int i = 0; i < indices.length; i++) {
                    elements[i] = instance.lazyFunction(indices[i]);
                }
                yield elements;
            }
            case ElementSegment.Expressions(var list) -> list.stream().map(evaluator::evaluate).toArray();
        };
    }

    private void runSegments() {
        for (int i = 0; i < instance.elements.length; i++) {
            if (model.elements().get(i).mode() instanceof SegmentMode.Active(int table, ConstantExpression offset)) {
                Object[] elements = instance.elements[i];
                instance.tables[table].init(elements, address(offset), 0, elements.length);
                instance.elementDrop(i);
            }
        }
        for (DataSegment segment : model.data()) {
            if (segment.mode() instanceof SegmentMode.Active(int memory, ConstantExpression offset)) {
                Bytes bytes = segment.bytes();
                instance.memories[memory].initialize(bytes.array(), bytes.start(), bytes.length(), address(offset));
            }
        }
    }

    private long address(ConstantExpression offset) {
        Object address = evaluator.evaluate(offset);
        return address instanceof Integer number ? Integer.toUnsignedLong(number) : (long) address;
    }
}

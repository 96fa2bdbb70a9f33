package dev.jawa.cli;

import dev.jawa.ExportDescriptor;
import dev.jawa.ImportDescriptor;
import dev.jawa.Module;
import dev.jawa.model.Feature;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.TableType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What {@code jawa inspect} tells about a module.
 *
 * @param name the module's own name, or an empty text
 * @param size of the binary in bytes
 * @param imports what it imports
 * @param exports what it exports
 * @param sections in order
 * @param memories their types, and how much of them the module fills
 * @param tables their types, and how much of them the module fills
 * @param producers the tools that made it, as it says
 * @param features what a platform has to support to run it
 * @param functionCount how many functions it defines itself
 * @param largest the functions with the most code, largest first, or all functions in order
 */
record Inspection(String name, int size, List<ImportDescriptor> imports, List<ExportDescriptor> exports,
        List<SectionSize> sections, List<MemoryPlan> memories, List<TablePlan> tables, List<Producer> producers,
        Set<Feature> features, int functionCount, List<FunctionSize> largest) {
    private static final int SHOWN_FUNCTIONS = 10;

    /**
     * A function that the module defines.
     *
     * @param index in the function index space
     * @param name from the name section, else the first name it is exported by, else an empty text
     * @param type its parameters and results
     * @param size of its instructions in bytes
     */
    record FunctionSize(int index, String name, String type, int size) {
    }

    /**
     * A memory.
     *
     * @param type as the module says
     * @param imported whether somebody else makes it
     * @param dataBytes how many bytes the module's active segments write to it
     */
    record MemoryPlan(MemoryType type, boolean imported, long dataBytes) {
    }

    /**
     * A table.
     *
     * @param type as the module says
     * @param imported whether somebody else makes it
     * @param elements how many the module's active segments set
     */
    record TablePlan(TableType type, boolean imported, long elements) {
    }

    /**
     * Takes a module apart.
     *
     * @throws dev.jawa.CompileError if it is malformed or invalid
     */
    static Inspection of(byte[] bytes, boolean allFunctions) {
        Module module = Module.compile(bytes);
        ModuleModel model = module.model();
        return new Inspection(module.name().orElse(""), bytes.length, module.imports(), module.exports(),
                SectionSize.list(bytes), memories(model), tables(model), Producer.of(module), module.features(),
                model.code().size(), allFunctions ? all(model) : largest(model));
    }

    private static List<FunctionSize> all(ModuleModel model) {
        var names = new FunctionNames(model);
        return IntStream.range(0, model.code().size()).mapToObj(i -> function(model, names, i)).toList();
    }

    private static List<FunctionSize> largest(ModuleModel model) {
        List<FunctionBody> code = model.code();
        var names = new FunctionNames(model);
        return IntStream.range(0, code.size()).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> code.get(i).code().length()).reversed())
                .limit(SHOWN_FUNCTIONS)
                .map(i -> function(model, names, i))
                .toList();
    }

    private static List<MemoryPlan> memories(ModuleModel model) {
        List<MemoryType> memories = model.spaces().memories();
        return IntStream.range(0, memories.size()).mapToObj(i -> {
            long bytes = model.data().stream()
                    .filter(segment -> segment.mode() instanceof SegmentMode.Active active && active.index() == i)
                    .mapToLong(segment -> segment.bytes().length()).sum();
            return new MemoryPlan(memories.get(i), i < model.spaces().importedMemories(), bytes);
        }).toList();
    }

    private static List<TablePlan> tables(ModuleModel model) {
        List<TableType> tables = model.spaces().tables();
        return IntStream.range(0, tables.size()).mapToObj(i -> {
            long elements = model.elements().stream()
                    .filter(segment -> segment.mode() instanceof SegmentMode.Active active && active.index() == i)
                    .mapToLong(segment -> segment.elements().size()).sum();
            return new TablePlan(tables.get(i), i < model.spaces().importedTables(), elements);
        }).toList();
    }

    private static FunctionSize function(ModuleModel model, FunctionNames names, int position) {
        int index = model.spaces().importedFunctions() + position;
        return new FunctionSize(index, names.of(index), model.spaces().functionType(index).toString(),
                model.code().get(position).code().length());
    }
}

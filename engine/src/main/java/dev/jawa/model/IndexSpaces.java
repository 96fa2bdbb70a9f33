package dev.jawa.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The index spaces of a module (core spec 2.5.1): what each index of an instruction means, imports first.
 *
 * <p>Functions are given by their type index, since there can be a million of them.
 */
public final class IndexSpaces {
    private final List<SubType> types;
    private final int[] groupStarts;
    private final int[] functions;
    private final int importedFunctions;
    private final List<TableType> tables;
    private final int importedTables;
    private final List<MemoryType> memories;
    private final int importedMemories;
    private final List<GlobalType> globals;
    private final int importedGlobals;
    private final List<TagType> tags;
    private final int importedTags;

    private IndexSpaces(Builder builder) {
        types = List.copyOf(builder.types);
        groupStarts = Arrays.copyOf(builder.groupStarts, builder.types.size());
        functions = Arrays.copyOf(builder.functions, builder.functionCount);
        importedFunctions = builder.importedFunctions;
        tables = List.copyOf(builder.tables);
        importedTables = builder.importedTables;
        memories = List.copyOf(builder.memories);
        importedMemories = builder.importedMemories;
        globals = List.copyOf(builder.globals);
        importedGlobals = builder.importedGlobals;
        tags = List.copyOf(builder.tags);
        importedTags = builder.importedTags;
    }

    /** All type definitions, of all groups, in order. */
    public List<SubType> types() {
        return types;
    }

    /** The type index at which the group of a type begins. */
    public int groupStart(int typeIndex) {
        return groupStarts[typeIndex];
    }

    /** The type of a function: the index of a type that is a function type once the module is valid. */
    public int functionTypeIndex(int functionIndex) {
        return functions[functionIndex];
    }

    /** The type of a function of a valid module. */
    public FunctionType functionType(int functionIndex) {
        return (FunctionType) types.get(functions[functionIndex]).type();
    }

    /** How many functions there are, imports included. */
    public int functionCount() {
        return functions.length;
    }

    public int importedFunctions() {
        return importedFunctions;
    }

    public List<TableType> tables() {
        return tables;
    }

    public int importedTables() {
        return importedTables;
    }

    public List<MemoryType> memories() {
        return memories;
    }

    public int importedMemories() {
        return importedMemories;
    }

    public List<GlobalType> globals() {
        return globals;
    }

    public int importedGlobals() {
        return importedGlobals;
    }

    public List<TagType> tags() {
        return tags;
    }

    public int importedTags() {
        return importedTags;
    }

    /** How many things of a kind there are, imports included. */
    public int count(ExternalKind kind) {
        return switch (kind) {
            case FUNCTION -> functions.length;
            case TABLE -> tables.size();
            case MEMORY -> memories.size();
            case GLOBAL -> globals.size();
            case TAG -> tags.size();
        };
    }

    /** The type of something by its kind and index. */
    public ExternalType type(ExternalKind kind, int index) {
        return switch (kind) {
            case FUNCTION -> new ExternalFunctionType(functions[index]);
            case TABLE -> tables.get(index);
            case MEMORY -> memories.get(index);
            case GLOBAL -> globals.get(index);
            case TAG -> tags.get(index);
        };
    }

    /** Filled section by section; imports of a kind must come before definitions of it. */
    static final class Builder {
        private final List<SubType> types = new ArrayList<>();
        private int[] groupStarts = new int[16];
        private int[] functions = new int[16];
        private int functionCount;
        private int importedFunctions;
        private final List<TableType> tables = new ArrayList<>();
        private int importedTables;
        private final List<MemoryType> memories = new ArrayList<>();
        private int importedMemories;
        private final List<GlobalType> globals = new ArrayList<>();
        private int importedGlobals;
        private final List<TagType> tags = new ArrayList<>();
        private int importedTags;

        int typeCount() {
            return types.size();
        }

        void addTypes(RecursiveType group) {
            int start = types.size();
            types.addAll(group.types());
            if (types.size() > groupStarts.length) {
                groupStarts = Arrays.copyOf(groupStarts, Math.max(types.size(), groupStarts.length * 2));
            }
            Arrays.fill(groupStarts, start, types.size(), start);
        }

        void addImport(ExternalType type) {
            switch (type) {
                case ExternalFunctionType(int typeIndex, _) -> {
                    addFunction(typeIndex);
                    importedFunctions++;
                }
                case TableType table -> {
                    tables.add(table);
                    importedTables++;
                }
                case MemoryType memory -> {
                    memories.add(memory);
                    importedMemories++;
                }
                case GlobalType global -> {
                    globals.add(global);
                    importedGlobals++;
                }
                case TagType tag -> {
                    tags.add(tag);
                    importedTags++;
                }
            }
        }

        void addFunction(int typeIndex) {
            if (functionCount == functions.length) {
                functions = Arrays.copyOf(functions, functionCount * 2);
            }
            functions[functionCount++] = typeIndex;
        }

        void addTable(TableType type) {
            tables.add(type);
        }

        void addMemory(MemoryType type) {
            memories.add(type);
        }

        void addGlobal(GlobalType type) {
            globals.add(type);
        }

        void addTag(TagType type) {
            tags.add(type);
        }

        IndexSpaces build() {
            return new IndexSpaces(this);
        }
    }
}

package dev.jawa.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A module: what the binary and the text format say (core spec 2.5), immutable.
 *
 * <p>Function bodies and constant expressions stay in the binary format, the form that everything after them reads.
 * Beside the sections as they stand, the model answers for the index spaces, in which imports come first.
 */
public final class ModuleModel {
    private final List<RecursiveType> types;
    private final List<Import> imports;
    private final int[] functions;
    private final List<Table> tables;
    private final List<MemoryType> memories;
    private final List<TagType> tags;
    private final List<Global> globals;
    private final List<Export> exports;
    private final OptionalInt start;
    private final List<ElementSegment> elements;
    private final OptionalInt dataCount;
    private final List<FunctionBody> code;
    private final int codeOffset;
    private final List<DataSegment> data;
    private final List<CustomSection> customSections;
    private final IndexSpaces spaces;

    private ModuleModel(Builder builder) {
        types = List.copyOf(builder.types);
        imports = List.copyOf(builder.imports);
        functions = Arrays.copyOf(builder.functions, builder.functionCount);
        tables = List.copyOf(builder.tables);
        memories = List.copyOf(builder.memories);
        tags = List.copyOf(builder.tags);
        globals = List.copyOf(builder.globals);
        exports = List.copyOf(builder.exports);
        start = builder.start;
        elements = List.copyOf(builder.elements);
        dataCount = builder.dataCount;
        code = List.copyOf(builder.code);
        codeOffset = builder.codeOffset;
        data = List.copyOf(builder.data);
        customSections = List.copyOf(builder.customSections);
        spaces = builder.indexSpaces();
    }

    /** Collects the parts of a module. */
    public static Builder builder() {
        return new Builder();
    }

    /** The type section, group by group. */
    public List<RecursiveType> types() {
        return types;
    }

    /** The imports, in order. */
    public List<Import> imports() {
        return imports;
    }

    /** The type index of each function the module defines. The array is a copy. */
    public int[] functions() {
        return functions.clone();
    }

    /** The tables the module defines. */
    public List<Table> tables() {
        return tables;
    }

    /** The memories the module defines. */
    public List<MemoryType> memories() {
        return memories;
    }

    /** The tags the module defines. */
    public List<TagType> tags() {
        return tags;
    }

    /** The globals the module defines. */
    public List<Global> globals() {
        return globals;
    }

    /** The exports, in order. */
    public List<Export> exports() {
        return exports;
    }

    /** The function that instantiation calls. */
    public OptionalInt start() {
        return start;
    }

    /** The element segments. */
    public List<ElementSegment> elements() {
        return elements;
    }

    /** The data count section. */
    public OptionalInt dataCount() {
        return dataCount;
    }

    /** The bodies, one for each function the module defines. */
    public List<FunctionBody> code() {
        return code;
    }

    /** Where the contents of the code section begin in the module's binary, for debugging information; 0 without one. */
    public int codeOffset() {
        return codeOffset;
    }

    /** The data segments. */
    public List<DataSegment> data() {
        return data;
    }

    /** The custom sections, in order. */
    public List<CustomSection> customSections() {
        return customSections;
    }

    /** The first custom section with a name. */
    public Optional<CustomSection> customSection(String name) {
        return customSections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    /** The index spaces, with the imports in them. */
    public IndexSpaces spaces() {
        return spaces;
    }

    /** Collects the parts of a module, section by section. Not thread-safe. */
    public static final class Builder {
        private final List<RecursiveType> types = new ArrayList<>();
        private final List<Import> imports = new ArrayList<>();
        private int[] functions = new int[16];
        private int functionCount;
        private final List<Table> tables = new ArrayList<>();
        private final List<MemoryType> memories = new ArrayList<>();
        private final List<TagType> tags = new ArrayList<>();
        private final List<Global> globals = new ArrayList<>();
        private final List<Export> exports = new ArrayList<>();
        private OptionalInt start = OptionalInt.empty();
        private final List<ElementSegment> elements = new ArrayList<>();
        private OptionalInt dataCount = OptionalInt.empty();
        private final List<FunctionBody> code = new ArrayList<>();
        private int codeOffset;
        private final List<DataSegment> data = new ArrayList<>();
        private final List<CustomSection> customSections = new ArrayList<>();
        private final IndexSpaces.Builder spaces = new IndexSpaces.Builder();

        private Builder() {
        }

        public Builder type(RecursiveType type) {
            types.add(type);
            spaces.addTypes(type);
            return this;
        }

        public Builder imported(Import imported) {
            imports.add(imported);
            spaces.addImport(imported.type());
            return this;
        }

        /** A function the module defines, by its type index. */
        public Builder function(int typeIndex) {
            if (functionCount == functions.length) {
                functions = Arrays.copyOf(functions, functionCount * 2);
            }
            functions[functionCount++] = typeIndex;
            spaces.addFunction(typeIndex);
            return this;
        }

        public Builder table(Table table) {
            tables.add(table);
            spaces.addTable(table.type());
            return this;
        }

        public Builder memory(MemoryType memory) {
            memories.add(memory);
            spaces.addMemory(memory);
            return this;
        }

        public Builder tag(TagType tag) {
            tags.add(tag);
            spaces.addTag(tag);
            return this;
        }

        public Builder global(Global global) {
            globals.add(global);
            spaces.addGlobal(global.type());
            return this;
        }

        public Builder export(Export export) {
            exports.add(export);
            return this;
        }

        public Builder start(int functionIndex) {
            start = OptionalInt.of(functionIndex);
            return this;
        }

        public Builder element(ElementSegment segment) {
            elements.add(segment);
            return this;
        }

        public Builder dataCount(int count) {
            dataCount = OptionalInt.of(count);
            return this;
        }

        public Builder codeOffset(int offset) {
            codeOffset = offset;
            return this;
        }

        public Builder body(FunctionBody body) {
            code.add(body);
            return this;
        }

        public Builder data(DataSegment segment) {
            data.add(segment);
            return this;
        }

        public Builder customSection(CustomSection section) {
            customSections.add(section);
            return this;
        }

        /** The number of types so far, the first index that a further group would get. */
        public int typeCount() {
            return spaces.typeCount();
        }

        /** The index spaces as they are so far, a snapshot: what validation of the code needs before the end. */
        public IndexSpaces indexSpaces() {
            return spaces.build();
        }

        /** The module. */
        public ModuleModel build() {
            return new ModuleModel(this);
        }
    }
}

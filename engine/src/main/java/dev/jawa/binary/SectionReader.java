package dev.jawa.binary;

import static dev.jawa.binary.ImplementationLimits.*;

import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ExternalType;
import dev.jawa.model.Global;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.Table;
import dev.jawa.model.TagType;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/** Reads the sections of a module but the code section (core spec 5.5), each of them whole. */
final class SectionReader {
    private static final ReferenceType NON_NULL_FUNCTION = new ReferenceType(false, AbstractHeapType.FUNC);
    // Compact import section proposal: in place of a kind, a list of names follows.
    private static final int COMPACT_IMPORTS = 0x7F;
    private static final int COMPACT_IMPORTS_OF_ONE_TYPE = 0x7E;
    static final int TABLE_WITH_INITIAL_VALUE = 0x40;

    private final ModuleVisitor visitor;
    private int types;
    private int imports;
    private int tables;
    private int memories;

    SectionReader(ModuleVisitor visitor) {
        this.visitor = visitor;
    }

    /** Reads a section that is neither custom nor code. */
    void read(Section section, Bytes contents) {
        var bytes = new ByteReader(contents);
        switch (section) {
            case TYPE -> readTypes(bytes);
            case IMPORT -> readImports(bytes);
            case FUNCTION -> readFunctions(bytes);
            case TABLE -> readTables(bytes);
            case MEMORY -> readMemories(bytes);
            case TAG -> readTags(bytes);
            case GLOBAL -> readGlobals(bytes);
            case EXPORT -> readExports(bytes);
            case START -> {
                int offset = bytes.offset();
                visitor.start(bytes.readUnsigned32(), offset);
            }
            case ELEMENT -> readElements(bytes);
            case DATA_COUNT -> {
                int offset = bytes.offset();
                int count = bytes.readUnsigned32();
                DATA_SEGMENTS.check(count, bytes);
                visitor.dataCount(count, offset);
            }
            case DATA -> readData(bytes);
            case CUSTOM, CODE -> throw new IllegalArgumentException(section.toString());
        }
        if (bytes.remaining() > 0) {
            throw bytes.error("section size mismatch");
        }
    }

    private void readTypes(ByteReader bytes) {
        int count = bytes.readLength();
        TYPES.check(count, bytes);
        var reader = new TypeDefinitionReader(bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            RecursiveType group = reader.readGroup();
            types += group.types().size();
            TYPES.check(types, bytes);
            visitor.type(group, offset);
        }
    }

    private void readImports(ByteReader bytes) {
        int count = bytes.readLength();
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            String module = Names.read(bytes);
            String name = Names.read(bytes);
            int kind = bytes.readByte();
            if (name.isEmpty() && kind == COMPACT_IMPORTS) {
                readCompactImports(bytes, module);
            } else if (name.isEmpty() && kind == COMPACT_IMPORTS_OF_ONE_TYPE) {
                readCompactImportsOfOneType(bytes, module);
            } else {
                imported(new Import(module, name, ExternalTypeReader.read(bytes, kind)), bytes, offset);
            }
        }
    }

    private void readCompactImports(ByteReader bytes, String module) {
        int count = bytes.readLength();
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            String name = Names.read(bytes);
            imported(new Import(module, name, ExternalTypeReader.read(bytes, bytes.readByte())), bytes, offset);
        }
    }

    private void readCompactImportsOfOneType(ByteReader bytes, String module) {
        ExternalType type = ExternalTypeReader.read(bytes, bytes.readByte());
        int count = bytes.readLength();
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            imported(new Import(module, Names.read(bytes), type), bytes, offset);
        }
    }

    private void imported(Import imported, ByteReader bytes, int offset) {
        IMPORTS.check(++imports, bytes);
        switch (imported.type().kind()) {
            case TABLE -> TABLES.check(++tables, bytes);
            case MEMORY -> MEMORIES.check(++memories, bytes);
            default -> {
            }
        }
        visitor.imported(imported, offset);
    }

    private void readFunctions(ByteReader bytes) {
        int count = bytes.readLength();
        FUNCTIONS.check(count, bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            visitor.function(bytes.readUnsigned32(), offset);
        }
    }

    private void readTables(ByteReader bytes) {
        int count = bytes.readLength();
        TABLES.check(tables + count, bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            visitor.table(readTable(bytes), offset);
        }
    }

    private static Table readTable(ByteReader bytes) {
        if (bytes.peekByte() != TABLE_WITH_INITIAL_VALUE) {
            return new Table(ExternalTypeReader.readTable(bytes), Optional.empty());
        }
        bytes.readByte();
        if (bytes.readByte() != 0) {
            throw bytes.errorAt(bytes.position() - 1, "zero byte expected");
        }
        return new Table(ExternalTypeReader.readTable(bytes), Optional.of(new ExpressionReader(bytes).read()));
    }

    private void readMemories(ByteReader bytes) {
        int count = bytes.readLength();
        MEMORIES.check(memories + count, bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            MemoryType memory = ExternalTypeReader.readMemory(bytes);
            visitor.memory(memory, offset);
        }
    }

    private void readTags(ByteReader bytes) {
        int count = bytes.readLength();
        TAGS.check(count, bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            TagType tag = ExternalTypeReader.readTag(bytes);
            visitor.tag(tag, offset);
        }
    }

    private void readGlobals(ByteReader bytes) {
        int count = bytes.readLength();
        GLOBALS.check(count, bytes);
        var expressions = new ExpressionReader(bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            visitor.global(new Global(ExternalTypeReader.readGlobal(bytes), expressions.read()), offset);
        }
    }

    private void readExports(ByteReader bytes) {
        int count = bytes.readLength();
        EXPORTS.check(count, bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            String name = Names.read(bytes);
            ExternalKind kind = ExternalKind.lookup(bytes.readByte());
            if (kind == null) {
                throw bytes.errorAt(bytes.position() - 1, "malformed export kind");
            }
            visitor.export(new Export(name, kind, bytes.readUnsigned32()), offset);
        }
    }

    private void readElements(ByteReader bytes) {
        int count = bytes.readLength();
        ELEMENTS.check(count, bytes);
        var expressions = new ExpressionReader(bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            visitor.element(readElement(bytes, expressions), offset);
        }
    }

    // Spec 5.5.12: bit 0 passive or declarative, bit 1 explicit table or declarative, bit 2 expressions.
    private static ElementSegment readElement(ByteReader bytes, ExpressionReader expressions) {
        int start = bytes.position();
        int flags = bytes.readUnsigned32();
        if ((flags & ~7) != 0) {
            throw bytes.errorAt(start, "malformed elements segment kind");
        }
        SegmentMode mode = switch (flags & 3) {
            case 0 -> new SegmentMode.Active(0, expressions.read());
            case 1 -> new SegmentMode.Passive();
            case 2 -> new SegmentMode.Active(bytes.readUnsigned32(), expressions.read());
            default -> new SegmentMode.Declarative();
        };
        boolean hasType = (flags & 3) != 0;
        if ((flags & 4) != 0) {
            ReferenceType type = hasType
                    ? (ReferenceType) TypeCode.valueType(TypeReader.readReferenceType(bytes))
                    : ReferenceType.FUNCREF;
            return new ElementSegment(mode, type, readElementExpressions(bytes, expressions));
        }
        if (hasType && bytes.readByte() != 0) {
            throw bytes.errorAt(bytes.position() - 1, "malformed element kind");
        }
        return new ElementSegment(mode, NON_NULL_FUNCTION, readElementIndices(bytes));
    }

    private static ElementSegment.Elements readElementIndices(ByteReader bytes) {
        int count = bytes.readLength();
        ELEMENTS.check(count, bytes);
        var indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = bytes.readUnsigned32();
        }
        return new ElementSegment.FunctionIndices(indices);
    }

    private static ElementSegment.Elements readElementExpressions(ByteReader bytes, ExpressionReader expressions) {
        int count = bytes.readLength();
        ELEMENTS.check(count, bytes);
        var list = new ArrayList<ConstantExpression>();
        for (int i = 0; i < count; i++) {
            list.add(expressions.read());
        }
        return new ElementSegment.Expressions(list);
    }

    private void readData(ByteReader bytes) {
        int count = bytes.readLength();
        DATA_SEGMENTS.check(count, bytes);
        var expressions = new ExpressionReader(bytes);
        for (int i = 0; i < count; i++) {
            int offset = bytes.offset();
            visitor.data(readDataSegment(bytes, expressions), offset);
        }
    }

    private static DataSegment readDataSegment(ByteReader bytes, ExpressionReader expressions) {
        int start = bytes.position();
        SegmentMode mode = switch (bytes.readUnsigned32()) {
            case 0 -> new SegmentMode.Active(0, expressions.read());
            case 1 -> new SegmentMode.Passive();
            case 2 -> new SegmentMode.Active(bytes.readUnsigned32(), expressions.read());
            default -> throw bytes.errorAt(start, "malformed data segment kind");
        };
        return new DataSegment(mode, bytes.readRun());
    }
}

package dev.jawa.binary;

import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.Import;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.Table;
import java.util.List;
import java.util.function.Consumer;

/** Writes the contents of the sections of a module but the custom ones (core spec 5.5). */
final class SectionWriter {
    private final ModuleModel module;
    private ByteWriter out;

    SectionWriter(ModuleModel module) {
        this.module = module;
    }

    /** Whether the module has something in a section. */
    boolean isPresent(Section section) {
        return switch (section) {
            case CUSTOM -> false;
            case TYPE -> !module.types().isEmpty();
            case IMPORT -> !module.imports().isEmpty();
            case FUNCTION, CODE -> !module.code().isEmpty();
            case TABLE -> !module.tables().isEmpty();
            case MEMORY -> !module.memories().isEmpty();
            case TAG -> !module.tags().isEmpty();
            case GLOBAL -> !module.globals().isEmpty();
            case EXPORT -> !module.exports().isEmpty();
            case START -> module.start().isPresent();
            case ELEMENT -> !module.elements().isEmpty();
            case DATA_COUNT -> module.dataCount().isPresent();
            case DATA -> !module.data().isEmpty();
        };
    }

    /** The contents of a section, without its id and size. */
    ByteWriter contents(Section section) {
        out = new ByteWriter();
        switch (section) {
            case CUSTOM -> throw new IllegalArgumentException(section.toString());
            case TYPE -> writeList(module.types(), group -> TypeWriter.write(group, out));
            case IMPORT -> writeList(module.imports(), this::writeImport);
            case FUNCTION -> writeFunctions();
            case TABLE -> writeList(module.tables(), this::writeTable);
            case MEMORY -> writeList(module.memories(), memory -> TypeWriter.write(memory, out));
            case TAG -> writeList(module.tags(), tag -> TypeWriter.write(tag, out));
            case GLOBAL -> writeList(module.globals(), this::writeGlobal);
            case EXPORT -> writeList(module.exports(), this::writeExport);
            case START -> out.writeUnsigned32(module.start().orElseThrow());
            case ELEMENT -> writeList(module.elements(), this::writeElement);
            case DATA_COUNT -> out.writeUnsigned32(module.dataCount().orElseThrow());
            case CODE -> writeList(module.code(), this::writeBody);
            case DATA -> writeList(module.data(), this::writeData);
        }
        return out;
    }

    private <T> void writeList(List<T> list, Consumer<T> writer) {
        out.writeUnsigned32(list.size());
        list.forEach(writer);
    }

    private void writeImport(Import imported) {
        out.writeName(imported.module());
        out.writeName(imported.name());
        boolean exact = imported.type() instanceof ExternalFunctionType(_, boolean only) && only;
        out.writeByte(exact ? ExternalTypeReader.EXACT_FUNCTION : imported.type().kind().code());
        TypeWriter.write(imported.type(), out);
    }

    private void writeFunctions() {
        int[] functions = module.functions();
        out.writeUnsigned32(functions.length);
        for (int typeIndex : functions) {
            out.writeUnsigned32(typeIndex);
        }
    }

    private void writeTable(Table table) {
        if (table.initial().isPresent()) {
            out.writeByte(SectionReader.TABLE_WITH_INITIAL_VALUE);
            out.writeByte(0);
        }
        TypeWriter.write(table.type(), out);
        table.initial().ifPresent(this::writeExpression);
    }

    private void writeGlobal(Global global) {
        TypeWriter.write(global.type(), out);
        writeExpression(global.initial());
    }

    private void writeExpression(ConstantExpression expression) {
        out.writeBytes(expression.code());
    }

    private void writeExport(Export export) {
        out.writeName(export.name());
        out.writeByte(export.kind().code());
        out.writeUnsigned32(export.index());
    }

    // Spec 5.5.12: bit 0 passive or declarative, bit 1 explicit table or declarative, bit 2 expressions.
    private void writeElement(ElementSegment segment) {
        boolean expressions = segment.elements() instanceof ElementSegment.Expressions;
        boolean hasType = !(segment.mode() instanceof SegmentMode.Active(int table, _) && table == 0)
                || expressions && !segment.type().equals(ReferenceType.FUNCREF);
        int kind = switch (segment.mode()) {
            case SegmentMode.Active _ -> hasType ? 2 : 0;
            case SegmentMode.Passive _ -> 1;
            case SegmentMode.Declarative _ -> 3;
        };
        out.writeUnsigned32(expressions ? kind | 4 : kind);
        writeMode(segment.mode(), hasType);
        if (hasType && expressions) {
            TypeWriter.write(segment.type(), out);
        } else if (hasType) {
            out.writeByte(0);
        }
        writeElements(segment.elements());
    }

    private void writeMode(SegmentMode mode, boolean withIndex) {
        if (mode instanceof SegmentMode.Active(int index, ConstantExpression offset)) {
            if (withIndex) {
                out.writeUnsigned32(index);
            }
            writeExpression(offset);
        }
    }

    private void writeElements(ElementSegment.Elements elements) {
        switch (elements) {
            case ElementSegment.FunctionIndices(int[] indices) -> {
                out.writeUnsigned32(indices.length);
                for (int index : indices) {
                    out.writeUnsigned32(index);
                }
            }
            case ElementSegment.Expressions(List<ConstantExpression> list) ->
                writeList(list, this::writeExpression);
        }
    }

    private void writeBody(FunctionBody body) {
        var entry = new ByteWriter();
        entry.writeUnsigned32(body.locals().size());
        for (FunctionBody.Locals locals : body.locals()) {
            entry.writeUnsigned32(locals.count());
            TypeWriter.write(locals.type(), entry);
        }
        entry.writeBytes(body.code());
        out.writeRun(entry);
    }

    private void writeData(DataSegment segment) {
        switch (segment.mode()) {
            case SegmentMode.Active(int index, _) -> {
                out.writeUnsigned32(index == 0 ? 0 : 2);
                writeMode(segment.mode(), index != 0);
            }
            case SegmentMode.Passive _ -> out.writeUnsigned32(1);
            case SegmentMode.Declarative _ -> throw new IllegalArgumentException("a declarative data segment");
        }
        out.writeRun(segment.bytes());
    }
}

package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.binary.TypeWriter;
import dev.jawa.model.AddressType;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ExternalType;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.Table;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Parses the fields of a module but types (core spec 6.6), once everything has its index. */
final class FieldParser {
    private final TokenReader reader;
    private final Scopes scopes;
    private final ModuleParts parts;
    private final TypeParser types;
    private final SegmentParser segments;
    private final Optional<Places> places;

    private int functions;
    private int tables;
    private int memories;
    private int globals;
    private int tags;

    /**
     * A parser of fields.
     *
     * @param places gets those of the instructions of its function
     */
    FieldParser(TokenReader reader, Scopes scopes, ModuleParts parts, Optional<Places> places) {
        this.reader = reader;
        this.scopes = scopes;
        this.parts = parts;
        this.places = places;
        this.types = new TypeParser(reader, scopes);
        this.segments = new SegmentParser(reader, scopes, parts);
    }

    /** The field at the next token. */
    void field() {
        int token = reader.position();
        switch (reader.expectOpen()) {
            case "import" -> imported();
            case "func" -> function();
            case "table" -> table();
            case "memory" -> memory();
            case "global" -> global();
            case "tag" -> tag();
            case "export" -> export();
            case "start" -> start(token);
            case "elem" -> segments.element();
            case "data" -> segments.data();
            default -> throw reader.errorAt(token + 1, "unexpected token: a field of a module expected");
        }
        reader.expectClose();
    }

    private void imported() {
        String module = reader.expectName();
        if (reader.atOpen("item")) {
            items(module);
        } else {
            imported(module, reader.expectName());
        }
    }

    private void imported(String module, String name) {
        String kind = reader.expectOpen();
        reader.takeIdentifier();
        parts.imports.add(new Import(module, name, externalType(kind)));
        reader.expectClose();
    }

    /** Imports from one module (compact import section proposal): each with its type, or all of the one at the end. */
    private void items(String module) {
        var ofOneType = new ArrayList<String>();
        int start = reader.position();
        int items = 0;
        for (; reader.takeOpen("item"); items++) {
            String name = reader.expectName();
            if (reader.at(Token.RIGHT_PARENTHESIS)) {
                ofOneType.add(name);
            } else {
                imported(module, name);
            }
            reader.expectClose();
        }
        if (ofOneType.isEmpty()) {
            return;
        } else if (ofOneType.size() < items) {
            throw reader.errorAt(start, "unexpected token: items of an import have types of their own, or none of them has");
        }
        int type = reader.position();
        for (String name : ofOneType) {
            reader.position(type);
            String kind = reader.expectOpen();
            parts.imports.add(new Import(module, name, externalType(kind)));
            reader.expectClose();
        }
    }

    private ExternalType externalType(String kind) {
        return switch (kind) {
            case "func" -> {
                functions++;
                yield functionType();
            }
            case "table" -> {
                tables++;
                yield tableType();
            }
            case "memory" -> {
                memories++;
                yield types.memoryType();
            }
            case "global" -> {
                globals++;
                yield types.globalType();
            }
            default -> {
                tags++;
                yield tagType();
            }
        };
    }

    private ExternalFunctionType functionType() {
        int function = functions - 1;
        var locals = new IndexSpace("local");
        boolean exact = reader.takeOpen("exact");
        var type = new ExternalFunctionType(types.typeUse(locals), exact);
        if (exact) {
            reader.expectClose();
        }
        parts.functionNames.add(new ModuleParts.FunctionNames(function, locals, new Labels()));
        return type;
    }

    private TagType tagType() {
        return new TagType(types.typeUse(new IndexSpace("local")));
    }

    private TableType tableType() {
        AddressType addressType = types.addressType();
        ResizableLimits limits = types.limits();
        return new TableType(addressType, limits, types.referenceType());
    }

    /** The exports written into a definition; then, if it is an import in fact, does all of it and gives true. */
    private boolean exportsAndImport(ExternalKind kind, int index, String keyword) {
        reader.takeIdentifier();
        while (reader.takeOpen("export")) {
            parts.exports.add(new Export(reader.expectName(), kind, index));
            reader.expectClose();
        }
        if (!reader.takeOpen("import")) {
            return false;
        }
        String module = reader.expectName();
        String name = reader.expectName();
        reader.expectClose();
        parts.imports.add(new Import(module, name, externalType(keyword)));
        return true;
    }

    private void function() {
        if (exportsAndImport(ExternalKind.FUNCTION, functions, "func")) {
            return;
        }
        int function = functions++;
        var locals = new IndexSpace("local");
        parts.functions.add(types.typeUse(locals));
        List<FunctionBody.Locals> declared = locals(locals);
        var labels = new Labels();
        var hints = new BranchHints(reader);
        var code = new ByteWriter();
        // The function's own label has no identifier, but may be named by number.
        labels.push(Optional.empty());
        new InstructionParser(reader, scopes, locals, labels, hints, places.filter(wanted -> wanted.isOf(function)), code)
                .parseSequence();
        var body = new FunctionBody(declared, code.toBytes());
        parts.code.add(body);
        parts.functionNames.add(new ModuleParts.FunctionNames(function, locals, labels));
        if (!hints.isEmpty()) {
            parts.hints.add(new ModuleParts.HintedFunction(function, size(declared), hints));
        }
    }

    private List<FunctionBody.Locals> locals(IndexSpace locals) {
        var list = new ArrayList<ValueType>();
        while (reader.takeOpen("local")) {
            types.namedTypes(list, locals);
        }
        var runs = new ArrayList<FunctionBody.Locals>();
        for (ValueType type : list) {
            boolean same = !runs.isEmpty() && runs.getLast().type().equals(type);
            int count = same ? runs.removeLast().count() : 0;
            runs.add(new FunctionBody.Locals(count + 1, type));
        }
        return runs;
    }

    private static int size(List<FunctionBody.Locals> locals) {
        var out = new ByteWriter();
        out.writeUnsigned32(locals.size());
        for (FunctionBody.Locals run : locals) {
            out.writeUnsigned32(run.count());
            TypeWriter.write(run.type(), out);
        }
        return out.size();
    }

    private void table() {
        if (exportsAndImport(ExternalKind.TABLE, tables, "table")) {
            return;
        }
        int table = tables++;
        AddressType addressType = types.addressType();
        if (types.atReferenceType()) {
            ReferenceType element = types.referenceType();
            int size = segments.inlineElements(table, addressType, element);
            var limits = ResizableLimits.of(size, size);
            parts.tables.add(new Table(new TableType(addressType, limits, element), Optional.empty()));
            return;
        }
        ResizableLimits limits = types.limits();
        var type = new TableType(addressType, limits, types.referenceType());
        Optional<ConstantExpression> initial = reader.at(Token.RIGHT_PARENTHESIS)
                ? Optional.empty() : Optional.of(segments.expression());
        parts.tables.add(new Table(type, initial));
    }

    private void memory() {
        if (exportsAndImport(ExternalKind.MEMORY, memories, "memory")) {
            return;
        }
        int memory = memories++;
        int token = reader.position();
        AddressType addressType = types.addressType();
        if (!reader.at(Token.LEFT_PARENTHESIS)) {
            reader.position(token);
            parts.memories.add(types.memoryType());
            return;
        }
        int pageSizeLog2 = types.pageSizeLog2();
        long bytes = segments.inlineData(memory, addressType);
        long pages = bytes + (1L << pageSizeLog2) - 1 >>> pageSizeLog2;
        parts.memories.add(new MemoryType(addressType, ResizableLimits.of(pages, pages), false, pageSizeLog2));
    }

    private void global() {
        if (exportsAndImport(ExternalKind.GLOBAL, globals, "global")) {
            return;
        }
        globals++;
        GlobalType type = types.globalType();
        parts.globals.add(new Global(type, segments.expression()));
    }

    private void tag() {
        if (!exportsAndImport(ExternalKind.TAG, tags, "tag")) {
            tags++;
            parts.tags.add(tagType());
        }
    }

    private void export() {
        String name = reader.expectName();
        int token = reader.position();
        Export export = switch (reader.expectOpen()) {
            case "func" -> new Export(name, ExternalKind.FUNCTION, scopes.functions.expectIndex(reader));
            case "table" -> new Export(name, ExternalKind.TABLE, scopes.tables.expectIndex(reader));
            case "memory" -> new Export(name, ExternalKind.MEMORY, scopes.memories.expectIndex(reader));
            case "global" -> new Export(name, ExternalKind.GLOBAL, scopes.globals.expectIndex(reader));
            case "tag" -> new Export(name, ExternalKind.TAG, scopes.tags.expectIndex(reader));
            default -> throw reader.errorAt(token + 1, "unexpected token: the kind of an export expected");
        };
        reader.expectClose();
        parts.exports.add(export);
    }

    private void start(int token) {
        if (parts.start.isPresent()) {
            throw reader.errorAt(token + 1, "multiple start sections");
        }
        parts.start = OptionalInt.of(scopes.functions.expectIndex(reader));
    }
}

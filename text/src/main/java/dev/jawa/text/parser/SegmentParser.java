package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.AddressType;
import dev.jawa.model.Bytes;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.ElementSegment.FunctionIndices;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.SegmentMode;
import java.util.ArrayList;
import java.util.Optional;

/** Parses segments, and the constant expressions in them and elsewhere (core spec 6.6.9 and 6.6.10). */
final class SegmentParser {
    private static final ReferenceType NON_NULL_FUNCTION = new ReferenceType(false, AbstractHeapType.FUNC);

    private final TokenReader reader;
    private final Scopes scopes;
    private final ModuleParts parts;
    private final TypeParser types;

    SegmentParser(TokenReader reader, Scopes scopes, ModuleParts parts) {
        this.reader = reader;
        this.scopes = scopes;
        this.parts = parts;
        this.types = new TypeParser(reader, scopes);
    }

    /** Instructions up to a closing parenthesis. */
    ConstantExpression expression() {
        var code = new ByteWriter();
        instructions(code).parseSequence();
        return new ConstantExpression(code.toBytes());
    }

    private ConstantExpression foldedExpression() {
        var code = new ByteWriter();
        instructions(code).parseFolded();
        return new ConstantExpression(code.toBytes());
    }

    private InstructionParser instructions(ByteWriter code) {
        return new InstructionParser(reader, scopes, new IndexSpace("local"), new Labels(), new BranchHints(reader),
                Optional.empty(), code);
    }

    // Either (keyword instructions) or one folded instruction.
    private ConstantExpression expressionAfter(String keyword) {
        if (!reader.takeOpen(keyword)) {
            return foldedExpression();
        }
        ConstantExpression expression = expression();
        reader.expectClose();
        return expression;
    }

    private static ConstantExpression zero(AddressType type) {
        var code = new ByteWriter();
        ImmediateParser.writeOpcode(type == AddressType.I64 ? Opcode.I64_CONST : Opcode.I32_CONST, code);
        code.writeSigned(0);
        ImmediateParser.writeOpcode(Opcode.END, code);
        return new ConstantExpression(code.toBytes());
    }

    // Elements

    /** An element segment, behind {@code (elem}. */
    void element() {
        reader.takeIdentifier();
        if (reader.takeKeyword("declare")) {
            parts.elements.add(elementList(new SegmentMode.Declarative()));
            return;
        }
        boolean oldForm = reader.at(Token.NUMBER);
        Optional<Integer> table = use("table", scopes.tables);
        // A reference type may open a parenthesis as an offset does.
        if (table.isEmpty() && (!reader.at(Token.LEFT_PARENTHESIS) || types.atReferenceType())) {
            parts.elements.add(elementList(new SegmentMode.Passive()));
            return;
        }
        var mode = new SegmentMode.Active(table.orElse(0), expressionAfter("offset"));
        boolean indicesOnly = (table.isEmpty() || oldForm) && !reader.atKeyword("func") && !types.atReferenceType();
        parts.elements.add(indicesOnly ? functions(mode) : elementList(mode));
    }

    private Optional<Integer> use(String keyword, IndexSpace space) {
        if (reader.at(Token.NUMBER)) {
            // The form of version 1.0, which tools still accept.
            return Optional.of(space.expectIndex(reader));
        }
        if (!reader.takeOpen(keyword)) {
            return Optional.empty();
        }
        int index = space.expectIndex(reader);
        reader.expectClose();
        return Optional.of(index);
    }

    private ElementSegment elementList(SegmentMode mode) {
        if (reader.takeKeyword("func")) {
            return functions(mode);
        }
        ReferenceType type = types.referenceType();
        return new ElementSegment(mode, type, expressions());
    }

    private ElementSegment.Expressions expressions() {
        var list = new ArrayList<ConstantExpression>();
        while (reader.at(Token.LEFT_PARENTHESIS)) {
            list.add(expressionAfter("item"));
        }
        return new ElementSegment.Expressions(list);
    }

    private ElementSegment functions(SegmentMode mode) {
        var indices = new ArrayList<Integer>();
        while (!reader.at(Token.RIGHT_PARENTHESIS)) {
            indices.add(scopes.functions.expectIndex(reader));
        }
        var elements = new FunctionIndices(indices.stream().mapToInt(Integer::intValue).toArray());
        return new ElementSegment(mode, NON_NULL_FUNCTION, elements);
    }

    /** The elements written into a table. Gives their number. */
    int inlineElements(int table, AddressType addressType, ReferenceType type) {
        reader.expectOpen("elem");
        var mode = new SegmentMode.Active(table, zero(addressType));
        ElementSegment segment = reader.at(Token.LEFT_PARENTHESIS)
                ? new ElementSegment(mode, type, expressions()) : ofType(type, functions(mode));
        parts.elements.add(segment);
        reader.expectClose();
        return segment.elements().size();
    }

    // A list of functions makes elements of any function type; for a table of another type they have to be expressions.
    private static ElementSegment ofType(ReferenceType type, ElementSegment segment) {
        if (type.equals(ReferenceType.FUNCREF) || !(segment.elements() instanceof FunctionIndices(int[] indices))) {
            return segment;
        }
        var list = new ArrayList<ConstantExpression>();
        for (int index : indices) {
            var code = new ByteWriter();
            ImmediateParser.writeOpcode(Opcode.REF_FUNC, code);
            code.writeUnsigned32(index);
            ImmediateParser.writeOpcode(Opcode.END, code);
            list.add(new ConstantExpression(code.toBytes()));
        }
        return new ElementSegment(segment.mode(), type, new ElementSegment.Expressions(list));
    }

    // Data

    /** A data segment, behind {@code (data}. */
    void data() {
        reader.takeIdentifier();
        Optional<Integer> memory = use("memory", scopes.memories);
        SegmentMode mode = memory.isPresent() || reader.at(Token.LEFT_PARENTHESIS)
                ? new SegmentMode.Active(memory.orElse(0), expressionAfter("offset")) : new SegmentMode.Passive();
        parts.data.add(new DataSegment(mode, Bytes.of(reader.takeStrings())));
    }

    /** The data written into a memory. Gives its size in bytes. */
    long inlineData(int memory, AddressType addressType) {
        reader.expectOpen("data");
        byte[] bytes = reader.takeStrings();
        reader.expectClose();
        parts.data.add(new DataSegment(new SegmentMode.Active(memory, zero(addressType)), Bytes.of(bytes)));
        return bytes.length;
    }
}

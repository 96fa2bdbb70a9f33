package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.binary.TypeWriter;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.Immediates;
import dev.jawa.model.Opcode;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses what follows the name of an instruction, and writes the instruction in the binary format (core spec 5.4). */
final class ImmediateParser {
    private static final Map<String, Opcode> OPCODES = new HashMap<>();
    private static final int EMPTY_BLOCK = 0x40;
    private static final int MEMORY_INDEX_FLAG = 0x40;

    static {
        for (Opcode opcode : Opcode.values()) {
            OPCODES.putIfAbsent(opcode.mnemonic(), opcode);
        }
    }

    private final TokenReader reader;
    private final Scopes scopes;
    private final TypeParser types;
    private final IndexSpace locals;
    private final Labels labels;

    ImmediateParser(TokenReader reader, Scopes scopes, IndexSpace locals, Labels labels) {
        this.reader = reader;
        this.scopes = scopes;
        this.types = new TypeParser(reader, scopes);
        this.locals = locals;
        this.labels = labels;
    }

    /** Takes the name of an instruction. */
    Opcode expectOpcode() {
        Opcode opcode = reader.at(Token.KEYWORD) ? OPCODES.get(reader.text()) : null;
        if (opcode == null) {
            throw reader.at(Token.KEYWORD) ? reader.error("unknown operator " + reader.text())
                    : reader.unexpected("an instruction");
        }
        reader.skip();
        return opcode;
    }

    static void writeOpcode(Opcode opcode, ByteWriter out) {
        if (opcode.prefix() == 0) {
            out.writeByte(opcode.number());
        } else {
            out.writeByte(opcode.prefix());
            out.writeUnsigned32(opcode.number());
        }
    }

    /** Writes an instruction whose name has been taken, with the immediates that follow. */
    void write(Opcode opcode, ByteWriter out) {
        switch (opcode) {
            case SELECT, SELECT_TYPED -> writeSelect(out);
            case REF_TEST, REF_TEST_NULL -> writeReferenceType(Opcode.REF_TEST, Opcode.REF_TEST_NULL, out);
            case REF_CAST_DESC_EQ, REF_CAST_DESC_EQ_NULL ->
                writeReferenceType(Opcode.REF_CAST_DESC_EQ, Opcode.REF_CAST_DESC_EQ_NULL, out);
            case REF_CAST, REF_CAST_NULL -> writeReferenceType(Opcode.REF_CAST, Opcode.REF_CAST_NULL, out);
            default -> {
                writeOpcode(opcode, out);
                writeImmediates(opcode, out);
            }
        }
    }

    private void writeSelect(ByteWriter out) {
        if (!reader.atOpen("result")) {
            writeOpcode(Opcode.SELECT, out);
            return;
        }
        List<ValueType> results = types.results();
        writeOpcode(Opcode.SELECT_TYPED, out);
        TypeWriter.write(results, out);
    }

    private void writeReferenceType(Opcode nonNull, Opcode nullable, ByteWriter out) {
        ReferenceType type = types.referenceType();
        writeOpcode(type.nullable() ? nullable : nonNull, out);
        TypeWriter.write(type.heapType(), out);
    }

    private void writeImmediates(Opcode opcode, ByteWriter out) {
        switch (opcode.immediates()) {
            case NONE -> {
            }
            case FENCE -> out.writeByte(0);
            case BLOCK_TYPE -> writeBlockType(out);
            case BLOCK_TYPE_CATCHES -> {
                writeBlockType(out);
                writeCatches(out);
            }
            case LABEL -> out.writeUnsigned32(labels.expectIndex(reader));
            case LABEL_TABLE -> writeLabels(out);
            case FUNCTION -> writeIndex(scopes.functions, out);
            case LOCAL -> writeIndex(locals, out);
            case GLOBAL -> writeIndex(scopes.globals, out);
            case ELEMENT -> writeIndex(scopes.elements, out);
            case DATA -> out.writeUnsigned32(scopes.expectData(reader));
            case TAG -> writeIndex(scopes.tags, out);
            case TABLE -> out.writeUnsigned32(scopes.tables.takeIndex(reader));
            case MEMORY -> out.writeUnsigned32(scopes.memories.takeIndex(reader));
            case TABLE_TABLE -> writeTwoOrNone(scopes.tables, out);
            case MEMORY_MEMORY -> writeTwoOrNone(scopes.memories, out);
            case ELEMENT_TABLE -> {
                int table = takeTarget(scopes.tables);
                writeIndex(scopes.elements, out);
                out.writeUnsigned32(table);
            }
            case DATA_MEMORY -> {
                int memory = takeTarget(scopes.memories);
                out.writeUnsigned32(scopes.expectData(reader));
                out.writeUnsigned32(memory);
            }
            case MEMARG -> writeMemoryArgument(opcode, reader.atIndex(), out);
            case MEMARG_LANE -> {
                writeMemoryArgument(opcode, startsWithMemory(), out);
                writeLane(out);
            }
            case LANE -> writeLane(out);
            case LANES -> {
                for (int i = 0; i < 16; i++) {
                    writeLane(out);
                }
            }
            case I32 -> out.writeSigned((int) reader.expectInteger(32));
            case I64 -> out.writeSigned(reader.expectInteger(64));
            case F32 -> out.writeFixed32((int) reader.expectFloat(32));
            case F64 -> out.writeFixed64(reader.expectFloat(64));
            case V128 -> VectorLiterals.write(reader, out);
            case HEAP_TYPE -> TypeWriter.write(types.heapType(), out);
            case CAST -> writeCast(out);
            case VALUE_TYPES -> TypeWriter.write(types.results(), out);
            case TYPE_TABLE -> writeTypeAndTable(out);
            case TYPE, TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEMENT, TYPE_TYPE, TYPE_TAG, TYPE_HANDLERS,
                    TYPE_TAG_HANDLERS -> writeAfterType(opcode.immediates(), out);
        }
    }

    private void writeAfterType(Immediates immediates, ByteWriter out) {
        int type = scopes.types.expectIndex(reader);
        out.writeUnsigned32(type);
        switch (immediates) {
            case TYPE_FIELD -> writeIndex(scopes.fields(type), out);
            case TYPE_COUNT -> out.writeUnsigned32((int) reader.expectUnsigned(32));
            case TYPE_DATA -> out.writeUnsigned32(scopes.expectData(reader));
            case TYPE_ELEMENT -> writeIndex(scopes.elements, out);
            case TYPE_TYPE -> writeIndex(scopes.types, out);
            case TYPE_TAG -> writeIndex(scopes.tags, out);
            case TYPE_HANDLERS -> writeHandlers(out);
            case TYPE_TAG_HANDLERS -> {
                writeIndex(scopes.tags, out);
                writeHandlers(out);
            }
            default -> {
            }
        }
    }

    private void writeIndex(IndexSpace space, ByteWriter out) {
        out.writeUnsigned32(space.expectIndex(reader));
    }

    private void writeTwoOrNone(IndexSpace space, ByteWriter out) {
        boolean given = reader.atIndex();
        out.writeUnsigned32(given ? space.expectIndex(reader) : 0);
        out.writeUnsigned32(given ? space.expectIndex(reader) : 0);
    }

    // In the text the table or memory comes first and may be left out; in the binary format the segment comes first.
    private int takeTarget(IndexSpace targets) {
        return reader.atTwoIndices() ? targets.expectIndex(reader) : 0;
    }

    private void writeTypeAndTable(ByteWriter out) {
        int table = scopes.tables.takeIndex(reader);
        Optional<Integer> type = types.explicitTypeUse();
        int token = reader.position();
        FunctionType inline = types.anonymousFunctionType();
        type.ifPresent(index -> types.checkInline(index, inline, token));
        out.writeUnsigned32(type.orElseGet(() -> scopes.functionType(inline)));
        out.writeUnsigned32(table);
    }

    private void writeBlockType(ByteWriter out) {
        Optional<Integer> type = types.explicitTypeUse();
        int token = reader.position();
        FunctionType inline = types.anonymousFunctionType();
        if (type.isPresent()) {
            types.checkInline(type.get(), inline, token);
            out.writeSigned(Integer.toUnsignedLong(type.get()));
        } else if (!inline.parameters().isEmpty() || inline.results().size() > 1) {
            out.writeSigned(scopes.functionType(inline));
        } else if (inline.results().isEmpty()) {
            out.writeByte(EMPTY_BLOCK);
        } else {
            TypeWriter.write(inline.results().getFirst(), out);
        }
    }

    private void writeCatches(ByteWriter out) {
        int count = 0;
        var clauses = new ByteWriter();
        for (int kind = catchKind(); kind >= 0; kind = catchKind()) {
            reader.position(reader.position() + 2);
            clauses.writeByte(kind);
            if (kind < 2) {
                writeIndex(scopes.tags, clauses);
            }
            clauses.writeUnsigned32(labels.expectIndex(reader));
            reader.expectClose();
            count++;
        }
        out.writeUnsigned32(count);
        out.writeBytes(clauses);
    }

    // The code of the catch clause that follows, or -1.
    private int catchKind() {
        if (!reader.at(Token.LEFT_PARENTHESIS)) {
            return -1;
        }
        return switch (reader.keywordAfter()) {
            case "catch" -> 0;
            case "catch_ref" -> 1;
            case "catch_all" -> 2;
            case "catch_all_ref" -> 3;
            default -> -1;
        };
    }

    private void writeHandlers(ByteWriter out) {
        int count = 0;
        var handlers = new ByteWriter();
        while (reader.takeOpen("on")) {
            int tag = scopes.tags.expectIndex(reader);
            boolean isSwitch = reader.takeKeyword("switch");
            handlers.writeByte(isSwitch ? 1 : 0);
            handlers.writeUnsigned32(tag);
            if (!isSwitch) {
                handlers.writeUnsigned32(labels.expectIndex(reader));
            }
            reader.expectClose();
            count++;
        }
        out.writeUnsigned32(count);
        out.writeBytes(handlers);
    }

    private void writeLabels(ByteWriter out) {
        var list = new ArrayList<Integer>();
        do {
            list.add(labels.expectIndex(reader));
        } while (reader.atIndex());
        out.writeUnsigned32(list.size() - 1);
        list.forEach(out::writeUnsigned32);
    }

    private void writeCast(ByteWriter out) {
        int label = labels.expectIndex(reader);
        ReferenceType from = types.referenceType();
        ReferenceType to = types.referenceType();
        out.writeByte((from.nullable() ? 1 : 0) | (to.nullable() ? 2 : 0));
        out.writeUnsigned32(label);
        HeapType source = from.heapType();
        TypeWriter.write(source, out);
        TypeWriter.write(to.heapType(), out);
    }

    private void writeLane(ByteWriter out) {
        int token = reader.position();
        try {
            out.writeByte((int) reader.expectUnsigned(8));
        } catch (dev.jawa.CompileError error) {
            throw reader.errorAt(token, "malformed lane index");
        }
    }

    // Before a lane, a number alone is the lane; a memory has an offset, an alignment or another number behind it.
    private boolean startsWithMemory() {
        return reader.at(Token.IDENTIFIER) || reader.atTwoIndices()
                || reader.at(Token.NUMBER) && (reader.keywordAfter().startsWith("offset=")
                        || reader.keywordAfter().startsWith("align="));
    }

    private void writeMemoryArgument(Opcode opcode, boolean hasMemory, ByteWriter out) {
        int memory = hasMemory ? scopes.memories.expectIndex(reader) : 0;
        long offset = takeMemoryNumber("offset=", 0);
        int token = reader.position();
        long alignment = takeMemoryNumber("align=", opcode.accessBytes());
        if (Long.bitCount(alignment) != 1) {
            throw reader.errorAt(token, "alignment must be a power of two");
        }
        int flags = Long.numberOfTrailingZeros(alignment);
        out.writeUnsigned32(memory == 0 ? flags : flags | MEMORY_INDEX_FLAG);
        if (memory != 0) {
            out.writeUnsigned32(memory);
        }
        out.writeUnsigned64(offset);
    }

    private long takeMemoryNumber(String prefix, long otherwise) {
        if (!reader.at(Token.KEYWORD) || !reader.text().startsWith(prefix)) {
            return otherwise;
        }
        try {
            long number = Numbers.unsigned(reader.text().substring(prefix.length()), 64);
            reader.skip();
            return number;
        } catch (NumberFormatException e) {
            throw reader.error(e.getMessage().startsWith("unknown") ? "unknown operator " + reader.text()
                    : "i64 " + e.getMessage());
        }
    }
}

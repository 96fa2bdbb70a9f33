package dev.jawa.text.printer;

import dev.jawa.binary.CatchClause;
import dev.jawa.binary.InstructionReader;
import dev.jawa.binary.ResumptionHandler;
import dev.jawa.model.Bytes;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Opcode;
import dev.jawa.model.SubType;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Prints the instructions of a function or a constant expression (core spec 6.5); by itself, not folded. */
final class InstructionPrinter {
    private final ModuleModel module;
    private final ModuleIdentifiers identifiers;
    private final TypePrinter types;
    private final Identifiers locals;
    private final IntFunction<Optional<String>> labelNames;
    private final InstructionReader reader;

    // The open blocks, outermost first, with the identifiers of their labels.
    private final List<Optional<String>> labels = new ArrayList<>();
    // For each identifier the innermost block that has it, as index of labels; shadowed ones are kept in order.
    private final Map<String, List<Integer>> depths = new HashMap<>();
    private int blocks;

    InstructionPrinter(ModuleModel module, ModuleIdentifiers identifiers, Identifiers locals,
            IntFunction<Optional<String>> labelNames, Bytes code, int function) {
        this.module = module;
        this.identifiers = identifiers;
        this.types = new TypePrinter(identifiers);
        this.locals = locals;
        this.labelNames = labelNames;
        this.reader = new InstructionReader(code, function);
    }

    /** Everything up to the last {@code end}, a line each. */
    void printLines(int depth, StringBuilder out) {
        int open = 0;
        while (true) {
            Opcode opcode = reader.next();
            if (opcode == Opcode.END && open == 0) {
                requireEnd();
                return;
            }
            ModulePrinter.checkLength(out);
            boolean closes = opcode == Opcode.END || opcode == Opcode.DELEGATE;
            open -= closes ? 1 : 0;
            boolean outdented = opcode == Opcode.ELSE || opcode == Opcode.CATCH || opcode == Opcode.CATCH_ALL;
            ModulePrinter.newLine(depth + open - (outdented ? 1 : 0), out);
            print(opcode, out);
            open += opensBlock(opcode) ? 1 : 0;
            if (open < 0) {
                throw reader.error("unexpected end of section or function");
            }
        }
    }

    /** Everything up to the last {@code end}, folded. */
    void printFolded(Optional<FunctionType> type, int depth, StringBuilder out) {
        new FoldedPrinter(module, this, reader, type).read().writeInner(depth, out);
        ModulePrinter.checkLength(out);
    }

    /** A constant expression in a line, folded; with the keyword if it is more than one instruction. */
    String foldedExpression(String keyword) {
        int start = reader.position();
        FoldedNode sequence = new FoldedPrinter(module, this, reader, Optional.empty()).read();
        String folded = sequence.single();
        if (folded.isEmpty()) {
            reader.position(start);
            return expression(keyword);
        }
        return keyword.isEmpty() || sequence.inner.getFirst().inner.isEmpty() ? folded : "(" + keyword + " " + folded + ")";
    }

    /** A constant expression in a line: one instruction in parentheses, several after a blank each. */
    String expression(String keyword) {
        var parts = new ArrayList<String>();
        for (Opcode opcode = reader.next(); opcode != Opcode.END || !labels.isEmpty(); opcode = reader.next()) {
            var part = new StringBuilder();
            print(opcode, part);
            parts.add(part.toString());
        }
        requireEnd();
        if (parts.size() == 1) {
            return "(" + parts.getFirst() + ")";
        }
        String sequence = String.join(" ", parts);
        return keyword.isEmpty() ? sequence : "(" + keyword + " " + sequence + ")";
    }

    void requireEnd() {
        if (reader.hasNext()) {
            throw reader.error("instructions after the end of the function");
        }
    }

    private static boolean opensBlock(Opcode opcode) {
        return switch (opcode) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> true;
            default -> false;
        };
    }

    /** One instruction with its immediates. */
    void print(Opcode opcode, StringBuilder out) {
        if (opcode == Opcode.END || opcode == Opcode.DELEGATE) {
            close();
        }
        out.append(opcode.mnemonic());
        if (opensBlock(opcode)) {
            openBlock(opcode, out);
        } else {
            printImmediates(opcode, out);
        }
    }

    private void openBlock(Opcode opcode, StringBuilder out) {
        Optional<String> label = labelNames.apply(blocks++).filter(name -> !name.isEmpty()).map(Literals::identifier);
        out.append(' ').append(label.orElseGet(() -> number(labels.size())));
        if (reader.blockTypeIsIndex()) {
            out.append(typeUse(reader.blockTypeIndex()));
        } else if (!reader.blockTypeIsEmpty()) {
            out.append(" (result ").append(types.print(reader.blockValueType())).append(')');
        }
        if (opcode == Opcode.TRY_TABLE) {
            reader.catches().forEach(clause -> out.append(' ').append(print(clause)));
        }
        label.ifPresent(name -> depths.computeIfAbsent(name, _ -> new ArrayList<>()).add(labels.size()));
        labels.add(label);
    }

    private void close() {
        if (!labels.isEmpty()) {
            labels.removeLast().ifPresent(name -> depths.get(name).removeLast());
        }
    }

    private String print(CatchClause clause) {
        String kind = clause.kind().name().toLowerCase(java.util.Locale.ROOT);
        String tag = clause.kind().hasTag() ? " " + identifiers.tags.reference(clause.tag()) : "";
        return "(" + kind + tag + " " + label(clause.label()) + ")";
    }

    // A label by its identifier, unless a block further inside has the same.
    private String label(int distance) {
        int index = labels.size() - 1 - distance;
        if (distance >= 0 && index >= 0 && labels.get(index).isPresent()) {
            String name = labels.get(index).get();
            if (depths.get(name).getLast() == index) {
                return name;
            }
        }
        String text = Integer.toUnsignedString(distance);
        return distance >= 0 && index >= 0 ? text + " " + number(index) : text;
    }

    // What tells a label apart that has no identifier, as a comment: how deep its block is nested.
    private static String number(int index) {
        return "(;@" + (index + 1) + ";)";
    }

    private String typeUse(int index) {
        String use = " (type " + identifiers.types.reference(index) + ")";
        List<SubType> all = module.spaces().types();
        return index >= 0 && index < all.size() && all.get(index).type() instanceof FunctionType type
                ? use + types.print(type) : use;
    }

    private void printImmediates(Opcode opcode, StringBuilder out) {
        switch (opcode.immediates()) {
            case NONE, FENCE, BLOCK_TYPE, BLOCK_TYPE_CATCHES -> {
            }
            case LABEL -> add(label(reader.index()), out);
            case LABEL_TABLE -> {
                for (int i = 0; i < reader.labelCount(); i++) {
                    add(label(reader.label(i)), out);
                }
            }
            case FUNCTION -> add(identifiers.functions.reference(reader.index()), out);
            case LOCAL -> add(locals.reference(reader.index()), out);
            case GLOBAL -> add(identifiers.globals.reference(reader.index()), out);
            case ELEMENT -> add(identifiers.elements.reference(reader.index()), out);
            case DATA -> add(identifiers.data.reference(reader.index()), out);
            case TAG -> add(identifiers.tags.reference(reader.index()), out);
            case TABLE -> addUnlessZero(identifiers.tables, reader.index(), out);
            case MEMORY -> addUnlessZero(identifiers.memories, reader.index(), out);
            case TABLE_TABLE -> addTwoUnlessZero(identifiers.tables, out);
            case MEMORY_MEMORY -> addTwoUnlessZero(identifiers.memories, out);
            case ELEMENT_TABLE -> {
                addUnlessZero(identifiers.tables, reader.secondIndex(), out);
                add(identifiers.elements.reference(reader.index()), out);
            }
            case DATA_MEMORY -> {
                addUnlessZero(identifiers.memories, reader.secondIndex(), out);
                add(identifiers.data.reference(reader.index()), out);
            }
            case TYPE_TABLE -> {
                addUnlessZero(identifiers.tables, reader.secondIndex(), out);
                out.append(typeUse(reader.index()));
            }
            case TYPE, TYPE_FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEMENT, TYPE_TYPE, TYPE_TAG, TYPE_HANDLERS,
                    TYPE_TAG_HANDLERS -> printAfterType(opcode, out);
            case MEMARG -> printMemoryArgument(opcode, out);
            case MEMARG_LANE -> {
                printMemoryArgument(opcode, out);
                out.append(' ').append(reader.lane());
            }
            case LANE -> out.append(' ').append(reader.lane());
            case I32, I64 -> out.append(' ').append(reader.constant());
            case F32 -> add(Literals.float32((int) reader.constant()), out);
            case F64 -> add(Literals.float64(reader.constant()), out);
            case LANES -> {
                printLanes(reader.constant(), out);
                printLanes(reader.constantHigh(), out);
            }
            case V128 -> printVector(out);
            case VALUE_TYPES -> printSelectTypes(out);
            case HEAP_TYPE -> printHeapType(opcode, out);
            case CAST -> {
                add(label(reader.index()), out);
                add(types.reference(reader.nullable(), reader.heapType()), out);
                add(types.reference(reader.secondNullable(), reader.secondHeapType()), out);
            }
        }
    }

    private static void add(String text, StringBuilder out) {
        out.append(' ').append(text);
    }

    private static void addUnlessZero(Identifiers space, int index, StringBuilder out) {
        if (index != 0) {
            add(space.reference(index), out);
        }
    }

    private void addTwoUnlessZero(Identifiers space, StringBuilder out) {
        if (reader.index() != 0 || reader.secondIndex() != 0) {
            add(space.reference(reader.index()), out);
            add(space.reference(reader.secondIndex()), out);
        }
    }

    private void printAfterType(Opcode opcode, StringBuilder out) {
        add(identifiers.types.reference(reader.index()), out);
        int second = reader.secondIndex();
        switch (opcode.immediates()) {
            case TYPE_FIELD -> add(identifiers.fields(reader.index()).reference(second), out);
            case TYPE_COUNT -> add(Integer.toUnsignedString(second), out);
            case TYPE_DATA -> add(identifiers.data.reference(second), out);
            case TYPE_ELEMENT -> add(identifiers.elements.reference(second), out);
            case TYPE_TYPE -> add(identifiers.types.reference(second), out);
            case TYPE_TAG -> add(identifiers.tags.reference(second), out);
            case TYPE_HANDLERS -> printHandlers(out);
            case TYPE_TAG_HANDLERS -> {
                add(identifiers.tags.reference(second), out);
                printHandlers(out);
            }
            default -> {
            }
        }
    }

    private void printHandlers(StringBuilder out) {
        for (ResumptionHandler handler : reader.handlers()) {
            out.append(" (on ").append(identifiers.tags.reference(handler.tag())).append(' ')
                    .append(handler.isSwitch() ? "switch" : label(handler.label())).append(')');
        }
    }

    private void printMemoryArgument(Opcode opcode, StringBuilder out) {
        addUnlessZero(identifiers.memories, reader.memory(), out);
        if (reader.memoryOffset() != 0) {
            out.append(" offset=").append(Long.toUnsignedString(reader.memoryOffset()));
        }
        long alignment = 1L << reader.alignment();
        if (alignment != opcode.accessBytes()) {
            out.append(" align=").append(Long.toUnsignedString(alignment));
        }
    }

    private static void printLanes(long lanes, StringBuilder out) {
        for (int shift = 0; shift < 64; shift += 8) {
            out.append(' ').append(lanes >>> shift & 0xFF);
        }
    }

    private void printVector(StringBuilder out) {
        out.append(" i32x4");
        for (int lane = 0; lane < 4; lane++) {
            long half = lane < 2 ? reader.constant() : reader.constantHigh();
            add("0x%08x".formatted((int) (half >>> lane % 2 * 32)), out);
        }
    }

    private void printSelectTypes(StringBuilder out) {
        out.append(" (result");
        for (ValueType type : reader.valueTypes()) {
            add(types.print(type), out);
        }
        out.append(')');
    }

    private void printHeapType(Opcode opcode, StringBuilder out) {
        add(switch (opcode) {
            case REF_TEST, REF_CAST, REF_CAST_DESC_EQ -> types.reference(false, reader.heapType());
            case REF_TEST_NULL, REF_CAST_NULL, REF_CAST_DESC_EQ_NULL -> types.reference(true, reader.heapType());
            default -> types.print(reader.heapType());
        }, out);
    }
}

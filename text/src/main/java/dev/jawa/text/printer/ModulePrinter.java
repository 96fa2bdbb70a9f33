package dev.jawa.text.printer;

import dev.jawa.CompileError;
import dev.jawa.binary.NameSection;
import dev.jawa.binary.Section;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.CustomSection;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.FunctionType;
import dev.jawa.model.Global;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.SubType;
import dev.jawa.model.Table;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.ValueType;
import dev.jawa.text.Wat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints a module (core spec 6.6), section by section in the order of the binary format. */
public final class ModulePrinter {
    private static final String NAME_SECTION = "name";
    private static final int LONGEST_TEXT = 1 << 30;
    private static final String INDENTATION = "  ";
    // Deeper nesting is no longer readable, and would make the text grow with the square of the module.
    private static final int DEEPEST_INDENTATION = 40;

    // A text that is written somewhere is written in pieces of about this size.
    private static final int PIECE = 1 << 16;

    private final ModuleModel module;
    private final Wat.Style style;
    private final Optional<Appendable> target;
    private final NameSection names;
    private final ModuleIdentifiers identifiers;
    private final TypePrinter types;
    private final StringBuilder out = new StringBuilder();
    private long written;

    private ModulePrinter(ModuleModel module, Wat.Style style, Optional<Appendable> target) {
        this.module = module;
        this.style = style;
        this.target = target;
        this.names = NameSection.of(module);
        this.identifiers = new ModuleIdentifiers(module, names);
        this.types = new TypePrinter(identifiers);
    }

    /**
     * The text of a module, with identifiers from its name section.
     *
     * @throws CompileError if a function body is malformed
     */
    public static String print(ModuleModel module, Wat.Style style) {
        var printer = new ModulePrinter(module, style, Optional.empty());
        try {
            printer.print();
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written", e);
        }
        return printer.out.toString();
    }

    /**
     * Writes the text of a module in small pieces.
     *
     * @throws CompileError if a function body is malformed
     * @throws IOException if the target throws it
     */
    public static void print(ModuleModel module, Wat.Style style, Appendable target) throws IOException {
        new ModulePrinter(module, style, Optional.of(target)).print();
    }

    /**
     * The text of one function.
     *
     * @param index of a function that the module defines, imports counted
     * @throws CompileError if its body is malformed
     */
    public static String printFunction(ModuleModel module, int index, Wat.Style style) {
        var printer = new ModulePrinter(module, style, Optional.empty());
        int defined = java.util.Objects.checkIndex(index - module.spaces().importedFunctions(), module.code().size());
        printer.function(defined);
        return printer.out.substring(1).indent(-2);
    }

    private void print() throws IOException {
        out.append("(module");
        names.module().filter(name -> !name.isEmpty())
                .ifPresent(name -> out.append(' ').append(Literals.identifier(name)));
        types();
        imports();
        for (int i = 0; i < module.tables().size(); i++) {
            table(module.tables().get(i), module.spaces().importedTables() + i);
        }
        for (int i = 0; i < module.memories().size(); i++) {
            int index = module.spaces().importedMemories() + i;
            line("(memory ", identifiers.memories.numbered(index), types.print(module.memories().get(i)), ")");
        }
        for (int i = 0; i < module.tags().size(); i++) {
            int index = module.spaces().importedTags() + i;
            line("(tag ", identifiers.tags.numbered(index), typeUse(module.tags().get(i).typeIndex()), ")");
        }
        for (int i = 0; i < module.globals().size(); i++) {
            global(module.globals().get(i), module.spaces().importedGlobals() + i);
        }
        module.exports().forEach(this::export);
        module.start().ifPresent(function -> line("(start ", identifiers.functions.reference(function), ")"));
        for (int i = 0; i < module.elements().size(); i++) {
            element(module.elements().get(i), i);
        }
        for (int i = 0; i < module.code().size(); i++) {
            function(i);
            flush(PIECE);
        }
        for (int i = 0; i < module.data().size(); i++) {
            data(module.data().get(i), i);
            flush(PIECE);
        }
        module.customSections().forEach(this::custom);
        out.append("\n)\n");
        flush(0);
    }

    private void flush(int atLeast) throws IOException {
        if (target.isPresent() && out.length() > atLeast) {
            written += out.length();
            if (written > LONGEST_TEXT) {
                throw tooLong();
            }
            target.get().append(out);
            out.setLength(0);
        }
    }

    /** Throws an error if a text has become too long: long names and many locals take few bytes in the binary. */
    static void checkLength(StringBuilder out) {
        if (out.length() > LONGEST_TEXT) {
            throw tooLong();
        }
    }

    private static CompileError tooLong() {
        return new CompileError("the text of the module is longer than " + LONGEST_TEXT + " characters");
    }

    /** Begins a line. */
    static void newLine(int depth, StringBuilder out) {
        out.append('\n').append(INDENTATION.repeat(Math.min(depth, DEEPEST_INDENTATION)));
    }

    /** How many blanks a line begins with. */
    static int indentation(int depth) {
        return INDENTATION.length() * Math.min(depth, DEEPEST_INDENTATION);
    }

    private void line(String... parts) {
        checkLength(out);
        out.append("\n  ");
        for (String part : parts) {
            out.append(part);
        }
    }

    private void types() {
        int index = 0;
        for (RecursiveType group : module.types()) {
            boolean single = group.types().size() == 1;
            if (!single) {
                line("(rec");
            }
            for (SubType type : group.types()) {
                line(single ? "" : "  ", "(type ", identifiers.types.numbered(index), types.print(type, index), ")");
                index++;
            }
            if (!single) {
                line(")");
            }
        }
    }

    private String typeUse(int index) {
        return "(type " + identifiers.types.reference(index) + ")"
                + functionType(index).map(types::print).orElse("");
    }

    private Optional<FunctionType> functionType(int index) {
        List<SubType> all = module.spaces().types();
        return index >= 0 && index < all.size() && all.get(index).type() instanceof FunctionType type
                ? Optional.of(type) : Optional.empty();
    }

    private void imports() {
        int[] counts = new int[ExternalKind.values().length];
        for (Import imported : module.imports()) {
            int index = counts[imported.type().kind().ordinal()]++;
            String what = switch (imported.type()) {
                case ExternalFunctionType(int type, boolean exact) -> "(func "
                        + identifiers.functions.numbered(index)
                        + (exact ? " (exact" + typeUse(type) + ")" : typeUse(type));
                case TableType table -> "(table " + identifiers.tables.numbered(index) + types.print(table);
                case MemoryType memory -> "(memory " + identifiers.memories.numbered(index) + types.print(memory);
                case GlobalType global -> "(global " + identifiers.globals.numbered(index) + types.print(global);
                case TagType(int type) -> "(tag " + identifiers.tags.numbered(index) + typeUse(type);
            };
            line("(import ", Literals.string(imported.module()), " ", Literals.string(imported.name()), " ", what,
                    "))");
        }
    }

    private void table(Table table, int index) {
        line("(table ", identifiers.tables.numbered(index), types.print(table.type()),
                table.initial().map(initial -> " " + expression(initial, "")).orElse(""), ")");
    }

    private void global(Global global, int index) {
        line("(global ", identifiers.globals.numbered(index), types.print(global.type()), " ",
                expression(global.initial(), ""), ")");
    }

    private String expression(ConstantExpression expression, String keyword) {
        var printer = new InstructionPrinter(module, identifiers, Identifiers.of(0, _ -> Optional.empty()),
                _ -> Optional.empty(), expression.code(), -1);
        return style == Wat.Style.FOLDED ? printer.foldedExpression(keyword) : printer.expression(keyword);
    }

    private void export(Export export) {
        String what = switch (export.kind()) {
            case FUNCTION -> "(func " + identifiers.functions.reference(export.index());
            case TABLE -> "(table " + identifiers.tables.reference(export.index());
            case MEMORY -> "(memory " + identifiers.memories.reference(export.index());
            case GLOBAL -> "(global " + identifiers.globals.reference(export.index());
            case TAG -> "(tag " + identifiers.tags.reference(export.index());
        };
        line("(export ", Literals.string(export.name()), " ", what, "))");
    }

    private void element(ElementSegment segment, int index) {
        line("(elem ", identifiers.elements.numbered(index), mode(segment.mode(), "table", identifiers.tables));
        switch (segment.elements()) {
            case ElementSegment.FunctionIndices(int[] functions) -> {
                out.append("func");
                for (int function : functions) {
                    out.append(' ').append(identifiers.functions.reference(function));
                }
            }
            case ElementSegment.Expressions(List<ConstantExpression> expressions) -> {
                out.append(types.print(segment.type()));
                expressions.forEach(each -> out.append(' ').append(expression(each, "item")));
            }
        }
        out.append(')');
    }

    private String mode(SegmentMode mode, String keyword, Identifiers targets) {
        return switch (mode) {
            case SegmentMode.Passive _ -> "";
            case SegmentMode.Declarative _ -> "declare ";
            case SegmentMode.Active(int index, ConstantExpression offset) ->
                (index == 0 ? "" : "(" + keyword + " " + targets.reference(index) + ") ")
                        + expression(offset, "offset") + " ";
        };
    }

    private void data(DataSegment segment, int index) {
        line("(data ", identifiers.data.numbered(index), mode(segment.mode(), "memory", identifiers.memories),
                Literals.string(segment.bytes()), ")");
    }

    private void function(int defined) {
        int index = module.spaces().importedFunctions() + defined;
        int typeIndex = module.spaces().functionTypeIndex(index);
        FunctionBody body = module.code().get(defined);
        var declared = new ArrayList<ValueType>();
        body.locals().forEach(run -> {
            for (int i = 0; i < run.count(); i++) {
                declared.add(run.type());
            }
        });
        Optional<FunctionType> type = functionType(typeIndex);
        int parameters = type.map(known -> known.parameters().size()).orElse(0);
        Identifiers locals = identifiers.locals(index, parameters + declared.size());
        line("(func ", identifiers.functions.numbered(index), "(type ", identifiers.types.reference(typeIndex), ")",
                type.map(known -> types.print(known, locals)).orElse(""));
        if (!declared.isEmpty()) {
            out.append("\n   ").append(types.named("local", declared, i -> locals.definition(parameters + i)));
        }
        var printer = new InstructionPrinter(module, identifiers, locals, label -> names.label(index, label),
                body.code(), index);
        switch (style) {
            case PLAIN -> printer.printLines(2, out);
            case FOLDED -> printer.printFolded(type, 2, out);
        }
        line(")");
    }

    // The name section is what the identifiers are made from, and is made from them again.
    private void custom(CustomSection section) {
        if (section.name().equals(NAME_SECTION)) {
            return;
        }
        String place = section.after() == 0 ? "(before first)"
                : "(after " + keyword(Section.lookup(section.after())) + ")";
        line("(@custom ", Literals.string(section.name()), " ", place, " ", Literals.string(section.contents()), ")");
    }

    private static String keyword(Section section) {
        return switch (section) {
            case FUNCTION -> "func";
            case ELEMENT -> "elem";
            case DATA_COUNT -> "datacount";
            default -> section.name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}

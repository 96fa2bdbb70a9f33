package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleVisitor;
import dev.jawa.binary.Place;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.AddressType;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.GlobalType;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ResizableLimits;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.Table;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import java.util.HashSet;
import java.util.Set;

/**
 * Validates everything of a module but its code, part by part as they are decoded (core spec 3.2 and 3.5), and hands
 * function bodies on to a {@link BodyQueue}.
 */
final class ModuleRules implements ModuleVisitor {
    private final ModuleContext context = new ModuleContext();
    private final TypeRules types = new TypeRules(context.types());
    private final ConstantRules constants = new ConstantRules(context);
    private final Set<String> exports = new HashSet<>();
    private final BodyQueue bodies = new BodyQueue(context);
    private int importedFunctions;
    private int bodyCount;

    /**
     * Waits for the code, and checks what only all of it shows.
     *
     * @throws CompileError if the module is invalid
     */
    void finish() {
        bodies.await();
        context.checkTagsWithResults();
    }

    BodyQueue bodies() {
        return bodies;
    }

    @Override
    public void type(RecursiveType group, int offset) {
        types.add(group, offset);
    }

    @Override
    public void imported(Import imported, int offset) {
        switch (imported.type()) {
            case ExternalFunctionType(int typeIndex, boolean exact) -> {
                context.checkFunctionType(typeIndex, at(offset));
                context.addFunction(typeIndex, exact);
                importedFunctions++;
            }
            case TableType table -> addTable(table, offset);
            case MemoryType memory -> memory(memory, offset);
            case GlobalType global -> addGlobal(global, offset);
            case TagType tag -> tag(tag, offset);
        }
    }

    @Override
    public void function(int typeIndex, int offset) {
        context.checkFunctionType(typeIndex, at(offset));
        context.addFunction(typeIndex, true);
    }

    @Override
    public void table(Table table, int offset) {
        int element = TypeCode.of(table.type().element());
        checkTable(table.type(), offset);
        if (table.initial().isPresent()) {
            constants.check(table.initial().get(), element);
        } else if (!table.type().element().isDefaultable()) {
            throw error("type mismatch: table of " + TypeCode.toString(element) + " without initial value", offset);
        }
        context.addTable(table.type());
    }

    private void addTable(TableType type, int offset) {
        checkTable(type, offset);
        context.addTable(type);
    }

    // Spec 3.2.15.
    private void checkTable(TableType type, int offset) {
        context.checkValueType(TypeCode.of(type.element()), at(offset));
        long largest = type.addressType() == AddressType.I32 ? 0xFFFF_FFFFL : -1;
        checkLimits(type.limits(), largest, "table size must be at most 2^32-1 elements", offset);
    }

    // Spec 3.2.14, and the custom page sizes and threads proposals.
    @Override
    public void memory(MemoryType type, int offset) {
        boolean small = type.addressType() == AddressType.I32;
        if (type.pageSizeLog2() == 0) {
            checkLimits(type.limits(), small ? 0xFFFF_FFFFL : -1, "memory size must be at most 2^32-1 bytes", offset);
        } else {
            checkLimits(type.limits(), 1L << (small ? 32 : 64) - type.pageSizeLog2(),
                    small ? "memory size must be at most 65536 pages (4GiB)"
                            : "memory size must be at most 2^48 pages", offset);
        }
        if (type.shared() && type.limits().maximum().isEmpty()) {
            throw error("shared memory must have maximum", offset);
        }
        context.addMemory(type);
    }

    private static void checkLimits(ResizableLimits limits, long largest, String reason, int offset) {
        long minimum = limits.minimum();
        if (Long.compareUnsigned(minimum, largest) > 0) {
            throw error(reason, offset);
        }
        if (limits.maximum().isPresent()) {
            long maximum = limits.maximum().getAsLong();
            if (Long.compareUnsigned(maximum, largest) > 0) {
                throw error(reason, offset);
            }
            if (Long.compareUnsigned(minimum, maximum) > 0) {
                throw error("size minimum must not be greater than maximum", offset);
            }
        }
    }

    @Override
    public void tag(TagType tag, int offset) {
        context.checkFunctionType(tag.typeIndex(), at(offset));
        if (context.types().results(tag.typeIndex()).length > 0) {
            context.addTagWithResults(offset);
        }
        context.addTag(tag.typeIndex());
    }

    @Override
    public void global(Global global, int offset) {
        int type = TypeCode.of(global.type().type());
        context.checkValueType(type, at(offset));
        constants.check(global.initial(), type);
        context.addGlobal(global.type());
    }

    private void addGlobal(GlobalType type, int offset) {
        context.checkValueType(TypeCode.of(type.type()), at(offset));
        context.addGlobal(type);
    }

    @Override
    public void export(Export export, int offset) {
        int index = export.index();
        switch (export.kind()) {
            case FUNCTION -> {
                context.functionType(index, at(offset));
                context.declare(index);
            }
            case TABLE -> context.tableElement(index, at(offset));
            case MEMORY -> context.memoryAddress(index, at(offset));
            case GLOBAL -> context.global(index, at(offset));
            case TAG -> context.tag(index, at(offset));
        }
        if (!exports.add(export.name())) {
            throw error("duplicate export name \"" + export.name() + "\"", offset);
        }
    }

    @Override
    public void start(int functionIndex, int offset) {
        int type = context.functionType(functionIndex, at(offset));
        TypeTable table = context.types();
        if (table.parameters(type).length > 0 || table.results(type).length > 0) {
            throw error("start function must not have parameters or results", offset);
        }
    }

    @Override
    public void element(ElementSegment segment, int offset) {
        int type = TypeCode.of(segment.type());
        context.checkValueType(type, at(offset));
        switch (segment.elements()) {
            case ElementSegment.FunctionIndices(int[] indices) -> {
                for (int function : indices) {
                    context.functionType(function, at(offset));
                    context.declare(function);
                }
            }
            case ElementSegment.Expressions(var list) -> list.forEach(expression -> constants.check(expression, type));
        }
        if (segment.mode() instanceof SegmentMode.Active(int table, var where)) {
            int wanted = context.tableElement(table, at(offset));
            if (!context.types().matches(type, wanted)) {
                throw error("type mismatch: element segment's type " + TypeCode.toString(type)
                        + " does not match table's element type " + TypeCode.toString(wanted), offset);
            }
            constants.check(where, context.tableAddress(table, at(offset)));
        }
        context.addElement(type);
    }

    @Override
    public void dataCount(int count, int offset) {
        context.setDataCount(count);
    }

    @Override
    public void body(FunctionBody body) {
        int function = importedFunctions + bodyCount++;
        bodies.add(function, body);
    }

    @Override
    public void data(DataSegment segment, int offset) {
        if (segment.mode() instanceof SegmentMode.Active(int memory, var where)) {
            constants.check(where, context.memoryAddress(memory, at(offset)));
        }
    }

    private static Place at(int offset) {
        return reason -> error(reason, offset);
    }

    private static CompileError error(String reason, int offset) {
        return new CompileError(reason, offset, -1);
    }
}

package dev.jawa.validate;

import dev.jawa.binary.InstructionReader;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.AddressType;
import dev.jawa.model.ArrayType;
import dev.jawa.model.Bytes;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ConstantExpression;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.ExactType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ExternalType;
import dev.jawa.model.Feature;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.HeapType;
import dev.jawa.model.Immediates;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.NumberType;
import dev.jawa.model.Opcode;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.SegmentMode;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.Table;
import dev.jawa.model.TableType;
import dev.jawa.model.TagType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds out which features a module uses: by its instructions, and by its types and sections. */
public final class FeatureScan {
    private final ModuleModel model;
    private final Set<Feature> found = EnumSet.of(Feature.MVP);

    private FeatureScan(ModuleModel model) {
        this.model = model;
    }

    /** The features of a valid module, WebAssembly 1.0 included. */
    public static Set<Feature> of(ModuleModel model) {
        var scan = new FeatureScan(model);
        scan.scanTypes();
        scan.scanDefinitions();
        scan.scanSegments();
        model.code().forEach(scan::scanBody);
        return scan.found;
    }

    private void scanTypes() {
        for (RecursiveType group : model.types()) {
            if (group.types().size() > 1) {
                found.add(Feature.GC);
            }
            group.types().forEach(this::scanType);
        }
    }

    private void scanType(SubType type) {
        if (!type.isFinal() || !type.supertypes().isEmpty()) {
            found.add(Feature.GC);
        }
        if (type.describes().isPresent() || type.descriptor().isPresent()) {
            found.add(Feature.CUSTOM_DESCRIPTORS);
        }
        scanType(type.type());
    }

    private void scanType(CompositeType type) {
        switch (type) {
            case FunctionType function -> {
                function.parameters().forEach(this::scanType);
                function.results().forEach(this::scanType);
                if (function.results().size() > 1) {
                    found.add(Feature.MULTI_VALUE);
                }
            }
            case StructType _, ArrayType _ -> found.add(Feature.GC);
            case ContinuationType _ -> found.add(Feature.STACK_SWITCHING);
        }
    }

    private void scanType(ValueType type) {
        switch (type) {
            case NumberType _ -> {
            }
            case VectorType _ -> found.add(Feature.SIMD);
            case ReferenceType reference -> {
                found.add(Feature.REFERENCE_TYPES);
                scanReference(reference);
            }
        }
    }

    private void scanReference(ReferenceType type) {
        if (!type.nullable()) {
            found.add(Feature.TYPED_FUNCTION_REFERENCES);
        }
        scanHeapType(type.heapType());
    }

    private void scanHeapType(HeapType type) {
        if (type instanceof ExactType) {
            found.add(Feature.CUSTOM_DESCRIPTORS);
        }
        if (!(type instanceof AbstractHeapType abstractType)) {
            found.add(Feature.TYPED_FUNCTION_REFERENCES);
            return;
        }
        switch (abstractType) {
            case FUNC, EXTERN -> {
            }
            case EXN, NOEXN -> found.add(Feature.EXCEPTION_HANDLING);
            case CONT, NOCONT -> found.add(Feature.STACK_SWITCHING);
            default -> found.add(Feature.GC);
        }
    }

    private void scanDefinitions() {
        for (ExternalKind kind : ExternalKind.values()) {
            for (int i = 0; kind != ExternalKind.FUNCTION && i < model.spaces().count(kind); i++) {
                scanExternal(model.spaces().type(kind, i));
            }
        }
        if (model.spaces().memories().size() > 1) {
            found.add(Feature.MULTI_MEMORY);
        }
        if (model.spaces().tables().size() > 1) {
            found.add(Feature.REFERENCE_TYPES);
        }
        boolean exportsMutable = model.exports().stream().filter(export -> export.kind() == ExternalKind.GLOBAL)
                .anyMatch(export -> model.spaces().globals().get(export.index()).mutable());
        boolean importsMutable = model.imports().stream()
                .anyMatch(i -> i.type() instanceof GlobalType global && global.mutable());
        if (exportsMutable || importsMutable) {
            found.add(Feature.MUTABLE_GLOBALS);
        }
        model.globals().forEach(global -> scanConstant(global.initial()));
        for (Table table : model.tables()) {
            table.initial().ifPresent(initial -> {
                found.add(Feature.TYPED_FUNCTION_REFERENCES);
                scanConstant(initial);
            });
        }
    }

    private void scanExternal(ExternalType type) {
        switch (type) {
            case ExternalFunctionType(_, boolean exact) -> {
                if (exact) {
                    found.add(Feature.CUSTOM_DESCRIPTORS);
                }
            }
            case TableType table -> {
                scanAddressType(table.addressType());
                // Tables of any functions are older than reference types.
                if (!table.element().equals(ReferenceType.FUNCREF)) {
                    scanType(table.element());
                }
            }
            case MemoryType memory -> scanMemory(memory);
            case GlobalType global -> scanType(global.type());
            case TagType _ -> found.add(Feature.EXCEPTION_HANDLING);
        }
    }

    private void scanMemory(MemoryType memory) {
        scanAddressType(memory.addressType());
        if (memory.shared()) {
            found.add(Feature.THREADS);
        }
        if (memory.pageSizeLog2() != MemoryType.DEFAULT_PAGE_SIZE_LOG2) {
            found.add(Feature.CUSTOM_PAGE_SIZES);
        }
    }

    private void scanAddressType(AddressType type) {
        if (type == AddressType.I64) {
            found.add(Feature.MEMORY64);
        }
    }

    private void scanSegments() {
        if (model.dataCount().isPresent()) {
            found.add(Feature.BULK_MEMORY);
        }
        for (DataSegment segment : model.data()) {
            scanMode(segment.mode(), Feature.BULK_MEMORY);
        }
        for (ElementSegment segment : model.elements()) {
            scanMode(segment.mode(), Feature.REFERENCE_TYPES);
            if (segment.elements() instanceof ElementSegment.Expressions(List<ConstantExpression> expressions)) {
                expressions.forEach(this::scanConstant);
            }
        }
    }

    private void scanMode(SegmentMode mode, Feature declarative) {
        switch (mode) {
            case SegmentMode.Active(int _, ConstantExpression offset) -> scanConstant(offset);
            case SegmentMode.Passive _ -> found.add(Feature.BULK_MEMORY);
            case SegmentMode.Declarative _ -> found.add(declarative);
        }
    }

    private void scanConstant(ConstantExpression expression) {
        var reader = new InstructionReader(expression.code());
        while (reader.hasNext()) {
            Opcode opcode = reader.next();
            found.add(opcode.feature());
            // Version 1.0 knew constants and imported globals here, no arithmetic.
            if (opcode.hasFixedType() && opcode.feature() == Feature.MVP && !opcode.operands().isEmpty()) {
                found.add(Feature.EXTENDED_CONST);
            }
        }
    }

    private void scanBody(FunctionBody body) {
        body.locals().forEach(local -> scanType(local.type()));
        scanCode(body.code());
    }

    private void scanCode(Bytes code) {
        var reader = new InstructionReader(code);
        while (reader.hasNext()) {
            Opcode opcode = reader.next();
            found.add(opcode.feature());
            if (opcode.immediates() == Immediates.BLOCK_TYPE || opcode.immediates() == Immediates.BLOCK_TYPE_CATCHES) {
                scanBlockType(reader);
            }
        }
    }

    // A version 1.0 block has no parameters and at most one result.
    private void scanBlockType(InstructionReader reader) {
        if (reader.blockTypeIsIndex()) {
            SubType type = model.spaces().types().get(reader.blockTypeIndex());
            if (type.type() instanceof FunctionType function
                    && (!function.parameters().isEmpty() || function.results().size() > 1)) {
                found.add(Feature.MULTI_VALUE);
            }
        }
    }
}

package dev.jawa.validate;

import dev.jawa.CompileError;
import dev.jawa.binary.ImplementationLimits;
import dev.jawa.binary.TypeCode;
import dev.jawa.model.ArrayType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.HeapType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validates the type section, group by group (core spec 3.2 and 3.5.1), and fills the {@link TypeTable}. */
final class TypeRules {
    private static final int NO_SUPERTYPE = -1;

    private final TypeTable types;
    private final List<DefinedType> defined = new ArrayList<>();
    private final Map<DefinedType, Integer> firstOf = new HashMap<>();
    private int[] depths = new int[16];
    private boolean[] finals = new boolean[16];

    TypeRules(TypeTable types) {
        this.types = types;
    }

    /** Validates a group and adds its types to the table. */
    void add(RecursiveType group, int offset) {
        int first = types.count();
        int end = first + group.types().size();
        for (SubType type : group.types()) {
            define(type, end, offset);
        }
        checkDescriptions(group, first, offset);
        canonicalize(group, first);
        checkContinuations(first, end, offset);
        for (int type = first; type < end; type++) {
            int supertype = types.supertype(type);
            if (supertype != NO_SUPERTYPE && !types.definitionMatches(type, supertype)) {
                throw error("sub type " + type + " does not match super type " + supertype, offset);
            }
        }
    }

    // Custom descriptors proposal, "Custom Descriptor Definitions".
    private void checkDescriptions(RecursiveType group, int first, int offset) {
        int end = types.count();
        for (int type = first; type < end; type++) {
            SubType definition = group.types().get(type - first);
            int descriptor = clause(definition.descriptor(), "descriptor", first, end, offset);
            int described = clause(definition.describes(), "described", first, end, offset);
            if (described >= type) {
                throw error("forward use of described type " + described, offset);
            }
            if ((descriptor >= 0 || described >= 0) && !types.isStruct(type)) {
                throw error((descriptor >= 0 ? "descriptor" : "described") + " type must be a struct", offset);
            }
            types.setDescription(type, descriptor, described);
        }
        for (int type = first; type < end; type++) {
            if (types.descriptor(type) >= 0 && types.described(types.descriptor(type)) != type) {
                throw error("type " + type + " is not described by its descriptor", offset);
            }
            if (types.described(type) >= 0 && types.descriptor(types.described(type)) != type) {
                throw error("described type is not described by descriptor " + type, offset);
            }
        }
    }

    private static int clause(Optional<HeapType> clause, String what, int first, int end, int offset) {
        if (clause.isEmpty()) {
            return -1;
        }
        int type = TypeCode.of(clause.get());
        if (type < first || type >= end) {
            throw error(what + " type is outside rec group", offset);
        }
        return type;
    }

    // Stack switching proposal: what is continued is a function.
    private void checkContinuations(int first, int end, int offset) {
        for (int type = first; type < end; type++) {
            if (types.isContinuation(type)) {
                int function = types.continued(type);
                if ((function & (TypeCode.ABSTRACT | TypeCode.EXACT)) != 0 || !types.isFunction(function)) {
                    throw error("non-function type " + TypeCode.heapType(function), offset);
                }
            }
        }
    }

    // References may go as far as the end of the group, supertypes only to types before this one.
    private void define(SubType type, int end, int offset) {
        int index = types.count();
        int supertype = supertype(type, index, end, offset);
        switch (type.type()) {
            case FunctionType(var parameters, var results) ->
                types.addFunction(codes(parameters, end, offset), codes(results, end, offset), supertype);
            case StructType(var fields) -> types.addStruct(fields(fields, end, offset), supertype);
            case ArrayType(var field) -> types.addArray(fields(List.of(field), end, offset), supertype);
            case ContinuationType(HeapType function) ->
                types.addContinuation(checked(TypeCode.of(new ReferenceType(false, function)), end, offset)
                        & TypeCode.HEAP_TYPE, supertype);
        }
        if (index == depths.length) {
            depths = java.util.Arrays.copyOf(depths, index * 2);
            finals = java.util.Arrays.copyOf(finals, index * 2);
        }
        finals[index] = type.isFinal();
        depths[index] = supertype == NO_SUPERTYPE ? 0 : depths[supertype] + 1;
        if (ImplementationLimits.SUBTYPE_DEPTH.isExceededBy(depths[index])) {
            throw error(ImplementationLimits.SUBTYPE_DEPTH.reason(), offset);
        }
    }

    private int supertype(SubType type, int index, int end, int offset) {
        if (type.supertypes().isEmpty()) {
            return NO_SUPERTYPE;
        }
        if (type.supertypes().size() > 1) {
            throw error("sub type " + index + " has several super types", offset);
        }
        HeapType declared = type.supertypes().getFirst();
        int supertype = declared instanceof TypeIndex(int number) ? number : -1;
        if (Integer.compareUnsigned(supertype, end) >= 0) {
            throw error("unknown type " + declared, offset);
        }
        if (supertype >= index) {
            throw error("unknown type: forward use of type " + supertype + " in sub type definition", offset);
        }
        if (finals[supertype]) {
            throw error("sub type " + index + " has final super type " + supertype, offset);
        }
        return supertype;
    }

    private void canonicalize(RecursiveType group, int first) {
        DefinedType[] definedTypes = DefinedType.of(group, first, defined::get);
        for (int i = 0; i < definedTypes.length; i++) {
            defined.add(definedTypes[i]);
            Integer earlier = firstOf.putIfAbsent(definedTypes[i], first + i);
            if (earlier != null) {
                types.setCanonical(first + i, earlier);
            }
        }
    }

    private static int[] codes(List<ValueType> list, int end, int offset) {
        var codes = new int[list.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = checked(TypeCode.of(list.get(i)), end, offset);
        }
        return codes;
    }

    private static TypeTable.Fields fields(List<FieldType> list, int end, int offset) {
        int count = list.size();
        var storage = new int[count];
        var unpacked = new int[count];
        var mutable = new boolean[count];
        boolean defaultable = true;
        for (int i = 0; i < count; i++) {
            FieldType field = list.get(i);
            storage[i] = checked(TypeCode.of(field.storage()), end, offset);
            unpacked[i] = TypeCode.of(field.storage().unpacked());
            mutable[i] = field.mutable();
            defaultable &= field.storage().unpacked().isDefaultable();
        }
        return new TypeTable.Fields(storage, unpacked, mutable, defaultable);
    }

    private static int checked(int code, int end, int offset) {
        int heapType = code & TypeCode.HEAP_TYPE;
        if (TypeCode.isReference(code) && (heapType & TypeCode.ABSTRACT) == 0 && TypeCode.index(heapType) >= end) {
            throw error("unknown type " + TypeCode.index(heapType), offset);
        }
        return code;
    }

    private static CompileError error(String reason, int offset) {
        return new CompileError(reason, offset, -1);
    }
}

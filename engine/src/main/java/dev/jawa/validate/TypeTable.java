package dev.jawa.validate;

import static dev.jawa.binary.TypeCode.ABSTRACT;
import static dev.jawa.binary.TypeCode.BOTTOM;
import static dev.jawa.binary.TypeCode.BOTTOM_HEAP_TYPE;
import static dev.jawa.binary.TypeCode.HEAP_TYPE;
import static dev.jawa.binary.TypeCode.NULLABLE;

import dev.jawa.binary.TypeCode;
import dev.jawa.model.AbstractHeapType;
import java.util.Arrays;

/**
 * The types of a module in the form in which validation asks for them: parts as {@link TypeCode} numbers, and
 * matching between them (core spec 3.3).
 *
 * <p>Filled by {@link TypeRules} before code is validated, then only read, by several threads.
 */
final class TypeTable {
    private static final int FUNCTION = 0;
    private static final int STRUCT = 1;
    private static final int ARRAY = 2;
    private static final int CONTINUATION = 3;
    private static final AbstractHeapType[] KINDS =
            {AbstractHeapType.FUNC, AbstractHeapType.STRUCT, AbstractHeapType.ARRAY, AbstractHeapType.CONT};
    private static final boolean[][] ABSTRACT_MATCHES = abstractMatches();

    private int count;
    private byte[] kinds = new byte[16];
    // Parameters of functions, or null.
    private int[][] parameters = new int[16][];
    private int[][] results = new int[16][];
    // Fields of structs and arrays, or null.
    private Fields[] fields = new Fields[16];
    // The types of descriptors, and what is described, or -1.
    private int[] descriptors = filled(16);
    private int[] described = filled(16);
    // The types of the functions that continuations continue.
    private int[] continued = new int[16];
    private boolean hasContinuations;
    // The type above, or -1.
    private int[] supertypes = new int[16];
    // The first type that is equal to the type, according to the spec's equivalence of recursive types.
    private int[] canonical = new int[16];

    /**
     * The fields of a struct, or the one of an array.
     *
     * @param storage the types, packed ones as such
     * @param unpacked the types of their values
     * @param mutable whether they can be set
     * @param defaultable whether all of them have a default
     */
    record Fields(int[] storage, int[] unpacked, boolean[] mutable, boolean defaultable) {
        int size() {
            return storage.length;
        }

        boolean isPacked(int field) {
            return storage[field] != unpacked[field];
        }
    }

    int count() {
        return count;
    }

    void addFunction(int[] parameterTypes, int[] resultTypes, int supertype) {
        add(FUNCTION, supertype);
        parameters[count] = parameterTypes;
        results[count++] = resultTypes;
    }

    void addStruct(Fields structFields, int supertype) {
        add(STRUCT, supertype);
        fields[count++] = structFields;
    }

    void addArray(Fields field, int supertype) {
        add(ARRAY, supertype);
        fields[count++] = field;
    }

    void addContinuation(int function, int supertype) {
        add(CONTINUATION, supertype);
        hasContinuations = true;
        continued[count++] = function;
    }

    private void add(int kind, int supertype) {
        if (count == kinds.length) {
            int length = count * 2;
            kinds = Arrays.copyOf(kinds, length);
            parameters = Arrays.copyOf(parameters, length);
            results = Arrays.copyOf(results, length);
            fields = Arrays.copyOf(fields, length);
            continued = Arrays.copyOf(continued, length);
            descriptors = grown(descriptors, length);
            described = grown(described, length);
            supertypes = Arrays.copyOf(supertypes, length);
            canonical = Arrays.copyOf(canonical, length);
        }
        kinds[count] = (byte) kind;
        supertypes[count] = supertype;
        canonical[count] = count;
    }

    private static int[] filled(int length) {
        return grown(new int[0], length);
    }

    private static int[] grown(int[] list, int length) {
        int[] grown = Arrays.copyOf(list, length);
        Arrays.fill(grown, list.length, length, -1);
        return grown;
    }

    /** Says which type a type's descriptors have, and what it describes; -1 for neither. */
    void setDescription(int type, int descriptor, int describedType) {
        descriptors[type] = descriptor;
        described[type] = describedType;
    }

    /** The type of the descriptors of a type, or -1. */
    int descriptor(int type) {
        return descriptors[type];
    }

    /** The type that a type describes, or -1. */
    int described(int type) {
        return described[type];
    }

    /** Says that a type is equal to an earlier one. */
    void setCanonical(int type, int first) {
        canonical[type] = first;
    }

    /** Whether there is a type with an index, taken as an unsigned number. */
    boolean has(int type) {
        return Integer.compareUnsigned(type, count) < 0;
    }

    boolean isFunction(int type) {
        return kinds[type] == FUNCTION;
    }

    boolean isStruct(int type) {
        return kinds[type] == STRUCT;
    }

    boolean isArray(int type) {
        return kinds[type] == ARRAY;
    }

    boolean isContinuation(int type) {
        return kinds[type] == CONTINUATION;
    }

    /** Whether there is a continuation type. */
    boolean hasContinuations() {
        return hasContinuations;
    }

    /** The type of the function that a continuation continues. */
    int continued(int type) {
        return continued[type];
    }

    int[] parameters(int type) {
        return parameters[type];
    }

    int[] results(int type) {
        return results[type];
    }

    Fields fields(int type) {
        return fields[type];
    }

    int supertype(int type) {
        return supertypes[type];
    }

    /** Whether a value of one type may be used where another type is expected (spec 3.3.5). */
    boolean matches(int type, int wanted) {
        if (type == wanted || type == BOTTOM) {
            return true;
        }
        if (!TypeCode.isReference(type) || !TypeCode.isReference(wanted)) {
            return false;
        }
        return ((type & NULLABLE) == 0 || (wanted & NULLABLE) != 0)
                && heapTypeMatches(type & HEAP_TYPE, wanted & HEAP_TYPE);
    }

    /** Whether all of some types match others, one by one (spec 3.3.6). */
    boolean matches(int[] types, int[] wanted) {
        if (types == wanted) {
            return true;
        }
        if (types.length != wanted.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!matches(types[i], wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a heap type is another or below it (spec 3.3.3). */
    boolean heapTypeMatches(int type, int wanted) {
        if (type == wanted || type == BOTTOM_HEAP_TYPE) {
            return true;
        }
        if (wanted == BOTTOM_HEAP_TYPE) {
            return false;
        }
        if ((type & ABSTRACT) == 0) {
            int index = TypeCode.index(type);
            if ((wanted & ABSTRACT) != 0) {
                return ABSTRACT_MATCHES[KINDS[kinds[index]].ordinal()][wanted & ~ABSTRACT];
            }
            return TypeCode.isExact(wanted)
                    ? TypeCode.isExact(type) && canonical[index] == canonical[TypeCode.index(wanted)]
                    : definedTypeMatches(index, wanted);
        }
        return (wanted & ABSTRACT) == 0
                ? TypeCode.abstractType(type) == KINDS[kinds[TypeCode.index(wanted)]].bottom()
                : ABSTRACT_MATCHES[type & ~ABSTRACT][wanted & ~ABSTRACT];
    }

    // Spec 3.3.4: equal, or declared below.
    private boolean definedTypeMatches(int type, int wanted) {
        int target = canonical[wanted];
        for (int above = type; above >= 0; above = supertypes[above]) {
            if (canonical[above] == target) {
                return true;
            }
        }
        return false;
    }

    /** The heap type at the top of the hierarchy of another. */
    int top(int heapType) {
        AbstractHeapType type = (heapType & ABSTRACT) == 0
                ? KINDS[kinds[TypeCode.index(heapType)]]
                : TypeCode.abstractType(heapType);
        return TypeCode.of(type.top());
    }

    /** Whether the definition of a type matches that of another (spec 3.3.8). */
    boolean definitionMatches(int type, int wanted) {
        if (kinds[type] != kinds[wanted] || !descriptionMatches(type, wanted)) {
            return false;
        }
        return switch (kinds[type]) {
            case FUNCTION -> matches(parameters[wanted], parameters[type]) && matches(results[type], results[wanted]);
            case ARRAY -> fieldMatches(fields[type], fields[wanted], 0);
            case CONTINUATION -> heapTypeMatches(continued[type], continued[wanted]);
            default -> structMatches(fields[type], fields[wanted]);
        };
    }

    // Custom descriptors proposal: what has descriptors has them below too, and descriptors describe what is below.
    private boolean descriptionMatches(int type, int wanted) {
        boolean descriptor = descriptors[wanted] < 0
                || descriptors[type] >= 0 && definedTypeMatches(descriptors[type], descriptors[wanted]);
        return descriptor && described[type] < 0 == described[wanted] < 0
                && (described[type] < 0 || definedTypeMatches(described[type], described[wanted]));
    }

    private boolean structMatches(Fields struct, Fields wanted) {
        if (struct.size() < wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!fieldMatches(struct, wanted, i)) {
                return false;
            }
        }
        return true;
    }

    // A field that can be set must have the same type, not just a matching one (spec 3.3.7).
    private boolean fieldMatches(Fields some, Fields wanted, int field) {
        int type = some.storage[field];
        int wantedType = wanted.storage[field];
        return some.mutable[field] == wanted.mutable[field] && matches(type, wantedType)
                && (!some.mutable[field] || matches(wantedType, type));
    }

    private static boolean[][] abstractMatches() {
        AbstractHeapType[] types = AbstractHeapType.values();
        var matches = new boolean[types.length][types.length];
        for (AbstractHeapType type : types) {
            for (AbstractHeapType other : types) {
                matches[type.ordinal()][other.ordinal()] = type.matches(other);
            }
        }
        return matches;
    }
}

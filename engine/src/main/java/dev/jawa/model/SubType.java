package dev.jawa.model;

import java.util.List;

/**
 * A type definition with the types it declares itself below (core spec 2.3.10).
 *
 * @param isFinal whether nothing may be below it
 * @param supertypes the declared supertypes; at most one passes validation
 * @param type the definition
 */
public record SubType(boolean isFinal, List<HeapType> supertypes, CompositeType type) {
    public SubType {
        supertypes = List.copyOf(supertypes);
    }

    // As in RecursiveType.

    @Override
    public boolean equals(Object other) {
        return other instanceof SubType that && isFinal == that.isFinal && supertypes.equals(that.supertypes)
                && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(isFinal) + 31 * (supertypes.hashCode() + 31 * type.hashCode());
    }

    /** A final type without supertypes, what the abbreviated form in the binary format means. */
    public static SubType of(CompositeType type) {
        return new SubType(true, List.of(), type);
    }
}

package dev.jawa.model;

import java.util.List;
import java.util.Optional;

/**
 * A type definition with the types it declares itself below (core spec 2.3.10).
 *
 * @param isFinal whether nothing may be below it
 * @param supertypes the declared supertypes; at most one passes validation
 * @param describes the type whose descriptors these are (custom descriptors proposal)
 * @param descriptor the type of its descriptors
 * @param type the definition
 */
public record SubType(boolean isFinal, List<HeapType> supertypes, Optional<HeapType> describes,
        Optional<HeapType> descriptor, CompositeType type) {
    public SubType {
        supertypes = List.copyOf(supertypes);
    }

    /** A type that has no descriptors and is none. */
    public SubType(boolean isFinal, List<HeapType> supertypes, CompositeType type) {
        this(isFinal, supertypes, Optional.empty(), Optional.empty(), type);
    }

    // As in RecursiveType.

    @Override
    public boolean equals(Object other) {
        return other instanceof SubType that && isFinal == that.isFinal && supertypes.equals(that.supertypes)
                && describes.equals(that.describes) && descriptor.equals(that.descriptor) && type.equals(that.type);
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

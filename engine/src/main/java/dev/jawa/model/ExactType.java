package dev.jawa.model;

/**
 * A type without those below it (custom descriptors proposal): references to it point to what was made as one of it.
 *
 * @param type a {@link TypeIndex} or a {@link DefinedType}
 */
public record ExactType(HeapType type) implements HeapType {
    @Override
    public String toString() {
        return "(exact " + type + ")";
    }
}

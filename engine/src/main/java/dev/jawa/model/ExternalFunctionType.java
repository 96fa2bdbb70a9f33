package dev.jawa.model;

/**
 * The type of an imported function.
 *
 * @param typeIndex a function type of the module
 * @param exact whether the function must be of that type, not one below it (custom descriptors proposal)
 */
public record ExternalFunctionType(int typeIndex, boolean exact) implements ExternalType {
    /** A function of a type or one below it. */
    public ExternalFunctionType(int typeIndex) {
        this(typeIndex, false);
    }
}

package dev.jawa.model;

/**
 * The type of an imported function.
 *
 * @param typeIndex a function type of the module
 */
public record ExternalFunctionType(int typeIndex) implements ExternalType {
}

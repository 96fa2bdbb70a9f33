package dev.jawa.model;

/**
 * The type of a tag, of an exception or a control effect (core spec 2.3.14).
 *
 * @param typeIndex a function type of the module, whose parameters are the values the tag carries
 */
public record TagType(int typeIndex) implements ExternalType {
}

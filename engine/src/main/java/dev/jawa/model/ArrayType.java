package dev.jawa.model;

/**
 * An array (core spec 2.3.8).
 *
 * @param field the type of every element
 */
public record ArrayType(FieldType field) implements CompositeType {
}

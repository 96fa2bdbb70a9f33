package dev.jawa.model;

/**
 * A field of a struct, or the elements of an array (core spec 2.3.8).
 *
 * @param storage what it holds
 * @param mutable whether it can be set
 */
public record FieldType(StorageType storage, boolean mutable) {
}

package dev.jawa.model;

/** The type of a value: a number, a vector or a reference (core spec 2.3.5). */
public sealed interface ValueType extends StorageType permits NumberType, VectorType, ReferenceType {

    /** Whether a local of this type has a default: every type but a reference that cannot be null (spec 3.2.4). */
    default boolean isDefaultable() {
        return !(this instanceof ReferenceType reference) || reference.nullable();
    }
}

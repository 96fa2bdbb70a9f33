package dev.jawa.model;

/** What a field of a struct or an array holds: a value or a packed integer (core spec 2.3.8). */
public sealed interface StorageType permits ValueType, PackedType {

    /** The type of the value that reading the field gives. */
    default ValueType unpacked() {
        return switch (this) {
            case ValueType type -> type;
            case PackedType _ -> NumberType.I32;
        };
    }
}

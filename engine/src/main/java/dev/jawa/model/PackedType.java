package dev.jawa.model;

/** The packed field types, read and written as i32 (core spec 2.3.8). */
public enum PackedType implements StorageType {
    I8, I16;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

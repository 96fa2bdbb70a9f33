package dev.jawa.model;

/** The number types (core spec 2.3.1). */
public enum NumberType implements ValueType {
    I32, I64, F32, F64;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

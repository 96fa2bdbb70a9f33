package dev.jawa.model;

/** The vector type (core spec 2.3.2). */
public enum VectorType implements ValueType {
    V128;

    @Override
    public String toString() {
        return "v128";
    }
}

package dev.jawa.model;

/** The type of an index into a memory or a table (core spec 2.3.11). */
public enum AddressType {
    I32, I64;

    /** The type of an operand that addresses. */
    public NumberType valueType() {
        return this == I32 ? NumberType.I32 : NumberType.I64;
    }

    @Override
    public String toString() {
        return valueType().toString();
    }
}

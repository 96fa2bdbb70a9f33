package dev.jawa.model;

/**
 * The type of a global (core spec 2.3.13).
 *
 * @param type what it holds
 * @param mutable whether it can be set
 */
public record GlobalType(ValueType type, boolean mutable) implements ExternalType, ExternType {
    @Override
    public String toString() {
        return mutable ? "(mut " + type + ")" : type.toString();
    }
}

package dev.jawa.model;

/**
 * A constant expression (core spec 3.4.14), kept as in the binary format.
 *
 * @param code the instructions, {@code end} included
 */
public record ConstantExpression(Bytes code) {
}

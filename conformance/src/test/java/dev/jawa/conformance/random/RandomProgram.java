package dev.jawa.conformance.random;

import java.util.List;

/**
 * A random module. It exports functions {@code f0}, {@code f1} and so on, and its {@code fuel}, of which each call and each
 * round of a loop takes one; and may export {@code state}, which tells by a number what else is to be compared.
 */
interface RandomProgram {
    /** The module. */
    String text();

    /**
     * The parameters of each function: {@code i} i32, {@code l} i64, {@code f} f32, {@code d} f64, and any other letter a
     * reference.
     */
    List<String> parameters();

    /** Whether its memory has addresses of 64 bits. */
    default boolean isWide() {
        return false;
    }
}

package dev.jawa.model;

/** When a segment is used (core spec 2.5.7 and 2.5.8). */
public sealed interface SegmentMode {
    /** By instructions. */
    record Passive() implements SegmentMode {
    }

    /** Only by mentioning functions that {@code ref.func} may then name. */
    record Declarative() implements SegmentMode {
    }

    /**
     * At instantiation.
     *
     * @param index the memory or table it goes to
     * @param offset where it goes to
     */
    record Active(int index, ConstantExpression offset) implements SegmentMode {
    }
}

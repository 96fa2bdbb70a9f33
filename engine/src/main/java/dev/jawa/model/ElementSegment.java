package dev.jawa.model;

import java.util.List;

/**
 * Elements for tables (core spec 2.5.7).
 *
 * @param mode when it is used
 * @param type of the elements
 * @param elements function indices or expressions
 */
public record ElementSegment(SegmentMode mode, ReferenceType type, Elements elements) {
    /** The two forms in which elements are given. */
    public sealed interface Elements {
        /** How many there are. */
        int size();
    }

    /**
     * References to functions.
     *
     * @param indices in the function index space
     */
    public record FunctionIndices(int[] indices) implements Elements {
        @Override
        public int size() {
            return indices.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof FunctionIndices that && java.util.Arrays.equals(indices, that.indices);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(indices);
        }
    }

    /**
     * A constant expression for each element.
     *
     * @param list in order
     */
    public record Expressions(List<ConstantExpression> list) implements Elements {
        public Expressions {
            list = List.copyOf(list);
        }

        @Override
        public int size() {
            return list.size();
        }
    }
}

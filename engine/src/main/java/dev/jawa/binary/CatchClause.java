package dev.jawa.binary;

/**
 * A catch clause of {@code try_table} (core spec 2.4.1 and 5.4.1).
 *
 * @param kind what it catches and what it gives to the label
 * @param tag the tag it catches; -1 for those that catch everything
 * @param label where it continues, counted from outside of the {@code try_table}
 */
public record CatchClause(Kind kind, int tag, int label) {
    /** The kinds, in the order of their codes in the binary format. */
    public enum Kind {
        /** Catches a tag, gives its values. */
        CATCH,
        /** Catches a tag, gives its values and the exception. */
        CATCH_REF,
        /** Catches everything, gives nothing. */
        CATCH_ALL,
        /** Catches everything, gives the exception. */
        CATCH_ALL_REF;

        private static final Kind[] KINDS = values();

        /** Whether it catches one tag only. */
        public boolean hasTag() {
            return this == CATCH || this == CATCH_REF;
        }

        /** Whether it gives the exception as a reference. */
        public boolean givesReference() {
            return this == CATCH_REF || this == CATCH_ALL_REF;
        }

        static Kind of(int code) {
            return KINDS[code];
        }

        static int count() {
            return KINDS.length;
        }
    }
}

package dev.jawa.model;

/** The kinds of things a module imports and exports, in the order of their codes in the binary format. */
public enum ExternalKind {
    FUNCTION, TABLE, MEMORY, GLOBAL, TAG;

    private static final ExternalKind[] KINDS = values();

    /** The byte of the binary format. */
    public int code() {
        return ordinal();
    }

    /** The kind with this byte, or {@code null}. */
    public static ExternalKind lookup(int code) {
        return code >= 0 && code < KINDS.length ? KINDS[code] : null;
    }

    /** The name that the JavaScript API uses, such as {@code "function"}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

package dev.jawa.wasi;

/** What a program may do in a directory that it is given. */
public enum Access {
    /** Reading files, listing directories. */
    READ_ONLY,
    /** That, and making, changing, renaming and deleting. */
    READ_WRITE
}

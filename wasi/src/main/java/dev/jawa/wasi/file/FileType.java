package dev.jawa.wasi.file;

import java.nio.file.attribute.BasicFileAttributes;

/** WASI's {@code filetype}, in the order of their numbers. */
public enum FileType {
    UNKNOWN,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    DIRECTORY,
    REGULAR_FILE,
    SOCKET_DGRAM,
    SOCKET_STREAM,
    SYMBOLIC_LINK;

    static FileType of(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return DIRECTORY;
        } else if (attributes.isRegularFile()) {
            return REGULAR_FILE;
        }
        return attributes.isSymbolicLink() ? SYMBOLIC_LINK : UNKNOWN;
    }

    /** The number that a guest is given. */
    public int code() {
        return ordinal();
    }
}

package dev.jawa.wasi.file;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * WASI's {@code filestat}: times in nanoseconds since 1970.
 *
 * @param device the file system that the file is in
 * @param inode which file of it
 */
public record FileStatus(long device, long inode, FileType type, long size, long accessed, long modified,
        long changed) {

    static FileStatus of(BasicFileAttributes attributes) {
        long device = 0;
        long inode = 0;
        Object key = attributes.fileKey();
        // Unix: (dev=HEXADECIMAL,ino=DECIMAL); there is no other way to ask for the two.
        String text = key == null ? "" : key.toString();
        int comma = text.indexOf(",ino=");
        if (text.startsWith("(dev=") && comma > 0) {
            device = Long.parseUnsignedLong(text, 5, comma, 16);
            inode = Long.parseUnsignedLong(text, comma + 5, text.length() - 1, 10);
        } else if (key != null) {
            inode = key.hashCode();
        }
        return new FileStatus(device, inode, FileType.of(attributes), attributes.size(),
                nanoseconds(attributes.lastAccessTime()), nanoseconds(attributes.lastModifiedTime()),
                nanoseconds(attributes.lastModifiedTime()));
    }

    /** What a stream or a socket says about itself. */
    public static FileStatus of(FileType type) {
        return new FileStatus(0, 0, type, 0, 0, 0, 0);
    }

    private static long nanoseconds(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /** Whether both are about one file. */
    public boolean isSameFile(FileStatus other) {
        return device == other.device && inode == other.inode && type == other.type;
    }

    FileStatus withSize(long newSize) {
        return new FileStatus(device, inode, type, newSize, accessed, modified, changed);
    }
}

package dev.jawa.wasi.file;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;

/** A function of WASI fails with an error code. */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What the operating system says, as Java passes it on. */
    private static final Map<String, Errno> BY_REASON = Map.ofEntries(
            Map.entry("Not a directory", Errno.NOTDIR),
            Map.entry("Is a directory", Errno.ISDIR),
            Map.entry("Too many levels of symbolic links", Errno.LOOP),
            Map.entry("File name too long", Errno.NAMETOOLONG),
            Map.entry("No space left on device", Errno.NOSPC),
            Map.entry("Disk quota exceeded", Errno.DQUOT),
            Map.entry("Read-only file system", Errno.ROFS),
            Map.entry("Operation not permitted", Errno.PERM),
            Map.entry("Invalid argument", Errno.INVAL),
            Map.entry("Invalid cross-device link", Errno.XDEV),
            Map.entry("Cross-device link", Errno.XDEV),
            Map.entry("Directory not empty", Errno.NOTEMPTY),
            Map.entry("Device or resource busy", Errno.BUSY),
            Map.entry("Text file busy", Errno.TXTBSY),
            Map.entry("Too many links", Errno.MLINK),
            Map.entry("Too many open files", Errno.MFILE),
            Map.entry("File too large", Errno.FBIG),
            Map.entry("Broken pipe", Errno.PIPE),
            Map.entry("Connection reset", Errno.CONNRESET),
            Map.entry("Connection reset by peer", Errno.CONNRESET));

    private final Errno errno;

    /** A failure with a code. */
    public ErrnoException(Errno errno) {
        super(errno.name());
        this.errno = errno;
    }

    /** The code. */
    public Errno errno() {
        return errno;
    }

    // It happens often, and nobody ever sees where.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The code for what Java's file systems and channels throw. */
    public static Errno of(Exception failure) {
        return switch (failure) {
            case ErrnoException known -> known.errno;
            case NoSuchFileException _ -> Errno.NOENT;
            case FileAlreadyExistsException _ -> Errno.EXIST;
            case DirectoryNotEmptyException _ -> Errno.NOTEMPTY;
            case AccessDeniedException _ -> Errno.ACCES;
            case NotDirectoryException _ -> Errno.NOTDIR;
            case NotLinkException _ -> Errno.INVAL;
            case FileSystemLoopException _ -> Errno.LOOP;
            case ClosedChannelException _ -> Errno.BADF;
            case FileSystemException other -> byReason(other.getReason());
            case IOException other -> byReason(other.getMessage());
            case InvalidPathException _ -> Errno.ILSEQ;
            case NonReadableChannelException _ -> Errno.BADF;
            case NonWritableChannelException _ -> Errno.BADF;
            case UnsupportedOperationException _ -> Errno.NOTSUP;
            default -> Errno.IO;
        };
    }

    private static Errno byReason(String reason) {
        return reason == null ? Errno.IO : BY_REASON.getOrDefault(reason, Errno.IO);
    }
}

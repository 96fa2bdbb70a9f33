package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Directory;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileStatus;
import dev.jawa.wasi.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open directory. */
final class DirectoryDescriptor extends Descriptor {
    private final Directory directory;
    private final boolean readOnly;
    private final Optional<String> preopenedAs;
    private List<Listed> listing = List.of();

    /** An entry as {@code fd_readdir} gives it. */
    record Listed(byte[] name, long inode, FileType type) {
    }

    DirectoryDescriptor(Directory directory, boolean readOnly, Optional<String> preopenedAs, long rights,
            long inheriting, int flags) {
        super(FileType.DIRECTORY, rights, inheriting, flags);
        this.directory = directory;
        this.readOnly = readOnly;
        this.preopenedAs = preopenedAs;
    }

    Directory directory() {
        return directory;
    }

    boolean readOnly() {
        return readOnly;
    }

    /** The name that the guest knows it by, if it was given to the guest. */
    Optional<String> preopenedAs() {
        return preopenedAs;
    }

    /** Fails if nothing in it may be changed. */
    void requireChangeable() throws ErrnoException {
        if (readOnly) {
            throw new ErrnoException(Errno.ROFS);
        }
    }

    /** The entries from a cookie on; those of one reading stay the same until the next begins. */
    List<Listed> list(long cookie) throws IOException {
        if (cookie == 0) {
            listing = read();
        }
        return cookie < 0 || cookie >= listing.size() ? List.of() : listing.subList((int) cookie, listing.size());
    }

    private List<Listed> read() throws IOException {
        long inode = directory.status().inode();
        var entries = new ArrayList<Listed>();
        entries.add(new Listed(new byte[] {'.'}, inode, FileType.DIRECTORY));
        entries.add(new Listed(new byte[] {'.', '.'}, preopenedAs.isPresent() ? inode : 0, FileType.DIRECTORY));
        for (String name : directory.entries()) {
            // What has gone since is left out.
            directory.status(name).ifPresent(status -> entries.add(
                    new Listed(name.getBytes(StandardCharsets.UTF_8), status.inode(), status.type())));
        }
        return entries;
    }

    @Override
    FileStatus status() throws IOException {
        return directory.status();
    }

    @Override
    int read(ByteBuffer target) throws IOException {
        throw new ErrnoException(Errno.ISDIR);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}

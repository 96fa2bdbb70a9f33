package dev.jawa.wasi.preview1;

import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileStatus;
import dev.jawa.wasi.file.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What a file descriptor stands for. What one kind cannot do fails with the code that Unix has for it. */
abstract sealed class Descriptor implements AutoCloseable
        permits DirectoryDescriptor, FileDescriptor, StreamDescriptor, SocketDescriptor, ServerSocketDescriptor {
    static final int APPEND = 1;
    static final int DSYNC = 1 << 1;
    static final int NONBLOCK = 1 << 2;
    static final int RSYNC = 1 << 3;
    static final int SYNC = 1 << 4;

    private final FileType type;
    private long rights;
    private long inheriting;
    private int flags;

    Descriptor(FileType type, long rights, long inheriting, int flags) {
        this.type = type;
        this.rights = rights;
        this.inheriting = inheriting;
        this.flags = flags;
    }

    final FileType type() {
        return type;
    }

    final long rights() {
        return rights;
    }

    final long inheriting() {
        return inheriting;
    }

    final int flags() {
        return flags;
    }

    final boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void flags(int newFlags) throws IOException {
        flags = newFlags;
    }

    /** Fails unless it may be used for something. */
    final void require(long needed) throws ErrnoException {
        if ((rights & needed) != needed) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
    }

    /** Gives rights up. */
    final void restrict(long newRights, long newInheriting) throws ErrnoException {
        if ((newRights & ~rights) != 0 || (newInheriting & ~inheriting) != 0) {
            throw new ErrnoException(Errno.NOTCAPABLE);
        }
        rights = newRights;
        inheriting = newInheriting;
    }

    FileStatus status() throws IOException {
        return FileStatus.of(type);
    }

    /** Reads what there is; -1 at the end. */
    int read(ByteBuffer target) throws IOException {
        throw new ErrnoException(Errno.BADF);
    }

    /** Writes, and says how much. */
    int write(ByteBuffer source) throws IOException {
        throw new ErrnoException(Errno.BADF);
    }

    /** Writes what is left in buffers. */
    void sync(boolean metadata) throws IOException {
    }

    /** Whether reading would not wait, or the number of bytes that can be read if that is known. */
    long readable() throws IOException {
        return 0;
    }

    @Override
    public void close() throws IOException {
    }
}

package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;

/** The functions on file descriptors. */
public final class DescriptorFunctions {
    private static final int ADVICES = 6;
    private static final int ENTRY_HEADER = 24;
    private static final int STATUS_SIZE = 24;
    private static final int ALL_FLAGS = (1 << 5) - 1;

    private static final int FROM_START = 0;
    private static final int FROM_CURRENT = 1;
    private static final int FROM_END = 2;

    private final Process process;
    private final DescriptorTable table;

    /** The functions of a process. */
    public DescriptorFunctions(Process process) {
        this.process = process;
        this.table = process.descriptors();
    }

    // ---- what a descriptor is

    public int fd_prestat_get(Instance caller, int fd, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            memory.putInt(result, 0);
            memory.putInt(result + 4, preopenName(fd).length);
        });
    }

    public int fd_prestat_dir_name(Instance caller, int fd, int address, int length) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            byte[] name = preopenName(fd);
            if (Integer.compareUnsigned(length, name.length) < 0) {
                throw new ErrnoException(Errno.NAMETOOLONG);
            }
            memory.putBytes(address, name);
        });
    }

    private byte[] preopenName(int fd) throws ErrnoException {
        if (table.find(fd) instanceof DirectoryDescriptor directory && directory.preopenedAs().isPresent()) {
            return directory.preopenedAs().get().getBytes(StandardCharsets.UTF_8);
        }
        throw new ErrnoException(Errno.BADF);
    }

    public int fd_fdstat_get(Instance caller, int fd, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            Descriptor descriptor = table.find(fd);
            memory.slice(result, STATUS_SIZE).fill((byte) 0);
            memory.putByte(result, descriptor.type().code());
            memory.putShort(result + 2, descriptor.flags());
            memory.putLong(result + 8, descriptor.rights());
            memory.putLong(result + 16, descriptor.inheriting());
        });
    }

    public int fd_fdstat_set_flags(int fd, int flags) {
        return GuestMemory.attempt(() -> {
            if ((flags & ~ALL_FLAGS) != 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            table.find(fd, Rights.FD_FDSTAT_SET_FLAGS).flags(flags);
        });
    }

    public int fd_fdstat_set_rights(int fd, long base, long inheriting) {
        return GuestMemory.attempt(() -> table.find(fd).restrict(base, inheriting));
    }

    public int fd_filestat_get(Instance caller, int fd, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() ->
                memory.putFileStatus(result, table.find(fd, Rights.FD_FILESTAT_GET).status()));
    }

    public int fd_filestat_set_size(int fd, long size) {
        return GuestMemory.attempt(() -> {
            FileDescriptor file = table.file(fd, Rights.FD_FILESTAT_SET_SIZE, Errno.INVAL);
            checkSize(size);
            file.file().resize(size);
        });
    }

    private static void checkSize(long size) throws ErrnoException {
        if (size < 0) {
            throw new ErrnoException(Errno.INVAL);
        }
    }

    public int fd_filestat_set_times(int fd, long accessed, long modified, int flags) {
        return GuestMemory.attempt(() -> {
            FileTimes times = FileTimes.of(process, accessed, modified, flags);
            Descriptor descriptor = table.find(fd, Rights.FD_FILESTAT_SET_TIMES);
            switch (descriptor) {
                case FileDescriptor file -> file.file().setTimes(times.accessed(), times.modified());
                case DirectoryDescriptor directory -> {
                    directory.requireChangeable();
                    directory.directory().setTimes(times.accessed(), times.modified());
                }
                default -> throw new ErrnoException(Errno.NOTSUP);
            }
        });
    }

    // ---- reading and writing

    public int fd_read(Instance caller, int fd, int vectors, int count, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            Descriptor descriptor = table.find(fd, Rights.FD_READ);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                int wanted = buffer.remaining();
                int read = wanted == 0 ? 0 : descriptor.read(buffer);
                sum += Math.max(read, 0);
                if (read < wanted) {
                    break;
                }
            }
            memory.putInt(result, sum);
        });
    }

    public int fd_write(Instance caller, int fd, int vectors, int count, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            Descriptor descriptor = table.find(fd, Rights.FD_WRITE);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                int wanted = buffer.remaining();
                int written = wanted == 0 ? 0 : descriptor.write(buffer);
                sum += written;
                if (written < wanted) {
                    break;
                }
            }
            memory.putInt(result, sum);
        });
    }

    public int fd_pread(Instance caller, int fd, int vectors, int count, long offset, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            FileDescriptor file = table.file(fd, Rights.FD_READ | Rights.FD_SEEK, Errno.SPIPE);
            checkSize(offset);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                int wanted = buffer.remaining();
                int read = wanted == 0 ? 0 : file.file().readAt(offset + sum, buffer);
                sum += Math.max(read, 0);
                if (read < wanted) {
                    break;
                }
            }
            memory.putInt(result, sum);
        });
    }

    public int fd_pwrite(Instance caller, int fd, int vectors, int count, long offset, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            FileDescriptor file = table.file(fd, Rights.FD_WRITE | Rights.FD_SEEK, Errno.SPIPE);
            checkSize(offset);
            int sum = 0;
            for (ByteBuffer buffer : memory.buffers(vectors, count)) {
                int length = buffer.remaining();
                if (file.has(Descriptor.APPEND)) {
                    // As on Linux, where a file that is appended to is appended to by this as well.
                    file.file().writeAt(file.file().size(), buffer);
                } else {
                    file.file().writeAt(offset + sum, buffer);
                }
                sum += length;
            }
            memory.putInt(result, sum);
        });
    }

    public int fd_seek(Instance caller, int fd, long offset, int whence, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            boolean onlyTells = offset == 0 && whence == FROM_CURRENT;
            FileDescriptor file = table.file(fd, onlyTells ? Rights.FD_TELL : Rights.FD_SEEK, Errno.SPIPE);
            long target = offset + switch (whence) {
                case FROM_START -> 0;
                case FROM_CURRENT -> file.file().position();
                case FROM_END -> file.file().size();
                default -> throw new ErrnoException(Errno.INVAL);
            };
            checkSize(target);
            file.file().position(target);
            memory.putLong(result, target);
        });
    }

    public int fd_tell(Instance caller, int fd, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() ->
                memory.putLong(result, table.file(fd, Rights.FD_TELL, Errno.SPIPE).file().position()));
    }

    public int fd_advise(int fd, long offset, long length, int advice) {
        return GuestMemory.attempt(() -> {
            if (advice < 0 || advice >= ADVICES || offset < 0 || length < 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            // Advice may be ignored, and Java has no way to pass it on.
            table.file(fd, Rights.FD_ADVISE, Errno.SPIPE);
        });
    }

    public int fd_allocate(int fd, long offset, long length) {
        return GuestMemory.attempt(() -> {
            FileDescriptor file = table.file(fd, Rights.FD_ALLOCATE, Errno.NODEV);
            if (offset < 0 || length <= 0 || offset > Long.MAX_VALUE - length) {
                throw new ErrnoException(Errno.INVAL);
            }
            if (offset + length > file.file().size()) {
                file.file().resize(offset + length);
            }
        });
    }

    public int fd_datasync(int fd) {
        return GuestMemory.attempt(() -> table.find(fd, Rights.FD_DATASYNC).sync(false));
    }

    public int fd_sync(int fd) {
        return GuestMemory.attempt(() -> table.find(fd, Rights.FD_SYNC).sync(true));
    }

    // ---- directories and numbers

    public int fd_readdir(Instance caller, int fd, int address, int length, long cookie, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor directory = table.directory(fd, Rights.FD_READDIR);
            ByteBuffer target = memory.buffer(address, length);
            long next = cookie;
            for (DirectoryDescriptor.Listed entry : directory.list(cookie)) {
                next++;
                putCut(target, header(entry, next));
                putCut(target, entry.name());
                if (!target.hasRemaining()) {
                    break;
                }
            }
            memory.putInt(result, target.position());
        });
    }

    private static byte[] header(DirectoryDescriptor.Listed entry, long next) {
        return ByteBuffer.allocate(ENTRY_HEADER).order(ByteOrder.LITTLE_ENDIAN).putLong(next).putLong(entry.inode())
                .putInt(entry.name().length).put((byte) entry.type().code()).array();
    }

    private static void putCut(ByteBuffer target, byte[] bytes) {
        target.put(bytes, 0, Math.min(bytes.length, target.remaining()));
    }

    public int fd_close(int fd) {
        return GuestMemory.attempt(() -> table.close(fd));
    }

    public int fd_renumber(int from, int to) {
        return GuestMemory.attempt(() -> table.renumber(from, to));
    }

    /**
     * The times to set.
     *
     * @param accessed {@code null} to leave it, as {@link java.nio.file.attribute.BasicFileAttributeView} wants it
     * @param modified likewise
     */
    record FileTimes(FileTime accessed, FileTime modified) {
        private static final int SET_ACCESSED = 1;
        private static final int ACCESSED_NOW = 1 << 1;
        private static final int SET_MODIFIED = 1 << 2;
        private static final int MODIFIED_NOW = 1 << 3;

        static FileTimes of(Process process, long accessed, long modified, int flags) throws IOException {
            return new FileTimes(time(process, accessed, flags, SET_ACCESSED, ACCESSED_NOW),
                    time(process, modified, flags, SET_MODIFIED, MODIFIED_NOW));
        }

        private static FileTime time(Process process, long given, int flags, int set, int now) throws IOException {
            boolean setGiven = (flags & set) != 0;
            boolean setNow = (flags & now) != 0;
            if (setGiven && setNow || (flags & ~0xF) != 0) {
                throw new ErrnoException(Errno.INVAL);
            } else if (!setGiven && !setNow) {
                return null;
            }
            return FileTime.from(setNow ? ProcessFunctions.time(process, Process.REALTIME) : given,
                    java.util.concurrent.TimeUnit.NANOSECONDS);
        }
    }
}

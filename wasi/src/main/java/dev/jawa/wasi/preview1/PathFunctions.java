package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.wasi.file.Entry;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import dev.jawa.wasi.file.FileStatus;
import dev.jawa.wasi.file.FileType;
import dev.jawa.wasi.file.OpenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The functions on paths, each relative to a directory that the guest has open. */
public final class PathFunctions {
    private static final int FOLLOW = 1;

    private static final int CREATE = 1;
    private static final int DIRECTORY = 1 << 1;
    private static final int EXCLUSIVE = 1 << 2;
    private static final int TRUNCATE = 1 << 3;

    private final Process process;
    private final DescriptorTable table;

    /** The functions of a process. */
    public PathFunctions(Process process) {
        this.process = process;
        this.table = process.descriptors();
    }

    @FunctionalInterface
    private interface EntryOperation {
        void apply(Entry entry) throws IOException;
    }

    /** Does something with what a path leads to. */
    private static void with(DirectoryDescriptor directory, String path, boolean follow, EntryOperation operation)
            throws IOException {
        try (Entry entry = Entry.resolve(directory.directory(), path, follow)) {
            operation.apply(entry);
        }
    }

    /** Changes something where a path leads. */
    private int change(Instance caller, int fd, long rights, int path, int length, EntryOperation operation) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor directory = table.directory(fd, rights);
            String name = memory.text(path, length);
            directory.requireChangeable();
            with(directory, name, false, operation);
        });
    }

    public int path_create_directory(Instance caller, int fd, int path, int length) {
        return change(caller, fd, Rights.PATH_CREATE_DIRECTORY, path, length, Entry::createDirectory);
    }

    public int path_remove_directory(Instance caller, int fd, int path, int length) {
        return change(caller, fd, Rights.PATH_REMOVE_DIRECTORY, path, length, Entry::removeDirectory);
    }

    public int path_unlink_file(Instance caller, int fd, int path, int length) {
        return change(caller, fd, Rights.PATH_UNLINK_FILE, path, length, Entry::unlink);
    }

    public int path_filestat_get(Instance caller, int fd, int flags, int path, int length, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor directory = table.directory(fd, Rights.PATH_FILESTAT_GET);
            with(directory, memory.text(path, length), (flags & FOLLOW) != 0,
                    entry -> memory.putFileStatus(result, entry.existing()));
        });
    }

    public int path_filestat_set_times(Instance caller, int fd, int flags, int path, int length, long accessed,
            long modified, int which) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            var times = DescriptorFunctions.FileTimes.of(process, accessed, modified, which);
            DirectoryDescriptor directory = table.directory(fd, Rights.PATH_FILESTAT_SET_TIMES);
            String name = memory.text(path, length);
            directory.requireChangeable();
            with(directory, name, (flags & FOLLOW) != 0,
                    entry -> entry.setTimes(times.accessed(), times.modified()));
        });
    }

    public int path_link(Instance caller, int oldFd, int flags, int oldPath, int oldLength, int newFd, int newPath,
            int newLength) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            if ((flags & FOLLOW) != 0) {
                // As in other implementations: a link to a link is what can be made.
                throw new ErrnoException(Errno.INVAL);
            }
            DirectoryDescriptor source = table.directory(oldFd, Rights.PATH_LINK_SOURCE);
            DirectoryDescriptor target = table.directory(newFd, Rights.PATH_LINK_TARGET);
            String oldName = memory.text(oldPath, oldLength);
            String newName = memory.text(newPath, newLength);
            // A link to a file that may only be read would be a way to write it.
            source.requireChangeable();
            target.requireChangeable();
            with(source, oldName, false, from -> with(target, newName, false, to -> to.link(from)));
        });
    }

    public int path_rename(Instance caller, int oldFd, int oldPath, int oldLength, int newFd, int newPath,
            int newLength) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor source = table.directory(oldFd, Rights.PATH_RENAME_SOURCE);
            DirectoryDescriptor target = table.directory(newFd, Rights.PATH_RENAME_TARGET);
            String oldName = memory.text(oldPath, oldLength);
            String newName = memory.text(newPath, newLength);
            source.requireChangeable();
            target.requireChangeable();
            with(source, oldName, false, from -> with(target, newName, false, from::renameTo));
        });
    }

    public int path_symlink(Instance caller, int targetPath, int targetLength, int fd, int path, int length) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor directory = table.directory(fd, Rights.PATH_SYMLINK);
            String target = memory.text(targetPath, targetLength);
            String name = memory.text(path, length);
            directory.requireChangeable();
            // Outside the guest an absolute link would mean something else than inside, where it means nothing.
            if (target.startsWith("/")) {
                throw new ErrnoException(Errno.PERM);
            } else if (target.isEmpty()) {
                throw new ErrnoException(Errno.NOENT);
            } else if (target.indexOf('\0') >= 0) {
                throw new ErrnoException(Errno.INVAL);
            }
            with(directory, name, false, entry -> entry.createLink(target));
        });
    }

    public int path_readlink(Instance caller, int fd, int path, int length, int buffer, int bufferLength,
            int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            DirectoryDescriptor directory = table.directory(fd, Rights.PATH_READLINK);
            with(directory, memory.text(path, length), false, entry -> {
                byte[] target = entry.readLink().getBytes(StandardCharsets.UTF_8);
                int copied = (int) Math.min(target.length, Integer.toUnsignedLong(bufferLength));
                memory.putBytes(buffer, Arrays.copyOf(target, copied));
                memory.putInt(result, copied);
            });
        });
    }

    // ---- opening

    /** What {@code path_open} was asked for. */
    private record Opening(int how, long rights, long inheriting, int flags) {
        boolean has(int bit) {
            return (how & bit) != 0;
        }

        boolean wants(long right) {
            return (rights & right) != 0;
        }

        boolean changes() {
            return has(CREATE) || has(TRUNCATE) || wants(Rights.FD_WRITE | Rights.FD_ALLOCATE
                    | Rights.FD_FILESTAT_SET_SIZE);
        }

        long neededRights() {
            return Rights.PATH_OPEN | (has(CREATE) ? Rights.PATH_CREATE_FILE : 0)
                    | (has(TRUNCATE) ? Rights.PATH_FILESTAT_SET_SIZE : 0);
        }

        Entry.OpenMode mode() {
            boolean write = wants(Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE);
            return new Entry.OpenMode(true, write, has(CREATE), has(EXCLUSIVE), has(TRUNCATE),
                    (flags & Descriptor.DSYNC) != 0, (flags & (Descriptor.SYNC | Descriptor.RSYNC)) != 0);
        }
    }

    public int path_open(Instance caller, int fd, int lookup, int path, int length, int how, long rights,
            long inheriting, int flags, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            var opening = new Opening(how, rights, inheriting, flags);
            DirectoryDescriptor directory = table.directory(fd, opening.neededRights());
            String name = memory.text(path, length);
            if ((rights & ~directory.inheriting()) != 0 || (inheriting & ~directory.inheriting()) != 0) {
                throw new ErrnoException(Errno.NOTCAPABLE);
            }
            // Made before the guest is told its number, so that a bad address leaves nothing open.
            memory.putInt(result, 0);
            boolean follow = (lookup & FOLLOW) != 0 && !(opening.has(CREATE) && opening.has(EXCLUSIVE));
            with(directory, name, follow, entry ->
                    memory.putInt(result, table.add(open(directory, entry, opening))));
        });
    }

    private static Descriptor open(DirectoryDescriptor base, Entry entry, Opening opening) throws IOException {
        Optional<FileStatus> status = entry.status();
        if (status.isPresent() && opening.has(CREATE) && opening.has(EXCLUSIVE)) {
            throw new ErrnoException(Errno.EXIST);
        }
        FileType type = status.map(FileStatus::type).orElse(FileType.REGULAR_FILE);
        if (type == FileType.DIRECTORY) {
            return openDirectory(base, entry, opening);
        } else if (type == FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.LOOP);
        } else if (status.isPresent() && (opening.has(DIRECTORY) || entry.mustBeDirectory())) {
            throw new ErrnoException(Errno.NOTDIR);
        } else if (opening.has(CREATE) && opening.has(DIRECTORY)) {
            throw new ErrnoException(Errno.INVAL);
        } else if (type != FileType.REGULAR_FILE) {
            // A pipe without a writer would wait for ever, a device is nothing that was given to the guest.
            throw new ErrnoException(Errno.NOTSUP);
        }
        if (opening.changes()) {
            base.requireChangeable();
        }
        var file = new OpenFile(entry, entry.openFile(opening.mode()));
        long rights = opening.rights() & ~(Rights.DIRECTORY & ~Rights.FILE);
        return new FileDescriptor(file, base.readOnly() ? rights & ~Rights.CHANGES : rights, opening.inheriting(),
                opening.flags());
    }

    private static Descriptor openDirectory(DirectoryDescriptor base, Entry entry, Opening opening)
            throws IOException {
        if (opening.wants(Rights.FD_WRITE) || opening.has(TRUNCATE) || opening.has(CREATE) && !opening.has(DIRECTORY)) {
            throw new ErrnoException(Errno.ISDIR);
        }
        return new DirectoryDescriptor(entry.openDirectory(), base.readOnly(), Optional.empty(),
                opening.rights() & Rights.DIRECTORY, opening.inheriting(), opening.flags());
    }
}

package dev.jawa.wasi.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a path leads to: a name in an open directory, or with the name {@code .} the directory itself.
 *
 * @param status what was there, nothing if there was nothing
 * @param mustBeDirectory the path ends with a slash
 */
public record Entry(Directory directory, String name, Optional<FileStatus> status, boolean mustBeDirectory)
        implements AutoCloseable {
    static final String ITSELF = ".";

    /** Finds an entry below a directory: see {@link PathResolver#resolve}. */
    public static Entry resolve(Directory base, String path, boolean followLast) throws IOException {
        return PathResolver.resolve(base, path, followLast);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    private boolean isItself() {
        return name.equals(ITSELF);
    }

    /** What is there. */
    public FileStatus existing() throws ErrnoException {
        FileStatus found = status.orElseThrow(() -> new ErrnoException(Errno.NOENT));
        if (mustBeDirectory && found.type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        return found;
    }

    /** Checks that something can be made here that is no directory. */
    private void checkFree() throws ErrnoException {
        if (status.isPresent()) {
            throw new ErrnoException(Errno.EXIST);
        } else if (mustBeDirectory) {
            throw new ErrnoException(Errno.NOENT);
        }
    }

    /** Opens the directory that is here. */
    public Directory openDirectory() throws IOException {
        return isItself() ? directory.directory(ITSELF) : directory.directory(name);
    }

    /** How a file is opened. */
    public record OpenMode(boolean read, boolean write, boolean create, boolean exclusive, boolean truncate,
            boolean dataSync, boolean sync) {
    }

    /** Opens a regular file, or makes one. */
    public SeekableByteChannel openFile(OpenMode mode) throws IOException {
        Set<OpenOption> options = new HashSet<>();
        options.add(LinkOption.NOFOLLOW_LINKS);
        if (mode.read() || !mode.write()) {
            options.add(StandardOpenOption.READ);
        }
        if (mode.write()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (mode.dataSync()) {
            options.add(StandardOpenOption.DSYNC);
        }
        if (mode.sync()) {
            options.add(StandardOpenOption.SYNC);
        }
        if (status.isEmpty()) {
            if (!mode.create()) {
                throw new ErrnoException(Errno.NOENT);
            } else if (mustBeDirectory) {
                throw new ErrnoException(Errno.ISDIR);
            }
            options.add(StandardOpenOption.WRITE);
            options.add(mode.exclusive() ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        } else if (mode.truncate()) {
            options.add(StandardOpenOption.WRITE);
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        return directory.file(name, options);
    }

    /** Sets times; {@code null} leaves one as it is. */
    public void setTimes(FileTime accessed, FileTime modified) throws IOException {
        FileType type = existing().type();
        if (isItself()) {
            directory.setTimes(accessed, modified);
        } else if (type == FileType.SYMBOLIC_LINK) {
            directory.setTimesOfLink(name, accessed, modified);
        } else {
            directory.setTimes(name, accessed, modified);
        }
    }

    /** Where the symbolic link that is here points. */
    public String readLink() throws IOException {
        if (existing().type() != FileType.SYMBOLIC_LINK) {
            throw new ErrnoException(Errno.INVAL);
        }
        return directory.readLink(name);
    }

    /** Makes a directory. */
    public void createDirectory() throws IOException {
        if (status.isPresent()) {
            throw new ErrnoException(Errno.EXIST);
        }
        directory.createDirectory(name);
    }

    /** Makes a symbolic link. */
    public void createLink(String target) throws IOException {
        checkFree();
        directory.createLink(name, target);
    }

    /** Gives a file this as a further name. */
    public void link(Entry source) throws IOException {
        if (source.existing().type() == FileType.DIRECTORY) {
            throw new ErrnoException(Errno.PERM);
        }
        checkFree();
        directory.link(name, source.directory, source.name);
    }

    /** Removes what is no directory. */
    public void unlink() throws IOException {
        if (status.isPresent() && status.get().type() == FileType.DIRECTORY) {
            throw new ErrnoException(Errno.ISDIR);
        }
        existing();
        directory.deleteFile(name);
    }

    /** Removes an empty directory. */
    public void removeDirectory() throws IOException {
        if (existing().type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        } else if (isItself()) {
            throw new ErrnoException(Errno.INVAL);
        }
        directory.deleteDirectory(name);
    }

    /** Moves what is here to where another entry is, which it replaces if POSIX says so. */
    public void renameTo(Entry target) throws IOException {
        FileStatus moved = existing();
        if (isItself() || target.isItself()) {
            throw new ErrnoException(Errno.BUSY);
        }
        boolean isDirectory = moved.type() == FileType.DIRECTORY;
        if (target.status.isPresent()) {
            boolean onDirectory = target.status.get().type() == FileType.DIRECTORY;
            if (isDirectory && !onDirectory) {
                throw new ErrnoException(Errno.NOTDIR);
            } else if (!isDirectory && onDirectory) {
                throw new ErrnoException(Errno.ISDIR);
            }
        }
        if (target.mustBeDirectory && !isDirectory) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        directory.move(name, target.directory, target.name);
    }
}

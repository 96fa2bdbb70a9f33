package dev.jawa.wasi.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open directory of the host. What it does is done relative to the handle, to one name, and never through a symbolic
 * link, so nothing that happens elsewhere in the file system changes what a name means.
 *
 * <p>Java has no such operation for making directories and links and for reading links. Those go by the path at which
 * the directory was opened, after a check that it still leads to this directory, and what they made is looked for
 * through the handle afterwards. Meanwhile no other guest of this JVM renames or makes anything.
 */
public final class Directory implements AutoCloseable {
    private static final ReentrantLock NAMES = new ReentrantLock();
    private static final String HIDDEN = ".jawa-link-";

    private final SecureDirectoryStream<Path> stream;
    private final Path location;
    private final FileStatus identity;
    private int holders = 1;

    private Directory(SecureDirectoryStream<Path> stream, Path location) throws IOException {
        this.stream = stream;
        this.location = location;
        this.identity = FileStatus.of(stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
    }

    /**
     * Opens a directory.
     *
     * @throws UnsupportedOperationException if its file system cannot be kept within bounds
     */
    public static Directory open(Path path) throws IOException {
        Path real = path.toRealPath();
        return of(Files.newDirectoryStream(real), real);
    }

    private static Directory of(DirectoryStream<Path> stream, Path location) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            try {
                return new Directory(secure, location);
            } catch (IOException | RuntimeException e) {
                stream.close();
                throw e;
            }
        }
        stream.close();
        throw new UnsupportedOperationException("the file system of " + location + " has no secure directories");
    }

    /** One more holder: it is closed when all have closed it. */
    public synchronized Directory retain() {
        holders++;
        return this;
    }

    @Override
    public void close() throws IOException {
        boolean last;
        synchronized (this) {
            last = --holders == 0;
        }
        if (last) {
            stream.close();
        }
    }

    private Path name(String name) {
        return location.getFileSystem().getPath(name);
    }

    // ---- relative to the handle

    /** What it says about itself. */
    public FileStatus status() throws IOException {
        return FileStatus.of(stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
    }

    /** What is known about an entry, which may be a symbolic link; nothing if there is none. */
    public Optional<FileStatus> status(String entry) throws IOException {
        try {
            return Optional.of(FileStatus.of(view(entry).readAttributes()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private BasicFileAttributeView view(String entry) {
        return stream.getFileAttributeView(name(entry), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Sets times of an entry that is no symbolic link; {@code null} leaves one as it is. */
    void setTimes(String entry, FileTime accessed, FileTime modified) throws IOException {
        view(entry).setTimes(modified, accessed, null);
    }

    /** Sets its own times; {@code null} leaves one as it is. */
    public void setTimes(FileTime accessed, FileTime modified) throws IOException {
        stream.getFileAttributeView(BasicFileAttributeView.class).setTimes(modified, accessed, null);
    }

    /** Opens a directory in it. */
    Directory directory(String entry) throws IOException {
        Path path = name(entry);
        return of(stream.newDirectoryStream(path, LinkOption.NOFOLLOW_LINKS), location.resolve(path).normalize());
    }

    /** Opens a file in it. */
    SeekableByteChannel file(String entry, Set<OpenOption> options) throws IOException {
        return stream.newByteChannel(name(entry), options);
    }

    /** The names of all entries, without {@code .} and {@code ..}. */
    public List<String> entries() throws IOException {
        var names = new ArrayList<String>();
        // A stream can be read once, so each reading opens another.
        try (DirectoryStream<Path> again = stream.newDirectoryStream(name("."), LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : again) {
                String name = entry.getFileName().toString();
                if (!isHidden(name)) {
                    names.add(name);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    void deleteFile(String entry) throws IOException {
        stream.deleteFile(name(entry));
    }

    void deleteDirectory(String entry) throws IOException {
        stream.deleteDirectory(name(entry));
    }

    /** Renames an entry, and replaces what has the new name if the operating system would. */
    void move(String entry, Directory target, String newName) throws IOException {
        NAMES.lock();
        try {
            stream.move(name(entry), target.stream, target.name(newName));
        } finally {
            NAMES.unlock();
        }
    }

    // ---- by path, since Java has no other way

    @FunctionalInterface
    private interface PathOperation<T> {
        T apply(Path path) throws IOException;
    }

    private <T> T byPath(String entry, PathOperation<T> operation) throws IOException {
        NAMES.lock();
        try {
            checkLocation();
            return operation.apply(location.resolve(name(entry)));
        } finally {
            NAMES.unlock();
        }
    }

    private void checkLocation() throws IOException {
        FileStatus there = statusOf(location);
        if (!there.isSameFile(identity)) {
            throw new ErrnoException(Errno.NOENT);
        }
    }

    private static FileStatus statusOf(Path path) throws IOException {
        return FileStatus.of(Files.getFileAttributeView(path, BasicFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS).readAttributes());
    }

    /** Undoes what was made at a path if that has become another place meanwhile. */
    private void checkMade(String entry, Path path) throws IOException {
        FileStatus made = statusOf(path);
        Optional<FileStatus> here = status(entry);
        if (here.isEmpty() || !here.get().isSameFile(made)) {
            Files.delete(path);
            throw new ErrnoException(Errno.NOENT);
        }
    }

    /** Where a symbolic link points, as it was written. */
    String readLink(String entry) throws IOException {
        return byPath(entry, path -> {
            String target = Files.readSymbolicLink(path).toString();
            checkLocation();
            return target;
        });
    }

    /** Sets times of a symbolic link, which relative to a handle would have to be opened. */
    void setTimesOfLink(String entry, FileTime accessed, FileTime modified) throws IOException {
        byPath(entry, path -> {
            FileStatus here = status(entry).orElseThrow(() -> new ErrnoException(Errno.NOENT));
            if (!statusOf(path).isSameFile(here)) {
                throw new ErrnoException(Errno.NOENT);
            }
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(modified, accessed, null);
            return path;
        });
    }

    void createDirectory(String entry) throws IOException {
        byPath(entry, path -> {
            Files.createDirectory(path);
            checkMade(entry, path);
            return path;
        });
    }

    void createLink(String entry, String target) throws IOException {
        byPath(entry, path -> {
            Files.createSymbolicLink(path, name(target));
            checkMade(entry, path);
            return path;
        });
    }

    /**
     * Gives a file another name in this directory. The source is found by its path, so the link is made in a folder that
     * no guest can name, and moved to where it belongs once it is known to be to the file that was meant.
     */
    void link(String entry, Directory source, String existing) throws IOException {
        FileStatus expected = source.status(existing).orElseThrow(() -> new ErrnoException(Errno.NOENT));
        String hidden = HIDDEN + UUID.randomUUID();
        createDirectory(hidden);
        try (Directory folder = directory(hidden)) {
            try {
                folder.byPath(entry, path -> {
                    source.checkLocation();
                    return Files.createLink(path, source.location.resolve(existing));
                });
                if (folder.status(entry).filter(expected::isSameFile).isEmpty()) {
                    throw new ErrnoException(Errno.NOENT);
                }
                folder.move(entry, this, entry);
            } finally {
                // Moving a name onto another one of the same file does nothing.
                if (folder.status(entry).isPresent()) {
                    folder.deleteFile(entry);
                }
            }
        } finally {
            deleteDirectory(hidden);
        }
    }

    /** Whether a name is one that guests cannot use. */
    static boolean isHidden(String name) {
        return name.startsWith(HIDDEN);
    }
}

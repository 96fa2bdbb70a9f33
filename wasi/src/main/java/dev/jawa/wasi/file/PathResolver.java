package dev.jawa.wasi.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Finds what a path leads to below a directory. It goes from one open directory to the next and follows symbolic links
 * itself, so that neither {@code ..} nor a link, nor somebody who exchanges one for the other meanwhile, leads out.
 */
final class PathResolver {
    private static final int MOST_LINKS = 40;
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_NAME = 255;

    private final Deque<Directory> directories = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private final boolean followLast;
    private boolean mustBeDirectory;
    private int links;

    private PathResolver(boolean followLast) {
        this.followLast = followLast;
    }

    /**
     * Finds an entry, which may not exist; its directory does.
     *
     * @param followLast whether a symbolic link at the end of the path is followed
     * @throws ErrnoException {@code PERM} if the path leads out of the directory
     */
    static Entry resolve(Directory base, String path, boolean followLast) throws IOException {
        var resolver = new PathResolver(followLast);
        resolver.directories.push(base.retain());
        try {
            resolver.add(path);
            return resolver.run();
        } catch (IOException | RuntimeException e) {
            resolver.closeAll();
            throw e;
        }
    }

    private void closeAll() throws IOException {
        while (!directories.isEmpty()) {
            directories.pop().close();
        }
    }

    /** Puts the names of a path before those that are still to come. */
    private void add(String path) throws ErrnoException {
        if (path.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        } else if (path.indexOf('\0') >= 0) {
            throw new ErrnoException(Errno.INVAL);
        } else if (path.startsWith("/")) {
            throw new ErrnoException(Errno.PERM);
        } else if (path.length() > LONGEST_PATH) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        String[] parts = path.split("/", -1);
        String last = parts[parts.length - 1];
        if (names.isEmpty() && (last.isEmpty() || last.equals(".") || last.equals(".."))) {
            mustBeDirectory = true;
        }
        for (int i = parts.length - 1; i >= 0; i--) {
            if (parts[i].length() > LONGEST_NAME) {
                throw new ErrnoException(Errno.NAMETOOLONG);
            } else if (Directory.isHidden(parts[i])) {
                throw new ErrnoException(Errno.PERM);
            } else if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                names.push(parts[i]);
            }
        }
    }

    private Entry run() throws IOException {
        while (!names.isEmpty()) {
            String name = names.pop();
            if (name.equals("..")) {
                leave();
                continue;
            }
            Directory directory = directories.peek();
            Optional<FileStatus> status = directory.status(name);
            boolean last = names.isEmpty();
            boolean isLink = status.isPresent() && status.get().type() == FileType.SYMBOLIC_LINK;
            if (isLink && (!last || followLast || mustBeDirectory)) {
                follow(directory.readLink(name));
            } else if (last) {
                return found(name, status);
            } else {
                enter(name, status);
            }
        }
        return found(Entry.ITSELF, Optional.of(directories.peek().status()));
    }

    private Entry found(String name, Optional<FileStatus> status) throws IOException {
        Directory directory = directories.pop();
        closeAll();
        return new Entry(directory, name, status, mustBeDirectory);
    }

    private void leave() throws IOException {
        if (directories.size() == 1) {
            throw new ErrnoException(Errno.PERM);
        }
        directories.pop().close();
    }

    private void follow(String target) throws ErrnoException {
        if (++links > MOST_LINKS) {
            throw new ErrnoException(Errno.LOOP);
        }
        add(target);
    }

    private void enter(String name, Optional<FileStatus> status) throws IOException {
        if (status.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        } else if (status.get().type() != FileType.DIRECTORY) {
            throw new ErrnoException(Errno.NOTDIR);
        }
        directories.push(directories.peek().directory(name));
    }
}

package dev.jawa.js.node;

import dev.jawa.js.Permissions;
import dev.jawa.js.TaskQueue;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions behind {@code node:fs}, all of them synchronous. Their errors have {@code code} and {@code errno}. */
public final class FileBinding {
    private static final int TYPE_FILE = 0x8000;
    private static final int TYPE_DIRECTORY = 0x4000;
    private static final int TYPE_LINK = 0xA000;
    private static final int TYPE_CHARACTERS = 0x2000;

    private final Realm realm;
    private final Permissions permissions;
    private final OpenFiles files;
    private final TaskQueue loop;

    /** A binding whose paths are relative to the working directory of this JVM. */
    public FileBinding(Realm realm, Permissions permissions, OpenFiles files, TaskQueue loop) {
        this.loop = loop;
        this.realm = realm;
        this.permissions = permissions;
        this.files = files;
    }

    @FunctionalInterface
    private interface Operation {
        Object run(Arguments arguments) throws IOException;
    }

    /** The object with the functions. */
    public Object object() {
        Object host = realm.newObject();
        define(host, "stat", this::stat);
        define(host, "readdir", this::readDirectory);
        define(host, "mkdir", this::makeDirectory);
        define(host, "remove", this::remove);
        define(host, "rename", this::rename);
        define(host, "copyFile", this::copy);
        define(host, "realpath", arguments -> text(readable(arguments, 0).toRealPath()));
        define(host, "readlink", arguments -> text(Files.readSymbolicLink(readable(arguments, 0))));
        define(host, "symlink", arguments -> {
            Path link = writable(arguments, 1);
            Path target = Path.of(Values.toString(arguments.get(0)));
            // Else a link would be a way to where reading and writing is not allowed.
            requireReadable(link.resolveSibling(target));
            requireWritable(link.resolveSibling(target));
            Files.createSymbolicLink(link, target);
            return Values.UNDEFINED;
        });
        define(host, "mkdtemp", this::makeTemporaryDirectory);
        define(host, "chmod", this::changeMode);
        define(host, "utimes", this::changeTimes);
        define(host, "lutimes", this::changeTimesOfLink);
        define(host, "link", arguments -> {
            Files.createLink(writable(arguments, 1), writable(arguments, 0));
            return Values.UNDEFINED;
        });
        define(host, "chown", this::changeOwner);
        define(host, "statfs", this::fileSystem);
        define(host, "watch", this::watch);
        define(host, "pathOf", arguments -> files.path(descriptor(arguments)).map(FileBinding::text)
                .orElse(Values.UNDEFINED));
        define(host, "access", this::access);
        define(host, "open", arguments -> files.open(path(arguments, 0), Values.toString(arguments.get(1)),
                permissions));
        define(host, "close", arguments -> files.close(descriptor(arguments)));
        define(host, "read", arguments -> files.read(descriptor(arguments), arguments.get(1),
                Values.toInt32(arguments.get(2)), Values.toInt32(arguments.get(3)), position(arguments, 4)));
        define(host, "write", arguments -> files.write(descriptor(arguments), Values.copyBytes(arguments.get(1)),
                position(arguments, 2)));
        define(host, "fstat", arguments -> {
            Optional<Path> file = files.path(descriptor(arguments));
            return file.isPresent() ? attributes(file.get(), true) : characterDevice();
        });
        define(host, "truncate", arguments -> files.truncate(descriptor(arguments),
                (long) Values.toNumber(arguments.get(1))));
        define(host, "size", arguments -> Values.number(files.size(descriptor(arguments))));
        return host;
    }

    private void define(Object host, String name, Operation operation) {
        realm.define(host, name, realm.helper(name, arguments -> {
            try {
                return operation.run(arguments);
            } catch (IOException e) {
                throw thrown(FileError.of(e));
            } catch (UnsupportedOperationException _) {
                throw thrown(FileError.EINVAL);
            }
        }));
    }

    /** The script completes the message with the name and arguments of the function. */
    private RuntimeException thrown(FileError error) {
        Object value = realm.newError(ErrorType.ERROR, error.text());
        realm.define(value, "errno", error.number());
        realm.define(value, "code", Values.string(error.name()));
        return realm.thrown(value);
    }

    private static Object text(Path path) {
        return Values.string(path.toString());
    }

    private static int descriptor(Arguments arguments) {
        return Values.toInt32(arguments.get(0));
    }

    /** Where to read or write; -1 for where the last operation ended. */
    private static long position(Arguments arguments, int index) {
        Object value = arguments.get(index);
        if (Values.isBigInt(value)) {
            return Values.toBigInt64(value);
        }
        return Values.isNumber(value) ? (long) Values.toNumber(value) : -1;
    }

    private static Path path(Arguments arguments, int index) throws IOException {
        try {
            return Path.of(Values.toString(arguments.get(index)));
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(e.getInput());
        }
    }

    private Path readable(Arguments arguments, int index) throws IOException {
        Path path = path(arguments, index);
        requireReadable(path);
        return path;
    }

    private Path writable(Arguments arguments, int index) throws IOException {
        Path path = path(arguments, index);
        requireWritable(path);
        return path;
    }

    private void requireReadable(Path path) throws IOException {
        if (!permissions.mayRead(path)) {
            throw new FileError.Denied(FileError.EACCES);
        }
    }

    private void requireWritable(Path path) throws IOException {
        if (!permissions.mayWrite(path)) {
            throw new FileError.Denied(FileError.EACCES);
        }
    }

    private Object stat(Arguments arguments) throws IOException {
        return attributes(readable(arguments, 0), Values.toBoolean(arguments.get(1)));
    }

    private Object attributes(Path path, boolean followLinks) throws IOException {
        LinkOption[] options = followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
        Object result = realm.newObject();
        boolean hasUnix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> unix = hasUnix ? Files.readAttributes(path, "unix:mode,ino,dev,nlink,uid,gid,ctime", options)
                : Map.of("mode", type(basic) | 0644, "ino", 0, "dev", 0, "nlink", 1, "uid", 0, "gid", 0);
        unix.forEach((name, value) -> {
            if (value instanceof FileTime time) {
                realm.define(result, name + "Ms", milliseconds(time));
            } else {
                realm.define(result, name, Values.number(((Number) value).longValue()));
            }
        });
        realm.define(result, "size", Values.number(basic.size()));
        realm.define(result, "atimeMs", milliseconds(basic.lastAccessTime()));
        realm.define(result, "mtimeMs", milliseconds(basic.lastModifiedTime()));
        realm.define(result, "birthtimeMs", milliseconds(basic.creationTime()));
        return result;
    }

    private static int type(BasicFileAttributes attributes) {
        return attributes.isDirectory() ? TYPE_DIRECTORY : attributes.isSymbolicLink() ? TYPE_LINK : TYPE_FILE;
    }

    private static double milliseconds(FileTime time) {
        return time.to(java.util.concurrent.TimeUnit.MICROSECONDS) / 1000.0;
    }

    private Object characterDevice() {
        Object result = realm.newObject();
        for (String name : new String[] {"ino", "dev", "uid", "gid", "size", "atimeMs", "mtimeMs", "birthtimeMs"}) {
            realm.define(result, name, 0);
        }
        realm.define(result, "nlink", 1);
        realm.define(result, "mode", TYPE_CHARACTERS | 0620);
        return result;
    }

    /** Names and modes in turn. */
    private Object readDirectory(Arguments arguments) throws IOException {
        var entries = new ArrayList<Object>();
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(readable(arguments, 0))) {
            for (Path path : directory) {
                entries.add(text(path.getFileName()));
                entries.add(type(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return realm.newArray(entries);
    }

    /** With parents if the second argument says so: then the first folder that was made, or {@code undefined}. */
    private Object makeDirectory(Arguments arguments) throws IOException {
        Path path = writable(arguments, 0);
        if (!Values.toBoolean(arguments.get(1))) {
            Files.createDirectory(path);
            return Values.UNDEFINED;
        }
        Path first = path.toAbsolutePath().normalize();
        if (Files.isDirectory(first)) {
            return Values.UNDEFINED;
        }
        while (first.getParent() != null && !Files.exists(first.getParent())) {
            first = first.getParent();
        }
        Files.createDirectories(path);
        return text(first);
    }

    /** The second argument says what it must be: {@code file}, {@code directory}, or {@code tree} for either. */
    private Object remove(Arguments arguments) throws IOException {
        Path path = writable(arguments, 0);
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        switch (Values.toString(arguments.get(1))) {
            case "file" -> {
                if (isDirectory) {
                    throw new FileError.Denied(FileError.EISDIR);
                }
                Files.delete(path);
            }
            case "directory" -> {
                if (!isDirectory && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileError.Denied(FileError.ENOTDIR);
                }
                Files.delete(path);
            }
            default -> removeTree(path, isDirectory);
        }
        return Values.UNDEFINED;
    }

    private void removeTree(Path path, boolean isDirectory) throws IOException {
        requireWritable(path);
        if (isDirectory) {
            try (DirectoryStream<Path> directory = Files.newDirectoryStream(path)) {
                for (Path entry : directory) {
                    removeTree(entry, Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS));
                }
            }
        }
        Files.delete(path);
    }

    private Object rename(Arguments arguments) throws IOException {
        Files.move(writable(arguments, 0), writable(arguments, 1), StandardCopyOption.REPLACE_EXISTING);
        return Values.UNDEFINED;
    }

    private Object copy(Arguments arguments) throws IOException {
        boolean mustNotExist = Values.toBoolean(arguments.get(2));
        Files.copy(readable(arguments, 0), writable(arguments, 1),
                mustNotExist ? new CopyOption[0] : new CopyOption[] {StandardCopyOption.REPLACE_EXISTING});
        return Values.UNDEFINED;
    }

    private Object makeTemporaryDirectory(Arguments arguments) throws IOException {
        Path prefix = Path.of(Values.toString(arguments.get(0)) + "x").toAbsolutePath();
        requireWritable(prefix);
        String name = prefix.getFileName().toString();
        return text(Files.createTempDirectory(prefix.getParent(), name.substring(0, name.length() - 1)));
    }

    private Object changeMode(Arguments arguments) throws IOException {
        Path path = writable(arguments, 0);
        int mode = Values.toInt32(arguments.get(1));
        // From the lowest bit: others, group, owner; each execute, write, read.
        PosixFilePermission[] bits = {
            PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ};
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < bits.length; bit++) {
            if ((mode >> bit & 1) != 0) {
                granted.add(bits[bit]);
            }
        }
        Files.setPosixFilePermissions(path, granted);
        return Values.UNDEFINED;
    }

    private Object changeTimes(Arguments arguments) throws IOException {
        Files.getFileAttributeView(writable(arguments, 0), java.nio.file.attribute.BasicFileAttributeView.class)
                .setTimes(time(arguments.get(2)), time(arguments.get(1)), null);
        return Values.UNDEFINED;
    }

    private Object changeTimesOfLink(Arguments arguments) throws IOException {
        Files.getFileAttributeView(writable(arguments, 0), java.nio.file.attribute.BasicFileAttributeView.class,
                LinkOption.NOFOLLOW_LINKS).setTimes(time(arguments.get(2)), time(arguments.get(1)), null);
        return Values.UNDEFINED;
    }

    /** By the numbers of the user and the group; the fourth argument says whether links are followed. */
    private Object changeOwner(Arguments arguments) throws IOException {
        Path path = writable(arguments, 0);
        LinkOption[] options = Values.toBoolean(arguments.get(3)) ? new LinkOption[0]
                : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        Files.setAttribute(path, "unix:uid", Values.toInt32(arguments.get(1)), options);
        Files.setAttribute(path, "unix:gid", Values.toInt32(arguments.get(2)), options);
        return Values.UNDEFINED;
    }

    /** The size of a block, and how many blocks there are, are free, and are free for programs. */
    private Object fileSystem(Arguments arguments) throws IOException {
        FileStore store = Files.getFileStore(readable(arguments, 0));
        long block = store.getBlockSize();
        return realm.newArray(List.of(Values.number(block), Values.number(store.getTotalSpace() / block),
                Values.number(store.getUnallocatedSpace() / block), Values.number(store.getUsableSpace() / block)));
    }

    /** {@code watch(path, recursive, changed)}: what ends it. */
    private Object watch(Arguments arguments) throws IOException {
        Object changed = arguments.get(2);
        FileWatch watch = FileWatch.start(readable(arguments, 0), Values.toBoolean(arguments.get(1)), loop,
                (kind, name) -> realm.call(changed, Values.UNDEFINED, Values.string(kind), Values.string(name)));
        return realm.helper("close", _ -> {
            watch.close();
            return Values.UNDEFINED;
        });
    }

    private static FileTime time(Object milliseconds) {
        return FileTime.fromMillis((long) Values.toNumber(milliseconds));
    }

    /** The second argument is a set of 4 (read), 2 (write) and 1 (execute). */
    private Object access(Arguments arguments) throws IOException {
        Path path = readable(arguments, 0);
        int mode = Values.toInt32(arguments.get(1));
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        boolean isAllowed = ((mode & 4) == 0 || Files.isReadable(path))
                && ((mode & 2) == 0 || Files.isWritable(path) && permissions.mayWrite(path))
                && ((mode & 1) == 0 || Files.isExecutable(path));
        if (!isAllowed) {
            throw new FileError.Denied(FileError.EACCES);
        }
        return Values.UNDEFINED;
    }
}

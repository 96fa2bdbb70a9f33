package dev.jawa.wasi;

import dev.jawa.Exports;
import dev.jawa.Instance;
import dev.jawa.Memory;
import dev.jawa.text.Wat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A guest that does nothing but hand on calls: each function of WASI is an export of the same name. */
final class Guest implements AutoCloseable {
    static final int ROOT = 3;
    static final int FOLLOW = 1;
    static final int CREATE = 1;
    static final int DIRECTORY = 2;
    static final int EXCLUSIVE = 4;
    static final int TRUNCATE = 8;
    static final long READ = 1L << 1;
    static final long SEEK = 1L << 2;
    static final long TELL = 1L << 5;
    static final long WRITE = 1L << 6;
    static final long READDIR = 1L << 14;

    static final int RESULT = 16;
    private static final int VECTOR = 32;
    private static final int FIRST_PATH = 1024;
    private static final int SECOND_PATH = 8192;
    static final int BUFFER = 16384;

    /** Parameters by the letters i and l, for i32 and i64. */
    private static final Map<String, String> SIGNATURES = new TreeMap<>(Map.ofEntries(
            Map.entry("args_get", "ii"), Map.entry("args_sizes_get", "ii"), Map.entry("environ_get", "ii"),
            Map.entry("environ_sizes_get", "ii"), Map.entry("clock_res_get", "ii"), Map.entry("clock_time_get", "ili"),
            Map.entry("fd_advise", "illi"), Map.entry("fd_allocate", "ill"), Map.entry("fd_close", "i"),
            Map.entry("fd_datasync", "i"), Map.entry("fd_fdstat_get", "ii"), Map.entry("fd_fdstat_set_flags", "ii"),
            Map.entry("fd_fdstat_set_rights", "ill"), Map.entry("fd_filestat_get", "ii"),
            Map.entry("fd_filestat_set_size", "il"), Map.entry("fd_filestat_set_times", "illi"),
            Map.entry("fd_pread", "iiili"), Map.entry("fd_prestat_get", "ii"), Map.entry("fd_prestat_dir_name", "iii"),
            Map.entry("fd_pwrite", "iiili"), Map.entry("fd_read", "iiii"), Map.entry("fd_readdir", "iiili"),
            Map.entry("fd_renumber", "ii"), Map.entry("fd_seek", "ilii"), Map.entry("fd_sync", "i"),
            Map.entry("fd_tell", "ii"), Map.entry("fd_write", "iiii"), Map.entry("path_create_directory", "iii"),
            Map.entry("path_filestat_get", "iiiii"), Map.entry("path_filestat_set_times", "iiiilli"),
            Map.entry("path_link", "iiiiiii"), Map.entry("path_open", "iiiiillii"),
            Map.entry("path_readlink", "iiiiii"), Map.entry("path_remove_directory", "iii"),
            Map.entry("path_rename", "iiiiii"), Map.entry("path_symlink", "iiiii"),
            Map.entry("path_unlink_file", "iii"), Map.entry("poll_oneoff", "iiii"), Map.entry("proc_raise", "i"),
            Map.entry("random_get", "ii"), Map.entry("sched_yield", ""), Map.entry("sock_accept", "iii"),
            Map.entry("sock_recv", "iiiiii"), Map.entry("sock_send", "iiiii"), Map.entry("sock_shutdown", "ii")));

    private static final dev.jawa.Module MODULE = Wat.compile(text());

    private final Wasi wasi;
    private final Exports exports;
    private final Memory memory;

    Guest(Wasi wasi) {
        this.wasi = wasi;
        this.exports = new Instance(MODULE, wasi.imports()).exports();
        this.memory = exports.memory("memory");
    }

    private static String text() {
        Stream<String> imports = SIGNATURES.entrySet().stream().map(function -> "(import \"" + Wasi.MODULE + "\" \""
                + function.getKey() + "\" (func $" + function.getKey() + " (param " + types(function.getValue())
                + ") (result i32)))");
        Stream<String> exports = SIGNATURES.keySet().stream()
                .map(name -> "(export \"" + name + "\" (func $" + name + "))");
        return Stream.concat(imports, exports).collect(Collectors.joining("\n", "(module ", "(memory (export \"memory\") 4))"));
    }

    private static String types(String letters) {
        return letters.chars().mapToObj(letter -> letter == 'i' ? "i32" : "i64").collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        wasi.close();
    }

    Memory memory() {
        return memory;
    }

    /** Calls a function and gives its error code. */
    int call(String name, Object... arguments) {
        return (int) exports.function(name).call(arguments).getFirst();
    }

    /** Calls a function whose arguments after the first are a path. */
    int onPath(String name, int fd, String path) {
        return call(name, fd, FIRST_PATH, put(FIRST_PATH, path));
    }

    int link(String from, String to) {
        return call("path_link", ROOT, 0, FIRST_PATH, put(FIRST_PATH, from), ROOT, SECOND_PATH, put(SECOND_PATH, to));
    }

    int rename(String from, String to) {
        return call("path_rename", ROOT, FIRST_PATH, put(FIRST_PATH, from), ROOT, SECOND_PATH, put(SECOND_PATH, to));
    }

    int symlink(String target, String path) {
        return call("path_symlink", FIRST_PATH, put(FIRST_PATH, target), ROOT, SECOND_PATH, put(SECOND_PATH, path));
    }

    int readLink(String path) {
        return call("path_readlink", ROOT, FIRST_PATH, put(FIRST_PATH, path), BUFFER, 4096, RESULT);
    }

    int status(String path, int lookup) {
        return call("path_filestat_get", ROOT, lookup, FIRST_PATH, put(FIRST_PATH, path), BUFFER);
    }

    int setTimes(String path, int lookup) {
        return call("path_filestat_set_times", ROOT, lookup, FIRST_PATH, put(FIRST_PATH, path), 0L, 0L, 5);
    }

    int open(String path, int lookup, int how, long rights) {
        return open(ROOT, path, lookup, how, rights, 0);
    }

    int open(int fd, String path, int lookup, int how, long rights, int flags) {
        return call("path_open", fd, lookup, FIRST_PATH, put(FIRST_PATH, path), how, rights, rights, flags, RESULT);
    }

    private int put(int address, String text) {
        return memory.putString(address, text);
    }

    int result() {
        return memory.readInt(RESULT);
    }

    /** Opens what must be there, and gives its descriptor. */
    int opened(String path, int how, long rights) {
        int errno = open(path, FOLLOW, how, rights);
        if (errno != 0) {
            throw new AssertionError(path + ": " + dev.jawa.wasi.file.Errno.values()[errno]);
        }
        return result();
    }

    int read(int fd, int length) {
        vector(length);
        return call("fd_read", fd, VECTOR, 1, RESULT);
    }

    int write(int fd, String text) {
        vector(memory.putString(BUFFER, text));
        return call("fd_write", fd, VECTOR, 1, RESULT);
    }

    int readAt(int fd, int length, long offset) {
        vector(length);
        return call("fd_pread", fd, VECTOR, 1, offset, RESULT);
    }

    int writeAt(int fd, String text, long offset) {
        vector(memory.putString(BUFFER, text));
        return call("fd_pwrite", fd, VECTOR, 1, offset, RESULT);
    }

    /** An iovec of the buffer. */
    int vector(int length) {
        memory.writeInt(VECTOR, BUFFER);
        memory.writeInt(VECTOR + 4, length);
        return VECTOR;
    }

    /** What was read last. */
    String lastText() {
        return new String(memory.readBytes(BUFFER, result()), StandardCharsets.UTF_8);
    }
}

package dev.jawa.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.wasi.file.Errno;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions on files, directories, descriptors and sockets. */
class FilesTest {
    private static final long FILE_RIGHTS = Guest.READ | Guest.WRITE | Guest.SEEK | Guest.TELL | 1L << 21 | 1L << 22
            | 1L << 23 | 1L << 8 | 1L << 3 | 1L << 7 | 1L | 1L << 4;
    private static final int APPEND = 1;

    @TempDir
    private Path root;

    private Guest guest;

    @BeforeEach
    void start() {
        guest = new Guest(Wasi.builder().dir(root, "/sandbox", Access.READ_WRITE).build());
    }

    @AfterEach
    void close() {
        guest.close();
    }

    private static void check(Errno expected, int errno) {
        assertEquals(expected, Errno.values()[errno]);
    }

    private int create(String name) {
        return guest.opened(name, Guest.CREATE, FILE_RIGHTS);
    }

    @Test
    void preopenedDirectoriesHaveNames() {
        check(Errno.SUCCESS, guest.call("fd_prestat_get", 3, 0));
        assertEquals(8, guest.memory().readInt(4));
        check(Errno.SUCCESS, guest.call("fd_prestat_dir_name", 3, 100, 8));
        assertEquals("/sandbox", guest.memory().string(100, 8));
        check(Errno.NAMETOOLONG, guest.call("fd_prestat_dir_name", 3, 100, 7));
        check(Errno.BADF, guest.call("fd_prestat_get", 4, 0));
        check(Errno.BADF, guest.call("fd_prestat_get", 1, 0));
    }

    @Test
    void reading_writing_seeking() throws IOException {
        int fd = create("file");
        check(Errno.SUCCESS, guest.write(fd, "hello world"));
        assertEquals(11, guest.result());
        check(Errno.SUCCESS, guest.call("fd_seek", fd, 6L, 0, Guest.RESULT));
        check(Errno.SUCCESS, guest.read(fd, 100));
        assertEquals("world", guest.lastText());
        check(Errno.SUCCESS, guest.call("fd_seek", fd, -5L, 2, Guest.RESULT));
        assertEquals(6, guest.memory().readLong(Guest.RESULT));
        check(Errno.SUCCESS, guest.write(fd, "W"));
        check(Errno.SUCCESS, guest.call("fd_tell", fd, Guest.RESULT));
        assertEquals(7, guest.memory().readLong(Guest.RESULT));
        check(Errno.INVAL, guest.call("fd_seek", fd, -1L, 0, Guest.RESULT));
        check(Errno.INVAL, guest.call("fd_seek", fd, 0L, 3, Guest.RESULT));
        check(Errno.SPIPE, guest.call("fd_tell", 1, Guest.RESULT));
        check(Errno.SUCCESS, guest.call("fd_sync", fd));
        check(Errno.SUCCESS, guest.call("fd_datasync", fd));
        assertEquals("hello World", Files.readString(root.resolve("file")));
    }

    @Test
    void readingAndWritingElsewhere() {
        int fd = create("file");
        check(Errno.SUCCESS, guest.writeAt(fd, "abc", 4));
        check(Errno.SUCCESS, guest.readAt(fd, 10, 3));
        assertEquals("\0abc", guest.lastText());
        check(Errno.SUCCESS, guest.call("fd_tell", fd, Guest.RESULT));
        assertEquals(0, guest.memory().readLong(Guest.RESULT));
        check(Errno.INVAL, guest.readAt(fd, 10, -1));
        check(Errno.SUCCESS, guest.readAt(fd, 10, 1000));
        assertEquals(0, guest.result());
    }

    @Test
    void appending() throws IOException {
        Files.writeString(root.resolve("log"), "1");
        check(Errno.SUCCESS, guest.open(Guest.ROOT, "log", 0, 0, FILE_RIGHTS, APPEND));
        int fd = guest.result();
        check(Errno.SUCCESS, guest.call("fd_seek", fd, 0L, 0, Guest.RESULT));
        check(Errno.SUCCESS, guest.write(fd, "2"));
        Files.writeString(root.resolve("log"), "12345");
        check(Errno.SUCCESS, guest.write(fd, "6"));
        assertEquals("123456", Files.readString(root.resolve("log")));
        check(Errno.SUCCESS, guest.call("fd_fdstat_set_flags", fd, 0));
        check(Errno.SUCCESS, guest.call("fd_seek", fd, 0L, 0, Guest.RESULT));
        check(Errno.SUCCESS, guest.write(fd, "x"));
        assertEquals("x23456", Files.readString(root.resolve("log")));
        check(Errno.INVAL, guest.call("fd_fdstat_set_flags", fd, 64));
    }

    @Test
    void sizes() throws IOException {
        int fd = create("file");
        check(Errno.SUCCESS, guest.call("fd_filestat_set_size", fd, 10L));
        assertEquals(10, Files.size(root.resolve("file")));
        check(Errno.SUCCESS, guest.call("fd_filestat_set_size", fd, 3L));
        assertEquals(3, Files.size(root.resolve("file")));
        check(Errno.SUCCESS, guest.call("fd_allocate", fd, 0L, 100L));
        check(Errno.SUCCESS, guest.call("fd_filestat_get", fd, 0));
        assertEquals(100, guest.memory().readLong(32));
        check(Errno.INVAL, guest.call("fd_allocate", fd, Long.MAX_VALUE, 1L));
        check(Errno.INVAL, guest.call("fd_filestat_set_size", fd, -1L));
        check(Errno.SUCCESS, guest.call("fd_advise", fd, 0L, 10L, 3));
        check(Errno.INVAL, guest.call("fd_advise", fd, 0L, 10L, 6));
    }

    @Test
    void opening() throws IOException {
        check(Errno.NOENT, guest.open("missing", 0, 0, Guest.READ));
        create("file");
        check(Errno.EXIST, guest.open("file", 0, Guest.CREATE | Guest.EXCLUSIVE, Guest.READ));
        check(Errno.NOTDIR, guest.open("file", 0, Guest.DIRECTORY, Guest.READ));
        check(Errno.NOTDIR, guest.open("file/", 0, 0, Guest.READ));
        check(Errno.NOTDIR, guest.open("file/x", 0, 0, Guest.READ));
        check(Errno.SUCCESS, guest.onPath("path_create_directory", Guest.ROOT, "d"));
        check(Errno.ISDIR, guest.open("d", 0, 0, Guest.WRITE));
        check(Errno.SUCCESS, guest.open("d/", 0, Guest.DIRECTORY, Guest.READ));
        check(Errno.BADF, guest.open(99, "file", 0, 0, 0, 0));
        check(Errno.NOTDIR, guest.open(1, "file", 0, 0, 0, 0));
        check(Errno.NAMETOOLONG, guest.open("x".repeat(256), 0, Guest.CREATE, Guest.WRITE));
        check(Errno.INVAL, guest.open("a\0b", 0, 0, 0));
        check(Errno.NOENT, guest.open("", 0, 0, 0));
        guest.memory().writeByte(1024, (byte) 0xFF);
        check(Errno.ILSEQ, guest.call("path_unlink_file", Guest.ROOT, 1024, 1));
        Files.writeString(root.resolve("file"), "content");
        check(Errno.SUCCESS, guest.open("file", 0, Guest.TRUNCATE, Guest.WRITE));
        assertEquals(0, Files.size(root.resolve("file")));
    }

    @Test
    void rightsAreGivenUpAndNotTakenBack() {
        int fd = create("file");
        check(Errno.SUCCESS, guest.call("fd_fdstat_set_rights", fd, Guest.READ, 0L));
        check(Errno.NOTCAPABLE, guest.write(fd, "x"));
        check(Errno.NOTCAPABLE, guest.call("fd_fdstat_set_rights", fd, Guest.READ | Guest.WRITE, 0L));
        int reader = guest.opened("file", 0, Guest.READ);
        check(Errno.NOTCAPABLE, guest.write(reader, "x"));
        check(Errno.NOTCAPABLE, guest.call("fd_seek", reader, 1L, 0, Guest.RESULT));
    }

    @Test
    void directoriesAreListed() {
        check(Errno.SUCCESS, guest.onPath("path_create_directory", Guest.ROOT, "d"));
        var expected = new TreeSet<String>(java.util.List.of(".", ".."));
        for (int i = 0; i < 50; i++) {
            guest.call("fd_close", create("d/file" + i));
            expected.add("file" + i);
        }
        int fd = guest.opened("d", Guest.DIRECTORY, Guest.READDIR);
        var names = new TreeSet<String>();
        long cookie = 0;
        int used;
        do {
            check(Errno.SUCCESS, guest.call("fd_readdir", fd, Guest.BUFFER, 200, cookie, Guest.RESULT));
            used = guest.result();
            for (int at = 0; at + 24 <= used;) {
                int length = guest.memory().readInt(Guest.BUFFER + at + 16);
                if (at + 24 + length > used) {
                    break;
                }
                names.add(guest.memory().string(Guest.BUFFER + at + 24, length));
                cookie = guest.memory().readLong(Guest.BUFFER + at);
                at += 24 + length;
            }
        } while (used == 200);
        assertEquals(expected, names);
        check(Errno.NOTDIR, guest.call("fd_readdir", 1, Guest.BUFFER, 200, 0L, Guest.RESULT));
    }

    @Test
    void namesAreMadeMovedAndRemoved() throws IOException {
        check(Errno.SUCCESS, guest.onPath("path_create_directory", Guest.ROOT, "d"));
        check(Errno.EXIST, guest.onPath("path_create_directory", Guest.ROOT, "d"));
        guest.write(create("d/file"), "content");
        check(Errno.NOTEMPTY, guest.onPath("path_remove_directory", Guest.ROOT, "d"));
        check(Errno.ISDIR, guest.onPath("path_unlink_file", Guest.ROOT, "d"));
        check(Errno.NOTDIR, guest.onPath("path_remove_directory", Guest.ROOT, "d/file"));
        check(Errno.SUCCESS, guest.link("d/file", "hard"));
        check(Errno.EXIST, guest.link("d/file", "hard"));
        check(Errno.PERM, guest.link("d", "hard2"));
        assertTrue(Files.isSameFile(root.resolve("hard"), root.resolve("d/file")));
        check(Errno.SUCCESS, guest.rename("hard", "d/other"));
        check(Errno.NOTDIR, guest.rename("d", "d/other"));
        check(Errno.SUCCESS, guest.symlink("d/file", "soft"));
        check(Errno.SUCCESS, guest.readLink("soft"));
        assertEquals("d/file", guest.lastText());
        check(Errno.INVAL, guest.readLink("d/file"));
        check(Errno.LOOP, guest.open("soft", 0, 0, Guest.READ));
        check(Errno.SUCCESS, guest.open("soft", Guest.FOLLOW, 0, Guest.READ));
        check(Errno.SUCCESS, guest.symlink("loop", "loop"));
        check(Errno.LOOP, guest.open("loop", Guest.FOLLOW, 0, Guest.READ));
        check(Errno.SUCCESS, guest.onPath("path_unlink_file", Guest.ROOT, "soft"));
        check(Errno.SUCCESS, guest.onPath("path_unlink_file", Guest.ROOT, "d/file"));
        check(Errno.NOENT, guest.onPath("path_unlink_file", Guest.ROOT, "d/file"));
        check(Errno.SUCCESS, guest.onPath("path_unlink_file", Guest.ROOT, "d/other"));
        check(Errno.SUCCESS, guest.onPath("path_remove_directory", Guest.ROOT, "d"));
        assertFalse(Files.exists(root.resolve("d")));
    }

    @Test
    void statusAndTimes() {
        int fd = create("file");
        guest.write(fd, "1234");
        check(Errno.SUCCESS, guest.status("file", 0));
        long inode = guest.memory().readLong(Guest.BUFFER + 8);
        assertEquals(4, guest.memory().readByte(Guest.BUFFER + 16));
        assertEquals(4, guest.memory().readLong(Guest.BUFFER + 32));
        check(Errno.SUCCESS, guest.call("fd_filestat_get", fd, 0));
        assertEquals(inode, guest.memory().readLong(8));
        check(Errno.SUCCESS, guest.call("fd_filestat_set_times", fd, 1_000_000_123L, 2_000_000_456L, 5));
        check(Errno.SUCCESS, guest.status("file", 0));
        assertEquals(1_000_000_123L, guest.memory().readLong(Guest.BUFFER + 40));
        assertEquals(2_000_000_456L, guest.memory().readLong(Guest.BUFFER + 48));
        check(Errno.INVAL, guest.call("fd_filestat_set_times", fd, 0L, 0L, 3));
        check(Errno.SUCCESS, guest.setTimes("file", 0));
        check(Errno.SUCCESS, guest.status("file", 0));
        assertEquals(0, guest.memory().readLong(Guest.BUFFER + 48));
    }

    @Test
    void descriptorsAreNumberedFromBelow() {
        int first = create("a");
        int second = create("b");
        assertEquals(first + 1, second);
        check(Errno.SUCCESS, guest.call("fd_close", first));
        check(Errno.BADF, guest.call("fd_close", first));
        assertEquals(first, create("c"));
        check(Errno.SUCCESS, guest.call("fd_renumber", second, first));
        check(Errno.BADF, guest.write(second, "x"));
        check(Errno.SUCCESS, guest.write(first, "x"));
        check(Errno.BADF, guest.call("fd_renumber", first, 1000));
    }

    @Test
    void socketsThatWereHandedIn() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    Guest host = new Guest(Wasi.builder().socket(server).build())) {
                check(Errno.SUCCESS, host.call("sock_accept", 3, 0, Guest.RESULT));
                int fd = host.result();
                client.write(ByteBuffer.wrap("ping".getBytes(StandardCharsets.UTF_8)));
                check(Errno.SUCCESS, host.call("sock_recv", fd, host.vector(4), 1, 1, Guest.RESULT, 64));
                assertEquals("ping", host.lastText());
                check(Errno.SUCCESS, host.call("sock_recv", fd, host.vector(4), 1, 2, Guest.RESULT, 64));
                assertEquals("ping", host.lastText());
                host.memory().putString(Guest.BUFFER, "pong");
                check(Errno.SUCCESS, host.call("sock_send", fd, host.vector(4), 1, 0, Guest.RESULT));
                ByteBuffer answer = ByteBuffer.allocate(4);
                while (answer.hasRemaining()) {
                    client.read(answer);
                }
                assertEquals("pong", new String(answer.array(), StandardCharsets.UTF_8));
                check(Errno.SUCCESS, host.call("sock_shutdown", fd, 2));
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
                check(Errno.NOTSOCK, host.call("sock_shutdown", 1, 2));
                assertNotEquals(0, host.call("sock_recv", 3, host.vector(4), 1, 0, Guest.RESULT, 64));
            }
        }
    }
}

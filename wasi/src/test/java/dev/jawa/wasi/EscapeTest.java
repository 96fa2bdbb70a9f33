package dev.jawa.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Attempts to leave the directory that a program was given: each operation by each way out. */
class EscapeTest {
    /** What these made elsewhere is removed at once, which the time of the directory shows. */
    private static final Set<String> MADE_BY_PATH = Set.of("make a directory", "symbolic link there");
    private static final String SECRET = "the secret";

    @TempDir
    private Path temporary;

    private Path outside;
    private Path inside;
    private Guest guest;

    @BeforeEach
    void makeFiles() throws IOException {
        outside = Files.createDirectories(temporary.resolve("outside"));
        Files.createDirectories(outside.resolve("folder"));
        Files.writeString(outside.resolve("secret"), SECRET);
        inside = Files.createDirectories(temporary.resolve("inside"));
        Files.createDirectories(inside.resolve("a/b"));
        Files.writeString(inside.resolve("own"), "own");
        link("link-absolute", outside.resolve("secret").toString());
        link("link-relative", "../outside/secret");
        link("link-folder", outside.toString());
        link("link-folder-relative", "../outside");
        link("link-twice", "link-relative");
        link("a/b/link-up", "../../../outside/secret");
        link("a/link-parent", "../..");
        link("link-root", "/");
        link("link-missing", "../outside/new");
        guest = new Guest(Wasi.builder().dir(inside, "/", Access.READ_WRITE).build());
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(inside.resolve(name), Path.of(target));
    }

    @AfterEach
    void close() throws IOException {
        guest.close();
        // JUnit warns of links that lead out of the folder that it deletes.
        try (Stream<Path> files = Files.walk(inside)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    /** Paths that lead to the secret file, or would. */
    private List<String> ways() {
        String absolute = outside.resolve("secret").toString();
        return List.of("../outside/secret", "a/../../outside/secret", "a/b/../../../outside/secret",
                "./../outside/secret", "a/./b/.././../../outside/secret", absolute, "/" + absolute,
                "link-folder/secret", "link-folder-relative/secret", "link-folder/../outside/secret",
                "a/link-parent/outside/secret", "link-root" + absolute, "a/../link-folder/folder/../secret",
                "../inside/../outside/secret");
    }

    /** Links whose targets are outside, which only those operations meet that follow links. */
    private static final List<String> LINKS =
            List.of("link-absolute", "link-relative", "link-twice", "a/b/link-up", "a/../link-absolute");

    private Map<String, ToIntFunction<String>> operations() {
        var operations = new TreeMap<String, ToIntFunction<String>>();
        operations.put("open", path -> guest.open(path, Guest.FOLLOW, 0, Guest.READ));
        operations.put("open without following", path -> guest.open(path, 0, 0, Guest.READ));
        operations.put("open to write", path -> guest.open(path, Guest.FOLLOW, 0, Guest.READ | Guest.WRITE));
        operations.put("truncate", path -> guest.open(path, Guest.FOLLOW, Guest.TRUNCATE, Guest.WRITE));
        operations.put("create", path -> guest.open(path, Guest.FOLLOW, Guest.CREATE, Guest.WRITE));
        operations.put("create beside", path -> guest.open(path + "2", Guest.FOLLOW, Guest.CREATE, Guest.WRITE));
        operations.put("create exclusively",
                path -> guest.open(path + "3", 0, Guest.CREATE | Guest.EXCLUSIVE, Guest.WRITE));
        operations.put("status", path -> guest.status(path, Guest.FOLLOW));
        operations.put("status without following", path -> guest.status(path, 0));
        operations.put("times", path -> guest.setTimes(path, Guest.FOLLOW));
        operations.put("times without following", path -> guest.setTimes(path, 0));
        operations.put("make a directory", path -> guest.onPath("path_create_directory", Guest.ROOT, path + "4"));
        operations.put("remove a directory", path -> guest.onPath("path_remove_directory", Guest.ROOT,
                path.replaceFirst("secret$", "folder")));
        operations.put("unlink", path -> guest.onPath("path_unlink_file", Guest.ROOT, path));
        operations.put("rename from", path -> guest.rename(path, "mine"));
        operations.put("rename to", path -> guest.rename("own", path));
        operations.put("link from", path -> guest.link(path, "mine"));
        operations.put("link to", path -> guest.link("own", path + "5"));
        operations.put("symbolic link there", path -> guest.symlink("own", path + "6"));
        operations.put("read a link", path -> guest.readLink(path));
        return operations;
    }

    @TestFactory
    Stream<DynamicTest> everyOperationByEveryWay() {
        return operations().entrySet().stream().flatMap(operation -> ways().stream().map(way ->
                DynamicTest.dynamicTest(operation.getKey() + ": " + way.replace(temporary.toString(), "..."),
                        () -> attempt(operation.getValue(), way))));
    }

    @TestFactory
    Stream<DynamicTest> whatFollowsLinksStaysInside() {
        Map<String, ToIntFunction<String>> operations = operations();
        return Stream.of("open", "open to write", "truncate", "create", "status", "times").flatMap(operation ->
                LINKS.stream().map(link -> DynamicTest.dynamicTest(operation + ": " + link,
                        () -> attempt(operations.get(operation), link))));
    }

    private void attempt(ToIntFunction<String> operation, String way) throws IOException {
        List<String> before = contents(outside);
        assertNotEquals(0, operation.applyAsInt(way));
        assertEquals(before, contents(outside));
        assertTrue(Files.exists(inside.resolve("own")));
        assertFalse(Files.exists(inside.resolve("mine"), LinkOption.NOFOLLOW_LINKS));
    }

    /** All files, with what they contain and when they were changed. */
    private static List<String> contents(Path folder) throws IOException {
        var contents = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                contents.add(file + " " + attributes.lastModifiedTime()
                        + (attributes.isRegularFile() ? Files.readString(file) : ""));
            }
        }
        return contents;
    }

    @Test
    void creatingThroughADanglingLinkMakesNothingOutside() {
        assertNotEquals(0, guest.open("link-missing", Guest.FOLLOW, Guest.CREATE, Guest.WRITE));
        assertFalse(Files.exists(outside.resolve("new")));
    }

    @Test
    void linksThatTheGuestMakesLeadNowhere() {
        assertNotEquals(0, guest.symlink("/etc", "absolute"));
        assertEquals(0, guest.symlink("../outside", "a/b/up"));
        assertEquals(0, guest.symlink("../../../outside/secret", "a/b/out"));
        assertNotEquals(0, guest.open("a/b/out", Guest.FOLLOW, 0, Guest.READ));
        assertEquals(0, guest.rename("a/b/up", "up"));
        assertNotEquals(0, guest.open("up/secret", Guest.FOLLOW, 0, Guest.READ));
    }

    @Test
    void openDirectoriesHaveNoParent() {
        int a = guest.opened("a", Guest.DIRECTORY, Guest.READDIR | 1L << 13);
        int b = guest.opened("a/b", Guest.DIRECTORY, Guest.READDIR | 1L << 13);
        assertNotEquals(0, guest.open(a, "..", Guest.FOLLOW, 0, 0, 0));
        assertNotEquals(0, guest.open(a, "b/../..", Guest.FOLLOW, 0, 0, 0));
        assertNotEquals(0, guest.open(b, "../../own", Guest.FOLLOW, 0, 0, 0));
        assertEquals(0, guest.open(a, "b/..", Guest.FOLLOW, 0, 0, 0));
    }

    @Test
    void readOnlyDirectoriesDoNotChange() throws IOException {
        try (Guest reader = new Guest(Wasi.builder().dir(inside, "/", Access.READ_ONLY).build())) {
            List<String> before = contents(inside.resolve("a"));
            assertNotEquals(0, reader.open("a/new", 0, Guest.CREATE, Guest.READ));
            assertNotEquals(0, reader.open("own", 0, Guest.TRUNCATE, 0));
            assertNotEquals(0, reader.open("own", 0, 0, Guest.WRITE));
            assertNotEquals(0, reader.rename("own", "a/own"));
            assertNotEquals(0, reader.link("own", "a/own"));
            assertNotEquals(0, reader.symlink("own", "a/own"));
            assertNotEquals(0, reader.setTimes("own", 0));
            assertNotEquals(0, reader.onPath("path_unlink_file", Guest.ROOT, "own"));
            assertNotEquals(0, reader.onPath("path_create_directory", Guest.ROOT, "a/new"));
            assertNotEquals(0, reader.onPath("path_remove_directory", Guest.ROOT, "a/b"));
            int own = reader.opened("own", 0, Guest.READ);
            assertNotEquals(0, reader.write(own, "changed"));
            assertNotEquals(0, reader.call("fd_filestat_set_size", own, 0L));
            assertNotEquals(0, reader.call("fd_filestat_set_times", own, 0L, 0L, 5));
            assertEquals(before, contents(inside.resolve("a")));
            assertEquals("own", Files.readString(inside.resolve("own")));
        }
    }

    @Test
    void aFileLinkedFromAReadOnlyDirectoryCannotBeWritten() throws IOException {
        Path writable = Files.createDirectories(temporary.resolve("writable"));
        try (Guest both = new Guest(Wasi.builder().dir(writable, "/w", Access.READ_WRITE)
                .dir(inside, "/r", Access.READ_ONLY).build())) {
            both.memory().putString(1024, "own");
            assertNotEquals(0, both.call("path_link", 4, 0, 1024, 3, 3, 1024, 3));
            assertNotEquals(0, both.call("path_rename", 4, 1024, 3, 3, 1024, 3));
        }
        assertFalse(Files.exists(writable.resolve("own")));
    }

    @Test
    void foldersOfLinksInTheMakingAreOutOfReach() throws IOException {
        assertEquals(0, guest.link("own", "a/again"));
        assertEquals("own", Files.readString(inside.resolve("a/again")));
        try (Stream<Path> left = Files.list(inside.resolve("a"))) {
            assertEquals(List.of("again", "b", "link-parent"), left.map(path -> path.getFileName().toString()).sorted()
                    .toList());
        }
        Files.createDirectory(inside.resolve(".jawa-link-1"));
        Files.writeString(inside.resolve(".jawa-link-1/own"), SECRET);
        assertNotEquals(0, guest.open(".jawa-link-1/own", 0, 0, Guest.READ));
        assertNotEquals(0, guest.open("a/../.jawa-link-1/own", 0, 0, Guest.READ));
        assertNotEquals(0, guest.rename(".jawa-link-1", "mine"));
        // Not through a link either, whoever made it.
        Files.createSymbolicLink(inside.resolve("to-hidden"), Path.of(".jawa-link-1"));
        assertNotEquals(0, guest.open("to-hidden/own", Guest.FOLLOW, 0, Guest.READ));
    }

    @TestFactory
    Stream<DynamicTest> racesAreLost() {
        Map<String, ToIntFunction<String>> operations = operations();
        return Stream.of("open", "create beside", "make a directory", "symbolic link there", "link from", "rename from",
                "unlink", "times").map(name -> DynamicTest.dynamicTest(name,
                () -> race(operations.get(name), MADE_BY_PATH.contains(name))));
    }

    /** While another thread exchanges a directory for a link to the outside and back, as fast as it can. */
    private void race(ToIntFunction<String> operation, boolean byPath) throws Exception {
        Path swapped = inside.resolve("swapped");
        Path spare = inside.resolve("spare");
        Files.createDirectories(swapped);
        Files.writeString(swapped.resolve("secret"), "harmless");
        List<String> before = contents(outside);
        var stop = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> {
            while (!stop.get()) {
                try {
                    Files.move(swapped, spare);
                    Files.createSymbolicLink(swapped, outside);
                    Files.delete(swapped);
                    Files.move(spare, swapped);
                } catch (IOException _) {
                    // The guest was in between.
                    restore(swapped, spare);
                }
            }
        });
        try {
            for (int i = 0; i < 400; i++) {
                if (operation.applyAsInt("swapped/secret") == 0) {
                    int fd = guest.result();
                    if (fd > Guest.ROOT && guest.read(fd, 100) == 0) {
                        assertNotEquals(SECRET, guest.lastText());
                    }
                    guest.call("fd_close", fd);
                }
                guest.onPath("path_unlink_file", Guest.ROOT, "mine");
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertEquals(withoutTimes(before, byPath), withoutTimes(contents(outside), byPath));
    }

    private static List<String> withoutTimes(List<String> contents, boolean leftOut) {
        return leftOut ? contents.stream().map(entry -> entry.replaceFirst(" \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "")).toList()
                : contents;
    }

    private static void restore(Path swapped, Path spare) {
        try {
            if (Files.isSymbolicLink(swapped)) {
                Files.delete(swapped);
            }
            if (Files.exists(spare, LinkOption.NOFOLLOW_LINKS) && !Files.exists(swapped, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(spare, swapped);
            }
            Files.createDirectories(swapped);
        } catch (NoSuchFileException _) {
            // Next time.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package dev.jawa.wasi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.jawa.Instance;
import dev.jawa.LinkError;
import dev.jawa.RuntimeError;
import dev.jawa.text.Wat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs as a whole, and what they are given. */
class WasiTest {
    private static final String HELLO = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 8) "\\10\\00\\00\\00\\06\\00\\00\\00hello\\n")
              (func (export "_start")
                (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 0)))
                (call $exit (i32.const 7))))
            """;

    @TempDir
    private Path temporary;

    private static dev.jawa.Module program(String body) {
        return Wat.compile("""
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
                  (memory (export "memory") 1)
                  %s)
                """.formatted(body));
    }

    @Test
    void aProgramWritesAndExits() {
        dev.jawa.Module tool = Wat.compile(HELLO);
        // @start region="run"
        var output = new ByteArrayOutputStream();
        Wasi wasi = Wasi.builder()
                .args("tool", "--help")
                .env("LANG", "C.UTF-8")
                .dir(temporary, "/data", Access.READ_ONLY)
                .stdout(output)
                .build();
        int exitCode = wasi.run(tool);
        // @end
        assertEquals(7, exitCode);
        assertEquals("hello\n", output.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatEndsWithoutACodeEndsWell() {
        assertEquals(0, Wasi.builder().build().run(program("(func (export \"_start\"))")));
    }

    @Test
    void exitingCannotBeCaught() {
        assertEquals(3, Wasi.builder().build().run(program("""
                (func (export "_start")
                  (block $caught
                    (try_table (catch_all $caught) (call $exit (i32.const 3))))
                  (call $exit (i32.const 4)))
                """)));
    }

    @Test
    void trapsAreTraps() {
        dev.jawa.Module module = program("(func (export \"_start\") unreachable)");
        var trap = assertThrows(RuntimeError.class, () -> Wasi.builder().build().run(module));
        assertEquals(RuntimeError.Kind.UNREACHABLE, trap.kind());
    }

    @Test
    void signalsEndAProgram() {
        dev.jawa.Module module = Wat.compile("""
                (module
                  (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
                  (memory (export "memory") 1)
                  (func (export "_start") (drop (call $raise (i32.const 16))) (drop (call $raise (i32.const 6)))))
                """);
        assertEquals(134, Wasi.builder().build().run(module));
    }

    @Test
    void librariesAreInitialized() {
        dev.jawa.Module module = program("""
                (global $ready (mut i32) (i32.const 0))
                (func (export "_initialize") (global.set $ready (i32.const 1)))
                (func (export "ready") (result i32) (global.get $ready))
                """);
        try (Wasi wasi = Wasi.builder().build()) {
            var instance = new Instance(module, wasi.imports());
            assertEquals(0, wasi.initialize(instance));
            assertEquals(1, instance.exports().function("ready").callInt());
            assertTrue(assertThrows(LinkError.class, () -> wasi.start(instance)).getMessage().contains("_start"));
        }
    }

    @Test
    void draftsOfWasiAreNamed() {
        dev.jawa.Module module = Wat.compile("(module (import \"wasi_unstable\" \"sched_yield\" (func (result i32))))");
        var error = assertThrows(LinkError.class, () -> Wasi.builder().build().run(module));
        assertTrue(error.getMessage().contains("wasi_unstable"), error.getMessage());
    }

    @Test
    void aProgramWithoutMemoryIsALinkError() {
        dev.jawa.Module module = Wat.compile("""
                (module
                  (import "wasi_snapshot_preview1" "fd_tell" (func $tell (param i32 i32) (result i32)))
                  (func (export "_start") (drop (call $tell (i32.const 0) (i32.const 0)))))
                """);
        assertThrows(LinkError.class, () -> Wasi.builder().build().run(module));
    }

    @Test
    void missingDirectoriesAreNamed() throws IOException {
        Path missing = temporary.resolve("missing");
        Wasi.Builder builder = Wasi.builder().dir(missing, "/", Access.READ_ONLY);
        assertTrue(assertThrows(LinkError.class, builder::build).getMessage().contains(missing.toString()));
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThrows(LinkError.class, () -> Wasi.builder().dir(file, "/", Access.READ_ONLY).build());
    }

    @Test
    void argumentsAndEnvironment() {
        try (var guest = new Guest(Wasi.builder().args("name", "élan").env("A", "1").env("B", "").build())) {
            assertEquals(0, guest.call("args_sizes_get", 0, 4));
            assertEquals(2, guest.memory().readInt(0));
            assertEquals(5 + 6, guest.memory().readInt(4));
            assertEquals(0, guest.call("args_get", 0, 100));
            assertEquals("élan", guest.memory().string(guest.memory().readInt(4)));
            assertEquals(0, guest.call("environ_get", 0, 200));
            assertEquals("A=1", guest.memory().string(guest.memory().readInt(0)));
            assertEquals("B=", guest.memory().string(guest.memory().readInt(4)));
        }
    }

    @Test
    void clocksAndRandomNumbersCanBeRepeated() {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(5, 7));
        try (var guest = new Guest(Wasi.builder().clock(clock).monotonicClock(() -> 42).random(new Random(1)).build());
                var other = new Guest(Wasi.builder().random(new Random(1)).build())) {
            assertEquals(0, guest.call("clock_time_get", 0, 1L, 0));
            assertEquals(5_000_000_007L, guest.memory().readLong(0));
            assertEquals(0, guest.call("clock_time_get", 1, 1L, 0));
            assertEquals(42, guest.memory().readLong(0));
            assertEquals(0, guest.call("clock_time_get", 2, 1L, 0));
            assertEquals(28, guest.call("clock_time_get", 9, 1L, 0));
            guest.call("random_get", 100, 50);
            other.call("random_get", 100, 50);
            assertArrayEquals(guest.memory().readBytes(100, 50), other.memory().readBytes(100, 50));
        }
    }

    @Test
    void badAddressesAreFaults() {
        try (var guest = new Guest(Wasi.builder().args("x").stdout(new ByteArrayOutputStream()).build())) {
            int end = (int) guest.memory().size();
            assertEquals(21, guest.call("args_get", -8, 0));
            assertEquals(21, guest.call("clock_time_get", 0, 1L, end - 4));
            assertEquals(21, guest.call("random_get", end - 4, 8));
            assertEquals(21, guest.call("random_get", -1, -1));
            guest.memory().writeInt(0, end - 1);
            guest.memory().writeInt(4, 2);
            assertEquals(21, guest.call("fd_write", 1, 0, 1, Guest.RESULT));
            assertEquals(28, guest.call("fd_write", 1, 0, -1, Guest.RESULT));
            assertEquals(21, guest.call("fd_fdstat_get", 1, end - 8));
            assertEquals(8, guest.call("fd_close", 1 << 30));
        }
    }

    @Test
    void inputIsReadAndWaitedFor() {
        var input = new ByteArrayInputStream("some input".getBytes(StandardCharsets.UTF_8));
        try (var guest = new Guest(Wasi.builder().stdin(input).build())) {
            assertEquals(0, guest.read(0, 4));
            assertEquals("some", guest.lastText());
            subscribe(guest, 0, 7, 1, 0);
            subscribe(guest, 1, 8, 0, 10_000_000_000L);
            assertEquals(0, guest.call("poll_oneoff", 2048, 4096, 2, Guest.RESULT));
            assertEquals(1, guest.result());
            assertEquals(7, guest.memory().readLong(4096));
            assertEquals(0, guest.read(0, 100));
            assertEquals(" input", guest.lastText());
            assertEquals(0, guest.read(0, 100));
            assertEquals(0, guest.result());
        }
    }

    @Test
    void timePasses() {
        try (var guest = new Guest(Wasi.builder().build())) {
            subscribe(guest, 0, 1, 0, 20_000_000);
            long before = System.nanoTime();
            assertEquals(0, guest.call("poll_oneoff", 2048, 4096, 1, Guest.RESULT));
            assertTrue(System.nanoTime() - before >= 20_000_000);
            assertEquals(28, guest.call("poll_oneoff", 2048, 4096, 0, Guest.RESULT));
        }
    }

    @Test
    void interruptingEndsAWait() {
        try (var guest = new Guest(Wasi.builder().build())) {
            subscribe(guest, 0, 1, 0, 60_000_000_000L);
            Thread.currentThread().interrupt();
            var error = assertThrows(RuntimeError.class, () ->
                    guest.call("poll_oneoff", 2048, 4096, 1, Guest.RESULT));
            assertEquals(RuntimeError.Kind.INTERRUPTED, error.kind());
            assertTrue(Thread.interrupted());
        }
    }

    private static void subscribe(Guest guest, int index, long userData, int type, long timeout) {
        int address = 2048 + 48 * index;
        guest.memory().writeBytes(address, new byte[48]);
        guest.memory().writeLong(address, userData);
        guest.memory().writeByte(address + 8, (byte) type);
        if (type == 0) {
            guest.memory().writeInt(address + 16, 1);
            guest.memory().writeLong(address + 24, timeout);
        }
    }

    @Test
    void filesInMemory() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = Files.createDirectories(memory.getPath("/work/data"));
            Files.writeString(root.resolve("in"), "from the host");
            try (var guest = new Guest(Wasi.builder().dir(root, "/", Access.READ_WRITE).build())) {
                assertEquals(0, guest.read(guest.opened("in", 0, Guest.READ), 100));
                assertEquals("from the host", guest.lastText());
                assertEquals(0, guest.onPath("path_create_directory", Guest.ROOT, "d"));
                int out = guest.opened("d/out", Guest.CREATE, Guest.READ | Guest.WRITE | Guest.SEEK);
                assertEquals(0, guest.write(out, "from the guest"));
                assertEquals(0, guest.writeAt(out, "FROM", 0));
                assertEquals(0, guest.readAt(out, 8, 0));
                assertEquals("FROM the", guest.lastText());
            }
            assertEquals("FROM the guest", Files.readString(root.resolve("d/out")));
        }
    }

    @Test
    void aProcessCanBeUsedByAnotherInstanceWithMoreImports() {
        dev.jawa.Module module = Wat.compile("""
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (import "env" "answer" (func $answer (result i32)))
                  (memory (export "memory") 1)
                  (func (export "_start") (call $exit (call $answer))))
                """);
        try (Wasi wasi = Wasi.builder().build()) {
            var imports = dev.jawa.Imports.builder().add(wasi.imports()).function("env", "answer", () -> 42).build();
            assertEquals(42, wasi.start(new Instance(module, imports)));
        }
    }
}

package dev.jawa.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs in C, compiled by clang with the C library for WASI (Debian: clang, lld, wasi-libc, libclang-rt-dev-wasm32),
 * and in Rust (Debian: rustc, libstd-rust-dev-wasm32).
 */
class ProgramsTest {
    @TempDir
    private static Path folder;

    private static dev.jawa.Module words;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Path source = source("words.c");
        Path binary = folder.resolve("words.wasm");
        assumeTrue(run("clang", "--target=wasm32-wasi", "-O1", source.toString(), "-o", binary.toString()),
                "no clang that compiles for WASI");
        words = dev.jawa.Module.compile(binary);
    }

    private static Path source(String name) throws IOException {
        Path source = folder.resolve(name);
        try (InputStream resource = ProgramsTest.class.getResourceAsStream(name)) {
            Files.copy(resource, source);
        }
        return source;
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void aProgramWorksOnFiles() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("one"), "a few words in a line\n");
        Files.writeString(data.resolve("two"), "");
        var output = new ByteArrayOutputStream();
        int code = Wasi.builder().args("words", "/data", "/data/result").env("GREETING", "hello")
                .dir(data, "/data", Access.READ_WRITE).stdout(output).build().run(words);
        assertEquals("hello: 2 files\n", output.toString(StandardCharsets.UTF_8));
        assertEquals(2, code);
        assertEquals(Set.of("one 6 22", "two 0 0"), new TreeSet<>(Files.readAllLines(data.resolve("result"))));
    }

    @Test
    void aProgramSaysWhatIsWrong() {
        var error = new ByteArrayOutputStream();
        assertEquals(2, Wasi.builder().args("words").stderr(error).build().run(words));
        assertEquals("usage: words FOLDER RESULT\n", error.toString(StandardCharsets.UTF_8));
        error.reset();
        assertEquals(1, Wasi.builder().args("words", "/nowhere", "x").stderr(error).build().run(words));
        assertTrue(error.toString(StandardCharsets.UTF_8).startsWith("/nowhere: "), error.toString());
    }

    @Test
    void oneModuleServesManyProcesses() {
        for (String name : List.of("first", "second", "third")) {
            var error = new ByteArrayOutputStream();
            assertEquals(2, Wasi.builder().args(name).stderr(error).build().run(words));
            assertEquals("usage: " + name + " FOLDER RESULT\n", error.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aProgramInRustWorksOnFiles() throws IOException, InterruptedException {
        Path binary = folder.resolve("sort.wasm");
        assumeTrue(compileRust(source("sort.rs"), binary), "no rustc that compiles for WASI");
        Path data = Files.createDirectories(folder.resolve("sorted"));
        var output = new ByteArrayOutputStream();
        int code = Wasi.builder().args("sort", "/data").dir(data, "/data", Access.READ_WRITE).stdout(output)
                .stdin(new ByteArrayInputStream("pear\napple\nfig\n".getBytes(StandardCharsets.UTF_8)))
                .build().run(dev.jawa.Module.compile(binary));
        assertEquals("[\"result\"] 15\n", output.toString(StandardCharsets.UTF_8));
        assertEquals(3, code);
        assertEquals(List.of("apple", "fig", "pear"), Files.readAllLines(data.resolve("result")));
    }

    /** With the compiler on the path, or with that of the system where another one hides it. */
    private static boolean compileRust(Path source, Path binary) throws InterruptedException {
        for (String compiler : List.of("rustc", "/usr/bin/rustc")) {
            for (String target : List.of("wasm32-wasip1", "wasm32-wasi")) {
                if (run(compiler, "--target", target, "-O", source.toString(), "-o", binary.toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.jawa.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SQLite with a shell, compiled from its source, which a package of npm carries, by a clang that compiles for WASI. Skipped
 * where one is missing.
 */
class SqliteTest {
    private static final Path TARGET = Path.of("target", "sqlite").toAbsolutePath();
    private static final String PACKAGE = "better-sqlite3@11.10.0";

    private static dev.jawa.Module sqlite;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Path binary = TARGET.resolve("sqlite.wasm");
        if (!Files.exists(binary)) {
            Files.createDirectories(TARGET);
            Path shell = TARGET.resolve("sqlite-shell.c");
            try (InputStream resource = SqliteTest.class.getResourceAsStream("sqlite-shell.c")) {
                Files.write(shell, resource.readAllBytes());
            }
            assumeTrue(run("clang", "--target=wasm32-wasi", "-c", "-xc", "/dev/null", "-o", "nothing.o")
                    && run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE),
                    "no clang that compiles for WASI, or no npm that installs");
            Path source = TARGET.resolve("node_modules/better-sqlite3/deps/sqlite3");
            assumeTrue(run("clang", "--target=wasm32-wasi", "-O1", "-w", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_WAL",
                    "-DSQLITE_OMIT_LOAD_EXTENSION", "-D_WASI_EMULATED_GETPID", "-D_WASI_EMULATED_SIGNAL", "-I" + source,
                    shell.toString(), source.resolve("sqlite3.c").toString(), "-lwasi-emulated-getpid",
                    "-o", binary.toString()), "clang cannot compile SQLite");
        }
        sqlite = dev.jawa.Module.compile(binary);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).directory(TARGET.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String execute(Path directory, Access access, Limits limits, int expectedCode, String... statements) {
        var output = new ByteArrayOutputStream();
        int code = Wasi.builder().args("sqlite", "/data/test.db").dir(directory, "/data", access)
                .stdin(new ByteArrayInputStream(String.join("\n", statements).getBytes(StandardCharsets.UTF_8)))
                .stdout(output).stderr(output).build().run(sqlite, limits);
        String text = output.toString(StandardCharsets.UTF_8);
        assertEquals(expectedCode, code, text);
        return text;
    }

    private static String execute(Path directory, String... statements) {
        return execute(directory, Access.READ_WRITE, Limits.none(), 0, statements);
    }

    private static void usesADatabase(Path directory) {
        execute(directory, "create table t(a integer primary key, b text);", "begin;",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)"
                        + " insert into t select i, 'row ' || i from n;", "commit;", "create index i on t(b);");
        assertEquals("5000|12502500\nrow 4711\n4712\n", execute(directory, "select count(*), sum(a) from t;",
                "select b from t where a = 4711;", "select a from t where b = 'row 4712';"));
        assertEquals("0\n", execute(directory, "begin;", "delete from t;", "select count(*) from t;", "rollback;"));
        assertEquals("5000\nok\n", execute(directory, "select count(*) from t;", "pragma integrity_check;"));
    }

    @Test
    void aDatabaseInAFileOfTheHost() {
        usesADatabase(folder);
        assertTrue(Files.exists(folder.resolve("test.db")));
    }

    @Test
    void aDatabaseInMemory() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix").build())) {
            Path directory = Files.createDirectories(memory.getPath("/data"));
            usesADatabase(directory);
            assertTrue(Files.size(directory.resolve("test.db")) > 100_000);
        }
    }

    @Test
    void aDirectoryOnlyToRead() {
        execute(folder, "create table t(a);", "insert into t values (7);");
        assertTrue(execute(folder, Access.READ_ONLY, Limits.none(), 1, "insert into t values (8);").contains("Error"));
        assertEquals("7\n", execute(folder, "select a from t;"));
    }

    @Test
    void aQueryWithoutAnEnd() throws IOException {
        String endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;";
        for (Limits limits : List.of(Limits.builder().deadline(Duration.ofMillis(300)).build(),
                Limits.builder().fuel(50_000_000).build())) {
            var error = assertThrows(RuntimeError.class,
                    () -> execute(folder, Access.READ_WRITE, limits, 0, endless));
            assertEquals(limits.fuel().isPresent() ? RuntimeError.Kind.OUT_OF_FUEL
                    : RuntimeError.Kind.DEADLINE_EXCEEDED, error.kind());
            // What is stopped may leave its lock behind, a folder on WASI, as a process that is killed does.
            Files.deleteIfExists(folder.resolve("test.db.lock"));
        }
        assertEquals("1\n", execute(folder, "select 1;"));
    }
}

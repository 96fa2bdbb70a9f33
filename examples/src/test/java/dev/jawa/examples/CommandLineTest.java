package dev.jawa.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script and the packaged command line, as processes of their own: what they print on which stream, and
 * how they end.
 */
@Timeout(120)
class CommandLineTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    /** How a process ended and what it printed. */
    private record Ended(int exitCode, String out, String err) {
    }

    private Ended jawa(String... arguments) throws IOException, InterruptedException {
        return run(ROOT.resolve("jawa"), Path.of(""), arguments);
    }

    private Ended run(Path launcher, Path workingDirectory, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        var builder = new ProcessBuilder(command).directory(workingDirectory.toAbsolutePath().toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // It was built just before these tests, and a build in a build would be one too many.
        builder.environment().put("JAWA_BUILD", "never");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), () -> command + " does not end");
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void assertFine(String expected, Ended ended) {
        assertEquals(new Ended(0, expected, ""), ended);
    }

    private static void assertUsage(String expected, Ended ended) {
        assertEquals("", ended.out());
        assertTrue(ended.err().contains(expected), ended.err());
        assertEquals(2, ended.exitCode());
    }

    private static void assertFailed(String expected, Ended ended) {
        assertTrue(ended.err().contains(expected), ended.err());
        assertTrue(!ended.err().contains("java."), ended.err());
        assertEquals(1, ended.exitCode());
    }

    private static void assertTrapped(String expected, Ended ended) {
        assertTrue(ended.err().contains(expected), ended.err());
        assertTrue(!ended.err().contains("java."), ended.err());
        assertEquals(134, ended.exitCode());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    // JavaScript

    @Test
    void runsAnEsModule() throws Exception {
        assertFine("42\n", jawa("run", "instance.mjs"));
    }

    @Test
    void runsACommonJsProgram() throws Exception {
        assertFine("42\n", jawa("run", "instance.js"));
    }

    @Test
    void runsAClassicScript() throws Exception {
        assertFine("42\n", jawa("run", "--script", "instance.js"));
    }

    @Test
    void passesNumbersAndMemory() throws Exception {
        assertFine("3\n3 2\n2432902008176640000\n3\n", jawa("run", "math.mjs"));
    }

    @Test
    void runsFromAnyDirectoryThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("jawa"), ROOT.resolve("jawa"));
        assertFine("42\n", run(link, folder, "run", ROOT.resolve("examples/instance.mjs").toString()));
        // JUnit would warn about it.
        Files.delete(link);
    }

    @Test
    void reportsAnUncaughtError() throws Exception {
        Path program = file("thrower.mjs", "function f() { throw new TypeError('no'); }\nf();\n");
        Ended ended = jawa("run", program.toString());
        assertFailed("TypeError: no", ended);
        assertTrue(ended.err().contains("thrower.mjs:1"), ended.err());
    }

    @Test
    void reportsASyntaxError() throws Exception {
        assertFailed("SyntaxError", jawa("run", file("wrong.mjs", "let = = 1;\n").toString()));
    }

    // Modules

    @Test
    void invokesFunctions() throws Exception {
        assertFine("3\n", jawa("run", "--invoke", "add", "math.wasm", "1", "2"));
        assertFine("-6\n", jawa("run", "--invoke", "add", "math.wasm", "-0x7", "1"));
        assertFine("-3\n-2\n", jawa("run", "--invoke", "divmod", "math.wasm", "-17", "5"));
        assertFine("2432902008176640000\n", jawa("run", "--invoke", "fac", "math.wasm", "20"));
        assertFine("0.0\n", jawa("run", "--invoke", "mean", "math.wasm", "0xfff0", "2"));
    }

    @Test
    void reportsATrapWithTheFunctionsThatWereRunning() throws Exception {
        Ended ended = jawa("run", "--invoke", "divmod", "math.wasm", "1", "0");
        assertTrapped("RuntimeError: integer divide by zero", ended);
        assertTrue(ended.err().contains("math.div (wasm-function[1]"), ended.err());
        assertTrue(ended.err().contains("math.divmod (wasm-function[2]"), ended.err());
    }

    @Test
    void survivesARunawayRecursion() throws Exception {
        Ended ended = jawa("run", "--invoke", "fac", "math.wasm", "-1");
        assertTrapped("RuntimeError: call stack exhausted", ended);
        assertTrue(ended.err().contains(" more\n") && ended.err().lines().count() < 50, ended.err());
    }

    @Test
    void saysWhichImportsAreMissing() throws Exception {
        assertFailed("imports.imported_func", jawa("run", "--invoke", "exported_func", "simple.wasm"));
    }

    @Test
    void runsProgramsForWasi() throws Exception {
        assertEquals(new Ended(7, "hello.wat\none\n-two\n", ""), jawa("run", "hello.wat", "one", "-two"));
    }

    @Test
    void validates() throws Exception {
        assertFine("math.wasm: valid\nsimple.wasm: valid\n", jawa("validate", "math.wasm", "simple.wasm"));
        Path broken = Files.write(folder.resolve("broken.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 99, 0});
        assertFailed("broken.wasm: ", jawa("validate", broken.toString(), "math.wasm"));
    }

    @Test
    void inspects() throws Exception {
        String text = jawa("inspect", "math.wasm").out();
        for (String part : List.of("module math", "divmod  (i32, i32) -> (i32, i32)", "memory   memory  1",
                "multi-value", "custom \"name\"", "Functions")) {
            assertTrue(text.contains(part), text);
        }
        String json = jawa("inspect", "--json", "simple.wasm").out();
        assertTrue(json.contains("\"name\": \"imported_func\""), json);
    }

    // Mistakes

    @Test
    void explainsMistakes() throws Exception {
        assertUsage("nothing.mjs: no such file", jawa("run", "nothing.mjs"));
        assertUsage("exports no function sub but: add (i32, i32) -> i32",
                jawa("run", "--invoke", "sub", "math.wasm", "1", "2"));
        assertUsage("takes 2 arguments, not 1", jawa("run", "--invoke", "add", "math.wasm", "1"));
        assertUsage("'one' is not an i32", jawa("run", "--invoke", "add", "math.wasm", "one", "2"));
        assertUsage("does not fit into an i32", jawa("run", "--invoke", "add", "math.wasm", "4294967296", "2"));
        assertUsage("call a function with --invoke", jawa("run", "math.wasm"));
        assertUsage("jawa run --invoke NAME", jawa("run", "math.wasm", "1"));
        assertUsage("--vebose", jawa("validate", "--vebose", "math.wasm"));
        assertUsage("Give a command", jawa());
    }

    @Test
    void showsTheVersion() throws Exception {
        Ended ended = jawa("--version");
        assertTrue(ended.out().startsWith("jawa 0.1.0"), ended.out());
        assertEquals("", ended.err());
        assertEquals(0, ended.exitCode());
    }
}

package dev.jawa.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Module;
import dev.jawa.js.JsHost;
import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.Permissions;
import dev.jawa.wasi.Wasi;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
 * A program in Kotlin that its compiler has made a WebAssembly module of with garbage collection, exceptions and WASI. It
 * runs from Java, and from JavaScript by the script that the compiler writes.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KotlinTest {
    private static final String EXPECTED = """
            box of 6.0, circle of 12.0, circle of 6.75
            {Circle=18.75, Box=6.0}
            2
            [the=3, brown=1, dog=1]
            [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71]
            caught only 20
            finally
            Broken: deep
            true
            example:me, test:you
            6765
            10000000000 -2147483648 15
            """;

    @Test
    void printsWhatItShould(@TempDir Path folder) throws Exception {
        Path klib = Path.of("target", "kotlin", "kotlin-stdlib-wasm-wasi.klib").toAbsolutePath();
        List<String> common = List.of("-Xwasm-target=wasm-wasi", "-libraries", klib.toString(), "-ir-output-name", "program");
        compile(common, "-Xir-produce-klib-file", "-ir-output-dir", folder.toString(),
                Path.of("src", "test", "kotlin", "Program.kt").toAbsolutePath().toString());
        compile(common, "-Xir-produce-js", "-Xinclude=" + folder.resolve("program.klib"), "-ir-output-dir",
                folder.toString());
        assertEquals(EXPECTED, fromJava(folder.resolve("program.wasm")));
        assertEquals(EXPECTED, fromJavaScript(folder.resolve("program.mjs")));
    }

    /** In a process of its own, since the compiler stays in memory. */
    private static void compile(List<String> common, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "org.jetbrains.kotlin.cli.js.KotlinWasmCompiler"));
        command.addAll(common);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor() == 0, output);
    }

    private static String fromJava(Path module) {
        var output = new ByteArrayOutputStream();
        Wasi wasi = Wasi.builder().args("program").stdout(output).build();
        assertEquals(0, wasi.run(Module.compile(module)));
        return output.toString(StandardCharsets.UTF_8);
    }

    private static String fromJavaScript(Path script) {
        var output = new ByteArrayOutputStream();
        JsHost host = JsHost.builder().output(new PrintStream(output, true, StandardCharsets.UTF_8))
                .permissions(Permissions.all()).build();
        assertEquals(0, host.run(script, Mode.MODULE));
        return output.toString(StandardCharsets.UTF_8);
    }
}

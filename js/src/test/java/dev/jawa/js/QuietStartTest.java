package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither the JVM nor GraalJS may write warnings to the terminal. */
class QuietStartTest {
    @TempDir
    Path folder;

    /** A program of its own, started like the command line's: with nothing but access for native code. */
    static final class Main {
        private Main() {
        }

        public static void main(String[] arguments) {
            System.exit(JsHost.builder().build().run(Path.of(arguments[0])));
        }
    }

    @Test
    void nothingButTheProgramPrints() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("main.mjs"), """
                console.log(new Uint8Array(new WebAssembly.Memory({ initial: 1 }).buffer).length);
                process.exitCode = 5;
                """);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertEquals(5, process.waitFor());
        assertEquals("65536\n", Files.readString(output, StandardCharsets.UTF_8));
    }
}

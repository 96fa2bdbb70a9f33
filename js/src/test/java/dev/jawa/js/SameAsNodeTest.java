package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.js.JsHost.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that print what they find; beside each is what Node.js 26 prints. {@code -Ddev.jawa.node=FILE} runs them with that
 * Node.js too, which must print the same.
 */
class SameAsNodeTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> programs() throws URISyntaxException, IOException {
        Path programs = Path.of(SameAsNodeTest.class.getResource("same").toURI());
        try (Stream<Path> files = Files.list(programs)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".mjs")).sorted().toList();
            return found.stream().map(file -> DynamicTest.dynamicTest(nameOf(file), () -> compare(file)));
        }
    }

    private static String nameOf(Path program) {
        return program.getFileName().toString().replace(".mjs", "");
    }

    private void compare(Path program) throws IOException {
        String expected = Files.readString(program.resolveSibling(nameOf(program) + ".txt"));
        // Programs find their files in the current folder; they make what they need where they are told.
        Run run = Run.file(program, Mode.MODULE, folder.toString());
        assertEquals("", run.error());
        assertEquals(expected, run.output());
        assertEquals(0, run.exitCode());
        String node = System.getProperty("dev.jawa.node");
        if (node != null) {
            assertEquals(expected, output(node, program));
        }
    }

    private String output(String node, Path program) {
        try {
            Path output = Files.createTempFile(folder, "node", ".txt");
            Process process = new ProcessBuilder(node, program.toString(), folder.toString())
                    .redirectOutput(output.toFile()).start();
            process.waitFor();
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

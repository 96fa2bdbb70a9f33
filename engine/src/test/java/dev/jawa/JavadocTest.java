package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation comes out without a complaint: links, HTML and snippets are right. */
class JavadocTest {
    @Test
    void theExportedPackages(@TempDir Path directory) throws Exception {
        // Surefire runs tests in the module's folder.
        Path sources = Path.of("src", "main", "java");
        assertEquals(true, Files.isDirectory(sources), "run in the folder of the module engine");
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        int result = ToolProvider.findFirst("javadoc").orElseThrow().run(writer, writer, "-quiet", "-Werror",
                // What a method gives back is said in its first sentence.
                "-Xdoclint:all,-missing", "--snippet-path", Path.of("src", "test", "java").toString(),
                "-d", directory.toString(), "--module-source-path", "dev.jawa=" + sources, "--module", "dev.jawa");
        assertEquals(0, result, output.toString());
    }
}

package dev.jawa.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents show code that is compiled and run here, and list what the engine lists. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void readmeShowsTheExamples() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = Stream.concat(files.filter(file -> file.toString().endsWith(".java")),
                    Stream.of(Path.of("instance.mjs"))).map(DocumentsTest::stripped).collect(Collectors.joining("\n"));
        }
        List<String> blocks = blocks(Files.readString(ROOT.resolve("README.md")), "java", "js");
        assertFalse(blocks.isEmpty());
        for (String block : blocks) {
            assertTrue(sources.contains(stripped(block)), () -> "not in the examples:\n" + block);
        }
    }

    private static List<String> blocks(String markdown, String... languages) {
        return Pattern.compile("(?s)```(?:" + String.join("|", languages) + ")\n(.*?)```").matcher(markdown).results()
                .map(block -> block.group(1)).toList();
    }

    private static String stripped(Path file) {
        try {
            return stripped(Files.readString(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String stripped(String text) {
        return text.strip().lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void everyFeatureHasARowInTheScoreCard() throws IOException {
        List<List<String>> rows = Files.readAllLines(ROOT.resolve("PROPOSALS.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList())
                .toList();
        for (Feature feature : Feature.values()) {
            List<List<String>> found = rows.stream()
                    .filter(row -> row.getFirst().replace("**", "").replace(" (superseded)", "")
                            .equals(feature.title()))
                    .toList();
            assertEquals(1, found.size(), feature.title());
            String phase = feature.standard() == Feature.Standard.LEGACY ? "–" : Integer.toString(feature.phase());
            assertEquals(phase, found.getFirst().get(1), feature.title());
        }
    }
}

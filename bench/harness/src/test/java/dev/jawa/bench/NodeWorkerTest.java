package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.text.Wat;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeWorkerTest {
    private static final int PIPE = 65_536;

    private final Path bench = Path.of("").toAbsolutePath().getParent();

    @Test
    void itEndsWhenAllThatItPrintsHasBeenRead(@TempDir Path folder) throws Exception {
        Optional<Engine> node = Engine.available(bench, Path.of("java")).stream()
                .filter(engine -> engine.name().equals(Engine.REFERENCE)).findFirst();
        assumeTrue(node.isPresent(), "Node.js");
        Path module = folder.resolve("same.wasm");
        Files.write(module, Wat.encode("(module (func (export \"same\") (param i32) (result i32) (local.get 0)))"));
        Process process = new ProcessBuilder(List.of(node.get().command().get(0), node.get().command().get(1), "kernel",
                module.toString(), "same", "7", "2")).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            assertEquals(Worker.FIRST, output.readLine());
            // More than the pipe holds is there, and nobody reads it for a while.
            process.waitFor(4, TimeUnit.SECONDS);
            String line = output.readLine();
            assertTrue(line.length() > PIPE, "only " + line.length() + " characters");
            JsonNode figures = new ObjectMapper().readTree(line);
            assertEquals(7, figures.at("/answers/0").asInt());
        }
        assertEquals(0, process.waitFor());
    }
}

package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @TempDir
    private Path folder;

    @Test
    void aModuleThatIsAloneHasTheNameOfItsFolder() throws IOException {
        for (String file : List.of("many/b.wasm", "many/a.wasm", "many/a.input", "one/benchmark.wasm", "one/deep/er.wasm")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.createFile(path);
        }
        assertEquals(List.of("a", "b", "one", "deep"),
                Program.modules(List.of(folder)).stream().map(Program::name).toList());
        Program one = Program.modules(List.of(folder.resolve("one/benchmark.wasm"))).getFirst();
        assertEquals("benchmark", one.name());
        assertEquals(List.of("command", folder.resolve("one/benchmark.wasm").toString()), one.arguments());
    }
}

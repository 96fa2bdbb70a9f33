package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Path BENCH = Path.of("..");

    @Test
    void namesAreDistinct() throws IOException {
        List<String> names = Catalogue.programs(BENCH).stream().map(Program::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
    }

    @Test
    void aProgramHasTheFileOfItsSourceAndWhatItsKindNeeds() throws IOException {
        Program kernel = named("matmul");
        assertEquals(List.of("kernel", BENCH.resolve("target/programs/kernels.wasm").toString(), "matmul", "150"),
                kernel.arguments());
        assertEquals(Program.Kind.COMMAND, named("rust_json").kind());
        assertEquals(Program.Kind.SCRIPT, named("quickjs").kind());
    }

    @Test
    void everyScriptIsListed() throws IOException {
        try (Stream<Path> scripts = Files.list(BENCH.resolve("programs/scripts"))) {
            assertEquals(scripts.map(script -> script.getFileName().toString().replace(".mjs", ""))
                    .collect(Collectors.toSet()), Catalogue.programs(BENCH).stream()
                    .filter(program -> program.kind() == Program.Kind.SCRIPT).map(Program::name)
                    .collect(Collectors.toSet()));
        }
    }

    private static Program named(String name) throws IOException {
        List<Program> named = Catalogue.programs(BENCH).stream().filter(program -> program.name().equals(name)).toList();
        assertTrue(named.size() == 1, name);
        return named.getFirst();
    }
}

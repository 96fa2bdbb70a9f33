package dev.jawa.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed binaries are what {@link ExampleModules} makes. */
class ExampleModulesTest {
    @ParameterizedTest
    @CsvSource({"simple", "math", "text"})
    void binaryIsWhatTheGeneratorMakes(String name) throws IOException {
        assertArrayEquals(made(name), Files.readAllBytes(Path.of(name + ".wasm")),
                name + ".wasm; to write it anew: java -cp TEST_CLASSPATH " + ExampleModulesTest.class.getName());
    }

    private static byte[] made(String name) {
        return switch (name) {
            case "simple" -> ExampleModules.simple();
            case "math" -> ExampleModules.math();
            default -> ExampleModules.text();
        };
    }

    /** Writes the binaries into the working directory. */
    public static void main(String... args) throws IOException {
        for (String name : new String[] {"simple", "math", "text"}) {
            Files.write(Path.of(name + ".wasm"), made(name));
        }
    }
}

package dev.jawa.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A test script of the official suite, converted to a list of commands in JSON with the binaries it names beside it.
 *
 * @param folder the script's own folder
 * @param commands the array of its commands
 */
record Script(Path folder, JsonNode commands) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The folder that holds the scripts: {@code -Djawa.conformance=DIR}, relative to the root of the project, or else
     * {@code shared/conformance} beside the checkout.
     */
    static Optional<Path> collection() {
        Path root = Path.of(System.getProperty("jawa.root", ".."));
        Path folder = root.resolve(System.getProperty("jawa.conformance", "../shared/conformance")).resolve("spec");
        return Files.isDirectory(folder) ? Optional.of(folder.normalize()) : Optional.empty();
    }

    /** Reads all scripts of a folder of the collection, in order of their names. */
    static List<Script> all(Path folder) {
        try (Stream<Path> scripts = Files.list(folder)) {
            return scripts.filter(Files::isDirectory).sorted().map(Script::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script read(Path folder) {
        try {
            JsonNode root = JSON.readTree(folder.resolve(folder.getFileName() + ".json").toFile());
            return new Script(folder, root.get("commands"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commands, one by one. */
    Stream<JsonNode> stream() {
        return StreamSupport.stream(commands.spliterator(), false);
    }

    /** Whether a command about a module has the module as a binary. */
    static boolean hasBinary(JsonNode command) {
        return command.has("binary_filename") || command.path("module_type").asText().equals("binary");
    }

    /** The binary of a command that has one. */
    static byte[] bytes(Path folder, JsonNode command) {
        String name = command.get(command.has("binary_filename") ? "binary_filename" : "filename").asText();
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

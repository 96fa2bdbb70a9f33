package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.WebAssembly;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The decoder and the validator against every module of the official test suite that comes as a binary: all that are
 * invalid or malformed are rejected, all others accepted, whatever the compiler can do with them.
 */
class ValidationTest {
    private static final List<String> FOLDERS = List.of("core", "bulk-memory", "multi-memory", "memory64", "gc",
            "exceptions", "simd", "relaxed-simd", "custom", "legacy-exceptions", "proposal-threads-upstream",
            "proposal-wide-arithmetic", "proposal-custom-page-sizes",
            "proposal-stack-switching", "proposal-custom-descriptors");

    // What version 3.0 forbids by tests of its own, and custom descriptors allow.
    private static final Set<String> EXCEPTIONS = Set.of("proposal-custom-descriptors/br_on_cast:211",
            "proposal-custom-descriptors/br_on_cast_fail:226");

    @TestFactory
    Stream<DynamicTest> folders() {
        Optional<Path> collection = Script.collection();
        if (collection.isEmpty()) {
            return Stream.of(dynamicTest("official test suite", () -> abort("no spec tests: give -Djawa.conformance")));
        }
        return FOLDERS.stream().map(folder -> dynamicTest(folder,
                () -> check(collection.orElseThrow().resolve(folder))));
    }

    private static void check(Path folder) {
        List<Script> scripts = Script.all(folder);
        assertFalse(scripts.isEmpty());
        assertEquals("", String.join("\n", scripts.stream().flatMap(ValidationTest::disagreements).toList()));
    }

    private static Stream<String> disagreements(Script script) {
        return script.stream().filter(Script::hasBinary).flatMap(command -> {
            boolean valid = !isRejected(command.get("type").asText());
            String place = script.folder().getFileName() + ":" + command.get("line").asInt();
            boolean excepted = EXCEPTIONS.contains(script.folder().getParent().getFileName() + "/" + place);
            if (excepted || WebAssembly.validate(Script.bytes(script.folder(), command)) == valid) {
                return Stream.empty();
            }
            return Stream.of(place
                    + (valid ? " is valid" : " is not valid: " + reason(command)));
        });
    }

    private static boolean isRejected(String type) {
        return type.equals("assert_invalid") || type.equals("assert_malformed");
    }

    private static String reason(JsonNode command) {
        return command.get("text").asText();
    }
}

package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.model.ModuleModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The encoder against every valid module of the official test suite: what it writes is the same bytes, or fewer that
 * are decoded to the same module.
 */
class EncoderTest {
    static final List<String> FOLDERS = List.of("core", "bulk-memory", "multi-memory", "memory64", "gc",
            "exceptions", "simd", "relaxed-simd", "custom", "legacy-exceptions", "proposal-threads", "proposal-threads-upstream",
            "proposal-wide-arithmetic", "proposal-custom-page-sizes",
            "proposal-stack-switching", "proposal-custom-descriptors");

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
        var wrong = new ArrayList<String>();
        int same = 0;
        for (Script script : Script.all(folder)) {
            for (JsonNode command : script.stream().filter(EncoderTest::isValid).toList()) {
                byte[] bytes = Script.bytes(script.folder(), command);
                byte[] encoded = ModuleEncoder.encode(ModuleDecoder.decode(bytes));
                if (Arrays.equals(bytes, encoded)) {
                    same++;
                } else if (encoded.length > bytes.length || !differences(bytes, encoded).isEmpty()) {
                    wrong.add(script.folder().getFileName() + ":" + command.get("line").asInt() + " "
                            + differences(bytes, encoded));
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        // Those written by hand have padded numbers, empty sections or long forms; never all of them.
        assertTrue(same > 0, folder + ": none is the same");
    }

    static boolean isValid(JsonNode command) {
        return Script.hasBinary(command) && switch (command.get("type").asText()) {
            case "assert_invalid", "assert_malformed" -> false;
            default -> true;
        };
    }

    private static List<String> differences(byte[] expected, byte[] actual) {
        ModuleModel before = ModuleDecoder.decode(expected);
        ModuleModel after = ModuleDecoder.decode(actual);
        var differences = new ArrayList<>(Models.differences(before, after));
        if (!before.code().equals(after.code())) {
            differences.add("code is not kept as it is");
        }
        if (!before.customSections().equals(after.customSections()) || !before.dataCount().equals(after.dataCount())) {
            differences.add("custom sections or data count");
        }
        return differences;
    }
}

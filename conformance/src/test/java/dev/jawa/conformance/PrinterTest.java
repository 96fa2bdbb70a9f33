package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.CompileError;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The printer against every valid module of the official test suite: what it prints is parsed to the same module, and
 * printed to the same text, names included.
 */
class PrinterTest {
    // Binaries written by hand, of which a text cannot say all.
    private static final List<String> EXCEPTIONS = List.of(
            // Runs of no locals.
            "binary:194 ",
            // Padded numbers in constant expressions.
            "binary-leb128:158 ", "binary-leb128:165 ", "binary-leb128:172 ", "binary-leb128:179 ",
            "binary-leb128:187 ", "binary-leb128:194 ", "binary-leb128:201 ", "binary-leb128:208 ",
            // Custom sections between empty sections.
            "custom:14 ");

    @TestFactory
    Stream<DynamicTest> folders() {
        Optional<Path> collection = Script.collection();
        if (collection.isEmpty()) {
            return Stream.of(dynamicTest("official test suite", () -> abort("no spec tests: give -Djawa.conformance")));
        }
        return EncoderTest.FOLDERS.stream().map(folder -> dynamicTest(folder,
                () -> check(collection.orElseThrow().resolve(folder))));
    }

    private static void check(Path folder) {
        var wrong = new ArrayList<String>();
        for (Script script : Script.all(folder)) {
            for (JsonNode command : script.stream().filter(EncoderTest::isValid).toList()) {
                for (Wat.Style style : Wat.Style.values()) {
                    differences(Script.bytes(script.folder(), command), style).forEach(difference -> wrong.add(
                            script.folder().getFileName() + ":" + command.get("line").asInt() + " " + style + " "
                                    + difference));
                }
            }
        }
        wrong.removeIf(text -> EXCEPTIONS.stream().anyMatch(text::startsWith));
        assertEquals("", String.join("\n", wrong));
    }

    private static List<String> differences(byte[] bytes, Wat.Style style) {
        ModuleModel module = ModuleDecoder.decode(bytes);
        String text = Wat.print(module, style);
        try {
            ModuleModel parsed = Wat.parse(text);
            var differences = new ArrayList<>(Models.differences(module, parsed));
            if (!Models.withoutNames(module).equals(Models.withoutNames(parsed))) {
                differences.add("custom sections " + parsed.customSections() + "\n    expected "
                        + module.customSections());
            }
            String again = Wat.print(parsed, style);
            if (!again.equals(text)) {
                differences.add("printed again: " + again + "\n    expected " + text);
            }
            return differences;
        } catch (CompileError error) {
            return List.of(error.getMessage());
        }
    }
}

package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jawa.CompileError;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.script.Command;
import dev.jawa.text.script.ScriptModule;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The text format against the official test suite: what is malformed as a text is rejected, and all other texts are
 * parsed to the same module as the reference binary, which another tool has made of them.
 */
class TextTest {
    private static final List<String> FOLDERS = List.of("core", "bulk-memory", "multi-memory", "memory64", "gc",
            "exceptions", "simd", "relaxed-simd", "custom", "legacy-exceptions", "proposal-threads",
            "proposal-threads-upstream", "proposal-wide-arithmetic", "proposal-custom-page-sizes",
            "proposal-stack-switching", "proposal-custom-descriptors");

    // Where the reference is not the specification.
    private static final Set<String> EXCEPTIONS = Set.of(
            // A type use without an index takes the first final function type; the reference takes any.
            "gc/type-subtyping:344 functions", "gc/type-subtyping:373 functions",
            "proposal-custom-descriptors/exact-casts:428",
            // A group of one type is that type; the reference tells them apart when it looks for a type use's type.
            "core/type-rec:45 ", "core/type-rec:185 ", "core/type-rec:197 ",
            // The reference leaves out an else without instructions.
            "legacy-exceptions/try_catch:10 code", "legacy-exceptions/try_delegate:3 code",
            // Limits of memories were 32 bits wide in the older version that these scripts were made for.
            "proposal-threads/memory:83 accepted", "proposal-threads/memory:87 accepted",
            "proposal-threads/memory:91 accepted");

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
        assertEquals("", String.join("\n",
                scripts.stream().flatMap(script -> disagreements(script).stream()).toList()));
    }

    // The same script is there as a text: spec-wast/FOLDER/NAME.wast beside spec/FOLDER/NAME/NAME.json.
    private static List<String> disagreements(Script script) {
        Path folder = script.folder();
        Path original = folder.getParent().getParent().resolveSibling("spec-wast")
                .resolve(folder.getParent().getFileName()).resolve(folder.getFileName() + ".wast");
        var converted = new HashMap<Integer, Queue<JsonNode>>();
        collect(script.stream(), converted);
        var found = new ArrayList<String>();
        compare(dev.jawa.text.script.Script.parse(original).commands(), folder, converted, found);
        found.removeIf(text -> EXCEPTIONS.stream().anyMatch(text::startsWith));
        return found;
    }

    private static void collect(Stream<JsonNode> commands, Map<Integer, Queue<JsonNode>> byLine) {
        commands.forEach(command -> {
            if (command.has("filename")) {
                byLine.computeIfAbsent(command.get("line").asInt(), _ -> new ArrayDeque<>()).add(command);
            }
            if (command.has("commands")) {
                collect(command.get("commands").valueStream(), byLine);
            }
        });
    }

    private static void compare(List<Command> commands, Path folder, Map<Integer, Queue<JsonNode>> converted,
            List<String> found) {
        for (Command command : commands) {
            String place = folder.getParent().getFileName() + "/" + folder.getFileName() + ":" + command.line() + " ";
            Queue<JsonNode> binaries = converted.getOrDefault(command.line(), new ArrayDeque<>());
            switch (command) {
                case Command.Module it -> module(place, it.module(), folder, binaries, found);
                case Command.Definition it -> module(place, it.module(), folder, binaries, found);
                case Command.AssertUnlinkable it -> module(place, it.module(), folder, binaries, found);
                case Command.AssertUninstantiable it -> module(place, it.module(), folder, binaries, found);
                case Command.AssertRejected it -> rejected(place, it, folder, binaries, found);
                case Command.StartThread thread -> compare(thread.commands(), folder, converted, found);
                default -> {
                }
            }
        }
    }

    private static void rejected(String place, Command.AssertRejected rejected, Path folder, Queue<JsonNode> converted,
            List<String> found) {
        if (rejected.rejection() == Command.Rejection.INVALID) {
            module(place, rejected.module(), folder, converted, found);
        } else if (!(rejected.module() instanceof ScriptModule.Binary)) {
            try {
                rejected.module().bytes();
                found.add(place + "accepted, expected \"" + rejected.message() + "\"");
            } catch (CompileError _) {
                // As it should be.
            }
        }
    }

    private static void module(String place, ScriptModule module, Path folder, Queue<JsonNode> converted,
            List<String> found) {
        JsonNode command = converted.poll();
        if (module instanceof ScriptModule.Binary) {
            return;
        }
        try {
            byte[] bytes = module.bytes();
            if (command == null || !Script.hasBinary(command)) {
                return;
            }
            byte[] binary = Script.bytes(folder, command);
            if (!Arrays.equals(binary, bytes)) {
                ModuleModel parsed = decode(bytes);
                ModuleModel reference = decode(binary);
                Models.differences(reference, parsed).forEach(difference -> found.add(place + difference));
            }
        } catch (CompileError error) {
            found.add(place + error.getMessage());
        }
    }

    private static ModuleModel decode(byte[] bytes) {
        return ModuleDecoder.decode(bytes);
    }
}

package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jawa.text.script.Outcome;
import dev.jawa.text.script.Script;
import dev.jawa.text.script.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The official test scripts as they are written, run by the text format's own reader and runner. What the compiler
 * cannot do yet is passed over; {@link SpecTest} counts it.
 */
class WastTest {
    private static final List<String> FOLDERS = List.of("core", "bulk-memory", "multi-memory", "memory64", "gc",
            "exceptions", "simd", "relaxed-simd", "custom", "legacy-exceptions", "proposal-threads-upstream",
            "proposal-wide-arithmetic", "proposal-custom-page-sizes",
            "proposal-stack-switching", "proposal-custom-descriptors");
    // What version 3.0 forbids by tests of its own, and custom descriptors allow.
    private static final Set<String> EXCEPTIONS = Set.of("proposal-custom-descriptors/br_on_cast.wast:211",
            "proposal-custom-descriptors/br_on_cast_fail.wast:226");
    private static final long STACK_BYTES = 4 << 20;

    @TestFactory
    Stream<DynamicTest> folders() {
        Optional<Path> collection = dev.jawa.conformance.Script.collection();
        if (collection.isEmpty()) {
            return Stream.of(dynamicTest("official test suite", () -> abort("no spec tests: give -Djawa.conformance")));
        }
        Path scripts = collection.orElseThrow().resolveSibling("spec-wast");
        return FOLDERS.stream().map(folder -> dynamicTest(folder, () -> check(scripts.resolve(folder))));
    }

    private static void check(Path folder) throws Exception {
        var failures = new ArrayList<String>();
        int passed = 0;
        for (Path file : scripts(folder)) {
            var task = new FutureTask<>(() -> ScriptRunner.run(Script.parse(file)));
            var thread = new Thread(null, task, file.getFileName().toString(), STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            for (Outcome.Result result : task.get()) {
                passed += result.passed() ? 1 : 0;
                if (result.outcome() instanceof Outcome.Failed(String reason)
                        && !reason.contains(Tally.UNSUPPORTED)
                        && !EXCEPTIONS.contains(folder.getFileName() + "/" + file.getFileName() + ":"
                                + result.command().line())) {
                    failures.add(file.getFileName() + ":" + result);
                }
            }
        }
        assertEquals("", String.join("\n", failures));
        assertTrue(passed > 0);
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wast")).sorted().toList();
        }
    }
}

package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.jawa.text.script.ScriptRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the official test suite folder by folder and compares the counts with {@code expectations.tsv}, both ways: what
 * is worse is a regression, what is better belongs into that file.
 *
 * <p>What failed and what is not supported yet is listed in {@code target/conformance/FOLDER.txt}.
 */
class SpecTest {
    private static final Duration LONGEST_SCRIPT = Duration.ofMinutes(2);
    private static final long STACK_BYTES = 4 << 20;
    private static final Map<String, Tally.Counts> RESULTS = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> folders() {
        Optional<Path> collection = Script.collection();
        if (collection.isEmpty()) {
            return Stream.of(dynamicTest("official test suite", () -> abort("no spec tests: give -Djawa.conformance")));
        }
        return expectations().entrySet().stream()
                .map(folder -> dynamicTest(folder.getKey(),
                        () -> run(collection.orElseThrow(), folder.getKey(), folder.getValue())));
    }

    private static void run(Path collection, String folder, Expectation expected) throws Exception {
        var tally = new Tally();
        for (Script script : Script.all(collection.resolve(folder))) {
            run(script, tally);
        }
        RESULTS.put(folder, tally.counts());
        Path report = report(folder, tally);
        List<String> first = tally.failures().stream().limit(20).toList();
        assertEquals(expected.counts(), tally.counts(), () -> folder + "; all failures are in " + report + ", the first:\n"
                + String.join("\n", first) + "\n");
        if (!expected.failures().isEmpty()) {
            assertEquals(expected.failures(), tally.failures().stream().map(SpecTest::place).toList(), folder);
        }
    }

    // On a thread of its own, so that a script that hangs does not take the others with it.
    private static void run(Script script, Tally tally) throws InterruptedException {
        script.stream().filter(Commands::isTextOnly).forEach(_ -> tally.addTextOnly());
        String name = script.folder().getFileName().toString();
        var commands = new dev.jawa.text.script.Script(name, new Commands(script.folder()).read(script.commands()));
        var thread = new Thread(null, () -> ScriptRunner.run(commands).forEach(result -> tally.add(name + ":"
                + result.command().line() + " " + result.command().keyword(), result.outcome())), name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        if (!thread.join(LONGEST_SCRIPT)) {
            fail(script.folder() + " does not end");
        }
    }

    private static Path report(String folder, Tally tally) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(folder + ": " + tally.counts());
        lines.addAll(tally.failures());
        lines.addAll(tally.gaps());
        Path file = Path.of("target", "conformance", folder + ".txt");
        Files.createDirectories(file.getParent());
        return Files.write(file, lines);
    }

    /** The beginning of a line about a failure: the script and the line. */
    private static String place(String failure) {
        return failure.substring(0, failure.indexOf(' '));
    }

    /**
     * What a folder should come to.
     *
     * @param counts the outcomes
     * @param failures where the failures are, if that is written down
     */
    private record Expectation(Tally.Counts counts, List<String> failures) {
        static Expectation of(String... fields) {
            var counts = new Tally.Counts(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]), Integer.parseInt(fields[4]));
            return new Expectation(counts, fields.length < 6 ? List.of() : List.of(fields[5].split(" ")));
        }
    }

    private static Map<String, Expectation> expectations() {
        var expectations = new LinkedHashMap<String, Expectation>();
        try (InputStream file = SpecTest.class.getResourceAsStream("expectations.tsv")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).forEach(line -> {
                String[] fields = line.split("\t");
                expectations.put(fields[0], Expectation.of(fields));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expectations;
    }

    @AfterAll
    static void printTable() {
        if (RESULTS.isEmpty()) {
            return;
        }
        var table = new StringBuilder("\n%-28s%9s%9s%19s%12s%n".formatted("folder", "passed", "failed",
                "not yet supported", "text only"));
        RESULTS.forEach((folder, counts) -> table.append("%-28s%9d%9d%19d%12d%n".formatted(folder, counts.passed(),
                counts.failed(), counts.unsupported(), counts.textOnly())));
        System.out.println(table);
    }
}

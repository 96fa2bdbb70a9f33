package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results("node", List.of("node", "jawa", "other"));

    private static Measurement taking(double steady, String... answers) {
        return new Measurement(1, 2, steady, 30, Set.of(answers));
    }

    private static Map<String, Outcome> engines(Outcome node, Outcome jawa, Outcome other) {
        var engines = new LinkedHashMap<String, Outcome>();
        engines.put("node", node);
        engines.put("jawa", jawa);
        engines.put("other", other);
        return engines;
    }

    @Test
    void meansAreGeometricAndOfTheProgramsThatAnEngineRan() {
        results.add("a", engines(taking(2, "7"), taking(1, "7"), new Outcome.Failed("no")));
        results.add("b", engines(taking(2, "7"), taking(8, "7"), taking(6, "7")));
        Map<String, Double> means = results.means(Measurement::steady);
        assertEquals(Math.sqrt(2), means.get("jawa"), 1e-9);
        assertEquals(3, means.get("other"), 1e-9);
        assertEquals(Map.of("jawa", 0.5), results.ratios(Measurement::steady).get("a"));
        assertEquals(1, results.failures());
    }

    @Test
    void anotherAnswerIsAFailure() {
        results.add("a", engines(taking(1, "7"), taking(1, "8"), taking(1, "7", "8")));
        assertEquals(2, results.failures());
        assertEquals(Map.of(), results.ratios(Measurement::steady).get("a"));
        assertTrue(results.remarks().contains("a FAILED on jawa: gave [8] instead of [7]"), results.remarks());
    }

    @Test
    void answersThatChangeOnTheReferenceAreNotCompared() {
        results.add("a", engines(taking(1, "7", "8"), taking(3, "9"), taking(2, "7")));
        assertEquals(0, results.failures());
        assertEquals(Map.of("jawa", 3.0, "other", 2.0), results.ratios(Measurement::steady).get("a"));
        assertTrue(results.remarks().contains("a is not compared"), results.remarks());
    }

    @Test
    void whatTheReferenceCannotRunIsLeftOutWithTheReason() {
        results.add("a", Map.of("node", new Outcome.Failed("exit code 2: no input")));
        results.add("b", engines(taking(0.01, "7"), taking(1, "7"), taking(1, "7")));
        assertEquals(Map.of(), results.outcomes());
        assertEquals(0, results.failures());
        assertEquals("\na is left out: node: exit code 2: no input\nb is left out: it takes 10.0 µs\n", results.remarks());
    }

    @Test
    void aTableHasARowForEachProgramAndOneForTheMeans() {
        results.add("a program with a long name", engines(taking(2, "7"), taking(1, "7"), taking(3, "7")));
        List<String> lines = results.table("Steady state", "ms", Measurement::steady).lines().toList();
        assertEquals("Steady state: ratio to node", lines.get(1));
        assertEquals(List.of("node,", "ms", "jawa", "other"), words(lines.get(2)));
        assertEquals(List.of("a", "program", "with", "a", "long", "name", "2.00", "0.50", "1.50"), words(lines.get(3)));
        assertEquals(List.of("geometric", "mean", "0.50", "1.50"), words(lines.get(4)));
    }

    private static List<String> words(String line) {
        return List.of(line.trim().split("\\s+"));
    }
}

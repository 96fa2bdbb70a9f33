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
        return new Measurement(1, 2, steady, 30, 0, Set.of(answers));
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
        results.add("group", "a", engines(taking(2, "7"), taking(1, "7"), new Outcome.Failed("no")));
        results.add("group", "b", engines(taking(2, "7"), taking(8, "7"), taking(6, "7")));
        Map<String, Double> means = results.means(Figure.STEADY);
        assertEquals(Math.sqrt(2), means.get("jawa"), 1e-9);
        assertEquals(3, means.get("other"), 1e-9);
        assertEquals(Map.of("jawa", 0.5), results.ratios(Figure.STEADY).get("a"));
    }

    @Test
    void whatAPeerCannotDoIsRemarkedButNoFailure() {
        results.add("group", "a", engines(taking(2, "7"), taking(1, "7"), new Outcome.Failed("no")));
        assertEquals(0, results.failures());
        assertEquals("\na FAILED on other: no\n", results.remarks());
        results.add("group", "b", engines(taking(2, "7"), new Outcome.Failed("no"), taking(1, "7")));
        assertEquals(1, results.failures());
    }

    @Test
    void anotherAnswerIsAFailure() {
        results.add("group", "a", engines(taking(1, "7"), taking(1, "8"), taking(1, "7", "8")));
        assertEquals(1, results.failures());
        assertEquals(Map.of(), results.ratios(Figure.STEADY).get("a"));
        assertTrue(results.remarks().contains("a FAILED on jawa: gave [8] instead of [7]"), results.remarks());
    }

    @Test
    void answersThatChangeOnTheReferenceAreNotCompared() {
        results.add("group", "a", engines(taking(1, "7", "8"), taking(3, "9"), taking(2, "7")));
        assertEquals(0, results.failures());
        assertEquals(Map.of("jawa", 3.0, "other", 2.0), results.ratios(Figure.STEADY).get("a"));
        assertTrue(results.remarks().contains("a is not compared"), results.remarks());
    }

    @Test
    void whatTheReferenceCannotRunIsLeftOutWithTheReason() {
        results.add("group", "a", Map.of("node", new Outcome.Failed("exit code 2: no input")));
        results.add("group", "b", engines(taking(0.1, "7"), taking(1, "7"), taking(1, "7")));
        assertEquals(Map.of(), results.outcomes());
        assertEquals(0, results.failures());
        assertEquals("\na is left out: node: exit code 2: no input\nb is left out: it takes 100.0 µs\n", results.remarks());
    }

    @Test
    void aTableHasARowForEachProgramAndOneForTheMeansOfEachGroup() {
        results.add("one", "a", engines(taking(2, "7"), taking(1, "7"), taking(3, "7")));
        results.add("two", "b", engines(taking(1000, "7"), taking(2000, "7"), new Outcome.Failed("no")));
        List<String> lines = results.tables(List.of(Figure.STEADY)).lines().skip(1).map(ResultsTest::words).toList();
        assertEquals(List.of("Steady state, ms", "node jawa other", "a 2.00 0.50 1.50", "b 1000 2.00 -", "= one 0.50 1.50",
                "= two 2.00 -", "= all 1.00 1.50"), lines);
    }

    @Test
    void figuresStandBesideEachOtherUnlessThatIsTooWide() {
        results.add("one", "a", engines(taking(2, "7"), taking(1, "7"), taking(3, "7")));
        assertEquals(5, results.tables(Figure.ALL).lines().count());
        var wide = new Results("node", List.of("node", "jawa", "jawa-library", "endive", "endive-interpreter"));
        wide.add("one", "a", engines(taking(2, "7"), taking(1, "7"), taking(3, "7")));
        assertEquals(20, wide.tables(Figure.ALL).lines().count());
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        results.add("one", "a", engines(taking(2, "7"), taking(1, "7"), taking(3, "7")));
        Figure instantiation = Figure.ALL.getLast();
        assertEquals(Map.of("a", Map.of()), results.ratios(instantiation));
        assertEquals(Map.of(), results.means(instantiation));
    }

    private static String words(String line) {
        return line.trim().replaceAll("\\s+", " ");
    }
}

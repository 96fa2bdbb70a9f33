package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static Outcome parse(String json) throws IOException {
        return Measurement.parse(new ObjectMapper().readTree(json), 2);
    }

    @Test
    void theSteadyStateIsTheMedianOfTheLastQuarter() throws IOException {
        assertEquals(new Measurement(1, 2, 4, 3, 0.005, Set.of("7")), parse("""
                {"load": 1000000, "answers": ["7"], "peak": 3072,
                 "times": [9000000, 9000000, 9000000, 9000000, 9000000, 9000000, 9000000, 9000000, 9000000, 5000000, 3000000,
                           4000000], "instantiations": [7000, 7000, 7000, 5000]}"""));
    }

    @Test
    void whatWasNotMeasuredIsZero() throws IOException {
        assertEquals(new Measurement(0, 2, 1, 0, 0, Set.of()), parse("""
                {"load": 0, "answers": [], "peak": 0, "times": [1000000], "instantiations": []}"""));
    }

    @Test
    void anErrorOfTheWorkerIsAFailure() throws IOException {
        assertEquals(new Outcome.Failed("exit code 1: no file"), parse("{\"error\": \"exit code 1: no file\"}"));
    }

    @Test
    void eachFigureHasItsOwnMedianAndAllAnswersAreKept() {
        assertEquals(new Measurement(2, 20, 200, 2000, 8, Set.of("a", "b")), Measurement.median(List.of(
                new Measurement(1, 30, 200, 1000, 9, Set.of("a")), new Measurement(2, 10, 300, 3000, 7, Set.of("b")),
                new Measurement(3, 20, 100, 2000, 8, Set.of("a")))));
    }
}

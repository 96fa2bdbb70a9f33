package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandRunTest {
    private static final Path FILE = Path.of("folder", "program.wasm");

    private static void work(long milliseconds) {
        for (long end = Worker.cpuTime() + milliseconds * 1_000_000; Worker.cpuTime() < end;) {
            Thread.onSpinWait();
        }
    }

    @Test
    void onlyTheMarkedPartIsMeasured() throws Exception {
        Worker.Run run = new CommandRun(surroundings -> () -> {
            work(200);
            for (int i = 0; i < 2; i++) {
                surroundings.stopwatch().start();
                work(5);
                surroundings.stopwatch().end();
            }
            return 0;
        }, FILE).run();
        assertTrue(run.nanoseconds() >= 10_000_000 && run.nanoseconds() < 200_000_000, run.toString());
    }

    @Test
    void withoutMarksAllIsMeasured() throws Exception {
        Worker.Run run = new CommandRun(_ -> () -> {
            work(20);
            return 0;
        }, FILE).run();
        assertTrue(run.nanoseconds() >= 20_000_000, run.toString());
    }

    @Test
    void theAnswerIsTheOutputOfThisRun() throws Exception {
        var run = new CommandRun(surroundings -> () -> {
            surroundings.output().write("abc".getBytes(StandardCharsets.US_ASCII));
            return 0;
        }, FILE);
        assertEquals("3 bytes, SHA-256 ba7816bf8f01cfea", run.run().answer());
        assertEquals("3 bytes, SHA-256 ba7816bf8f01cfea", run.run().answer());
    }

    @Test
    void anExitCodeIsAnErrorWithTheLastLineOfStandardError() throws Exception {
        var run = new CommandRun(surroundings -> () -> {
            surroundings.error().write("one\nno file\n".getBytes(StandardCharsets.US_ASCII));
            return 3;
        }, FILE);
        assertEquals("exit code 3: no file", assertThrows(IllegalStateException.class, run::run).getMessage());
    }
}

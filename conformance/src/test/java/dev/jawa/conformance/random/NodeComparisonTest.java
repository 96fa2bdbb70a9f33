package dev.jawa.conformance.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random functions do the same as under Node.js, if there is one: their results and traps, and globals and memories after
 * each call, are the same, whether functions are whole or cut into pieces of any size. The property
 * {@code dev.jawa.node.executions} says how many calls are compared, {@code dev.jawa.random.seed} which modules come first.
 */
class NodeComparisonTest {
    private static final long EXECUTIONS = Long.getLong("dev.jawa.node.executions", 30_000);
    private static final long SEED = Long.getLong("dev.jawa.random.seed", 1_000_000);
    private static final String PIECE_SIZE = "dev.jawa.pieceSize";
    /** Calls of each module. Compiling takes most of the time, so a long comparison makes more of them. */
    private static final int CALLS = EXECUTIONS > 1_000_000 ? 2000 : 200;
    private static final int MOST_DIFFERENCES = 20;
    /** After so many calls it is said how far it is. */
    private static final long REPORTED = 500_000;
    private static final long STACK_BYTES = 512L << 20;
    private static final String VECTORS = "(module (func (drop (v128.const i64x2 0 0))))";
    private static final String RELAXED = "(module (func (drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0)"
            + " (v128.const i64x2 0 0)))))";
    /** What not every Node.js knows: exnref, tables with 64-bit indices. */
    private static final String ALL = "(module (table i64 0 exnref))";
    /** The ways in which the same module is compiled. */
    private static final List<Mode> MODES = List.of(new Mode(0, Limits.none()), new Mode(1500, Limits.none()),
            new Mode(400, Limits.none()), new Mode(100, Limits.none()), new Mode(60, Limits.none()),
            new Mode(0, Limits.builder().fuel(Long.MAX_VALUE >> 1).build()));

    @TempDir
    private Path folder;

    /** What the Node.js knows. */
    private record Knowledge(boolean relaxed, boolean all) {
    }

    /** A way of compiling: the size of the pieces that functions are cut into, or 0. */
    private record Mode(int pieceSize, Limits limits) {
        @Override
        public String toString() {
            return (pieceSize == 0 ? "whole" : "pieces of " + pieceSize) + (limits.fuel().isPresent() ? ", metered" : "");
        }
    }

    @Test
    void numbers() throws Exception {
        compareAll("numbers", 50, (seed, node) -> new NumberProgram(seed, node.all()));
    }

    @Test
    void references() throws Exception {
        Assumptions.assumeTrue(NodeProcess.takes(ALL), "no Node.js with all of WebAssembly 3.0");
        compareAll("references", 25, (seed, _) -> new ReferenceProgram(seed, seed % 3 == 0));
    }

    @Test
    void vectors() throws Exception {
        compareAll("vectors", 25, (seed, node) -> new VectorProgram(seed, node.relaxed()));
    }

    private void compareAll(String what, int percent, BiFunction<Long, Knowledge, RandomProgram> programs) throws Exception {
        Assumptions.assumeTrue(NodeProcess.takes(VECTORS), "no Node.js");
        var knowledge = new Knowledge(NodeProcess.takes(RELAXED), NodeProcess.takes(ALL));
        long wanted = Math.max(1, EXECUTIONS * percent / 100);
        var compared = new FutureTask<>((Callable<Long>) () ->
                compareAll(what, wanted, seed -> programs.apply(seed, knowledge)));
        new Thread(null, compared, "random-functions", STACK_BYTES).start();
        long executions = compared.get();
        assertTrue(executions >= wanted, () -> executions + " calls compared");
    }

    private long compareAll(String what, long wanted, LongFunction<RandomProgram> programs) throws IOException {
        var differences = new ArrayList<String>();
        long executions = 0;
        long reported = 0;
        try (var node = new NodeProcess(folder)) {
            for (long seed = SEED; executions < wanted && differences.size() < MOST_DIFFERENCES; seed++) {
                var calls = RandomCalls.of(programs.apply(seed), seed, CALLS);
                node.send(calls);
                List<String> expected = node.results(calls);
                for (Mode mode : MODES) {
                    compare(expected, calls, mode).ifPresent(found ->
                            differences.add(what + ", module " + calls.seed() + ", " + mode + ": " + found));
                    executions += CALLS;
                }
                if (executions >= Math.min(wanted, reported + REPORTED)) {
                    reported = executions;
                    System.out.println(what + ": " + executions + " calls compared, of modules " + SEED + " to " + seed);
                }
            }
        } finally {
            System.clearProperty(PIECE_SIZE);
        }
        assertEquals("", String.join("\n", differences));
        return executions;
    }

    /** Gives the first difference, if there is one. */
    private static Optional<String> compare(List<String> expected, RandomCalls calls, Mode mode) {
        if (mode.pieceSize > 0) {
            System.setProperty(PIECE_SIZE, Integer.toString(mode.pieceSize));
        } else {
            System.clearProperty(PIECE_SIZE);
        }
        Iterator<String> lines = expected.iterator();
        var differences = new ArrayList<String>();
        try {
            new JawaRun(calls, mode.limits).run((call, line) -> {
                String wanted = lines.next();
                if (!line.equals(wanted)) {
                    differences.add(call + " is <" + line + "> instead of <" + wanted + ">");
                }
            });
        } catch (RuntimeException | Error failure) {
            differences.add(failure + (failure.getCause() == null ? "" : ", " + failure.getCause()));
        }
        return differences.stream().findFirst();
    }
}

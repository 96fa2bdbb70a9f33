package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Exports;
import dev.jawa.Function;
import dev.jawa.runtime.vector.VectorApi;
import dev.jawa.text.Wat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's vectors are there where they can be had, and give what two numbers for each vector give before. */
class WholeVectorsTest {
    private static final int FLOATS = 400;
    private static final String ROUNDINGS = """
            (module (memory (export "memory") 1)
              (func (export "round") (param i32) (result i64) (local v128)
                loop
                  (local.set 1 (v128.xor
                    (i8x16.shl (local.get 1) (i32.const 1))
                    (v128.xor
                      (v128.xor (f32x4.nearest (v128.load (local.get 0))) (f32x4.trunc (v128.load (local.get 0))))
                      (v128.xor (f32x4.ceil (v128.load (local.get 0))) (f32x4.floor (v128.load (local.get 0)))))))
                  (local.set 1 (v128.xor
                    (i16x8.shr_s (local.get 1) (i32.const 1))
                    (v128.xor
                      (v128.xor (f64x2.nearest (v128.load (local.get 0))) (f64x2.trunc (v128.load (local.get 0))))
                      (v128.xor (f64x2.ceil (v128.load (local.get 0))) (f64x2.floor (v128.load (local.get 0)))))))
                  (v128.store offset=8192 (local.get 0) (local.get 1))
                  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 16))))
                end
                (i64.xor (i64x2.extract_lane 0 (local.get 1)) (i64x2.extract_lane 1 (local.get 1)))))
            """;

    /** In an array, and native in both ways. */
    @ParameterizedTest
    @CsvSource({"1, (local.get 0)", "1 1 shared, (local.get 0)", "i64 1, (i64.extend_i32_u (local.get 0))"})
    void theyAreThereAndRoundAlike(String memory, String address) throws InterruptedException {
        String text = ROUNDINGS.replace("\"memory\") 1", "\"memory\") " + memory).replace("load (local.get 0)", "load " + address)
                .replace("offset=8192 (local.get 0)", "offset=8192 " + address);
        Exports exports = Wat.compile(text).instantiate().exports();
        float[] numbers = {0f, -0f, 0.5f, -0.5f, 1.5f, -1.5f, 2.5f, 0.49999997f, -0.7f, 8388607.5f, -8388609f, 1e30f,
            Float.POSITIVE_INFINITY, -3.2f, 1e-40f, 4194304.5f};
        for (int i = 0; i < FLOATS; i++) {
            exports.memory("memory").writeFloat(4 * i, numbers[i % numbers.length] + (i / numbers.length) * 0.25f);
        }
        Function round = exports.function("round");
        long first = (long) round.call(4 * FLOATS - 16).getFirst();
        for (int i = 0; i < 600 && !VectorApi.ready; i++) {
            Thread.sleep(100);
        }
        assertTrue(VectorApi.ready, "this JDK has other vectors: src/main/vectors of the engine");
        long stored = exports.memory("memory").readLong(8192 + 16);
        for (int i = 0; i < 20_000; i++) {
            exports.memory("memory").writeLong(8192 + 16, 0);
            assertEquals(first, round.call(4 * FLOATS - 16).getFirst());
            assertEquals(stored, exports.memory("memory").readLong(8192 + 16));
        }
    }

    /**
     * C2 compiles a test of a mask by itself where it is not inlined, and ends the process if the mask may be null there.
     */
    @Test
    void testsOfMasksCompiledByThemselvesEndNoProcess(@TempDir Path folder) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Ddev.jawa.vectorApi=always", "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=dontinline,jdk.incubator.vector.*::any", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MaskTests.class.getName()));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        assertEquals(0, process.waitFor(), () -> text(output));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that tests masks of all shapes until C2 has compiled what does so. */
    static final class MaskTests {
        private static final String TESTS = """
                (module (memory 1)
                  (func (export "count") (param i32) (result i32) (local i32)
                    loop
                      (local.set 1 (i32.add (local.get 1) (i32.add
                        (i32.add (i8x16.all_true (v128.load (local.get 0))) (i16x8.all_true (v128.load (local.get 0))))
                        (i32.add (i32x4.all_true (v128.load (local.get 0))) (i64x2.all_true (v128.load (local.get 0)))))))
                      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 16))))
                    end
                    (local.get 1)))
                """;

        public static void main(String... arguments) throws InterruptedException {
            Function count = Wat.compile(TESTS).instantiate().exports().function("count");
            count.callInt(16);
            for (int i = 0; i < 600 && !VectorApi.ready; i++) {
                Thread.sleep(100);
            }
            for (int i = 0; i < 2_000; i++) {
                assertEquals(0, count.callInt(1600));
            }
        }
    }
}

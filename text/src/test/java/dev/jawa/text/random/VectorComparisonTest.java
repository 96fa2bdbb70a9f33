package dev.jawa.text.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Exports;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.text.Wat;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random functions on vectors do the same as under Node.js, if there is one: {@code dev.jawa.node} says which,
 * {@code dev.jawa.node.executions} how many calls. Relaxed instructions are among them if it knows them.
 */
class VectorComparisonTest {
    private static final int EXECUTIONS = Integer.getInteger("dev.jawa.node.executions", 4_000);
    private static final String NODE = System.getProperty("dev.jawa.node", "node");
    private static final long SEED = Long.getLong("dev.jawa.random.seed", 1_000_000);
    private static final int CALLS = 60;
    private static final int FUEL = 300;
    private static final int MEMORY_BYTES = 1 << 16;

    @TempDir
    private Path folder;

    @Test
    void theSameAsNode() throws Exception {
        Assumptions.assumeTrue(knows(Wat.encode("(module (func (drop (v128.const i64x2 0 0))))")), "no Node.js");
        boolean relaxed = knows(Wat.encode("(module (func (drop (i8x16.relaxed_swizzle (v128.const i64x2 0 0)"
                + " (v128.const i64x2 0 0)))))"));
        Path script = folder.resolve("vector-comparison.mjs");
        try (InputStream source = VectorComparisonTest.class.getResourceAsStream("vector-comparison.mjs")) {
            Files.copy(source, script);
        }
        Process node = new ProcessBuilder(NODE, script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int calls = 0;
        try (var modules = new DataOutputStream(new BufferedOutputStream(node.getOutputStream()));
                BufferedReader results = node.inputReader()) {
            for (long seed = SEED; calls < EXECUTIONS; seed++) {
                calls += compare(seed, relaxed, modules, results);
            }
        } finally {
            node.destroy();
        }
        assertTrue(calls >= EXECUTIONS);
    }

    private static boolean knows(byte[] module) throws InterruptedException {
        var bytes = new StringBuilder();
        for (byte one : module) {
            bytes.append(one & 0xFF).append(',');
        }
        try {
            return new ProcessBuilder(NODE, "-e", "process.exit(WebAssembly.validate(new Uint8Array([" + bytes
                    + "])) ? 0 : 1)").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static int compare(long seed, boolean relaxed, DataOutputStream modules, BufferedReader results)
            throws IOException {
        byte[] bytes = Wat.encode(new VectorProgram(seed, relaxed).text());
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeInt(bytes.length);
        data.write(bytes);
        data.writeInt(FUEL);
        data.writeInt(CALLS);
        var random = new Random(~seed);
        Object[][] arguments = new Object[CALLS][];
        for (int call = 0; call < CALLS; call++) {
            int first = random.nextInt(100) - 10;
            long second = random.nextLong();
            int third = random.nextInt();
            int fourth = random.nextInt(3000);
            arguments[call] = new Object[] {first, second, third, fourth};
            data.writeInt(first);
            data.writeLong(second);
            data.writeInt(third);
            data.writeInt(fourth);
        }
        modules.writeInt(message.size());
        message.writeTo(modules);
        modules.flush();
        Exports exports = Module.compile(bytes).instantiate().exports();
        for (int call = 0; call < CALLS; call++) {
            int function = call % VectorProgram.FUNCTIONS;
            exports.global("fuel").value(FUEL);
            assertEquals(results.readLine(), call(exports, function, arguments[call]),
                    "seed " + seed + ", call " + call + " of f" + function);
        }
        assertEquals(results.readLine(), state(exports), "seed " + seed);
        return CALLS;
    }

    private static String call(Exports exports, int function, Object[] arguments) {
        try {
            return exports.function("f" + function).call(arguments).getFirst().toString();
        } catch (RuntimeError trap) {
            return "trap " + trap.kind();
        }
    }

    private static String state(Exports exports) {
        int hash = 0;
        for (byte one : exports.memory("memory").readBytes(0, MEMORY_BYTES)) {
            hash = hash * 31 + one;
        }
        return exports.function("state").call().getFirst() + " " + hash;
    }
}

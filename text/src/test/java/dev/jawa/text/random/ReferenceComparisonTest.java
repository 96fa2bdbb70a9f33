package dev.jawa.text.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Exports;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.WasmException;
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
 * Random functions on objects, with exceptions and tail calls, do the same as under a Node.js that has all of
 * WebAssembly 3.0, if there is one: {@code dev.jawa.node} says which, {@code dev.jawa.node.executions} how many calls.
 */
class ReferenceComparisonTest {
    private static final int EXECUTIONS = Integer.getInteger("dev.jawa.node.executions", 5_000);
    private static final String NODE = System.getProperty("dev.jawa.node", "node");
    private static final long SEED = Long.getLong("dev.jawa.random.seed", 1_000_000);
    private static final int CALLS = 100;
    private static final int FUEL = 300;
    /** Modules of what not every Node.js knows: exnref, tables with 64-bit indices. */
    private static final String NEEDED = "WebAssembly.validate(new Uint8Array([0,97,115,109,1,0,0,0,1,5,1,96,0,1,105,"
            + "4,4,1,105,4,0]))";

    @TempDir
    private Path folder;

    @Test
    void theSameAsNode() throws Exception {
        Assumptions.assumeTrue(hasNode(), "no Node.js with all of WebAssembly 3.0");
        Path script = folder.resolve("reference-comparison.mjs");
        try (InputStream source = ReferenceComparisonTest.class.getResourceAsStream("reference-comparison.mjs")) {
            Files.copy(source, script);
        }
        Process node = new ProcessBuilder(NODE, script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int calls = 0;
        try (var modules = new DataOutputStream(new BufferedOutputStream(node.getOutputStream()));
                BufferedReader results = node.inputReader()) {
            for (long seed = SEED; calls < EXECUTIONS; seed++) {
                calls += compare(seed, modules, results);
            }
        } finally {
            node.destroy();
        }
        assertTrue(calls >= EXECUTIONS);
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder(NODE, "-e", "process.exit(" + NEEDED + " ? 0 : 1)").redirectErrorStream(true)
                    .start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static int compare(long seed, DataOutputStream modules, BufferedReader results) throws IOException {
        byte[] bytes = Wat.encode(new ReferenceProgram(seed, seed % 3 == 0).text());
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeInt(bytes.length);
        data.write(bytes);
        data.writeInt(FUEL);
        data.writeInt(CALLS);
        var random = new Random(~seed);
        Object[][] arguments = new Object[CALLS][];
        for (int call = 0; call < CALLS; call++) {
            int function = call % ReferenceProgram.FUNCTIONS;
            String types = ReferenceProgram.SIGNATURES[function % ReferenceProgram.SIGNATURES.length][0];
            arguments[call] = new Object[types.length()];
            data.writeInt(function);
            data.writeInt(types.length());
            for (int i = 0; i < types.length(); i++) {
                int number = random.nextInt(60) - 10;
                arguments[call][i] = argument(types.charAt(i), number);
                data.writeInt(types.charAt(i));
                data.writeLong(number);
            }
        }
        modules.writeInt(message.size());
        message.writeTo(modules);
        modules.flush();
        Exports exports = Module.compile(bytes).instantiate().exports();
        for (int call = 0; call < CALLS; call++) {
            int function = call % ReferenceProgram.FUNCTIONS;
            exports.global("fuel").value(FUEL);
            assertEquals(results.readLine(), call(exports, function, arguments[call]),
                    "seed " + seed + ", call " + call + " of f" + function);
        }
        assertEquals(results.readLine(), exports.global("gi").value() + " " + exports.global("gl").value() + " "
                + exports.function("state").callInt(), "seed " + seed);
        return CALLS;
    }

    private static Object argument(char type, int number) {
        return switch (type) {
            case 'i' -> number;
            case 'l' -> (long) number;
            case 'd' -> (double) number;
            default -> null;
        };
    }

    private static String call(Exports exports, int function, Object[] arguments) {
        try {
            var text = new StringBuilder();
            exports.function("f" + function).call(arguments).forEach(result -> text.append(' ').append(text(result)));
            return text.substring(1);
        } catch (RuntimeError trap) {
            return "trap " + kind(trap.kind());
        } catch (WasmException _) {
            return "exception";
        }
    }

    private static String text(Object value) {
        return value == null ? "null" : value instanceof Number ? value.toString() : "object";
    }

    /** V8 does not tell all kinds apart. */
    private static RuntimeError.Kind kind(RuntimeError.Kind kind) {
        return switch (kind) {
            case UNINITIALIZED_ELEMENT -> RuntimeError.Kind.INDIRECT_CALL_TYPE_MISMATCH;
            case UNDEFINED_ELEMENT -> RuntimeError.Kind.TABLE_OUT_OF_BOUNDS;
            default -> kind;
        };
    }
}

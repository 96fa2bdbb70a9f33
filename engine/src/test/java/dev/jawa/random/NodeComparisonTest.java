package dev.jawa.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Exports;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random functions give the same results, traps, globals and memories as under Node.js, if there is one. The property
 * {@code dev.jawa.node.executions} says how many calls are compared, {@code dev.jawa.node} which Node.js.
 */
class NodeComparisonTest {
    private static final int EXECUTIONS = Integer.getInteger("dev.jawa.node.executions", 30_000);
    private static final String NODE = System.getProperty("dev.jawa.node", "node");
    private static final long SEED = Long.getLong("dev.jawa.random.seed", 1_000_000);
    private static final int CALLS = 200;
    private static final int FUEL = 300;
    private static final long STACK_BYTES = 512L << 20;

    @TempDir
    private Path folder;

    @Test
    void theSameAsNode() throws Exception {
        Assumptions.assumeTrue(hasNode(), "no Node.js");
        var compared = new FutureTask<>((Callable<Integer>) this::compareAll);
        new Thread(null, compared, "random-functions", STACK_BYTES).start();
        int calls = compared.get();
        assertTrue(calls >= EXECUTIONS, () -> calls + " calls compared");
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder(NODE, "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private int compareAll() throws IOException {
        Path script = folder.resolve("node-comparison.mjs");
        try (InputStream source = NodeComparisonTest.class.getResourceAsStream("node-comparison.mjs")) {
            Files.copy(source, script);
        }
        Process node = new ProcessBuilder(NODE, "--stack-size=50000", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int calls = 0;
        try (var modules = new DataOutputStream(new BufferedOutputStream(node.getOutputStream()));
                BufferedReader results = node.inputReader()) {
            for (long seed = SEED; calls < EXECUTIONS; seed++) {
                boolean large = seed % 25 == 0;
                Program program = new Generator(seed).program(large ? 6 : 20, large ? 1500 : 12);
                calls += compare(seed, program, modules, results);
            }
        } finally {
            node.destroy();
        }
        return calls;
    }

    /** Has a module called at both places, with the same arguments in the same order. */
    private static int compare(long seed, Program program, DataOutputStream modules, BufferedReader results)
            throws IOException {
        byte[] bytes = program.toModule();
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        text(data, program.globals());
        data.writeInt(bytes.length);
        data.write(bytes);
        data.writeInt(CALLS);
        int functions = program.functions().size();
        var random = new Random(~seed);
        long[][] arguments = new long[CALLS][];
        for (int call = 0; call < CALLS; call++) {
            Program.Function function = program.functions().get(called(call, functions));
            String types = function.parameters();
            arguments[call] = new long[types.length()];
            data.writeInt(called(call, functions));
            text(data, types);
            text(data, function.results());
            for (int i = 0; i < types.length(); i++) {
                long number = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextLong();
                arguments[call][i] = RandomFunctionsTest.unbox(RandomFunctionsTest.box(types.charAt(i), number));
                data.writeLong(arguments[call][i]);
            }
        }
        modules.writeInt(message.size());
        message.writeTo(modules);
        modules.flush();
        Exports exports = Module.compile(bytes).instantiate().exports();
        for (int call = 0; call < CALLS; call++) {
            int index = called(call, functions);
            exports.global("g0").value(FUEL);
            String where = "seed " + seed + ", function " + index + ", call " + call;
            assertEquals(results.readLine(), call(exports, index, program.functions().get(index), arguments[call]), where);
        }
        assertEquals(results.readLine(), state(program, exports), "seed " + seed);
        return CALLS;
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        data.writeInt(text.length());
        data.writeBytes(text);
    }

    private static int called(int call, int functions) {
        return functions - 1 - call % functions;
    }

    private static String call(Exports exports, int index, Program.Function function, long[] bits) {
        Object[] arguments = new Object[bits.length];
        for (int i = 0; i < bits.length; i++) {
            arguments[i] = switch (function.parameters().charAt(i)) {
                case 'i' -> (int) bits[i];
                case 'l' -> bits[i];
                case 'f' -> Float.intBitsToFloat((int) bits[i]);
                default -> Double.longBitsToDouble(bits[i]);
            };
        }
        try {
            var text = new StringBuilder();
            exports.function("f" + index).call(arguments).forEach(result -> text.append(text(result)).append(' '));
            return text.toString().strip();
        } catch (RuntimeError trap) {
            return "trap " + kind(trap.kind());
        }
    }

    /** V8 does not tell two of them apart, and says the same of a NaN and of a large number that is converted. */
    private static String kind(RuntimeError.Kind kind) {
        return switch (kind) {
            case INVALID_CONVERSION_TO_INTEGER -> RuntimeError.Kind.INTEGER_OVERFLOW.name();
            case UNINITIALIZED_ELEMENT -> RuntimeError.Kind.INDIRECT_CALL_TYPE_MISMATCH.name();
            default -> kind.name();
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case Float number when number.isNaN() -> "nan";
            case Double number when number.isNaN() -> "nan";
            default -> Long.toString(RandomFunctionsTest.unbox(value));
        };
    }

    /** The exported globals, and a hash of the memory. */
    private static String state(Program program, Exports exports) {
        var text = new StringBuilder();
        for (int i = 0; i < program.globals().length(); i += 2) {
            text.append(text(exports.global("g" + i).value())).append(' ');
        }
        int hash = 0;
        for (byte one : exports.memory("memory").readBytes(0, Program.MEMORY_BYTES)) {
            hash = hash * 31 + one;
        }
        return text.append(hash).toString();
    }
}

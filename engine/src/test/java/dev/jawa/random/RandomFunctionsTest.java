package dev.jawa.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.Exports;
import dev.jawa.Module;
import dev.jawa.RuntimeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Compiled code against a plain evaluator of the same programs. The seeds are fixed; other ones are tried with the
 * system properties {@code dev.jawa.random.seed} and {@code dev.jawa.random.programs}.
 */
class RandomFunctionsTest {
    private static final long SEED = Long.getLong("dev.jawa.random.seed", 1);
    private static final int PROGRAMS = Integer.getInteger("dev.jawa.random.programs", 150);
    private static final int FUEL = 300;
    /** The generator, the writer and the evaluator recurse as deep as programs are nested. */
    private static final long STACK_BYTES = 512L << 20;

    @Test
    void smallFunctions() throws InterruptedException {
        compareAll(PROGRAMS, 20, 12);
    }

    @Test
    void largeFunctions() throws InterruptedException {
        compareAll(PROGRAMS / 25, 6, 1500);
    }

    private static void compareAll(int programs, int functions, int size) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, () -> {
            for (long seed = SEED; seed < SEED + programs; seed++) {
                compare(seed, functions, size);
            }
        }, "random-functions", STACK_BYTES);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    private static void compare(long seed, int functions, int size) {
        Program program = new Generator(seed).program(functions, size);
        Exports exports = Module.compile(program.toModule()).instantiate().exports();
        var evaluator = new Evaluator(program);
        var random = new Random(~seed);
        for (int call = 0; call < functions * 3; call++) {
            int index = functions - 1 - call % functions;
            Program.Function function = program.functions().get(index);
            long[] arguments = new long[function.parameters().length()];
            Object[] boxed = new Object[arguments.length];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextLong();
                boxed[i] = box(function.parameters().charAt(i), arguments[i]);
                arguments[i] = unbox(boxed[i]);
            }
            evaluator.globals[0] = FUEL;
            exports.global("g0").value(FUEL);
            String where = "seed " + seed + ", function " + index + ", call " + call + ", size " + size;
            assertEquals(expected(evaluator, index, arguments), actual(exports, index, boxed), where);
            assertArrayEquals(evaluator.memory, exports.memory("memory").readBytes(0, Program.MEMORY_BYTES), where);
            for (int i = 0; i < program.globals().length(); i += 2) {
                assertEquals(evaluator.globals[i], unbox(exports.global("g" + i).value()), where + ", global " + i);
            }
        }
    }

    private static Object expected(Evaluator evaluator, int index, long[] arguments) {
        try {
            var results = new ArrayList<Long>();
            for (long result : evaluator.call(index, arguments)) {
                results.add(result);
            }
            return results;
        } catch (RuntimeError trap) {
            return trap.kind();
        }
    }

    private static Object actual(Exports exports, int index, Object[] arguments) {
        try {
            List<Object> results = exports.function("f" + index).call(arguments);
            return results.stream().map(RandomFunctionsTest::unbox).toList();
        } catch (RuntimeError trap) {
            return trap.kind();
        }
    }

    static Object box(char type, long bits) {
        return switch (type) {
            case 'i' -> (int) bits;
            case 'l' -> bits;
            // No NaN but the one: which one it is would show.
            case 'f' -> (float) bits;
            default -> (double) bits;
        };
    }

    static long unbox(Object value) {
        return switch (value) {
            case Integer number -> number;
            case Long number -> number;
            case Float number -> Float.floatToRawIntBits(number);
            default -> Double.doubleToRawLongBits((double) value);
        };
    }
}

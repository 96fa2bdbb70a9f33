package dev.jawa.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.Exports;
import dev.jawa.RuntimeError;
import dev.jawa.random.AddressProgram.OutOfBounds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions whose accesses are near the memory's end trap where they should, whatever checks are left out. */
class InBoundsTest {
    private static final int PROGRAMS = Integer.getInteger("dev.jawa.random.programs", 200) * 10;
    private static final int RUNS = 12;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void accessesTrapWhereTheyShould(boolean wide) {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            var program = new AddressProgram(seed, wide);
            Exports exports = program.compile().instantiate().exports();
            var random = new Random(~seed);
            ByteBuffer memory = AddressProgram.memory();
            for (int run = 0; run < RUNS; run++) {
                long[] arguments = random.ints(AddressProgram.PARAMETERS)
                        .mapToLong(number -> switch (number & 7) {
                            case 0 -> wide && number < 0 ? Long.MAX_VALUE + (number & 1) : number >> 28;
                            case 1 -> number >>> 17;
                            default -> AddressProgram.MEMORY_BYTES - 56 + (number >>> 26);
                        }).toArray();
                String where = "seed " + seed + ", run " + run;
                assertEquals(expected(program, memory, arguments), actual(exports, wide, arguments), where);
                assertArrayEquals(memory.array(), exports.memory("memory").readBytes(0, AddressProgram.MEMORY_BYTES),
                        where);
            }
        }
    }

    private static Object expected(AddressProgram program, ByteBuffer memory, long[] arguments) {
        try {
            return program.run(memory, arguments);
        } catch (OutOfBounds _) {
            return RuntimeError.Kind.MEMORY_OUT_OF_BOUNDS;
        }
    }

    private static Object actual(Exports exports, boolean wide, long[] arguments) {
        try {
            Object[] values = Arrays.stream(arguments).mapToObj(value -> wide ? (Object) value : (int) value).toArray();
            return ((Number) exports.function("run").call(values).getFirst()).longValue();
        } catch (RuntimeError trap) {
            return trap.kind();
        }
    }
}

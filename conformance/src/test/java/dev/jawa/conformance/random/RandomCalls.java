package dev.jawa.conformance.random;

import dev.jawa.text.Wat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random module with calls of its functions.
 *
 * @param seed of the module and of the arguments
 * @param module in the binary format
 * @param functions which function each of the calls is of
 * @param arguments of each call
 */
record RandomCalls(long seed, byte[] module, boolean wide, List<Integer> functions, List<Object[]> arguments) {
    static final int FUEL = 60;
    private static final int END = 1 << 16;
    private static final long[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, Long.MAX_VALUE,
        Long.MIN_VALUE, 0xFFFF_FFFFL, END, END - 1};
    private static final double[] NUMBERS = {0.0, -0.0, 0.5, -1.5, 2.5, 1e10, -0x1p31, 0x1p63, 1e300, 1e-310,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 16777217};

    /** So many calls, which are the same for the same seed. */
    static RandomCalls of(RandomProgram program, long seed, int count) {
        var random = new Random(~seed);
        var functions = new ArrayList<Integer>();
        var arguments = new ArrayList<Object[]>();
        List<String> parameters = program.parameters();
        for (int call = 0; call < count; call++) {
            int function = call % parameters.size();
            functions.add(function);
            arguments.add(parameters.get(function).chars().mapToObj(type -> argument((char) type, random)).toArray());
        }
        return new RandomCalls(seed, Wat.encode(program.text()), program.isWide(), functions, arguments);
    }

    private static Object argument(char type, Random random) {
        return switch (type) {
            case 'i' -> (int) integer(random);
            case 'l' -> integer(random);
            case 'f' -> (float) number(random);
            case 'd' -> number(random);
            default -> null;
        };
    }

    /** Numbers of which many are small, or addresses near the end of a memory. */
    private static long integer(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> random.nextInt(60) - 10;
            case 3, 4 -> END - 200 + random.nextInt(210);
            case 5 -> random.nextInt(END);
            case 6 -> EXTREMES[random.nextInt(EXTREMES.length)];
            default -> random.nextLong();
        };
    }

    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(100) - 20;
            case 1 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 2 -> random.nextLong();
            default -> random.nextGaussian() * 100;
        };
    }

    int count() {
        return functions.size();
    }

    /** Writes it in the form in which the script reads it. */
    void writeTo(DataOutputStream target) throws IOException {
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeInt(module.length);
        data.write(module);
        data.writeInt(wide ? 1 : 0);
        data.writeInt(FUEL);
        data.writeInt(count());
        for (int call = 0; call < count(); call++) {
            data.writeInt(functions.get(call));
            data.writeInt(arguments.get(call).length);
            for (Object argument : arguments.get(call)) {
                write(data, argument);
            }
        }
        target.writeInt(message.size());
        message.writeTo(target);
    }

    private static void write(DataOutputStream data, Object argument) throws IOException {
        switch (argument) {
            case null -> {
                data.writeByte('0');
                data.writeLong(0);
            }
            case Long number -> {
                data.writeByte('l');
                data.writeLong(number);
            }
            default -> {
                data.writeByte('d');
                data.writeDouble(((Number) argument).doubleValue());
            }
        }
    }
}

package dev.jawa.examples;

import dev.jawa.Instance;
import dev.jawa.Memory;
import java.nio.file.Path;

/** A module behind a Java interface: names and types are checked once, then calls are ordinary calls. */
public final class TypedView {
    private TypedView() {
    }

    /** The exports of {@code math.wasm}. */
    public interface Calculator {
        /** The sum; it wraps around like Java's. */
        int add(int a, int b);

        /** The quotient and the remainder. */
        DivMod divmod(int a, int b);

        /** {@code n!}, modulo 2 to the power of 64. */
        long fac(long n);

        /** The mean of {@code count} doubles in memory. */
        double mean(int address, int count);

        /** Where the doubles are. */
        Memory memory();
    }

    /** Two results, as a record. */
    public record DivMod(int quotient, int remainder) {
    }

    /** Prints some results. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Calculator calculator = Instance.of(folder.resolve("math.wasm")).exports().as(Calculator.class);

        System.out.println(calculator.add(1, 2));
        System.out.println(calculator.divmod(17, 5));
        System.out.println(calculator.fac(20));

        calculator.memory().writeDouble(0, 1);
        calculator.memory().writeDouble(8, 2);
        calculator.memory().writeDouble(16, 6);
        System.out.println(calculator.mean(0, 3));
    }
}

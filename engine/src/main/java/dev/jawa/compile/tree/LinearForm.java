package dev.jawa.compile.tree;

import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A sum of values, each times a factor, and a constant, modulo 2<sup>32</sup> or 2<sup>64</sup>: what an i32 or an i64
 * is made of.
 *
 * @param wide whether it is an i64; else factors and constant are numbers of 32 bits with sign
 * @param values numbers of the values, ascending
 * @param factors of the values, none of them 0
 * @param constant what is added
 */
public record LinearForm(boolean wide, int[] values, long[] factors, long constant) {
    private static final int[] NONE = {};
    private static final long[] NO_FACTORS = {};
    /** Longer sums would hardly ever be met a second time. */
    private static final int MOST_VALUES = 4;

    static LinearForm of(boolean wide, long constant) {
        return new LinearForm(wide, NONE, NO_FACTORS, fitted(wide, constant));
    }

    /** The sum of one value alone. */
    public static LinearForm ofValue(boolean wide, int value) {
        return new LinearForm(wide, new int[] {value}, new long[] {1}, 0);
    }

    private static long fitted(boolean wide, long number) {
        return wide ? number : (int) number;
    }

    /** This and another one times a factor; {@code null} if that is too long. */
    LinearForm plus(LinearForm other, long factor) {
        int[] sumValues = new int[values.length + other.values.length];
        long[] sumFactors = new long[sumValues.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < values.length || j < other.values.length) {
            boolean mine = j == other.values.length || i < values.length && values[i] <= other.values[j];
            boolean others = i == values.length || j < other.values.length && other.values[j] <= values[i];
            long sum = fitted(wide, (mine ? factors[i] : 0) + (others ? other.factors[j] * factor : 0));
            if (sum != 0) {
                sumValues[count] = mine ? values[i] : other.values[j];
                sumFactors[count++] = sum;
            }
            i += mine ? 1 : 0;
            j += others ? 1 : 0;
        }
        return count > MOST_VALUES ? null : new LinearForm(wide, Arrays.copyOf(sumValues, count),
                Arrays.copyOf(sumFactors, count), fitted(wide, constant + other.constant * factor));
    }

    /**
     * An i32 or an i64 as a sum; {@code null} if it is none.
     *
     * @param variables what a variable holds, which may be {@code null}
     */
    static LinearForm of(Expression expression, Function<Variable, LinearForm> variables) {
        return switch (expression) {
            case Constant(var carrier, long bits) -> of(carrier == Carrier.LONG, bits);
            case Get(var variable) -> variables.apply(variable);
            case Operation operation -> of(operation, variables);
            case Call _ -> null;
        };
    }

    private static LinearForm of(Operation operation, Function<Variable, LinearForm> variables) {
        Expression[] operands = operation.operands();
        return switch (operation.opcode()) {
            case I32_ADD, I64_ADD -> sum(operands, 1, variables);
            case I32_SUB, I64_SUB -> sum(operands, -1, variables);
            case I32_SHL -> operands[1] instanceof Constant(var _, long bits)
                    ? product(operands[0], 1 << bits, variables) : null;
            case I64_SHL -> operands[1] instanceof Constant(var _, long bits)
                    ? product(operands[0], 1L << bits, variables) : null;
            case I32_MUL, I64_MUL -> operands[1] instanceof Constant(var _, long bits)
                    ? product(operands[0], bits, variables) : null;
            default -> null;
        };
    }

    private static LinearForm sum(Expression[] operands, long factor, Function<Variable, LinearForm> variables) {
        LinearForm first = of(operands[0], variables);
        LinearForm second = first == null ? null : of(operands[1], variables);
        return second == null ? null : first.plus(second, factor);
    }

    private static LinearForm product(Expression operand, long factor, Function<Variable, LinearForm> variables) {
        LinearForm form = of(operand, variables);
        return form == null ? null : form.times(factor);
    }

    /** This times a factor. */
    LinearForm times(long factor) {
        return of(wide, 0).plus(this, factor);
    }

    /** What is the same for two forms that differ by their constant only. */
    Terms terms() {
        return new Terms(values, factors);
    }

    /** A form without its constant, as a key. */
    record Terms(int[] values, long[] factors) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Terms terms && Arrays.equals(values, terms.values)
                    && Arrays.equals(factors, terms.factors);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(values) + Arrays.hashCode(factors);
        }
    }
}

package dev.jawa.programs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Generic types, interfaces with default methods, sealed types, enums, lambdas and arrays of all kinds. */
public final class Shapes {
    private Shapes() {
    }

    /** An expression. */
    private sealed interface Expression {
        /** A number. */
        record Number(double value) implements Expression {
        }

        /** A variable. */
        record Variable(String name) implements Expression {
        }

        /** An operation on two expressions. */
        record Binary(Operator operator, Expression left, Expression right) implements Expression {
        }

        default Expression plus(Expression other) {
            return new Binary(Operator.ADD, this, other);
        }

        default Expression times(Expression other) {
            return new Binary(Operator.MULTIPLY, this, other);
        }
    }

    /** What a binary expression does. */
    private enum Operator {
        ADD("+") {
            @Override
            double apply(double a, double b) {
                return a + b;
            }
        },
        MULTIPLY("*") {
            @Override
            double apply(double a, double b) {
                return a * b;
            }
        };

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        abstract double apply(double a, double b);
    }

    /** A list that ends or goes on. */
    private static final class Chain<T> {
        private final T head;
        private final Supplier<Chain<T>> tail;

        Chain(T head, Supplier<Chain<T>> tail) {
            this.head = head;
            this.tail = tail;
        }

        <R> Chain<R> map(Function<? super T, ? extends R> function) {
            return new Chain<>(function.apply(head), () -> tail.get().map(function));
        }

        List<T> take(int count) {
            var list = new ArrayList<T>();
            Chain<T> rest = this;
            for (int i = 0; i < count; i++) {
                list.add(rest.head);
                rest = rest.tail.get();
            }
            return list;
        }
    }

    public static void main(String[] arguments) {
        Expression x = new Expression.Variable("x");
        Expression expression = x.times(x).plus(new Expression.Number(3).times(x)).plus(new Expression.Number(0.5));
        System.out.println(text(expression));
        System.out.println(text(derivative(expression)));
        System.out.println((long) (value(expression, 4) * 1000) + " " + (long) (value(derivative(expression), 4) * 1000));
        System.out.println(expression.equals(x.times(x)) + " " + x.equals(new Expression.Variable("x")));
        System.out.println(from(1).map(n -> n * n).map(n -> "<" + n + ">").take(6));
        matrices();
        numbers();
        hanoi();
    }

    private static Chain<Integer> from(int start) {
        return new Chain<>(start, () -> from(start + 1));
    }

    private static String text(Expression expression) {
        if (expression instanceof Expression.Number number) {
            return Long.toString((long) (number.value() * 100));
        }
        if (expression instanceof Expression.Binary binary) {
            return "(" + text(binary.left()) + " " + binary.operator().sign + " " + text(binary.right()) + ")";
        }
        return ((Expression.Variable) expression).name();
    }

    private static Expression derivative(Expression expression) {
        if (expression instanceof Expression.Binary binary) {
            Expression left = derivative(binary.left());
            Expression right = derivative(binary.right());
            return switch (binary.operator()) {
                case ADD -> left.plus(right);
                case MULTIPLY -> left.times(binary.right()).plus(binary.left().times(right));
            };
        }
        return new Expression.Number(expression instanceof Expression.Variable ? 1 : 0);
    }

    private static double value(Expression expression, double x) {
        if (expression instanceof Expression.Binary binary) {
            return binary.operator().apply(value(binary.left(), x), value(binary.right(), x));
        }
        return expression instanceof Expression.Number number ? number.value() : x;
    }

    private static void matrices() {
        long[][] power = {{1, 1}, {1, 0}};
        long[][] result = {{1, 0}, {0, 1}};
        for (int i = 0; i < 80; i++) {
            long[][] next = new long[2][2];
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 2; column++) {
                    next[row][column] = result[row][0] * power[0][column] + result[row][1] * power[1][column];
                }
            }
            result = next;
        }
        System.out.println(result[0][1]);
        Object[] mixed = {new byte[] {1, -1}, new char[] {'a', 'z'}, new short[] {-300}, new String[] {"s"}, 7, 7L};
        var kinds = new StringBuilder();
        for (Object element : mixed) {
            kinds.append(element instanceof byte[] ? 'b' : element instanceof char[] ? 'c' : element instanceof short[] ? 's'
                    : element instanceof Object[] ? 'o' : element instanceof Integer ? 'i' : 'l');
        }
        System.out.println(kinds);
    }

    private static void numbers() {
        System.out.println(Integer.MIN_VALUE / -1 + " " + (Long.MIN_VALUE >> 3) + " " + (-17 >>> 28) + " " + -17 % 5);
        System.out.println((int) Double.NaN + " " + (long) 1e30 + " " + (byte) 200 + " " + (char) 97);
        System.out.println(Long.toHexString(0x1234_5678_9ABC_DEF0L * 31) + " " + Integer.toBinaryString(1234567));
        System.out.println(Integer.bitCount(123456789) + " " + Long.numberOfLeadingZeros(1L << 40));
        BiFunction<Integer, Integer, Integer> divisor = (a, b) -> {
            int first = a;
            int second = b;
            while (second != 0) {
                int rest = first % second;
                first = second;
                second = rest;
            }
            return first;
        };
        System.out.println(divisor.apply(1071, 462));
    }

    private static void hanoi() {
        int[] moves = {0};
        move(14, 'A', 'B', 'C', moves);
        System.out.println(moves[0]);
    }

    private static void move(int count, char from, char to, char over, int[] moves) {
        if (count > 0) {
            move(count - 1, from, over, to, moves);
            moves[0]++;
            move(count - 1, over, to, from, moves);
        }
    }
}

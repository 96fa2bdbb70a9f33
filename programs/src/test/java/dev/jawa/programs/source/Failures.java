package dev.jawa.programs.source;

/** Exceptions: thrown far below, rethrown, replaced, with finally in between, and those of the language itself. */
public final class Failures {
    private static int depth;

    private Failures() {
    }

    /** An exception of the program's own. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;

        Refused(int code, Throwable cause) {
            super("refused with " + code, cause);
            this.code = code;
        }
    }

    /** Says when it is closed. */
    private record Resource(String name) implements AutoCloseable {
        @Override
        public void close() {
            System.out.println("close " + name);
        }
    }

    public static void main(String[] arguments) {
        for (int level : new int[] {0, 1, 10, 500}) {
            try {
                descend(level);
            } catch (Refused refused) {
                System.out.println(refused.getMessage() + ", " + refused.code + ", " + refused.getCause());
            } finally {
                System.out.println("after level " + level);
            }
        }
        System.out.println(result(1) + " " + result(2) + " " + result(3));
        resources();
        language();
        loop();
    }

    private static void descend(int level) throws Refused {
        try {
            if (level == 0) {
                throw new IllegalStateException("at the bottom");
            }
            descend(level - 1);
        } catch (IllegalStateException cause) {
            throw new Refused(level, cause);
        } finally {
            depth++;
        }
    }

    @SuppressWarnings("finally")
    private static String result(int kind) {
        try {
            if (kind == 1) {
                return "returned";
            }
            throw new RuntimeException("thrown");
        } catch (RuntimeException exception) {
            if (kind == 3) {
                return exception.getMessage();
            }
            return "caught";
        } finally {
            depth += kind;
        }
    }

    private static void resources() {
        try (var first = new Resource("first"); var second = new Resource("second")) {
            System.out.println(first.name() + " and " + second.name());
            throw new UnsupportedOperationException("in between");
        } catch (UnsupportedOperationException exception) {
            System.out.println(exception.getMessage());
        }
    }

    private static void language() {
        Object text = "text";
        int[][] numbers = new int[3][2];
        Runnable[] failing = {
            () -> System.out.println(((Integer) text) + 1),
            () -> System.out.println(numbers[depth > 0 ? 5 : 0][0]),
            () -> System.out.println(nothing(depth > 0).length()),
            () -> Integer.parseInt("12x"),
        };
        for (Runnable runnable : failing) {
            try {
                runnable.run();
            } catch (NullPointerException exception) {
                System.out.println("nothing there");
            } catch (IndexOutOfBoundsException exception) {
                System.out.println("outside");
            } catch (ClassCastException exception) {
                System.out.println(exception.getClass().getName());
            } catch (RuntimeException exception) {
                System.out.println(exception instanceof NumberFormatException);
            }
        }
    }

    private static String nothing(boolean really) {
        return really ? null : "something";
    }

    private static void loop() {
        int caught = 0;
        for (int i = 0; i < 20_000; i++) {
            try {
                odd(i);
            } catch (IllegalArgumentException _) {
                caught++;
            }
        }
        System.out.println(caught + " " + depth);
    }

    private static void odd(int number) {
        if (number % 2 == 1) {
            throw new IllegalArgumentException();
        }
    }
}

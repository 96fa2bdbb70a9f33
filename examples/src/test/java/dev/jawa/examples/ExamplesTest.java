package dev.jawa.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each Java example prints what it promises. */
class ExamplesTest {
    private static final String FOLDER = ".";

    /** The main method of an example. */
    @FunctionalInterface
    private interface Example {
        void run(String... args) throws Throwable;
    }

    private static void assertPrints(String expected, Example example) throws Throwable {
        PrintStream before = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            example.run(FOLDER);
        } finally {
            System.setOut(before);
        }
        assertEquals(expected, printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    @Test
    void simple() throws Throwable {
        assertPrints("42\n", Simple::main);
    }

    @Test
    void program() throws Throwable {
        assertPrints("hello\nworld\nexit code 7\n", Program::main);
    }

    @Test
    void scripts() throws Throwable {
        assertPrints("""
                passed 1: module
                passed 2: assert_return
                FAILED 3: assert_return: got [2147483647], expected [0]
                """, Scripts::main);
    }

    @Test
    void embedding() throws Throwable {
        assertPrints("42\nlog: scripts call Java\n", Embedding::main);
    }

    @Test
    void hostObject() throws Throwable {
        assertPrints("42\n", HostObject::main);
    }

    @Test
    void typedView() throws Throwable {
        assertPrints("""
                3
                DivMod[quotient=3, remainder=2]
                2432902008176640000
                3.0
                """, TypedView::main);
    }

    @Test
    void calls() throws Throwable {
        assertPrints("""
                (i32, i32) -> i32
                3
                [3, 2]
                DivMod[quotient=3, remainder=2]
                7
                """, Calls::main);
    }

    @Test
    void pool() throws Throwable {
        assertPrints("210\nready\n", Pool::main);
    }

    @Test
    void strings() throws Throwable {
        assertPrints("HéLLO\n", Strings::main);
    }

    @Test
    void traps() throws Throwable {
        assertPrints("""
                INTEGER_DIVIDE_BY_ZERO in div
                MEMORY_OUT_OF_BOUNDS in mean
                """, Traps::main);
    }
}

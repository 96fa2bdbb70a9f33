package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.junit.jupiter.api.Test;

public class ExportsViewTest {
    private static Exports exports() {
        var module = new ModuleWriter();
        int fail = module.importFunction("env", "fail", ":");
        module.memory("00 01").export("memory", 2, 0);
        module.table('r', "00 02").export("table", 1, 0);
        module.global('i', true, code -> code.i32(5)).export("global", 3, 0);
        module.export("add", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_ADD));
        module.export("mean", "dd:d", code -> code.get(0).get(1).op(Opcode.F64_ADD).f64(2).op(Opcode.F64_DIV));
        module.export("divmod", "ii:ii", code -> code.get(0).get(1).op(Opcode.I32_DIV_S)
                .get(0).get(1).op(Opcode.I32_REM_S));
        module.export("echo", "e:e", code -> code.get(0));
        module.export("many", "i".repeat(200) + "l".repeat(50) + ":l", code -> code.get(249));
        module.export("fail", ":", code -> code.call(fail));
        return module.compile().instantiate(Imports.builder().function("env", "fail", (HostFunction) _ -> {
            throw new IOException("from the host");
        }).build()).exports();
    }

    private final Exports exports = exports();

    /** A view that needs no conversions. */
    public interface Calculator {
        int add(int a, int b);

        double mean(double a, double b);

        Memory memory();

        Table table();

        Global global();

        String echo(String text);

        void fail() throws IOException;

        default int twice(int a) {
            return add(a, a);
        }

        static int unrelated() {
            return 1;
        }
    }

    private static void check(Calculator calculator, Exports exports) {
        assertEquals(3, calculator.add(1, 2));
        assertEquals(1.5, calculator.mean(1, 2));
        assertSame(exports.memory("memory"), calculator.memory());
        assertSame(exports.table("table"), calculator.table());
        assertSame(exports.global("global"), calculator.global());
        assertEquals("x", calculator.echo("x"));
        assertEquals(8, calculator.twice(4));
        assertEquals("from the host", assertThrows(IOException.class, calculator::fail).getMessage());
    }

    @Test
    void publicInterfacesGetAClassOfTheirOwn() {
        Calculator calculator = exports.as(Calculator.class);
        assertFalse(Proxy.isProxyClass(calculator.getClass()));
        check(calculator, exports);
        assertEquals(calculator, calculator);
        assertNotEquals(calculator, exports.as(Calculator.class));
    }

    private interface Hidden extends Calculator {
        DivMod divmod(int a, int b);

        @Override
        default int twice(int a) {
            return add(a, a) + 1;
        }
    }

    private record DivMod(int quotient, int remainder) {
    }

    @Test
    void privateInterfacesWorkToo() {
        Hidden hidden = exports.as(Hidden.class);
        assertEquals(new DivMod(3, 2), hidden.divmod(17, 5));
        assertEquals(9, hidden.twice(4));
        assertEquals(3, hidden.add(1, 2));
        assertEquals("from the host", assertThrows(IOException.class, hidden::fail).getMessage());
        assertEquals(hidden, hidden);
        assertNotEquals(hidden, exports.as(Hidden.class));
        assertEquals(hidden.hashCode(), hidden.hashCode());
        assertTrue(hidden.toString().contains("Hidden"), hidden.toString());
    }

    /** Several results as a list. */
    public interface Lists {
        List<Object> divmod(int a, int b);
    }

    @Test
    void severalResultsAsAList() {
        assertEquals(List.of(3, 2), exports.as(Lists.class).divmod(17, 5));
    }

    /** One half of {@link Joined}. */
    public interface Left {
        int add(int a, int b);
    }

    /** The other half. */
    public interface Right {
        int add(int a, int b);

        String toString();

        boolean equals(Object other);
    }

    /** Inherits a method twice, and names some of Object's. */
    public interface Joined extends Left, Right {
    }

    @Test
    void methodsInheritedTwiceAndThoseOfObject() {
        assertEquals(3, exports.as(Joined.class).add(1, 2));
    }

    /** Generic in the type of a reference. */
    public interface Echo<T> {
        T echo(T value);
    }

    /** With a bridge. */
    public interface TextEcho extends Echo<String> {
        @Override
        String echo(String value);
    }

    @Test
    void genericInterfaces() {
        assertEquals("x", exports.as(TextEcho.class).echo("x"));
        Echo<String> echo = exports.as(TextEcho.class);
        assertEquals("x", echo.echo("x"));
    }

    /** Gives functions themselves. */
    public interface Functions {
        Function echo();
    }

    @Test
    void functionsThemselves() {
        assertSame(exports.function("echo"), exports.as(Functions.class).echo());
    }

    private interface Wrong {
        int add(int a);

        long mean(double a, double b);

        int absent();

        Table memory();

        int global();

        void divmod(int a, int b);
    }

    @Test
    void everythingThatDoesNotFitIsListed() {
        LinkError error = assertThrows(LinkError.class, () -> exports.as(Wrong.class));
        for (String part : List.of("add(int)", "mean(double, double)", "absent()", "Table memory()", "int global()",
                "void divmod(int, int)")) {
            assertTrue(error.getMessage().contains(part), part + " in " + error.getMessage());
        }
    }

    /** May be implemented by one class only. */
    public sealed interface Closed permits Implementation {
        int add(int a, int b);
    }

    record Implementation() implements Closed {
        @Override
        public int add(int a, int b) {
            return a;
        }
    }

    @Test
    void onlyInterfacesThatAnybodyMayImplement() {
        assertThrows(LinkError.class, () -> exports.as(String.class));
        assertThrows(LinkError.class, () -> exports.as(Closed.class));
        assertThrows(LinkError.class, () -> exports.as(Override.class));
    }

    private interface Undeclared {
        void fail();
    }

    @Test
    void aCheckedExceptionThatAProxyMayNotThrowIsTheCause() {
        Undeclared view = exports.as(Undeclared.class);
        assertEquals("from the host", assertThrows(UndeclaredThrowableException.class, view::fail)
                .getCause().getMessage());
    }

    @Test
    void namesThatAreNotExported() {
        LinkError error = assertThrows(LinkError.class, () -> exports.function("absent"));
        assertTrue(error.getMessage().contains("there are: add, divmod"), error.getMessage());
        error = assertThrows(LinkError.class, () -> exports.function("memory"));
        assertTrue(error.getMessage().contains("is a memory, not a function"), error.getMessage());
    }
}

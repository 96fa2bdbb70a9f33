package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportsTest {
    /** A module whose one export hands its arguments to the one import and gives back what that gives. */
    private static Module forwarding(String signature) {
        var module = new ModuleWriter();
        int imported = module.importFunction("env", "host", signature);
        module.export("run", signature, code -> {
            for (int i = 0; i < signature.indexOf(':'); i++) {
                code.get(i);
            }
            code.call(imported);
        });
        return module.compile();
    }

    private static List<Object> run(String signature, Imports imports, Object... arguments) {
        return forwarding(signature).instantiate(imports).exports().function("run").call(arguments);
    }

    private static Imports.Builder builder() {
        return Imports.builder();
    }

    @Test
    void lambdasOfEveryKind() {
        var seen = new ArrayList<Object>();
        run(":", builder().function("env", "host", () -> { seen.add("run"); }).build());
        run("i:", builder().function("env", "host", (int a) -> { seen.add(a); }).build(), 1);
        run("l:", builder().function("env", "host", (long a) -> { seen.add(a); }).build(), 2L);
        run("d:", builder().function("env", "host", (double a) -> { seen.add(a); }).build(), 3.0);
        run("ii:", builder().function("env", "host", (int a, int b) -> { seen.add(a + b); }).build(), 4, 5);
        run("iii:", builder().function("env", "host", (int a, int b, int c) -> { seen.add(a + b + c); }).build(),
                1, 2, 3);
        assertEquals(List.of("run", 1, 2L, 3.0, 9, 6), seen);

        assertEquals(List.of(7), run(":i", builder().function("env", "host", () -> 7).build()));
        assertEquals(List.of(7L), run(":l", builder().function("env", "host", () -> 7L).build()));
        assertEquals(List.of(7.5), run(":d", builder().function("env", "host", () -> 7.5).build()));
        assertEquals(List.of(2), run("i:i", builder().function("env", "host", (int a) -> a + 1).build(), 1));
        assertEquals(List.of(3), run("ii:i", builder().function("env", "host", (int a, int b) -> a + b).build(), 1, 2));
        assertEquals(List.of(6), run("iii:i",
                builder().function("env", "host", (int a, int b, int c) -> a + b + c).build(), 1, 2, 3));
        assertEquals(List.of(2L), run("l:l", builder().function("env", "host", (long a) -> a + 1).build(), 1));
        assertEquals(List.of(3L), run("ll:l",
                builder().function("env", "host", (long a, long b) -> a + b).build(), 1, 2));
        assertEquals(List.of(5L), run("i:l", builder().function("env", "host", (int a) -> (long) a).build(), 5));
        assertEquals(List.of(5), run("l:i", builder().function("env", "host", (long a) -> (int) a).build(), 5));
        assertEquals(List.of(0.5), run("d:d", builder().function("env", "host", (double a) -> a / 2).build(), 1));
        assertEquals(List.of(8.0), run("dd:d",
                builder().function("env", "host", (double a, double b) -> Math.pow(a, b)).build(), 2, 3));
    }

    @Test
    void methodReferencesAndMethodHandles() throws Exception {
        assertEquals(List.of(5), run("ii:i", builder().function("env", "host", Integer::sum).build(), 2, 3));
        assertEquals(List.of(4), run("i:i", builder().function("env", "host", Integer::bitCount).build(), 15));
        assertTrue((long) run(":l", builder().function("env", "host", System::nanoTime).build()).getFirst() != 0);
        MethodHandle concat = MethodHandles.lookup().findVirtual(String.class, "concat",
                MethodType.methodType(String.class, String.class));
        assertEquals(List.of("ab"), run("ee:e", builder().function("env", "host", concat).build(), "a", "b"));
    }

    @Test
    void boxedFunctionsTakeAnyTypeThatIsWanted() {
        Imports imports = builder().function("env", "host", (Object... arguments) -> {
            Object[] reversed = new Object[arguments.length];
            for (int i = 0; i < reversed.length; i++) {
                reversed[i] = arguments[reversed.length - 1 - i];
            }
            return reversed;
        }).build();
        assertEquals(List.of("x", 3.0, 2L, 1), run("ilde:edli", imports, 1, 2, 3, "x"));
        assertEquals(List.of(), run("i:", imports, 1));
    }

    @Test
    void whatAHostFunctionGivesMustFit() {
        Imports text = builder().function("env", "host", (HostFunction) _ -> "text").build();
        RuntimeError error = assertThrows(RuntimeError.class, () -> run(":i", text));
        assertEquals(Kind.TYPE_MISMATCH, error.kind());
        error = assertThrows(RuntimeError.class, () -> run(":ii", text));
        assertEquals(Kind.TYPE_MISMATCH, error.kind());
        Imports list = builder().function("env", "host", (HostFunction) _ -> List.of(1, 2)).build();
        assertEquals(List.of(1, 2), run(":ii", list));
        assertThrows(RuntimeError.class, () -> run(":iii", list));
    }

    /** What a program would write. */
    public static final class Host {
        private int calls;

        public int host(int a, int b) {
            calls++;
            return a * b;
        }

        public static int ignored(char c) {
            return c;
        }

        @Override
        public String toString() {
            return "Host";
        }
    }

    private record PrivateHost(List<Object> seen, int factor) {
        public long host(int a) {
            seen.add(a);
            return (long) a * factor;
        }
    }

    @Test
    void theMethodsOfObjects() {
        var host = new Host();
        assertEquals(List.of(12), run("ii:i", Imports.of("env", host), 3, 4));
        assertEquals(1, host.calls);
        var seen = new ArrayList<>();
        assertEquals(List.of(30L), run("i:l", Imports.of("env", new PrivateHost(seen, 10)), 3));
        assertEquals(List.of(3), seen);
    }

    /** Two methods of one name. */
    public static final class Overloaded {
        public int host(int a) {
            return a;
        }

        public long host(long a) {
            return a;
        }
    }

    /** A type that WebAssembly does not have. */
    public static final class Strange {
        public boolean host() {
            return true;
        }
    }

    @Test
    void objectsThatCannotBeImports() {
        LinkError error = assertThrows(LinkError.class, () -> Imports.of("env", new Overloaded()));
        assertTrue(error.getMessage().contains("two methods named host"), error.getMessage());
        error = assertThrows(LinkError.class, () -> Imports.of("env", new Strange()));
        assertTrue(error.getMessage().contains("boolean"), error.getMessage());
    }

    /** Several results. */
    public record Both(int quotient, int remainder) {
    }

    /** Gives several results. */
    public static final class Division {
        public Both host(int a, int b) {
            return new Both(a / b, a % b);
        }
    }

    @Test
    void aRecordIsSeveralResults() {
        assertEquals(List.of(3, 2), run("ii:ii", Imports.of("env", new Division()), 17, 5));
    }

    /** Reads its caller's memory. */
    public static final class Reader {
        public int host(Instance caller, int address) {
            return caller.exports().memory("memory").readInt(address);
        }
    }

    @Test
    void hostFunctionsMayAskWhoCalls() {
        var module = new ModuleWriter();
        int imported = module.importFunction("env", "host", "i:i");
        module.memory("00 01").data(8, (byte) 42).export("memory", 2, 0);
        module.export("run", "i:i", code -> code.get(0).call(imported));
        Module compiled = module.compile();
        assertEquals(42, compiled.instantiate(Imports.of("env", new Reader())).exports().function("run").callInt(8));
        Imports boxed = builder().callerFunction("env", "host",
                (caller, arguments) -> caller.exports().memory("memory").readInt((int) arguments[0]) + 1).build();
        Instance first = compiled.instantiate(boxed);
        Instance second = compiled.instantiate(boxed);
        first.exports().memory("memory").writeInt(8, 10);
        assertEquals(11, first.exports().function("run").callInt(8));
        assertEquals(43, second.exports().function("run").callInt(8));
    }

    @Test
    void whatTheHostThrowsArrivesAsThrown() {
        for (Throwable thrown : List.of(new IOException("checked"), new IllegalStateException("unchecked"),
                new NullPointerException("not a trap"), new IndexOutOfBoundsException("not a trap"),
                new ClassCastException("not a trap"), new ArithmeticException(), new AssertionError("error"))) {
            Imports imports = builder().function("env", "host", (HostFunction) _ -> {
                if (thrown instanceof Exception exception) {
                    throw exception;
                }
                throw (Error) thrown;
            }).build();
            assertSame(thrown, assertThrows(Throwable.class, () -> run("i:i", imports, 1)));
        }
    }

    @Test
    void anExceptionPassesThroughSeveralInstances() {
        var thrown = new IOException("far away");
        Instance inner = forwarding("i:i").instantiate(builder().function("env", "host", (HostFunction) _ -> {
            throw thrown;
        }).build());
        Instance outer = forwarding("i:i").instantiate(
                builder().function("env", "host", inner.exports().function("run")).build());
        assertSame(thrown, assertThrows(IOException.class, () -> outer.exports().function("run").call(1)));
        assertTrue(java.util.Arrays.stream(thrown.getStackTrace()).anyMatch(
                element -> element.getClassName().equals(ImportsTest.class.getName())));
    }

    @Test
    void importsThatAreMissingAreAllNamed() {
        var module = new ModuleWriter();
        module.importFunction("env", "first", "i:i");
        module.importMemory("env", "second", "00 01");
        LinkError error = assertThrows(LinkError.class, () -> module.compile().instantiate());
        assertTrue(error.getMessage().contains("env.first") && error.getMessage().contains("env.second"),
                error.getMessage());
    }

    @Test
    void importsOfOtherTypes() {
        LinkError error = assertThrows(LinkError.class, () -> run("i:i",
                builder().function("env", "host", (long a) -> a).build(), 1));
        assertTrue(error.getMessage().startsWith("incompatible import type: env.host"), error.getMessage());
        assertThrows(LinkError.class, () -> run("i:i", builder().global("env", "host", Global.of(1)).build(), 1));
        assertThrows(LinkError.class, () -> new Instance(forwarding("i:i"), List.of()));

        var module = new ModuleWriter().importMemory("env", "host", "01 02 03");
        for (Memory memory : List.of(Memory.of(1, 3), Memory.of(2), Memory.of(2, 4))) {
            assertThrows(LinkError.class,
                    () -> module.compile().instantiate(builder().memory("env", "host", memory).build()));
        }
        module.compile().instantiate(builder().memory("env", "host", Memory.of(2, 3)).build());
    }

    @Test
    void theExportsOfAnInstanceAreImportsOfAnother() {
        var module = new ModuleWriter();
        module.export("host", "i:i", code -> code.get(0).i32(2).op(Opcode.I32_MUL));
        Exports exports = module.compile().instantiate().exports();
        assertEquals(List.of(42), run("i:i", builder().module("env", exports).build(), 21));
        assertEquals(Map.of("host", exports.function("host")), exports.all());
    }

    @Test
    void theStartFunctionMayCallAHostFunctionThatUsesTheExports() {
        var module = new ModuleWriter();
        int imported = module.importFunction("env", "host", "i:i");
        module.memory("00 01").export("memory", 2, 0);
        module.export("double", "i:i", code -> code.get(0).i32(2).op(Opcode.I32_MUL));
        module.start(module.function(":", "", code -> code.i32(0).i32(21).call(imported)
                .memory(Opcode.I32_STORE, 0)));
        Imports imports = builder().callerFunction("env", "host", (caller, arguments) ->
                caller.exports().function("double").callInt(arguments)).build();
        assertEquals(42, module.compile().instantiate(imports).exports().memory("memory").readInt(0));
    }
}

package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.wasm.ModuleWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions and strings that are known when a module is compiled. */
class BuiltinsTest {
    public static int sum(int a, int b) {
        return a + b;
    }

    public static int failing(int a, int b) {
        throw new IllegalStateException("sum of " + a + " and " + b);
    }

    public static int trapping(int a, int b) {
        throw new RuntimeError(RuntimeError.Kind.INTEGER_OVERFLOW, "on purpose");
    }

    private static MethodHandle method(String name) {
        try {
            return MethodHandles.lookup().findStatic(BuiltinsTest.class, name,
                    MethodType.methodType(int.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] adder(String signature) {
        var module = new ModuleWriter();
        int imported = module.importFunction("math", "sum", signature);
        module.exportFunction("sum", imported);
        module.export("twice", signature, code -> code.get(0).get(1).call(imported).get(1).call(imported));
        return module.toArray();
    }

    private static CompileOptions options(String name) {
        return CompileOptions.builder()
                .builtins(Builtins.builder("math").function("sum", method(name)).build()).build();
    }

    @Test
    void aModuleIsNotGivenWhatIsKnown() {
        byte[] bytes = adder("ii:i");
        // @start region="options"
        Builtins math = Builtins.builder("math").function("sum", method("sum")).build();
        CompileOptions options = CompileOptions.builder().builtins(math).importedStringConstants("strings").build();
        Module module = Module.compile(bytes, options);
        // @end
        assertEquals(List.of(), module.imports());
        Exports exports = module.instantiate().exports();
        assertEquals(3, exports.function("sum").callInt(1, 2));
        assertEquals(5, exports.function("twice").callInt(1, 2));
        assertEquals(5, Module.compile(bytes).instantiate(Imports.builder()
                .function("math", "sum", BuiltinsTest::sum).build()).exports().function("twice").callInt(1, 2));
    }

    @Test
    void otherTypesAreNamed() {
        byte[] bytes = adder("ll:l");
        var error = assertThrows(CompileError.class, () -> Module.compile(bytes, options("sum")));
        assertTrue(error.getMessage().contains("math.sum"), error.getMessage());
        assertFalse(WebAssembly.validate(bytes, options("sum")));
        assertTrue(WebAssembly.validate(bytes));
        assertThrows(LinkError.class, () -> Builtins.builder("math")
                .function("sum", new dev.jawa.model.FunctionType(List.of(), List.of()), method("sum")));
    }

    @Test
    void whatIsThrownIsWhatAHostFunctionThrows() {
        Exports failing = Module.compile(adder("ii:i"), options("failing")).instantiate().exports();
        var thrown = assertThrows(IllegalStateException.class, () -> failing.function("twice").callInt(1, 2));
        assertEquals("sum of 1 and 2", thrown.getMessage());
        Exports trapping = Module.compile(adder("ii:i"), options("trapping")).instantiate().exports();
        var trap = assertThrows(RuntimeError.class, () -> trapping.function("twice").callInt(1, 2));
        assertEquals(RuntimeError.Kind.INTEGER_OVERFLOW, trap.kind());
        assertEquals(1, trap.frames().size());
    }

    @Test
    void stringConstantsAreTheirNames() {
        var writer = new ModuleWriter().importGlobal("strings", "hello", 'e', false).export("hello", 3, 0);
        Module module = Module.compile(writer.toArray(),
                CompileOptions.builder().importedStringConstants("strings").build());
        assertEquals(List.of(), module.imports());
        Global first = module.instantiate().exports().global("hello");
        Global second = module.instantiate().exports().global("hello");
        assertEquals("hello", first.value());
        assertSame(first.value(), second.value());
        // One global for both would link what has nothing to do with each other.
        assertNotSame(first, second);
        var mutable = new ModuleWriter().importGlobal("strings", "hello", 'e', true);
        assertThrows(CompileError.class, () -> Module.compile(mutable.toArray(),
                CompileOptions.builder().importedStringConstants("strings").build()));
    }
}

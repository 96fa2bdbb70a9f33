package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the documentation of this package, run. */
public class TutorialTest {
    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        var module = new ModuleWriter().name("math").memory("00 01").export("memory", 2, 0);
        module.export("add", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_ADD));
        module.export("divmod", "ii:ii", code -> code.get(0).get(1).op(Opcode.I32_DIV_S)
                .get(0).get(1).op(Opcode.I32_REM_S));
        file = Files.write(directory.resolve("math.wasm"), module.toArray());
    }

    @Test
    void calls() {
        // @start region="call"
        Exports math = Module.compile(file).instantiate().exports();
        int three = math.function("add").callInt(1, 2);
        // @end
        assertEquals(3, three);
    }

    // @start region="interface"
    /** What the module exports. */
    public interface Calculator {
        int add(int a, int b);

        Memory memory();
    }
    // @end

    @Test
    void view() {
        Exports math = Module.compile(file).instantiate().exports();
        // @start region="view"
        Calculator calculator = math.as(Calculator.class);
        int three = calculator.add(1, 2);
        // @end
        assertEquals(3, three);
    }

    @Test
    void functions() throws Throwable {
        Exports math = Module.compile(file).instantiate().exports();
        // @start region="function"
        record Division(int quotient, int remainder) {
        }

        Function divmod = math.function("divmod");
        List<Object> list = divmod.call(17, 5);                          // [3, 2]
        Division division = divmod.call(Division.class, 17, 5);          // Division[quotient=3, remainder=2]

        MethodHandle add = math.function("add").methodHandle();
        int three = (int) add.invokeExact(1, 2);
        // @end
        assertEquals(List.of(3, 2), list);
        assertEquals(new Division(3, 2), division);
        assertEquals(3, three);
    }

    @Test
    void imports() {
        var writer = new ModuleWriter();
        int log = writer.importFunction("env", "log", "i:");
        int now = writer.importFunction("env", "now", ":l");
        writer.importMemory("env", "memory", "00 01");
        writer.export("run", ":l", code -> code.i32(42).call(log).call(now));
        Module module = writer.compile();
        // @start region="imports"
        Imports imports = Imports.builder()
                .function("env", "log", (int value) -> System.out.println(value))
                .function("env", "now", () -> System.nanoTime())
                .memory("env", "memory", Memory.of(1, 10))
                .build();
        Instance instance = module.instantiate(imports);
        // @end
        assertTrue(instance.exports().function("run").callLong() != 0);
    }

    @Test
    void memory() {
        Calculator calculator = Module.compile(file).instantiate().exports().as(Calculator.class);
        // @start region="memory"
        Memory memory = calculator.memory();
        int length = memory.putString(1024, "héllo");
        String text = memory.string(1024, length);
        int first = memory.readInt(1024);                                // little endian, at any address
        // @end
        assertEquals("héllo", text);
        assertEquals(0x6CA9C368, first);
    }

    @Test
    void errors() {
        Function divmod = Module.compile(file).instantiate().exports().function("divmod");
        // @start region="errors"
        try {
            divmod.call(1, 0);
        } catch (RuntimeError trap) {
            System.out.println(trap.kind());                             // INTEGER_DIVIDE_BY_ZERO
            System.out.println(trap.frames().getFirst());                // math.divmod (wasm-function[1]:0x4e)
        }
        // @end
        RuntimeError trap = assertThrows(RuntimeError.class, () -> divmod.call(1, 0));
        assertEquals(RuntimeError.Kind.INTEGER_DIVIDE_BY_ZERO, trap.kind());
        assertEquals("math.divmod (wasm-function[1]:0x4e)", trap.frames().getFirst().toString());
    }
}

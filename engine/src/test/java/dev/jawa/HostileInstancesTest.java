package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules as large as the limits allow, and names nobody would choose. */
class HostileInstancesTest {
    @Test
    void halfAMillionFunctions() {
        var module = new ModuleWriter();
        for (int i = 0; i < 499_999; i++) {
            int number = i;
            module.function(":i", "", code -> code.i32(number));
        }
        module.export("last", ":i", code -> code.call(499_998));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () ->
                assertEquals(499_998, module.compile().instantiate().exports().function("last").callInt()));
    }

    @Test
    void sixtyThousandFunctionsInATable() {
        var module = new ModuleWriter().table('r', "00 E0 D4 03");
        int[] indices = new int[60_000];
        for (int i = 0; i < indices.length; i++) {
            int number = i;
            indices[i] = module.function(":i", "", code -> code.i32(number));
        }
        module.elements(0, indices);
        int type = module.type(":i");
        module.export("call", "i:i", code -> code.get(0).op(Opcode.CALL_INDIRECT, type, 0));
        Function call = module.compile().instantiate().exports().function("call");
        for (int i = 0; i < indices.length; i += 251) {
            assertEquals(i, call.callInt(i));
        }
    }

    @Test
    void thirtyThousandExportsGlobalsAndTypes() {
        var module = new ModuleWriter();
        int count = 30_000;
        for (int i = 0; i < count; i++) {
            int number = i;
            module.global(i % 2 == 0 ? 'i' : 'd', true, code -> {
                if (number % 2 == 0) {
                    code.i32(number);
                } else {
                    code.f64(number);
                }
            });
            if (i % 3 == 0) {
                module.export("g" + i, 3, i);
            }
            module.type(Integer.toString(i, 4).replace('0', 'i').replace('1', 'l').replace('2', 'f')
                    .replace('3', 'd') + ":");
        }
        int last = count - 2;
        module.export("sum", ":i", code -> code.op(Opcode.GLOBAL_GET, 0).op(Opcode.GLOBAL_GET, 4000)
                .op(Opcode.I32_ADD).op(Opcode.GLOBAL_GET, 20_000).op(Opcode.I32_ADD).op(Opcode.GLOBAL_GET, last)
                .op(Opcode.I32_ADD));
        Exports exports = module.compile().instantiate().exports();
        assertEquals(4000 + 20_000 + last, exports.function("sum").callInt());
        assertEquals(29_997.0, exports.global("g29997").value());
        assertEquals(10_001, exports.all().size());
    }

    @Test
    void tenThousandImportsAndMoreTypesThanFields() {
        var module = new ModuleWriter();
        int count = 10_000;
        for (int i = 0; i < count; i++) {
            module.importFunction("env", "f" + i, "i".repeat(i % 100) + ":i");
        }
        module.export("first", ":i", code -> code.call(0));
        module.export("late", ":i", code -> code.call(9900));
        Imports.Builder imports = Imports.builder();
        for (int i = 0; i < count; i++) {
            int number = i;
            imports.function("env", "f" + i, (HostFunction) _ -> number);
        }
        Exports exports = module.compile().instantiate(imports.build()).exports();
        assertEquals(0, exports.function("first").callInt());
        assertEquals(9900, exports.function("late").callInt());
    }

    @Test
    void oddNames() {
        List<String> names = List.of("", " ", "a.b/c;d[e<f>", "<init>", "\u0000", "\uD83D\uDE00", "\u202E", "\n",
                "x".repeat(70_000));
        var module = new ModuleWriter().name("\u0000/;[<");
        for (String name : names) {
            module.export(name, ":", code -> code.op(Opcode.UNREACHABLE));
        }
        int imported = names.size();
        Exports exports = module.compile().instantiate().exports();
        assertEquals(imported, exports.all().size());
        for (String name : names) {
            RuntimeError trap = assertThrows(RuntimeError.class, () -> exports.function(name).call());
            assertNotNull(trap.getStackTrace()[0].toString());
            if (!name.isEmpty()) {
                assertEquals(name, trap.frames().getFirst().function());
            }
        }
    }

    @Test
    void segmentsOutOfBounds() {
        var data = new ModuleWriter().memory("00 00").data(1, new byte[0]);
        assertThrows(RuntimeError.class, () -> data.compile().instantiate());
        var elements = new ModuleWriter().table('r', "00 00").elements(-1);
        assertThrows(RuntimeError.class, () -> elements.compile().instantiate());
        var hugeTable = new ModuleWriter().table('r', "00 FF FF FF FF 0F");
        assertThrows(RuntimeError.class, () -> hugeTable.compile().instantiate());
        var hugeMemory = new ModuleWriter().memory("00 80 80 04");
        assertThrows(RuntimeError.class, () -> hugeMemory.compile().instantiate());
    }

    /** What runs in a JVM with a small heap; prints what it met. */
    static final class SmallHeap {
        private SmallHeap() {
        }

        private static String met(java.util.concurrent.Callable<?> action) {
            try {
                action.call();
                return "fine";
            } catch (WebAssemblyException e) {
                return e instanceof RuntimeError error ? error.kind().toString() : e.getClass().getSimpleName();
            } catch (Throwable e) {
                return e.toString();
            }
        }

        public static void main(String[] arguments) {
            var memory = new ModuleWriter().memory("00 80 20");
            System.out.println(met(() -> memory.compile().instantiate()));
            var table = new ModuleWriter().table('r', "00 80 AD E2 04");
            System.out.println(met(() -> {
                var tables = new ArrayList<Instance>();
                for (int i = 0; i < 10; i++) {
                    tables.add(table.compile().instantiate());
                }
                return tables;
            }));
            System.out.println(met(() -> Memory.of(1).grow(4096)));
            System.out.println(met(() -> Module.compile(Path.of(arguments[0])).instantiate()));
            var small = new ModuleWriter();
            small.export("f", ":i", code -> code.i32(1));
            System.out.println(met(() -> small.compile().instantiate().exports().function("f").callInt()));
        }
    }

    @Test
    void aSmallHeap(@TempDir Path directory) throws IOException, InterruptedException {
        var large = new ModuleWriter();
        for (int i = 0; i < 300_000; i++) {
            large.function(":", "", code -> { });
        }
        Path file = Files.write(directory.resolve("large.wasm"), large.toArray());
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m", "-XX:+UseSerialGC", "-cp", classPath(), SmallHeap.class.getName(), file.toString())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        List<String> lines = output.lines().toList();
        assertEquals("OUT_OF_MEMORY", lines.get(0), output);
        assertEquals("OUT_OF_MEMORY", lines.get(1), output);
        assertEquals("OUT_OF_MEMORY", lines.get(2), output);
        assertEquals("CompileError", lines.get(3), output);
        assertEquals("fine", lines.get(4), output);
    }

    private static String classPath() {
        return List.of(Module.class, HostileInstancesTest.class).stream()
                .map(type -> Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString())
                .collect(java.util.stream.Collectors.joining(System.getProperty("path.separator")));
    }
}

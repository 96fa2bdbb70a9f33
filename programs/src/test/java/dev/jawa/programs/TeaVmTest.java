package dev.jawa.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.js.JsHost;
import dev.jawa.js.JsHost.Mode;
import dev.jawa.js.Permissions;
import dev.jawa.programs.source.Containers;
import dev.jawa.programs.source.Failures;
import dev.jawa.programs.source.Shapes;
import dev.jawa.programs.source.Texts;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.vm.TeaVMOptimizationLevel;

/**
 * Programs in Java that TeaVM has compiled to WebAssembly with garbage collection print what they print on the JVM
 * itself. They run in the JavaScript host, with TeaVM's own runtime in JavaScript.
 */
class TeaVmTest {
    private static final String RUNTIME = "org/teavm/backend/wasm/wasm-gc-module-runtime.js";
    private static final String MAIN = """
            import { readFile } from 'node:fs/promises';
            import { load } from './runtime.mjs';
            const program = await load(await readFile(new URL('program.wasm', import.meta.url)));
            program.exports.main([]);
            """;

    /** A program's main method. */
    private interface Main {
        void run(String[] arguments);
    }

    private record Program(Class<?> type, Main main) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Program> programs() {
        return Stream.of(new Program(Containers.class, Containers::main), new Program(Failures.class, Failures::main),
                new Program(Shapes.class, Shapes::main), new Program(Texts.class, Texts::main));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void printsWhatItPrintsOnTheJvm(Program program, @TempDir Path folder) throws Exception {
        compile(program, folder, TeaVMOptimizationLevel.ADVANCED);
        assertEquals(onTheJvm(program), inWebAssembly(folder));
    }

    private static void compile(Program program, Path folder, TeaVMOptimizationLevel level) throws Exception {
        var tool = new TeaVMTool();
        tool.setTargetType(TeaVMTargetType.WEBASSEMBLY_GC);
        tool.setMainClass(program.type().getName());
        tool.setTargetDirectory(folder.toFile());
        tool.setTargetFileName("program.wasm");
        tool.setClassLoader(TeaVmTest.class.getClassLoader());
        tool.setOptimizationLevel(level);
        tool.setObfuscated(false);
        // With the checks that Java demands.
        tool.setStrict(true);
        tool.generate();
        List<String> problems = tool.getProblemProvider().getSevereProblems().stream().map(Problem::getText).toList();
        assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
        try (InputStream runtime = TeaVMTool.class.getClassLoader().getResourceAsStream(RUNTIME)) {
            Files.write(folder.resolve("runtime.mjs"), runtime.readAllBytes());
        }
        Files.writeString(folder.resolve("main.mjs"), MAIN);
    }

    private static String onTheJvm(Program program) {
        var output = new ByteArrayOutputStream();
        PrintStream previous = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            program.main().run(new String[0]);
        } finally {
            System.setOut(previous);
        }
        return output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String inWebAssembly(Path folder) {
        var output = new ByteArrayOutputStream();
        var error = new ByteArrayOutputStream();
        int exitCode = JsHost.builder().output(new PrintStream(output, true, StandardCharsets.UTF_8))
                .error(new PrintStream(error, true, StandardCharsets.UTF_8)).permissions(Permissions.all()).build()
                .run(folder.resolve("main.mjs"), Mode.MODULE);
        assertEquals("", error.toString(StandardCharsets.UTF_8));
        assertEquals(0, exitCode);
        return output.toString(StandardCharsets.UTF_8);
    }
}

package dev.jawa.binary.dwarf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jawa.Module;
import dev.jawa.RuntimeError;
import dev.jawa.RuntimeError.Frame;
import dev.jawa.binary.ModuleBytes;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps say the lines of source files that debugging information gives. */
class LineTableTest {
    private static final String DIVIDE = """
            __attribute__((noinline)) static int divide(int a, int b) {
                return a / b;
            }

            __attribute__((export_name("run"))) int run(int n) {
                int sum = 0;
                for (int i = n; i >= 0; i--) {
                    sum += divide(100, i);
                }
                return sum;
            }
            """;

    /** Which divides its parameters: the division is the fifth byte of the body, 7 of the section. */
    private static byte[] module(byte[] lines, byte[] lineStrings) {
        var writer = new ModuleWriter();
        writer.export("div", "ii:i", code -> code.get(0).get(1).op(Opcode.I32_DIV_S));
        return ModuleBytes.bytes().add(writer.toArray())
                .section(0, ModuleBytes.bytes().name(".debug_line").add(lines))
                .section(0, ModuleBytes.bytes().name(".debug_line_str").add(lineStrings)).toArray();
    }

    private static RuntimeError trap(byte[] module) {
        var function = Module.compile(module).instantiate().exports().function("div");
        return assertThrows(RuntimeError.class, () -> function.callInt(1, 0));
    }

    private static ModuleBytes little(int size, long value) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        return ModuleBytes.bytes().add(Arrays.copyOf(bytes, size));
    }

    private static ModuleBytes zeroTerminated(String... texts) {
        var bytes = ModuleBytes.bytes();
        for (String text : texts) {
            bytes.add(text.getBytes(StandardCharsets.UTF_8)).add((byte) 0);
        }
        return bytes;
    }

    /** Line 40 from 3 on, line 42 column 9 from 7 on, to 20. */
    private static byte[] program(int file) {
        return ModuleBytes.bytes().hex("00 05 02 03 00 00 00").hex("03 27 01").hex("04").number(file).hex("05 09")
                .hex("03 02 02 04 01").hex("02 0D 00 01 01").toArray();
    }

    private static final String OPERANDS = "00 01 01 01 01 00 00 00 01 00 00 01";

    private static byte[] version4(byte... program) {
        byte[] header = ModuleBytes.bytes().hex("01 01 01 FB 0E 0D").hex(OPERANDS)
                .add(zeroTerminated("src").toArray()).hex("00")
                .add(zeroTerminated("main.c").toArray()).hex("00 00 00")
                .add(zeroTerminated("other.c").toArray()).hex("01 00 00").hex("00").toArray();
        return unit(ModuleBytes.bytes().hex("04 00").add(little(4, header.length).toArray()).add(header).add(program));
    }

    private static byte[] unit(ModuleBytes contents) {
        byte[] bytes = contents.toArray();
        return little(4, bytes.length).add(bytes).toArray();
    }

    private static byte[] version5(boolean wide, byte... program) {
        int offsetSize = wide ? 8 : 4;
        byte[] header = ModuleBytes.bytes().hex("01 01 01 FB 0E 0D").hex(OPERANDS)
                // Directories by .debug_line_str, files by name, number of the directory and a digest.
                .hex("01 01 1F 02").add(little(offsetSize, 0).toArray()).add(little(offsetSize, 5).toArray())
                .hex("03 01 08 02 0B 05 1E 02")
                .add(zeroTerminated("main.rs").toArray()).hex("00").repeat(16, (byte) 7)
                .add(zeroTerminated("lib.rs").toArray()).hex("01").repeat(16, (byte) 8).toArray();
        byte[] rest = ModuleBytes.bytes().hex("05 00 04 00").add(little(offsetSize, header.length).toArray())
                .add(header).add(program).toArray();
        return wide ? ModuleBytes.bytes().hex("FF FF FF FF").add(little(8, rest.length).toArray()).add(rest).toArray()
                : little(4, rest.length).add(rest).toArray();
    }

    private static final byte[] LINE_STRINGS = zeroTerminated("/tmp", "deps").toArray();

    @Test
    void version4NamesFilesByNumbersFromOne() {
        Frame frame = trap(module(version4(program(1)), LINE_STRINGS)).frames().getFirst();
        assertEquals(Optional.of(new RuntimeError.Source("main.c", 42, 9)), frame.source());
        RuntimeError error = trap(module(version4(program(2)), LINE_STRINGS));
        assertEquals("src/other.c", error.frames().getFirst().source().orElseThrow().file());
        assertEquals("wasm.div(other.c:42)", error.getStackTrace()[0].toString());
        assertTrue(error.frames().getFirst().toString()
                .matches("wasm\\.div \\(other\\.c:42:9, wasm-function\\[0]:0x[0-9a-f]+\\)"), error.frames().toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void version5NamesFilesByNumbersFromZero(boolean wide) {
        assertEquals("main.rs:42", place(trap(module(version5(wide, program(0)), LINE_STRINGS))));
        assertEquals("deps/lib.rs:42", place(trap(module(version5(wide, program(1)), LINE_STRINGS))));
    }

    private static String place(RuntimeError error) {
        RuntimeError.Source source = error.frames().getFirst().source().orElseThrow();
        return source.file() + ":" + source.line();
    }

    @Test
    void unitsThatAreBrokenAreSkipped() {
        byte[] lines = ModuleBytes.bytes().add(unit(ModuleBytes.bytes().hex("09 00 01 02 03")))
                .add(unit(ModuleBytes.bytes().hex("05 00 04 00 FF FF FF FF")))
                .add(version4(program(1))).hex("FF FF").toArray();
        assertEquals("main.c:42", place(trap(module(lines, LINE_STRINGS))));
    }

    @Test
    void codeThatWasLeftOutAndCodeWithoutALineHaveNone() {
        byte[] removed = program(1);
        // Linkers give what they leave out the address 0.
        removed[3] = 0;
        assertEquals(Optional.empty(), trap(module(version4(removed), LINE_STRINGS)).frames().getFirst().source());
        assertEquals(Optional.empty(), trap(module(version4(program(9)), LINE_STRINGS)).frames().getFirst().source());
        assertEquals(Optional.empty(), trap(module(new byte[0], LINE_STRINGS)).frames().getFirst().source());
    }

    @Test
    void whateverIsInTheSectionTheTrapIsTheSame() {
        var random = new Random(7);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < 20_000; round++) {
                byte[] lines = round % 2 == 0 ? version4(program(1)) : version5(round % 3 == 0, program(1));
                for (int change = random.nextInt(4); change >= 0; change--) {
                    lines[random.nextInt(lines.length)] = (byte) random.nextInt();
                }
                byte[] cut = random.nextInt(4) > 0 ? lines : Arrays.copyOf(lines, random.nextInt(lines.length));
                assertTrue(LineTable.of(dev.jawa.binary.ModuleDecoder.decode(module(cut, LINE_STRINGS)))
                        .source(80).stream().allMatch(source -> source.line() > 0));
            }
        });
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        assertEquals(RuntimeError.Kind.INTEGER_DIVIDE_BY_ZERO, trap(module(noise, noise)).kind());
    }

    private static boolean exists(String program) {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void whatClangWrites(int version, @TempDir Path folder) throws Exception {
        assumeTrue(exists("clang") && exists("wasm-ld"), "clang and lld are not installed");
        Path source = Files.writeString(folder.resolve("divide.c"), DIVIDE);
        Path module = folder.resolve("divide.wasm");
        assertEquals(0, new ProcessBuilder("clang", "--target=wasm32", "-g", "-gdwarf-" + version, "-O1", "-nostdlib",
                "-Wl,--no-entry", "-o", module.toString(), source.getFileName().toString())
                .directory(folder.toFile()).inheritIO().start().waitFor());
        var run = Module.compile(module).instantiate().exports().function("run");
        var error = assertThrows(RuntimeError.class, () -> run.callInt(3));
        List<String> elements = Arrays.stream(error.getStackTrace()).map(StackTraceElement::toString).toList();
        assertEquals("wasm.divide(divide.c:2)", elements.get(0).replaceFirst("^[^.]*\\.", "wasm."));
        assertEquals("wasm.run(divide.c:8)", elements.get(1).replaceFirst("^[^.]*\\.", "wasm."));
        assertEquals("divide.c", error.frames().getFirst().source().orElseThrow().file());
    }
}

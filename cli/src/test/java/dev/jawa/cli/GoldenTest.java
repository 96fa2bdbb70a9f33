package dev.jawa.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A file is a test. The first lines of each file in {@code src/test/goldens} are commands, behind whatever makes them
 * comments there, as in {@code ;; jawa print %}; {@code %} is the file itself, and {@code < %} at the end makes it the
 * standard input. What they print and how they end is in the file of the same name with {@code .out} at its end.
 * {@code -Djawa.bless=true} writes those files.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/goldens");
    private static final String OUTPUT = ".out";
    private static final String COMMAND = "jawa ";
    private static final String FROM_FILE = " < %";
    private static final boolean BLESS = Boolean.getBoolean("jawa.bless");

    @TestFactory
    List<DynamicTest> goldens() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<DynamicTest> tests = files.filter(file -> !file.toString().endsWith(OUTPUT)).sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file))).toList();
            assertTrue(tests.size() > 10, "goldens are missing");
            return tests;
        }
    }

    private static void run(Path file) throws IOException {
        var actual = new StringBuilder();
        for (String command : commands(file)) {
            actual.append("$ jawa ").append(command).append('\n').append(execute(command, file));
        }
        Path expected = file.resolveSibling(file.getFileName() + OUTPUT);
        if (BLESS) {
            Files.writeString(expected, actual);
        }
        assertEquals(Files.readString(expected), actual.toString());
    }

    private static List<String> commands(Path file) throws IOException {
        var commands = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            int start = (line + " ").indexOf(COMMAND);
            if (start < 0 || start > 3) {
                break;
            }
            commands.add((line + " ").substring(start + COMMAND.length()).strip());
        }
        assertTrue(!commands.isEmpty(), file + " does not begin with a command");
        return commands;
    }

    private static String execute(String command, Path file) throws IOException {
        boolean fromFile = command.endsWith(FROM_FILE);
        String arguments = fromFile ? command.substring(0, command.length() - FROM_FILE.length()) : command;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(fromFile ? Files.readAllBytes(file) : new byte[0]));
        int code;
        try {
            code = new Jawa(new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8))
                    .execute(arguments.isEmpty() ? new String[0] : arguments.replace("%", file.toString()).split(" +"));
        } finally {
            System.setIn(before);
        }
        String errors = text(err.toByteArray(), file);
        return text(out.toByteArray(), file) + (errors.isEmpty() ? "" : errors.replaceAll("(?m)^", "! ")
                .replaceAll("! $", "")) + (code == 0 ? "" : "exit code " + code + "\n");
    }

    /** As text, binary modules in hexadecimal. */
    private static String text(byte[] bytes, Path file) {
        if (bytes.length > 0 && bytes[0] == 0) {
            return HexFormat.ofDelimiter(" ").formatHex(bytes) + "\n";
        }
        return new String(bytes, StandardCharsets.UTF_8).replace(file.toString(), "%");
    }
}

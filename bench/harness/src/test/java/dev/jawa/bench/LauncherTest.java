package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherTest {
    /** What is of no account for what is measured. */
    private static final String ENCODING = "-Dstd";

    @Test
    void theOptionsAreThoseOfTheScript() throws IOException {
        Matcher options = Pattern.compile("java_options='(.*?)'", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../jawa")));
        assertTrue(options.find());
        List<String> script = Arrays.stream(options.group(1).split("\\s+"))
                .filter(option -> !option.startsWith(ENCODING)).sorted().toList();
        assertEquals(script, Launcher.OPTIONS.stream().sorted().toList());
    }
}

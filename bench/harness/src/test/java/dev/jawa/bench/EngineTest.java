package dev.jawa.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Path ROOT = Path.of("../..");

    /** Which of the launcher's options are of no account for what is measured. */
    private static final Pattern OTHER = Pattern.compile("-Xlog.*|-Dstd.*|--sun-misc.*");

    private static Set<String> launcher(Pattern pattern) {
        return Engine.LAUNCHER.stream().filter(option -> pattern.matcher(option).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String find(String file, String expression) throws IOException {
        Matcher matcher = Pattern.compile(expression, Pattern.DOTALL).matcher(Files.readString(ROOT.resolve(file)));
        matcher.find();
        return matcher.group(1);
    }

    @Test
    void theLauncherOpensWhatTheManifestDoes() throws IOException {
        var manifest = new TreeSet<String>();
        for (String name : find("cli/pom.xml", "<Add-Exports>(.*?)</").split(" ")) {
            manifest.add("--add-exports=" + name + "=ALL-UNNAMED");
        }
        for (String name : find("cli/pom.xml", "<Add-Opens>(.*?)</").split(" ")) {
            manifest.add("--add-opens=" + name + "=ALL-UNNAMED");
        }
        assertEquals(manifest, launcher(Pattern.compile("--add.*")));
    }

    @Test
    void theLauncherHasTheOptionsOfTheScript() throws IOException {
        var script = new TreeSet<String>();
        for (String option : find("jawa", "java_options='(.*?)'").split("\\s+")) {
            if (!OTHER.matcher(option).matches()) {
                script.add(option);
            }
        }
        assertEquals(script, launcher(Pattern.compile("-[XD].*")));
    }
}

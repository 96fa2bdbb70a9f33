package dev.jawa.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The comparison for programs that are there already. */
@Command(name = "modules", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Compares the engines on programs for WASI preview 1, each in its own folder, where its input may be. "
                + "What is measured is the time between its calls of bench.start and bench.end if it imports those, as "
                + "Sightglass's programs do, else all of _start.")
final class ModulesBench implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Modules, and folders in which all are run.")
    private List<Path> paths;

    @Mixin
    private Comparison comparison = new Comparison();

    @Override
    public Integer call() throws Exception {
        return comparison.run(Program.modules(paths));
    }
}

package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Module;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa strip}. */
@Command(name = "strip", description = "Removes custom sections from a module; what it does stays the same.",
        footer = {"", "Without options it removes debugging information: .debug_*, the source map's address, and the "
                + "name section."})
final class StripCommand implements Callable<Integer> {
    private static final List<String> DEBUG = List.of("name", "sourceMappingURL", "external_debug_info");
    private static final String DWARF = ".debug_";

    @ParentCommand
    private Jawa jawa;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the module goes; by default the "
            + "standard output.")
    private Optional<Path> output;

    @Option(names = "--all", description = "Removes all custom sections.")
    private boolean all;

    @Option(names = "--keep-names", description = "Keeps the name section, so that stack traces have names.")
    private boolean keepNames;

    @Option(names = "--section", paramLabel = "NAME", description = "Removes the custom sections of a name, and no others "
            + "but those of further --section options.")
    private List<String> names = List.of();

    @Parameters(paramLabel = "FILE", description = "A module, binary or text, - for the standard input.")
    private Path file;

    @Override
    public Integer call() {
        try {
            byte[] module = ModuleFile.readModule(file);
            Module.compile(module);
            ModuleFile.write(output, strip(module, removed()), jawa);
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
        return Jawa.FINE;
    }

    private Predicate<String> removed() {
        Predicate<String> chosen = all ? _ -> true : !names.isEmpty() ? names::contains
                : name -> DEBUG.contains(name) || name.startsWith(DWARF);
        return keepNames ? chosen.and(name -> !name.equals("name")) : chosen;
    }

    private static byte[] strip(byte[] module, Predicate<String> removed) {
        var stripped = new ByteArrayOutputStream();
        int from = 0;
        for (SectionSize section : SectionSize.list(module)) {
            if (section.customName().filter(removed).isPresent()) {
                stripped.write(module, from, section.start() - from);
                from = section.offset() + section.size();
            }
        }
        stripped.write(module, from, module.length - from);
        return stripped.toByteArray();
    }
}

package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.text.Wat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa parse}. */
@Command(name = "parse", description = "Translates a module from the text format to the binary format.",
        footer = {"", "It checks the form of the text only; 'jawa validate' tells whether the module is valid."})
final class ParseCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the binary goes; by default the "
            + "standard output.")
    private Optional<Path> output;

    @Parameters(paramLabel = "FILE", description = "A module in the text format, - for the standard input.")
    private Path file;

    @Override
    public Integer call() {
        byte[] text = ModuleFile.read(file);
        if (ModuleFile.isBinary(text)) {
            throw new FailureException(file + ": this is a binary already; 'jawa print' makes a text of it");
        }
        try {
            ModuleFile.write(output, Wat.encode(Wat.parse(file.toString(), text)), jawa);
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
        return Jawa.FINE;
    }
}

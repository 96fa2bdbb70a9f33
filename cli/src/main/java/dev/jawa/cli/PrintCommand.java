package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa print}. */
@Command(name = "print", description = "Prints a module in the text format; 'jawa parse' reads it back.")
final class PrintCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the text goes; by default the "
            + "standard output.")
    private Optional<Path> output;

    @Option(names = "--function", paramLabel = "NAME", description = "Prints one function only, by its name, an export "
            + "or its index.")
    private Optional<String> function;

    @Option(names = {"-f", "--fold"}, description = "Prints instructions in parentheses, with what gives their operands "
            + "inside them.")
    private boolean folded;

    @Parameters(paramLabel = "FILE", description = "A module, binary or text, - for the standard input.")
    private Path file;

    @Override
    public Integer call() {
        try {
            ModuleModel module = Wat.decode(ModuleFile.readModule(file));
            Wat.Style style = folded ? Wat.Style.FOLDED : Wat.Style.PLAIN;
            if (function.isPresent()) {
                String text = FunctionNames.print(module, function.get(), style, file);
                ModuleFile.write(output, text.getBytes(StandardCharsets.UTF_8), jawa);
            } else {
                ModuleFile.write(output, jawa, target -> Wat.print(module, style, target));
            }
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
        return Jawa.FINE;
    }
}

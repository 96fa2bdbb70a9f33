package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.text.Wat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa inspect}. */
@Command(name = "inspect",
        description = "Shows what is in a module: imports and exports with their types, sections, memories and tables, "
                + "the tools that made it, the features it uses and its largest functions.")
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Option(names = "--functions", description = "Lists all functions in their order, not only the largest.")
    private boolean functions;

    @Option(names = "--compile-plan", description = "Shows instead which functions are cut into several methods of the "
            + "JVM, into what, and why; with --functions all functions, with --json for programs.")
    private boolean compilePlan;

    @Option(names = "--wat", paramLabel = "NAME", description = "Shows one function as text instead, by its name, an "
            + "export or its index.")
    private Optional<String> function;

    @Option(names = {"-f", "--fold"}, description = "With --wat, prints instructions in parentheses, with what gives their "
            + "operands inside them.")
    private boolean folded;

    @Parameters(paramLabel = "FILE", description = "A WebAssembly module, binary or text, - for the standard input.")
    private Path file;

    @Override
    public Integer call() {
        Inspection inspection;
        try {
            byte[] module = ModuleFile.readModule(file);
            if (function.isPresent()) {
                jawa.out().print(FunctionNames.print(Wat.decode(module), function.get(),
                        folded ? Wat.Style.FOLDED : Wat.Style.PLAIN, file));
                jawa.out().flush();
                return Jawa.FINE;
            }
            if (compilePlan) {
                var format = new PlanFormat(Module.compile(module), functions);
                jawa.out().print(json ? format.json() : format.text(file));
                jawa.out().flush();
                return Jawa.FINE;
            }
            inspection = Inspection.of(module, functions);
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
        jawa.out().print(json ? InspectionFormat.json(inspection) : InspectionFormat.text(file, inspection));
        jawa.out().flush();
        return Jawa.FINE;
    }
}

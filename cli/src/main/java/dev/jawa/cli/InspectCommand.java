package dev.jawa.cli;

import dev.jawa.CompileError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code jawa inspect}. */
@Command(name = "inspect",
        description = "Shows a module's imports, exports, sections, the features it uses and its largest functions.")
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Parameters(paramLabel = "FILE", description = "A WebAssembly module, binary or text.")
    private Path file;

    @Override
    public Integer call() {
        Inspection inspection;
        try {
            inspection = Inspection.of(ModuleFile.readModule(file, spec.commandLine()));
        } catch (CompileError error) {
            throw new FailureException(ModuleFile.describe(file, error));
        }
        jawa.out().print(json ? InspectionFormat.json(inspection) : InspectionFormat.text(file, inspection));
        jawa.out().flush();
        return Jawa.FINE;
    }
}

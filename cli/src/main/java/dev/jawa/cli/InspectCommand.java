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

    @Parameters(paramLabel = "FILE", description = "A WebAssembly module in the binary format.")
    private Path file;

    @Override
    public Integer call() {
        byte[] bytes = ModuleFile.read(file, spec.commandLine());
        Inspection inspection;
        try {
            inspection = Inspection.of(bytes);
        } catch (CompileError error) {
            throw new FailureException(file + ": " + error.getMessage());
        }
        jawa.out().print(json ? InspectionFormat.json(inspection) : InspectionFormat.text(file, inspection));
        jawa.out().flush();
        return Jawa.FINE;
    }
}

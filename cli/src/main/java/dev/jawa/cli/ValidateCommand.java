package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code jawa validate}. */
@Command(name = "validate", description = "Says whether files are valid WebAssembly modules, and if not, why.")
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "WebAssembly modules, binary or text.")
    private List<Path> files;

    @Override
    public Integer call() {
        boolean valid = true;
        for (Path file : files) {
            valid &= validate(file);
        }
        return valid ? Jawa.FINE : Jawa.FAILED;
    }

    private boolean validate(Path file) {
        try {
            Module.compile(ModuleFile.readModule(file, spec.commandLine()));
            jawa.out().println(file + ": valid");
            return true;
        } catch (CompileError error) {
            jawa.err().println(ModuleFile.describe(file, error));
            return false;
        }
    }
}

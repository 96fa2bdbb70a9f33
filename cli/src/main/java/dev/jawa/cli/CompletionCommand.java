package dev.jawa.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code jawa completion}. */
@Command(name = "completion", description = "Prints a script that makes bash and zsh complete jawa's commands and options.",
        footer = {"", "In this shell: source <(jawa completion); for all shells, in a file that they read."})
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        jawa.out().print(AutoComplete.bash("jawa", spec.root().commandLine()));
        jawa.out().flush();
        return Jawa.FINE;
    }
}

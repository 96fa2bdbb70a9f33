package dev.jawa.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code jawa manual}: a page for {@code man}, from what {@code --help} tells. */
@Command(name = "manual", description = "Prints the manual page: jawa manual > jawa.1; man ./jawa.1")
final class ManualCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Spec
    private CommandSpec spec;

    private final StringBuilder page = new StringBuilder();

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        page.append(".TH JAWA 1\n.SH NAME\njawa \\- ").append(escape(String.join(" ", root.usageMessage().description())))
                .append("\n.SH SYNOPSIS\n.B jawa\n.I COMMAND\n[OPTIONS] [ARGUMENTS]\n.SH OPTIONS\n");
        root.options().forEach(this::option);
        page.append(".SH COMMANDS\n");
        root.subcommands().values().stream().map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden()).forEach(this::command);
        jawa.out().print(page);
        jawa.out().flush();
        return Jawa.FINE;
    }

    private void command(CommandSpec command) {
        page.append(".SS \"").append(escape(synopsis(command))).append("\"\n");
        paragraph(command.usageMessage().description());
        command.options().stream().filter(option -> !option.inherited()).forEach(this::option);
        command.positionalParameters().forEach(this::parameter);
        if (command.usageMessage().footer().length > 0) {
            page.append(".PP\n");
            paragraph(command.usageMessage().footer());
        }
    }

    private static String synopsis(CommandSpec command) {
        String[] custom = command.usageMessage().customSynopsis();
        return custom.length > 0 ? String.join(" | ", custom)
                : new Help(command, Help.defaultColorScheme(CommandLine.Help.Ansi.OFF)).synopsis(0).strip();
    }

    private void option(OptionSpec option) {
        page.append(".TP\n.B ").append(escape(String.join(", ", option.names())));
        if (option.arity().max() > 0) {
            page.append(escape(" " + option.paramLabel()));
        }
        page.append("\n");
        paragraph(option.description());
    }

    private void parameter(PositionalParamSpec parameter) {
        page.append(".TP\n.I ").append(escape(parameter.paramLabel())).append("\n");
        paragraph(parameter.description());
    }

    private void paragraph(String[] lines) {
        for (String line : lines) {
            if (!line.isBlank()) {
                page.append(escape(line)).append("\n");
            }
        }
    }

    /** What is special to roff, made ordinary. */
    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}

package dev.jawa.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code jawa}. */
@Command(name = "jawa", description = "WebAssembly on the JVM.", versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, ReplCommand.class, ValidateCommand.class, InspectCommand.class, ParseCommand.class,
            PrintCommand.class, StripCommand.class, WastCommand.class, FeaturesCommand.class, CompletionCommand.class,
            ManualCommand.class},
        footer = {"", "'jawa COMMAND --help' tells more about a command."})
public final class Jawa implements Callable<Integer> {
    /** All went well. */
    static final int FINE = 0;
    /** The program failed: it trapped, threw, or is not valid. */
    static final int FAILED = 1;
    /** A WebAssembly program trapped; what a shell says of a program that was aborted. */
    static final int TRAPPED = 134;
    /** The command line makes no sense. */
    static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Shows the version.")
    private boolean version;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Shows the JVM's stack trace of an error.")
    private boolean verbose;

    /**
     * A command line that writes to given streams.
     *
     * @param out gets what was asked for
     * @param err gets messages
     */
    public Jawa(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs a command and gives its exit code: 0, 1 if the program failed, or 2 if the arguments make no sense. */
    public int execute(String... args) {
        // picocli would read the annotations of all commands first, which takes longer than many a program.
        Optional<RunCommand> plain = RunCommand.withoutOptions(this, args);
        return plain.isPresent() ? run(plain.get()) : parse(args);
    }

    private int run(RunCommand command) {
        try {
            return command.call();
        } catch (UsageException misuse) {
            return explain(misuse, "jawa " + RunCommand.NAME);
        } catch (RuntimeException problem) {
            return report(problem);
        }
    }

    private int parse(String... args) {
        var commandLine = new CommandLine(this)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler((error, _) -> explain(error))
                .setExecutionExceptionHandler((error, command, _) -> error instanceof UsageException misuse
                        ? explain(misuse, command.getCommandSpec().qualifiedName()) : report(error))
                .setExpandAtFiles(false);
        // What follows the program's file is the program's own, whatever it looks like.
        commandLine.getSubcommands().get(RunCommand.NAME).setStopAtPositional(true);
        return commandLine.execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Give a command.");
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    private int explain(ParameterException error) {
        CommandLine command = error.getCommandLine();
        complain(error);
        if (!UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            pointToHelp(command.getCommandSpec().qualifiedName());
        }
        return USAGE;
    }

    private int explain(UsageException error, String command) {
        complain(error);
        pointToHelp(command);
        return USAGE;
    }

    private void complain(Throwable error) {
        err.println("jawa: " + Failures.printable(error.getMessage()));
        trace(error);
    }

    private void pointToHelp(String command) {
        err.println("'" + command + " --help' tells how it is used.");
    }

    /** Reports the failure of a program: its own stack trace, and the JVM's if that was asked for. */
    int report(Throwable error) {
        Failures.print(error, err);
        trace(error);
        return FAILED;
    }

    private void trace(Throwable error) {
        if (verbose) {
            error.printStackTrace(err);
        }
    }
}

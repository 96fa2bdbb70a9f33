package dev.jawa.cli;

import dev.jawa.js.JsHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa run}. */
@Command(name = RunCommand.NAME, description = "Runs a JavaScript program or a WebAssembly module.",
        customSynopsis = {
            "jawa run [--script] FILE.js [ARGS]",
            "jawa run [--dir HOST[::GUEST][:ro]] [--env NAME[=VALUE]] [--stdin FILE] [LIMITS] FILE.wasm [ARGS]",
            "jawa run --invoke NAME FILE.wasm [ARGS]"},
        footer = {"", "Exit codes: the program's own, 1 it failed, 2 the command line makes no sense, 134 a WebAssembly "
                + "program trapped or reached a limit."})
final class RunCommand implements Callable<Integer> {
    static final String NAME = "run";

    @ParentCommand
    private Jawa jawa;

    @Option(names = "--invoke", paramLabel = "NAME",
            description = "Calls an exported function of a .wasm file with ARGS, numbers as decimal, 0x hexadecimal, "
                    + "inf or nan, and prints its results, one a line.")
    private Optional<String> function = Optional.empty();

    @Option(names = "--script", description = "Runs the file as a classic script, whose declarations are global.")
    private boolean script;

    @Mixin
    private PermissionOptions permissions = new PermissionOptions();

    @Mixin
    private WasiOptions wasi = new WasiOptions();

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Parameters(index = "0", paramLabel = "FILE",
            description = ".mjs is an ES module, .js what the nearest package.json says (CommonJS if it says nothing), "
                    + ".wasm and .wat a module whose start function or export _start is run.")
    private Path file;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "What the program gets.")
    private List<String> arguments = List.of();

    /** What {@code run FILE [ARGS]} means; empty if there are options, or if it is another command. */
    static Optional<RunCommand> withoutOptions(Jawa jawa, String... words) {
        if (words.length < 2 || !words[0].equals(NAME) || words[1].isEmpty() || words[1].startsWith("-")
                || words[1].indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var command = new RunCommand();
        command.jawa = jawa;
        command.file = Path.of(words[1]);
        command.arguments = List.of(words).subList(2, words.length);
        return Optional.of(command);
    }

    @Override
    public Integer call() {
        ModuleFile.requireExists(file);
        return ModuleFile.isModule(file) ? runModule() : runProgram();
    }

    private int runModule() {
        if (script) {
            throw new UsageException("--script is for JavaScript, " + file + " is a module");
        }
        return new ModuleRunner(file, jawa, wasi, features, limits.limits()).run(function, arguments);
    }

    private int runProgram() {
        if (function.isPresent()) {
            throw new UsageException("--invoke is for .wasm and .wat files, not for " + file);
        } else if (wasi.anyGiven() || limits.anyGiven()) {
            throw new UsageException("--dir, --env, --stdin and limits are for .wasm and .wat files; "
                    + "--allow and --deny say what JavaScript may reach");
        }
        JsHost host = JsHost.builder().input(System.in).output(jawa.out()).error(jawa.err()).arguments(arguments)
                .permissions(permissions.of(file)).build();
        return script ? host.run(file, JsHost.Mode.SCRIPT) : host.run(file);
    }
}

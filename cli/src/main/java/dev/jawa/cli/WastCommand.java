package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.text.script.Outcome;
import dev.jawa.text.script.Script;
import dev.jawa.text.script.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa wast}. */
@Command(name = "wast", description = "Runs test scripts: WebAssembly's official .wast files, or your own.",
        footer = {"", "Exit codes: 0 all passed, 1 something failed, 2 the command line makes no sense."})
final class WastCommand implements Callable<Integer> {
    private static final String EXTENSION = ".wast";
    // The scripts that use up the stack do so sooner with a small one.
    private static final long STACK_BYTES = 4L << 20;

    @ParentCommand
    private Jawa jawa;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Scripts, or folders with scripts in them; - for the "
            + "standard input.")
    private List<Path> paths;

    private final List<Map<String, Object>> failures = new ArrayList<>();
    private int passed;

    @Override
    public Integer call() throws InterruptedException {
        for (Path path : paths) {
            for (Path script : scripts(path)) {
                run(script);
            }
        }
        if (json) {
            var summary = new LinkedHashMap<String, Object>();
            summary.put("passed", passed);
            summary.put("failed", failures.size());
            summary.put("failures", failures);
            jawa.out().print(Json.write(summary));
        } else {
            jawa.out().println(passed + " passed, " + failures.size() + " failed");
        }
        jawa.out().flush();
        return failures.isEmpty() ? Jawa.FINE : Jawa.FAILED;
    }

    private List<Path> scripts(Path path) {
        if (!Files.isDirectory(path)) {
            ModuleFile.requireExists(path);
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(EXTENSION)).sorted().toList();
            if (scripts.isEmpty()) {
                throw new UsageException(path + " holds no " + EXTENSION + " files");
            }
            return scripts;
        } catch (IOException e) {
            throw new FailureException(Failures.describe(e));
        }
    }

    private void run(Path file) throws InterruptedException {
        byte[] text = ModuleFile.read(file);
        var task = new FutureTask<>(() -> ScriptRunner.run(Script.parse(file.toString(), text)));
        var thread = new Thread(null, task, "wast", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            for (Outcome.Result result : task.get()) {
                if (result.outcome() instanceof Outcome.Failed(String reason)) {
                    failed(file, result.command().line(), result.command().keyword(), reason);
                } else {
                    passed++;
                }
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof CompileError error)) {
                throw new IllegalStateException(e.getCause());
            }
            failed(file, 1, "script", error.getMessage());
        }
    }

    private void failed(Path file, int line, String command, String reason) {
        var failure = new LinkedHashMap<String, Object>();
        failure.put("file", file);
        failure.put("line", line);
        failure.put("command", command);
        failure.put("reason", reason);
        failures.add(failure);
        if (!json) {
            jawa.out().println(file + ":" + line + ": " + command + ": " + reason);
        }
    }
}

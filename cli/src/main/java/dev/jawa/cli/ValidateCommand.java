package dev.jawa.cli;

import dev.jawa.CompileError;
import dev.jawa.Module;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code jawa validate}. */
@Command(name = "validate", description = "Says whether files are valid WebAssembly modules, and if not, why.")
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand
    private Jawa jawa;

    @Mixin
    private FeatureOptions features;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "WebAssembly modules, binary or text, - for the standard input.")
    private List<Path> files;

    @Override
    public Integer call() {
        boolean valid = true;
        var results = new ArrayList<Map<String, Object>>();
        for (Path file : files) {
            Optional<CompileError> problem = problem(file);
            valid &= problem.isEmpty();
            if (json) {
                results.add(result(file, problem));
            } else if (problem.isPresent()) {
                jawa.err().println(ModuleFile.describe(file, problem.get()));
            } else {
                jawa.out().println(file + ": valid");
            }
        }
        if (json) {
            jawa.out().print(Json.write(results));
            jawa.out().flush();
        }
        return valid ? Jawa.FINE : Jawa.FAILED;
    }

    private static Map<String, Object> result(Path file, Optional<CompileError> problem) {
        var result = new LinkedHashMap<String, Object>();
        result.put("file", file);
        result.put("valid", problem.isEmpty());
        problem.ifPresent(error -> {
            result.put("error", ModuleFile.describe(file, error));
            error.offset().ifPresent(offset -> result.put("offset", offset));
            error.function().ifPresent(function -> result.put("function", function));
        });
        return result;
    }

    private Optional<CompileError> problem(Path file) {
        try {
            Module.compile(ModuleFile.readModule(file), features.options());
            return Optional.empty();
        } catch (CompileError error) {
            return Optional.of(error);
        }
    }
}

package dev.jawa.bench;

import dev.jawa.Exports;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.wasi.Access;
import dev.jawa.wasi.Wasi;
import java.time.Duration;

/** Jawa; {@code -Dlimits=deadline} and {@code -Dlimits=fuel} give the program limits that it never reaches. */
public final class JawaWorker implements Worker.Engine {
    private JawaWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) {
        Worker.run(new JawaWorker(), arguments);
    }

    @Override
    public Worker.Kernel load(byte[] wasm) {
        Exports exports = new Instance(Module.compile(wasm), Imports.none(), limits()).exports();
        return (export, argument) -> exports.function(export).callInt(argument);
    }

    @Override
    public CommandRun.Command command(byte[] wasm) {
        Module module = Module.compile(wasm);
        return surroundings -> run(module, surroundings);
    }

    private static int run(Module module, CommandRun.Surroundings surroundings) {
        CommandRun.Stopwatch stopwatch = surroundings.stopwatch();
        try (Wasi wasi = Wasi.builder().args(surroundings.name()).dir(surroundings.folder(), ".", Access.READ_WRITE)
                .stdout(surroundings.output()).stderr(surroundings.error()).build()) {
            Imports imports = Imports.builder().add(wasi.imports())
                    .function("bench", "start", stopwatch::start).function("bench", "end", stopwatch::end).build();
            return wasi.start(new Instance(module, imports, limits()));
        }
    }

    private static Limits limits() {
        return switch (System.getProperty("limits", "none")) {
            case "none" -> Limits.none();
            case "deadline" -> Limits.builder().deadline(Duration.ofHours(1)).build();
            case "fuel" -> Limits.builder().fuel(Long.MAX_VALUE - 1).build();
            default -> throw new IllegalArgumentException("-Dlimits=" + System.getProperty("limits"));
        };
    }
}

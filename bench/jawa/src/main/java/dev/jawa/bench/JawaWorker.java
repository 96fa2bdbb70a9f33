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
        if (arguments[0].equals("script")) {
            System.exit(JawaScripts.run(arguments));
        }
        Worker.run(new JawaWorker(), arguments);
    }

    @Override
    public Worker.Kernel load(byte[] wasm) {
        Module module = Module.compile(wasm);
        Exports exports = new Instance(module, Imports.none(), limits()).exports();
        return new Worker.Kernel() {
            @Override
            public int call(String export, int argument) {
                return exports.function(export).callInt(argument);
            }

            @Override
            public void instantiate() {
                new Instance(module, Imports.none(), limits());
            }
        };
    }

    @Override
    public CommandRun.Command command(byte[] wasm) {
        Module module = Module.compile(wasm);
        return surroundings -> {
            CommandRun.Stopwatch stopwatch = surroundings.stopwatch();
            Wasi wasi = Wasi.builder().args(surroundings.name()).dir(surroundings.folder(), ".", Access.READ_WRITE)
                    .stdout(surroundings.output()).stderr(surroundings.error()).build();
            Imports imports = Imports.builder().add(wasi.imports())
                    .function("bench", "start", stopwatch::start).function("bench", "end", stopwatch::end).build();
            Instance instance = new Instance(module, imports, limits());
            return () -> {
                try (wasi) {
                    return wasi.start(instance);
                }
            };
        };
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

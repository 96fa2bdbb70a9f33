package dev.jawa.bench;

import dev.jawa.Exports;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Module;
import java.time.Duration;

/** Jawa; {@code -Dlimits=deadline} and {@code -Dlimits=fuel} give the program limits that it never reaches. */
public final class JawaWorker {
    private JawaWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) throws Exception {
        Worker.run(wasm -> {
            Exports exports = new Instance(Module.compile(wasm), Imports.none(), limits()).exports();
            return (export, argument) -> exports.function(export).callInt(argument);
        }, arguments);
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

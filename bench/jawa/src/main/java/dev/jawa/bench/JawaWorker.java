package dev.jawa.bench;

import dev.jawa.Exports;
import dev.jawa.Instance;
import dev.jawa.Module;

/** Jawa. */
public final class JawaWorker {
    private JawaWorker() {
    }

    /** Runs the worker. */
    public static void main(String... arguments) throws Exception {
        Worker.run(wasm -> {
            Exports exports = new Instance(Module.compile(wasm)).exports();
            return (export, argument) -> exports.function(export).callInt(argument);
        }, arguments);
    }
}

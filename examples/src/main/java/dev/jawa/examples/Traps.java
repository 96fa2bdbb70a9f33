package dev.jawa.examples;

import dev.jawa.Exports;
import dev.jawa.Instance;
import dev.jawa.RuntimeError;
import java.nio.file.Path;

/** What goes wrong inside a module is a RuntimeError that says what and where. */
public final class Traps {
    private Traps() {
    }

    /** Prints the kind of two traps and the function that was running. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Exports math = Instance.of(folder.resolve("math.wasm")).exports();
        report(() -> math.function("div").call(1, 0));
        report(() -> math.function("mean").call(65_536, 1));
    }

    private static void report(Runnable call) {
        try {
            call.run();
        } catch (RuntimeError trap) {
            System.out.println(trap.kind() + " in " + trap.frames().getFirst().function());
        }
    }
}

package dev.jawa.examples;

import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Module;
import java.nio.file.Path;

/** The Java twin of {@code instance.js}: gives a module a function and calls one of its own. */
public final class Simple {
    private Simple() {
    }

    /** Prints 42. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Imports imports = Imports.builder()
                .function("imports", "imported_func", (int arg) -> System.out.println(arg))
                .build();
        Instance instance = new Instance(Module.compile(folder.resolve("simple.wasm")), imports);
        instance.exports().function("exported_func").call();
    }
}

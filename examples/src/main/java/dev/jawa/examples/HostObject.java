package dev.jawa.examples;

import dev.jawa.Imports;
import dev.jawa.Module;
import java.io.PrintStream;
import java.nio.file.Path;

/** An object is a module of host functions: each of its public methods is one. */
public final class HostObject {
    private HostObject() {
    }

    /**
     * What {@code simple.wasm} imports.
     *
     * @param out gets what the module says
     */
    public record Environment(PrintStream out) {
        /** Bound to the import of the same name; its types are checked when the module is instantiated. */
        public void imported_func(int arg) {
            out.println(arg);
        }
    }

    /** Prints 42. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Module.compile(folder.resolve("simple.wasm"))
                .instantiate(Imports.of("imports", new Environment(System.out)))
                .exports().function("exported_func").call();
    }
}

package dev.jawa.examples;

import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.wasi.Access;
import dev.jawa.wasi.Wasi;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a program for WASI with arguments and a folder, and nothing else, in bounds. */
public final class Program {
    private Program() {
    }

    /** Prints what the program writes, and its exit code. */
    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "examples");
        Module module = Module.compile(folder.resolve("hello.wat"));
        Wasi wasi = Wasi.builder()
                .args("hello", "world")
                .dir(folder, "/data", Access.READ_ONLY)
                .stdout(System.out)
                .build();
        Limits limits = Limits.builder().memory(64 << 20).deadline(Duration.ofSeconds(5)).build();
        int exitCode = wasi.run(module, limits);
        System.out.println("exit code " + exitCode);
    }
}

package dev.jawa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jawa.Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Compiles a module in a process of its own, and all its functions to JVM code: {@code CompileWorker MODULE}. */
final class CompileWorker {
    private CompileWorker() {
    }

    /** Prints the milliseconds of both, once each in a new process, as JSON. */
    public static void main(String... arguments) throws Exception {
        byte[] binary = Files.readAllBytes(Path.of(arguments[0]));
        long begin = System.nanoTime();
        Module module = Module.compile(binary);
        long loaded = System.nanoTime();
        int functions = module.compilePlan().functions().size();
        long translated = System.nanoTime();
        System.out.println(new ObjectMapper().writeValueAsString(Map.of("load", (loaded - begin) / 1e6,
                "translate", (translated - loaded) / 1e6, "functions", functions)));
    }
}

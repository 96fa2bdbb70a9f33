package dev.jawa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Jawa as its command line runs: the worker's jar opens what that of the command line does, and there is a cache of classes. */
final class Launcher {
    /** Those of the script {@code jawa}. */
    static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:+UseCountedLoopSafepoints",
            "-XX:LoopStripMiningIter=1000", "-Ddev.jawa.loopSafepoints=true", "-Xlog:aot=off", "-Xlog:cds=off",
            "--sun-misc-unsafe-memory-access=allow");

    private final Path bench;
    private final Path java;
    private final Path target;

    Launcher(Path bench, Path java) {
        this.bench = bench;
        this.java = java;
        target = bench.resolve("jawa/target");
    }

    /** The engine. */
    Engine engine() {
        return new Engine("jawa", command("-XX:AOTCache=" + cache(), Engine.script(bench, "worker.mjs")),
                EnumSet.allOf(Program.Kind.class));
    }

    /** Makes the cache if there is none of these jars: as the script does, by a run of one of the examples. */
    void prepare() throws IOException, InterruptedException {
        if (Files.exists(cache()) && Files.getLastModifiedTime(cache()).compareTo(newestJar()) >= 0) {
            return;
        }
        Files.deleteIfExists(cache());
        var command = new ArrayList<>(command("-XX:AOTCacheOutput=" + cache(),
                bench.resolveSibling("examples").resolve("instance.mjs")));
        command.add("script");
        int code = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        if (code != 0 || !Files.exists(cache())) {
            throw new IOException("no cache of classes: " + String.join(" ", command) + " ended with exit code " + code);
        }
    }

    private Path cache() {
        return target.resolve("worker.aot");
    }

    private FileTime newestJar() throws IOException {
        FileTime newest = Files.getLastModifiedTime(target.resolve("worker.jar"));
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                FileTime time = Files.getLastModifiedTime(jar);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    private List<String> command(String cacheOption, Path script) {
        var command = new ArrayList<>(List.of(java.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of(cacheOption, "-Dworker=" + script, "-jar", target.resolve("worker.jar").toString()));
        return command;
    }
}

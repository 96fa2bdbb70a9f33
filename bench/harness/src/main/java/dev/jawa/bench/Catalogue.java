package dev.jawa.bench;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's own programs, which {@code programs.tsv} lists, and how each is made of its source. */
final class Catalogue {
    private static final String LIST = "programs.tsv";
    /** Stands for an argument where a program has none. */
    private static final String NO_ARGUMENT = "-";
    private static final int OPTIONS = 4;

    private final Path sources;
    private final Path target;
    private final Path packages;

    private Catalogue(Path bench) {
        sources = bench.resolve("programs");
        target = bench.resolve("target/programs");
        packages = bench.resolve("target/node");
    }

    /** All programs; nothing is made yet. */
    static List<Program> programs(Path bench) throws IOException {
        return new Catalogue(bench).read();
    }

    private List<Program> read() throws IOException {
        var programs = new ArrayList<Program>();
        for (String line : Files.readAllLines(sources.resolve(LIST))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                programs.add(program(List.of(line.split("\t+"))));
            }
        }
        return programs;
    }

    /** A row: the group, the name, the source, the argument if it is a kernel, and options of the compiler. */
    private Program program(List<String> row) {
        String group = row.get(0);
        String name = row.get(1);
        String argument = row.get(3);
        Path source = sources.resolve(row.get(2));
        List<String> options = row.subList(OPTIONS, row.size()).stream()
                .map(option -> option.replace("$PACKAGES", packages.resolve("node_modules").toString())).toList();
        String file = source.getFileName().toString();
        String base = file.substring(0, file.lastIndexOf('.'));
        String extension = file.substring(file.lastIndexOf('.') + 1);
        Path module = target.resolve(base + ".wasm");
        Program.Kind kind = argument.equals(NO_ARGUMENT) ? Program.Kind.COMMAND : Program.Kind.KERNEL;
        List<String> call = kind == Program.Kind.KERNEL ? List.of(name, argument) : List.of();
        return switch (extension) {
            case "wat" -> new Program(group, name, kind, module, call, () -> text(source, module));
            case "c" -> new Program(group, name, kind, module, call, () -> clang(kind, source, module, options));
            case "ts" -> new Program(group, name, kind, module, call, () -> assemblyScript(source, module, options));
            case "rs" -> new Program(group, name, kind, module, call, () -> rust(source, module));
            case "mjs" -> {
                // There, since that is where its imports are.
                Path script = packages.resolve(file);
                yield new Program(group, name, Program.Kind.SCRIPT, script, List.of(),
                        () -> Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING));
            }
            default -> throw new IllegalArgumentException("no way to run " + source);
        };
    }

    // ---- recipes

    private void text(Path source, Path module) throws IOException {
        if (isOlder(module, source)) {
            Files.createDirectories(module.getParent());
            Files.write(module, Wat.encode(Files.readString(source)));
        }
    }

    /** A kernel has no C library, so that it is the same code everywhere; a program for WASI has Debian's. */
    private void clang(Program.Kind kind, Path source, Path module, List<String> options)
            throws IOException, InterruptedException {
        if (!isOlder(module, source)) {
            return;
        }
        var command = new ArrayList<>(List.of("clang", "-O2"));
        command.addAll(kind == Program.Kind.KERNEL
                ? List.of("--target=wasm32", "-nostdlib", "-fno-builtin", "-Wl,--no-entry")
                : List.of("--target=wasm32-wasi"));
        command.addAll(List.of("-o", module.toString(), source.toString()));
        command.addAll(options);
        run("clang, lld, wasi-libc and libclang-rt-dev-wasm32", sources, command);
    }

    private void assemblyScript(Path source, Path module, List<String> options) throws IOException, InterruptedException {
        if (!isOlder(module, source)) {
            return;
        }
        var command = new ArrayList<>(List.of(packages.resolve("node_modules/.bin/asc").toString(), source.toString(),
                "--outFile", module.toString(), "-O3", "--use", "abort="));
        command.addAll(options);
        run("Node and npm", sources, command);
    }

    /** By cargo, all at once. */
    private void rust(Path source, Path module) throws IOException, InterruptedException {
        if (!isOlder(module, source)) {
            return;
        }
        Path build = target.resolve("rust");
        // Debian's compiler, even if there is another on the path: it has what is needed for WASI.
        run("cargo, rustc, libstd-rust-dev-wasm32 and the crates that bench/run lists", sources.resolve("rust"),
                List.of("env", "RUSTC=/usr/bin/rustc", "/usr/bin/cargo", "build", "--quiet", "--release", "--target-dir",
                        build.toString()));
        Files.copy(build.resolve("wasm32-wasi/release").resolve(module.getFileName()), module,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void run(String tools, Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("bench", ".log");
        try {
            int code = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start().waitFor();
            if (code != 0) {
                System.err.print(Files.readString(log));
                throw new IOException(String.join(" ", command) + " failed; it needs " + tools);
            }
        } finally {
            Files.delete(log);
        }
    }

    /** Whether a module is to be made: it is older than its source, what lies beside that, or the list. */
    private boolean isOlder(Path module, Path source) throws IOException {
        Files.createDirectories(module.getParent());
        if (!Files.exists(module)) {
            return true;
        }
        FileTime made = Files.getLastModifiedTime(module);
        // The source, or the folder that it shares with others.
        Path beside = sources.resolve(sources.relativize(source).getName(0));
        try (Stream<Path> files = Stream.concat(Stream.of(sources.resolve(LIST), sources.resolve("bench.h")),
                Files.walk(beside))) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}

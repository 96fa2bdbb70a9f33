package dev.jawa.bench;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A benchmark program.
 *
 * @param name as in the tables
 * @param arguments what a worker needs to know, but for how long it takes
 */
record Program(String name, List<String> arguments) {
    private static final String EXTENSION = ".wasm";

    /** An export of a module, of type {@code (i32) -> i32}. */
    static Program kernel(String export, Path module, int argument) {
        return new Program(export, List.of("kernel", module.toString(), export, Integer.toString(argument)));
    }

    /** A program for WASI. */
    static Program command(String name, Path module) {
        return new Program(name, List.of("command", module.toString()));
    }

    /** Modules, and all in folders and those below: by their own names, or by their folder's if they are alone in it. */
    static List<Program> modules(List<Path> paths) throws IOException {
        var programs = new ArrayList<Program>();
        for (Path path : paths) {
            Path root = path.toAbsolutePath().normalize();
            try (Stream<Path> files = Files.walk(root)) {
                Map<Path, List<Path>> folders = files.filter(file -> file.toString().endsWith(EXTENSION)).sorted()
                        .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
                folders.forEach((folder, modules) -> modules.forEach(module -> programs.add(
                        command(modules.size() == 1 && !module.equals(root) ? folder.getFileName().toString()
                                : module.getFileName().toString().replace(EXTENSION, ""), module))));
            }
        }
        return programs;
    }

    /** Compiles the programs that {@code programs.tsv} lists. */
    static List<Program> compile(Path bench) throws IOException, InterruptedException {
        Path sources = bench.resolve("programs");
        Path target = Files.createDirectories(bench.resolve("target/programs"));
        var programs = new ArrayList<Program>();
        for (String line : Files.readAllLines(sources.resolve("programs.tsv"))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\t");
            Path module = target.resolve(fields[0].replaceAll("\\.\\w+$", ".wasm"));
            Path source = sources.resolve(fields[0]);
            boolean current = Files.exists(module)
                    && Files.getLastModifiedTime(module).compareTo(Files.getLastModifiedTime(source)) >= 0;
            if (!current && fields[0].endsWith(".wat")) {
                Files.write(module, Wat.encode(Files.readString(source)));
            } else if (!current) {
                clang(source, module, List.of(fields).subList(3, fields.length));
            }
            programs.add(kernel(fields[1], module, Integer.parseInt(fields[2])));
        }
        return programs;
    }

    private static void clang(Path source, Path module, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("clang", "--target=wasm32", "-O2", "-nostdlib", "-fno-builtin",
                "-Wl,--no-entry"));
        command.addAll(options);
        command.addAll(List.of("-o", module.toString(), source.toString()));
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IOException("clang failed for " + source);
            }
        } catch (IOException e) {
            throw new IOException("cannot compile " + source + ": install clang and lld", e);
        }
    }
}

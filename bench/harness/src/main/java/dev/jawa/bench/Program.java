package dev.jawa.bench;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark program: an export of a module compiled from C or from the text format.
 *
 * @param name the export
 * @param module the compiled module
 * @param argument what the export is called with
 */
record Program(String name, Path module, int argument) {

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
            programs.add(new Program(fields[1], module, Integer.parseInt(fields[2])));
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

package dev.jawa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A benchmark program.
 *
 * @param group of programs that have a mean of their own
 * @param name as in the tables
 * @param kind how it is run
 * @param file the module or script
 * @param parameters what a worker needs to know besides
 * @param recipe makes the file
 */
record Program(String group, String name, Kind kind, Path file, List<String> parameters, Recipe recipe) {
    private static final String EXTENSION = ".wasm";

    /** How a program is run. */
    enum Kind {
        /** By a call of an export of type {@code (i32) -> i32}; the parameters are its name and argument. */
        KERNEL,
        /** As a program for WASI, in the folder of its file. */
        COMMAND,
        /** As a module of JavaScript, whose default export gives a function that is called again and again. */
        SCRIPT
    }

    /** Makes the file of a program, if it is not there or older than what it is made of. */
    @FunctionalInterface
    interface Recipe {
        /** For what is there already. */
        Recipe NONE = () -> {
        };

        /**
         * Makes it.
         *
         * @throws IOException with a message that says what is missing
         */
        void make() throws IOException, InterruptedException;
    }

    /** What a worker is called with, but for how long it is to take. */
    List<String> arguments() {
        var arguments = new ArrayList<>(List.of(kind.name().toLowerCase(Locale.ROOT), file.toString()));
        arguments.addAll(parameters);
        return arguments;
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
                        module(modules.size() == 1 && !module.equals(root) ? folder : module, module))));
            }
        }
        return programs;
    }

    private static Program module(Path named, Path module) {
        return new Program("modules", named.getFileName().toString().replace(EXTENSION, ""), Kind.COMMAND, module, List.of(),
                Recipe.NONE);
    }
}

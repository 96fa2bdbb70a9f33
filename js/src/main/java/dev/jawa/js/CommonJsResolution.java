package dev.jawa.js;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the file that {@code require} means (Node.js, Modules: CommonJS modules, "All together"). */
final class CommonJsResolution {
    private static final List<String> EXTENSIONS = List.of(".js", ".json", ".cjs");

    private CommonJsResolution() {
    }

    /** The file of a relative or absolute path, or of the folder with an index that it names. */
    static Optional<Path> resolve(Path folder, String specifier) {
        Path path = folder.resolve(specifier).normalize();
        if (!specifier.endsWith("/")) {
            Optional<Path> file = asFile(path);
            if (file.isPresent()) {
                return file;
            }
        }
        return asFile(path.resolve("index")).filter(_ -> Files.isDirectory(path));
    }

    private static Optional<Path> asFile(Path path) {
        if (Files.isRegularFile(path)) {
            return Optional.of(path);
        }
        for (String extension : EXTENSIONS) {
            Path file = path.resolveSibling(path.getFileName() + extension);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}

package dev.jawa.js.graal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds what {@code import} names: the part of the module loader that is the host's (ECMA-262 section 16.2.1.10). */
public interface Modules {
    /** What a specifier stands for. */
    sealed interface Resolved {
        /** Equal for what is loaded only once. */
        String key();
    }

    /** An ES module. */
    record SourceFile(String key, Path file) implements Resolved {
    }

    /**
     * An ES module whose text the host has made.
     *
     * @param moduleSource what {@code import source} gives
     * @param instantiate a function that the text finds as {@code import.meta.instantiate}
     */
    record SourceText(String key, Path file, String text, Object moduleSource, Object instantiate)
            implements Resolved {
    }

    /**
     * An ES module that is no file.
     *
     * @param key its URL
     */
    record NamedText(String key, String text) implements Resolved {
    }

    /** A file with JSON. */
    record JsonFile(String key, Path file) implements Resolved {
    }

    /**
     * A module that is no ES module.
     *
     * @param exportNames its exports
     * @param evaluation runs it and gives the values of the exports, in the same order
     */
    record Synthetic(String key, List<String> exportNames, Supplier<List<Object>> evaluation) implements Resolved {
    }

    /**
     * Finds it.
     *
     * @param referrer the file of the code that imports; empty for the host
     * @param source whether the source phase is asked for: {@code import source}
     * @throws RuntimeException a JavaScript error if there is nothing
     */
    Resolved resolve(String specifier, Optional<String> referrer, boolean source);

    /** The URL that {@code import.meta.resolve} gives. */
    String url(String specifier, String referrer);
}

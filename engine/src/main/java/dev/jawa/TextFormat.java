package dev.jawa;

import java.nio.file.Path;

/**
 * Reads the text format, for {@link Module#compile(Path)}. The module {@code dev.jawa.text} provides it as a service, so
 * that having that on the module path or class path is all it takes.
 */
public interface TextFormat {
    /**
     * The binary of a module.
     *
     * @param name of the text in messages
     * @throws CompileError if it is malformed, with the line and the column
     */
    byte[] encode(String name, byte[] text);

    /**
     * The error of a module that was compiled from a text, with its line and its column there if it has one.
     *
     * @param name of the text in messages
     */
    CompileError locate(String name, byte[] text, CompileError error);

    /** Whether a file is a text by its name: {@code .wat}. */
    static boolean isText(Path file) {
        return file.toString().endsWith(".wat");
    }
}

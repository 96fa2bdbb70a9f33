package dev.jawa.text.script;

import dev.jawa.CompileError;
import dev.jawa.text.parser.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A script.
 *
 * @param name of its file, for messages
 * @param commands in order
 */
public record Script(String name, List<Command> commands) {
    public Script {
        commands = List.copyOf(commands);
    }

    /**
     * Reads a script.
     *
     * @throws CompileError if a command is malformed; a module in it may be
     */
    public static Script parse(String name, byte[] text) {
        return new Script(name, ScriptParser.parse(new Source(name, text.clone())));
    }

    /**
     * Reads a script from a file.
     *
     * @throws CompileError as {@link #parse(String, byte[])} does, or if the file cannot be read
     */
    public static Script parse(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CompileError("cannot read " + file + ": " + e, e);
        }
    }
}

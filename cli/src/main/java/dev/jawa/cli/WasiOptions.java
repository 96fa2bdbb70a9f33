package dev.jawa.cli;

import dev.jawa.wasi.Access;
import dev.jawa.wasi.Wasi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a program for WASI is given: no directories and no environment unless options say so. */
final class WasiOptions {
    private static final String SEPARATOR = "::";
    private static final String READ_ONLY = ":ro";

    @Option(names = "--dir", paramLabel = "HOST[::GUEST][:ro]",
            description = "Gives a .wasm program a directory, under another name if there is one; with :ro only to "
                    + "read.")
    private List<String> directories = List.of();

    @Option(names = "--env", paramLabel = "NAME[=VALUE]",
            description = "Gives a .wasm program a variable of the environment; without a value the one that jawa has.")
    private List<String> variables = List.of();

    @Option(names = "--stdin", paramLabel = "FILE", description = "What a .wasm program reads as its input.")
    private Optional<Path> input = Optional.empty();

    boolean anyGiven() {
        return !directories.isEmpty() || !variables.isEmpty() || input.isPresent();
    }

    /**
     * The process of a program.
     *
     * @param stdin to be read if no file was given
     */
    Wasi process(Path program, List<String> arguments, InputStream stdin) {
        var all = new ArrayList<String>();
        all.add(program.getFileName().toString());
        all.addAll(arguments);
        Wasi.Builder builder = Wasi.builder().args(all).inheritStreams().stdin(stdin);
        for (String directory : directories) {
            addDirectory(builder, directory);
        }
        for (String variable : variables) {
            addVariable(builder, variable);
        }
        return builder.build();
    }

    /** Where the program's input comes from. */
    InputStream openInput() {
        if (input.isEmpty()) {
            return System.in;
        }
        try {
            return Files.newInputStream(input.get());
        } catch (IOException e) {
            throw new FailureException("--stdin: " + Failures.describe(e));
        }
    }

    private static void addDirectory(Wasi.Builder builder, String text) {
        boolean readOnly = text.endsWith(READ_ONLY);
        String mapping = readOnly ? text.substring(0, text.length() - READ_ONLY.length()) : text;
        int separator = mapping.indexOf(SEPARATOR);
        String host = separator < 0 ? mapping : mapping.substring(0, separator);
        String guest = separator < 0 ? mapping : mapping.substring(separator + SEPARATOR.length());
        builder.dir(Path.of(host), guest, readOnly ? Access.READ_ONLY : Access.READ_WRITE);
    }

    private void addVariable(Wasi.Builder builder, String text) {
        int separator = text.indexOf('=');
        if (separator == 0) {
            throw new UsageException("--env: a variable needs a name: " + text);
        } else if (separator > 0) {
            builder.env(text.substring(0, separator), text.substring(separator + 1));
        } else if (System.getenv(text) != null) {
            builder.env(text, System.getenv(text));
        } else {
            throw new UsageException("--env: there is no variable " + text + " to pass on");
        }
    }
}

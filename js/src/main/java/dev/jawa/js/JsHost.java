package dev.jawa.js;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs JavaScript programs that use WebAssembly: GraalJS with the {@code WebAssembly} namespace of Jawa's engine, an
 * event loop, {@code console}, timers and {@code fetch}.
 *
 * <pre>{@code
 * int exitCode = JsHost.builder().build().run(Path.of("main.mjs"));
 * }</pre>
 *
 * <p>Or a program stays, and Java talks to it:
 *
 * {@snippet class="dev.jawa.js.JsSessionTest" region="session"}
 *
 * <p>A host is immutable and may be used by several threads; each program it runs has a global object, an event loop
 * and a thread of its own.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface">MDN: WebAssembly</a>
 */
public final class JsHost {
    /** How the source of a program is to be read. */
    public enum Mode {
        /** An ES module: {@code import}, {@code export} and {@code await} at the top level. */
        MODULE,
        /** A CommonJS module as Node.js has it: {@code require}, {@code module}, {@code exports}. */
        COMMONJS,
        /** A classic script, whose declarations are global. */
        SCRIPT;

        /**
         * The mode in which Node.js takes a file: {@code .mjs} is an ES module, {@code .cjs} is CommonJS, and anything
         * else is what the nearest {@code package.json} says with its {@code type}, CommonJS if it says nothing.
         *
         * @see <a href="https://nodejs.org/api/packages.html#determining-module-system">Node.js: Determining module
         *     system</a>
         */
        public static Mode of(Path file) {
            return PackageScope.modeOf(file);
        }
    }

    private final Settings settings;

    private JsHost(Builder builder) {
        this.settings = new Settings(builder.input, builder.output, builder.error, builder.arguments,
                builder.permissions, builder.globals);
    }

    /** Starts with the output streams of this JVM, no input, no arguments and no permissions. */
    public static Builder builder() {
        return new Builder();
    }

    /** Runs a program as Node.js would take its file: see {@link Mode#of}. */
    public int run(Path file) {
        return run(file, Mode.of(file));
    }

    /**
     * Runs a program until it and everything it started (timers, promises, requests) has ended.
     *
     * <p>What the program does not catch, be it thrown or the reason of a rejected promise, ends it and is reported to
     * the error stream with its stack trace.
     *
     * @return the exit code: 0, or 1 after an uncaught error, or what the program gave to {@code process.exit}
     */
    public int run(Path file, Mode mode) {
        return new Program(settings).run(file.toAbsolutePath().normalize(), mode);
    }

    /** Starts a program that Java talks to; its imports are found from the current folder. */
    public JsSession open() {
        return open(Path.of(""));
    }

    /**
     * Starts a program that Java talks to, and does nothing else yet.
     *
     * @param folder from which its imports are found
     */
    public JsSession open(Path folder) {
        return new Program(settings).open(folder.toAbsolutePath().normalize());
    }

    /** Collects what a host is to have. */
    public static final class Builder {
        private PrintStream output = System.out;
        private PrintStream error = System.err;
        private InputStream input = InputStream.nullInputStream();
        private List<String> arguments = List.of();
        private Permissions permissions = Permissions.none();
        private final Map<String, Object> globals = new LinkedHashMap<>();

        private Builder() {
        }

        /** Where {@code console.log} writes to. */
        public Builder output(PrintStream output) {
            this.output = Objects.requireNonNull(output);
            return this;
        }

        /** Where {@code console.error}, {@code console.warn} and reports of uncaught errors go. */
        public Builder error(PrintStream error) {
            this.error = Objects.requireNonNull(error);
            return this;
        }

        /** What follows the program's file in {@code process.argv}. */
        public Builder arguments(List<String> arguments) {
            this.arguments = List.copyOf(arguments);
            return this;
        }

        /** What {@code process.stdin} reads. */
        public Builder input(InputStream input) {
            this.input = Objects.requireNonNull(input);
            return this;
        }

        /** What programs may reach outside of themselves; nothing if this is not called. */
        public Builder permissions(Permissions permissions) {
            this.permissions = Objects.requireNonNull(permissions);
            return this;
        }

        /**
         * A global variable that each program has.
         *
         * @param value what {@link JsValue} says can be given to JavaScript; {@link JsCallable} for a function
         */
        public Builder global(String name, Object value) {
            globals.put(Objects.requireNonNull(name), value);
            return this;
        }

        /** A global function that each program has. */
        public Builder function(String name, JsCallable function) {
            return global(name, Objects.requireNonNull(function));
        }

        /** The host. */
        public JsHost build() {
            return new JsHost(this);
        }
    }
}

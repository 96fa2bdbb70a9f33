package dev.jawa.wasi;

import dev.jawa.Function;
import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.LinkError;
import dev.jawa.Memory;
import dev.jawa.Module;
import dev.jawa.wasi.preview1.DescriptorFunctions;
import dev.jawa.wasi.preview1.DescriptorTable;
import dev.jawa.wasi.preview1.OpenDescriptors;
import dev.jawa.wasi.preview1.PathFunctions;
import dev.jawa.wasi.preview1.PollFunctions;
import dev.jawa.wasi.preview1.Process;
import dev.jawa.wasi.preview1.ProcessExit;
import dev.jawa.wasi.preview1.ProcessFunctions;
import dev.jawa.wasi.preview1.SocketFunctions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One process of the WebAssembly System Interface, preview 1. A program reaches what it is given here and nothing else:
 * no files unless a {@linkplain Builder#dir directory} is, no environment, no network; its input is empty and its
 * output thrown away unless there are streams for them.
 *
 * {@snippet class="dev.jawa.wasi.WasiTest" region="run"}
 *
 * <p>One program runs in a process, by one thread at a time. {@link #close} closes what it has left open; {@link #run}
 * does so by itself.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">WASI preview 1</a>
 */
public final class Wasi implements AutoCloseable {
    /** The module that programs import the functions from. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private static final String EARLIER_MODULE = "wasi_unstable";
    private static final String START = "_start";
    private static final String INITIALIZE = "_initialize";

    private final DescriptorTable descriptors;
    private final Process process;
    private final Imports imports;

    private Wasi(Builder builder) {
        descriptors = new DescriptorTable();
        builder.openDescriptors(descriptors);
        process = new Process(builder.arguments,
                builder.environment.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
                builder.clock, builder.monotonicClock, builder.random, descriptors,
                Optional.empty());
        Imports.Builder functions = Imports.builder();
        for (Object part : parts(process)) {
            functions.module(MODULE, part);
        }
        imports = functions.build();
    }

    private static List<Object> parts(Process process) {
        return List.of(new ProcessFunctions(process), new DescriptorFunctions(process), new PathFunctions(process),
                new PollFunctions(process), new SocketFunctions(process));
    }

    /** A process with nothing but what is said. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a module is written for WASI preview 1. */
    public static boolean isNeededBy(Module module) {
        return module.imports().stream().anyMatch(i -> i.module().equals(MODULE));
    }

    /** The functions, to be combined with others by {@link Imports.Builder#add}. */
    public Imports imports() {
        return imports;
    }

    /**
     * The functions by their names, for who imports them before there is an instance.
     *
     * @param memory asked at every call for the memory of the guest
     */
    public Map<String, Function> functions(Supplier<Memory> memory) {
        return LateFunctions.of(parts(process.withMemory(memory)));
    }

    /**
     * Runs a program to its end.
     *
     * @return its exit code, 0 if it ended without one
     * @throws LinkError if it has no {@code _start}, or imports something else
     * @throws dev.jawa.RuntimeError if it traps
     */
    public int run(Module module) {
        return run(module, Limits.none());
    }

    /**
     * Runs a program to its end, unless it reaches a limit.
     *
     * @return its exit code, 0 if it ended without one
     * @throws LinkError if it has no {@code _start}, or imports something else
     * @throws dev.jawa.RuntimeError if it traps, or reaches a limit
     */
    public int run(Module module, Limits limits) {
        checkVersion(module);
        try (this) {
            return start(new Instance(module, imports, limits));
        } catch (ProcessExit exit) {
            // Even its start section may end a program.
            return exit.code();
        }
    }

    private static void checkVersion(Module module) {
        if (module.imports().stream().anyMatch(i -> i.module().equals(EARLIER_MODULE))) {
            throw new LinkError("the module needs " + EARLIER_MODULE + ", a draft of WASI from 2019: build it again"
                    + " with a current toolchain");
        }
    }

    /**
     * Runs the program that an instance is, made with {@link #imports}, to its end.
     *
     * @return its exit code, 0 if it ended without one
     * @throws LinkError if it has no {@code _start}
     * @throws dev.jawa.RuntimeError if it traps
     */
    public int start(Instance instance) {
        if (!(instance.exports().all().get(START) instanceof Function start)) {
            throw new LinkError("the module is no program: it exports no function " + START);
        }
        return exitCode(start);
    }

    /**
     * Makes ready a library for WASI, a <em>reactor</em>, by its function {@code _initialize} if it has one.
     *
     * @return the exit code if it ended, else 0
     */
    public int initialize(Instance instance) {
        return instance.exports().all().get(INITIALIZE) instanceof Function initialize ? exitCode(initialize) : 0;
    }

    private int exitCode(Function function) {
        return run(() -> function.call());
    }

    /**
     * Calls functions of an instance made with {@link #imports}.
     *
     * @return the exit code if they ended the program, else 0
     */
    public int run(Runnable calls) {
        try {
            calls.run();
            return 0;
        } catch (ProcessExit exit) {
            return exit.code();
        }
    }

    /** Closes all files that the program has left open. Streams and sockets of the host stay open. */
    @Override
    public void close() {
        try {
            descriptors.close();
        } catch (IOException _) {
            // Nothing was lost: what was written has been handed to the operating system.
        }
    }

    /** Says what a process has. */
    public static final class Builder {
        private record Preopen(Path host, String guest, Access access) {
        }

        private List<String> arguments = List.of("program");
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Preopen> directories = new ArrayList<>();
        private final List<AutoCloseable> sockets = new ArrayList<>();
        private InputStream input = InputStream.nullInputStream();
        private OutputStream output = OutputStream.nullOutputStream();
        private OutputStream error = OutputStream.nullOutputStream();
        private boolean terminal;
        private InstantSource clock = InstantSource.system();
        private LongSupplier monotonicClock = System::nanoTime;
        private RandomGenerator random = SystemRandom.INSTANCE;

        private Builder() {
        }

        /** The program's name and its arguments. */
        public Builder args(String... all) {
            return args(List.of(all));
        }

        /** The program's name and its arguments. */
        public Builder args(List<String> all) {
            arguments = List.copyOf(all);
            return this;
        }

        /** A variable of the environment. */
        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * A directory of the host, and everything below it.
         *
         * @param host of any file system that has secure directories, as Linux, macOS and Jimfs have
         * @param guest the path at which the program finds it, such as {@code /} or {@code /data}
         */
        public Builder dir(Path host, String guest, Access access) {
            directories.add(new Preopen(host, guest, access));
            return this;
        }

        /** A connection, with the lowest number after the directories. */
        public Builder socket(SocketChannel socket) {
            sockets.add(socket);
            return this;
        }

        /** A socket to accept connections from, with the lowest number after the directories. */
        public Builder socket(ServerSocketChannel socket) {
            sockets.add(socket);
            return this;
        }

        /** Standard input. */
        public Builder stdin(InputStream stream) {
            input = java.util.Objects.requireNonNull(stream);
            return this;
        }

        /** Standard output; flushed after each write. */
        public Builder stdout(OutputStream stream) {
            output = java.util.Objects.requireNonNull(stream);
            return this;
        }

        /** Standard error; flushed after each write. */
        public Builder stderr(OutputStream stream) {
            error = java.util.Objects.requireNonNull(stream);
            return this;
        }

        /** The streams of this JVM. */
        public Builder inheritStreams() {
            terminal = System.console() != null && System.console().isTerminal();
            return stdin(System.in).stdout(System.out).stderr(System.err);
        }

        /** The clock on the wall, another one for results that can be repeated. */
        public Builder clock(InstantSource source) {
            clock = java.util.Objects.requireNonNull(source);
            return this;
        }

        /** The clock that never goes back, in nanoseconds. What a program sleeps is measured by the JVM's own. */
        public Builder monotonicClock(LongSupplier nanoseconds) {
            monotonicClock = java.util.Objects.requireNonNull(nanoseconds);
            return this;
        }

        /** Where random numbers come from; by default good enough for keys. */
        public Builder random(RandomGenerator generator) {
            random = java.util.Objects.requireNonNull(generator);
            return this;
        }

        /**
         * The process.
         *
         * @throws LinkError if a directory cannot be opened
         */
        public Wasi build() {
            return new Wasi(this);
        }

        private void openDescriptors(DescriptorTable table) {
            var open = new OpenDescriptors(table);
            try {
                open.streams(input, output, error, terminal);
                for (Preopen preopen : directories) {
                    open.directory(preopen.host(), preopen.guest(), preopen.access() == Access.READ_ONLY);
                }
                for (AutoCloseable socket : sockets) {
                    open.socket(socket);
                }
            } catch (LinkError e) {
                open.closeAll();
                throw e;
            }
        }
    }
}

package dev.jawa;

import dev.jawa.runtime.ExceptionInstance;
import dev.jawa.runtime.InstanceState;
import dev.jawa.runtime.Instantiation;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.Traps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An instance of a module: its code with memories, tables and globals of its own.
 *
 * <p>One thread may use an instance at a time, together with all instances it is linked to; a second one gets a
 * {@link RuntimeError} of the kind {@link RuntimeError.Kind#CONCURRENT_ENTRY}.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Instance">MDN:
 *     WebAssembly.Instance</a>
 */
public final class Instance {
    private final Module module;
    private final ModuleInstance instance;
    // How it was made, for copies of it.
    private final Function<Instance, List<Extern>> imports;
    private final Limits limits;

    /** An instance of a module that imports nothing. */
    public Instance(Module module) {
        this(module, Imports.none());
    }

    /**
     * An instance of a module.
     *
     * @throws LinkError if an import is missing or of another type
     * @throws RuntimeError if the start function or a segment traps
     */
    public Instance(Module module, Imports imports) {
        this(module, imports, Limits.none());
    }

    /**
     * An instance of a module that may use so much and no more.
     *
     * @throws LinkError if an import is missing or of another type
     * @throws RuntimeError if the start function or a segment traps, or the limits do not allow what it has
     */
    public Instance(Module module, Imports imports, Limits limits) {
        this.module = module;
        this.imports = self -> imports.resolve(module, self);
        this.limits = limits;
        this.instance = allocate(Optional.empty());
        // Only now, since a host function that the start function calls may ask for this instance's exports.
        Instantiation.start(instance);
    }

    /**
     * An instance with its imports given one by one, in the order of {@link Module#imports()}.
     *
     * @throws LinkError if there are too few or too many, or one is of another type
     * @throws RuntimeError if the start function or a segment traps
     */
    public Instance(Module module, List<Extern> imports) {
        this(module, imports, Limits.none());
    }

    /**
     * An instance with its imports given one by one that may use so much and no more.
     *
     * @throws LinkError if there are too few or too many, or one is of another type
     * @throws RuntimeError if the start function or a segment traps, or the limits do not allow what it has
     */
    public Instance(Module module, List<Extern> imports, Limits limits) {
        this.module = module;
        List<Extern> given = List.copyOf(imports);
        this.imports = _ -> given;
        this.limits = limits;
        this.instance = allocate(Optional.empty());
        Instantiation.start(instance);
    }

    /** A copy of an instance that had a state. */
    Instance(Instance original, Limits limits, InstanceState state) {
        module = original.module;
        imports = original.imports;
        this.limits = limits;
        instance = allocate(Optional.of(state));
    }

    private ModuleInstance allocate(Optional<InstanceState> state) {
        try {
            List<Extern> given = imports.apply(this);
            return state.isPresent() ? module.compiled().instantiate(this, given, limits, state.get())
                    : module.compiled().instantiate(this, given, limits);
        } catch (ExceptionInstance refusal) {
            // What the callback that is asked about growth has thrown.
            throw Traps.unchecked(Traps.translate(refusal));
        } catch (OutOfMemoryError _) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "no room for an instance in the JVM's heap");
        }
    }

    /** Compiles and instantiates a module that imports nothing. */
    public static Instance of(Path file) {
        return new Instance(Module.compile(file));
    }

    /** What it exports. */
    public Exports exports() {
        return instance.exports();
    }

    /** The module it is an instance of. */
    public Module module() {
        return module;
    }

    /**
     * Stops what runs in it, or in an instance that it is linked to, with a {@link RuntimeError} of the kind
     * {@link RuntimeError.Kind#INTERRUPTED}; if nothing runs, nothing happens. Any thread may call this. It works for
     * instances with limits that make their code check for it: {@link Limits.Builder#interruptible()}, a deadline or
     * fuel. The thread is interrupted too, so that host functions that wait come back.
     */
    public void interrupt() {
        instance.interrupt();
    }

    /**
     * Its state now: the contents of the memories, tables and globals that the module defines, and which segments have
     * been dropped. A snapshot makes {@linkplain Snapshot#instantiate() copies} of the instance, or brings it
     * {@linkplain #restore back}.
     *
     * @throws RuntimeError of the kind {@code CONCURRENT_ENTRY} if a call of it is running; of the kind
     *     {@code TYPE_MISMATCH} if it has something that cannot be copied: a memory that threads share, a continuation or
     *     an exception as a value; of the kind {@code OUT_OF_MEMORY} if there is no room for it
     */
    public Snapshot snapshot() {
        return Snapshot.of(this, copied(() -> InstanceState.of(instance)));
    }

    /**
     * Gives it the state that a snapshot holds, and as much fuel as its limits say.
     *
     * @param snapshot of an instance of the same module
     * @throws RuntimeError of the kind {@code CONCURRENT_ENTRY} if a call of it is running; of the kind
     *     {@code LIMIT_EXCEEDED} if its limits do not allow what it would have
     * @throws IllegalArgumentException if the snapshot is of another module
     */
    public void restore(Snapshot snapshot) {
        if (snapshot.module() != module) {
            throw new IllegalArgumentException("the snapshot is of an instance of another module");
        }
        copied(() -> {
            snapshot.state().restore(instance);
            return instance;
        });
        limits.fuel().ifPresent(instance::fuel);
    }

    private static <R> R copied(Supplier<R> work) {
        try {
            return work.get();
        } catch (OutOfMemoryError _) {
            throw new RuntimeError(RuntimeError.Kind.OUT_OF_MEMORY, "no room for a copy in the JVM's heap");
        }
    }

    /** What it may use. */
    Limits limits() {
        return limits;
    }

    /** Whether it shares what can change with whoever gave it its imports. */
    boolean isLinked() {
        return instance.isLinked();
    }

    /** How many instructions it may still execute: what is left of {@link Limits.Builder#fuel}. */
    public long fuel() {
        return instance.fuel();
    }

    /** Sets how many instructions it may execute from now on, together with all that it is linked to. */
    public void fuel(long instructions) {
        if (instructions < 0) {
            throw new IllegalArgumentException("fuel cannot be " + instructions);
        }
        instance.fuel(instructions);
    }
}

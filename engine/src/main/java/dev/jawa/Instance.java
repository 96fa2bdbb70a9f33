package dev.jawa;

import dev.jawa.runtime.Instantiation;
import dev.jawa.runtime.ModuleInstance;
import java.nio.file.Path;
import java.util.List;

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
        this.module = module;
        this.instance = allocate(imports.resolve(module, this));
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
        this.module = module;
        this.instance = allocate(List.copyOf(imports));
        Instantiation.start(instance);
    }

    private ModuleInstance allocate(List<Extern> imports) {
        try {
            return module.compiled().instantiate(this, imports);
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
}

package dev.jawa;

import dev.jawa.compile.CompiledModule;
import dev.jawa.model.ModuleModel;
import dev.jawa.validate.ModuleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A compiled module: validated code without state. It is immutable; threads and instances share it freely.
 *
 * <p>Import it by its name, {@code import dev.jawa.Module;}, since {@code java.lang.Module} exists too.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Module">MDN:
 *     WebAssembly.Module</a>
 */
public final class Module {
    private final CompiledModule compiled;

    private Module(CompiledModule compiled) {
        this.compiled = compiled;
    }

    /**
     * Compiles a module from its binary format.
     *
     * @param bytes copied, so that later changes to the array do no harm
     * @throws CompileError if it is malformed or invalid
     */
    public static Module compile(byte[] bytes) {
        return of(ModuleValidator.decode(bytes.clone()));
    }

    /**
     * Compiles a module from a file.
     *
     * @throws CompileError if it is malformed or invalid or cannot be read
     */
    public static Module compile(Path file) {
        try {
            return of(ModuleValidator.decode(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new CompileError("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Compiles a module while its bytes arrive.
     *
     * @param bytes read to the end, and not closed
     * @throws CompileError if it is malformed or invalid or cannot be read
     */
    public static Module compile(InputStream bytes) {
        var streaming = new StreamingCompilation();
        byte[] chunk = new byte[64 * 1024];
        try {
            for (int count; (count = bytes.read(chunk)) >= 0;) {
                streaming.push(chunk, 0, count);
            }
        } catch (IOException e) {
            streaming.abort();
            throw new CompileError("cannot read the module: " + e, e);
        }
        return streaming.finish();
    }

    /** A module that has been validated. */
    static Module of(ModuleModel model) {
        return new Module(new CompiledModule(model));
    }

    /** A new instance of a module that imports nothing. */
    public Instance instantiate() {
        return new Instance(this);
    }

    /**
     * A new instance.
     *
     * @throws LinkError if an import is missing or of another type
     * @throws RuntimeError if the start function or a segment traps
     */
    public Instance instantiate(Imports imports) {
        return new Instance(this, imports);
    }

    /** What it imports, in order. */
    public List<ImportDescriptor> imports() {
        return compiled.imports();
    }

    /** What it exports, in order. */
    public List<ExportDescriptor> exports() {
        return compiled.exports();
    }

    /** The contents of all custom sections of a name, each a copy. */
    public List<byte[]> customSections(String name) {
        return model().customSections().stream()
                .filter(section -> section.name().equals(name))
                .map(section -> section.contents().toArray())
                .toList();
    }

    /** The name that the module's name section gives it. */
    public Optional<String> name() {
        return compiled.names().module();
    }

    /** All that the binary says. */
    public ModuleModel model() {
        return compiled.model();
    }

    CompiledModule compiled() {
        return compiled;
    }
}

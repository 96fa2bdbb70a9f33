package dev.jawa;

import dev.jawa.compile.CompiledModule;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExternalFunctionType;
import dev.jawa.model.Feature;
import dev.jawa.model.Import;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.StructType;
import dev.jawa.validate.FeatureScan;
import dev.jawa.validate.ModuleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

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
        return compile(bytes, CompileOptions.none());
    }

    /**
     * Compiles a module from its binary format.
     *
     * @param bytes copied, so that later changes to the array do no harm
     * @throws CompileError if it is malformed or invalid, or imports something else than what the options say
     */
    public static Module compile(byte[] bytes, CompileOptions options) {
        byte[] copy;
        try {
            copy = bytes.clone();
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
        return compileCopied(copy, options);
    }

    /** Compiles bytes that nobody else can change. */
    static Module compileCopied(byte[] bytes, CompileOptions options) {
        try {
            return of(ModuleValidator.decode(bytes), options);
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
    }

    private static Module compileText(Path file, byte[] text, CompileOptions options) {
        TextFormat format = ServiceLoader.load(TextFormat.class, Module.class.getClassLoader()).findFirst()
                .orElseThrow(() -> new CompileError(file + " is a text: dev.jawa.text (jawa-text) has to be there to read"
                        + " it"));
        byte[] module = format.encode(file.toString(), text);
        try {
            return compileCopied(module, options);
        } catch (CompileError error) {
            throw format.locate(file.toString(), text, error);
        }
    }

    private static CompileError tooLarge(OutOfMemoryError cause) {
        return new CompileError("the module is too large for the JVM's heap", cause);
    }

    /**
     * Compiles a module from a file, which may be a text if its name ends in {@code .wat} and the module
     * {@code dev.jawa.text} is there.
     *
     * @throws CompileError if it is malformed or invalid or cannot be read
     */
    public static Module compile(Path file) {
        return compile(file, CompileOptions.none());
    }

    /**
     * Compiles a module from a file, which may be a text if its name ends in {@code .wat} and the module
     * {@code dev.jawa.text} is there.
     *
     * @throws CompileError if it is malformed or invalid, imports something else than what the options say, or cannot
     *     be read
     */
    public static Module compile(Path file, CompileOptions options) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return TextFormat.isText(file) ? compileText(file, bytes, options) : compileCopied(bytes, options);
        } catch (IOException e) {
            throw new CompileError("cannot read " + file + ": " + e, e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(e);
        }
    }

    /**
     * Compiles a module while its bytes arrive.
     *
     * @param bytes read to the end, and not closed
     * @throws CompileError if it is malformed or invalid or cannot be read
     */
    public static Module compile(InputStream bytes) {
        return compile(bytes, CompileOptions.none());
    }

    /**
     * Compiles a module while its bytes arrive.
     *
     * @param bytes read to the end, and not closed
     * @throws CompileError if it is malformed or invalid, imports something else than what the options say, or cannot
     *     be read
     */
    public static Module compile(InputStream bytes, CompileOptions options) {
        var streaming = new StreamingCompilation(options);
        byte[] chunk = new byte[64 * 1024];
        try {
            for (int count; (count = bytes.read(chunk)) >= 0;) {
                streaming.push(chunk, 0, count);
            }
            return streaming.finish();
        } catch (IOException e) {
            streaming.abort();
            throw new CompileError("cannot read the module: " + e, e);
        } catch (OutOfMemoryError e) {
            streaming.abort();
            throw tooLarge(e);
        }
    }

    /** A module that has been validated. */
    static Module of(ModuleModel model, CompileOptions options) {
        if (options.features().size() < Feature.values().length) {
            for (Feature feature : FeatureScan.of(model)) {
                if (!options.features().contains(feature)) {
                    throw new CompileError("the module uses " + feature.title() + ", which is disabled");
                }
            }
        }
        return new Module(new CompiledModule(model, options));
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

    /** What it has to be given, in order: its imports, without those that its {@link CompileOptions} answer. */
    public List<ImportDescriptor> imports() {
        return compiled.imports();
    }

    /**
     * The type of a function that it imports, with the recursive group and the supertypes that a {@code FunctionType}
     * does not tell.
     *
     * @param index in {@link #imports()}
     * @throws LinkError if that is no function
     */
    public DefinedType importedFunctionType(int index) {
        List<Import> wanted = compiled.wantedImports();
        if (index >= 0 && index < wanted.size()
                && wanted.get(index).type() instanceof ExternalFunctionType(int typeIndex, _)) {
            return type(typeIndex);
        }
        throw new LinkError("import " + index + " is no function");
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

    /**
     * A type that the module defines. Equal types of all modules are one object.
     *
     * @param index in the module's type section, from 0
     * @throws LinkError if it has no such type
     */
    public DefinedType type(int index) {
        int count = model().spaces().types().size();
        if (index < 0 || index >= count) {
            throw new LinkError("the module has " + count + " types, no type " + index);
        }
        return compiled.definedType(index);
    }

    /**
     * The type that the name section gives a name.
     *
     * @throws LinkError if it names no type so
     */
    public DefinedType type(String name) {
        return type(typeIndex(name));
    }

    /**
     * A struct type with the names of its fields.
     *
     * @param index in the module's type section, from 0
     * @throws LinkError if it has no such type, or that is no struct type
     */
    public StructDefinition struct(int index) {
        if (!(type(index).type() instanceof StructType(var fields))) {
            throw new LinkError("type " + index + " is a " + type(index));
        }
        var names = new LinkedHashMap<Integer, String>();
        for (int i = 0; i < fields.size(); i++) {
            int field = i;
            compiled.names().field(index, i).ifPresent(name -> names.put(field, name));
        }
        return new StructDefinition(type(index), names);
    }

    /**
     * The struct type that the name section gives a name, with the names of its fields.
     *
     * @throws LinkError if it names no struct type so
     */
    public StructDefinition struct(String name) {
        return struct(typeIndex(name));
    }

    private int typeIndex(String name) {
        int count = model().spaces().types().size();
        for (int i = 0; i < count; i++) {
            if (compiled.names().type(i).filter(name::equals).isPresent()) {
                return i;
            }
        }
        throw new LinkError("no type is named " + name);
    }

    /** The features that it uses, and a platform has to support to run it. */
    public Set<Feature> features() {
        return FeatureScan.of(model());
    }

    /** All that the binary says. */
    public ModuleModel model() {
        return compiled.model();
    }

    /**
     * What becomes of the functions, which takes as long as translating all of them. It does not change with what has
     * been called.
     */
    public CompilePlan compilePlan() {
        return compiled.plan();
    }

    CompiledModule compiled() {
        return compiled;
    }
}

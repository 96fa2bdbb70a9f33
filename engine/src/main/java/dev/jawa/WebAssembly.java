package dev.jawa;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * The functions of JavaScript's {@code WebAssembly} namespace. The asynchronous ones work on a virtual thread;
 * their futures fail with what the constructors of {@link Module} and {@link Instance} throw.
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface">MDN: WebAssembly</a>
 */
public final class WebAssembly {
    private WebAssembly() {
    }

    /**
     * A module and its first instance.
     *
     * @param module the compiled module
     * @param instance its instance
     */
    public record InstantiatedSource(Module module, Instance instance) {
    }

    /** Whether the bytes are a valid module. */
    public static boolean validate(byte[] bytes) {
        return validate(bytes, CompileOptions.none());
    }

    /** Whether the bytes are a valid module whose imports are of the types that the options say. */
    public static boolean validate(byte[] bytes, CompileOptions options) {
        try {
            Module.compile(bytes, options);
            return true;
        } catch (CompileError _) {
            return false;
        }
    }

    /** Compiles a module. */
    public static CompletableFuture<Module> compile(byte[] bytes) {
        return compile(bytes, CompileOptions.none());
    }

    /** Compiles a module. */
    public static CompletableFuture<Module> compile(byte[] bytes, CompileOptions options) {
        byte[] copy = bytes.clone();
        return start(() -> Module.compileCopied(copy, options));
    }

    /** Compiles a module while its bytes arrive; the stream is not closed. */
    public static CompletableFuture<Module> compileStreaming(InputStream bytes) {
        return compileStreaming(bytes, CompileOptions.none());
    }

    /** Compiles a module while its bytes arrive; the stream is not closed. */
    public static CompletableFuture<Module> compileStreaming(InputStream bytes, CompileOptions options) {
        return start(() -> Module.compile(bytes, options));
    }

    /** Compiles and instantiates a module. */
    public static CompletableFuture<InstantiatedSource> instantiate(byte[] bytes, Imports imports) {
        return compile(bytes).thenApply(module -> instantiated(module, imports));
    }

    /** Instantiates a module. */
    public static CompletableFuture<Instance> instantiate(Module module, Imports imports) {
        return start(() -> new Instance(module, imports));
    }

    /** Compiles a module while its bytes arrive, then instantiates it; the stream is not closed. */
    public static CompletableFuture<InstantiatedSource> instantiateStreaming(InputStream bytes, Imports imports) {
        return compileStreaming(bytes).thenApply(module -> instantiated(module, imports));
    }

    private static InstantiatedSource instantiated(Module module, Imports imports) {
        return new InstantiatedSource(module, new Instance(module, imports));
    }

    private static <T> CompletableFuture<T> start(java.util.function.Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().name("jawa").start(task));
    }
}

package dev.jawa;

import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.runtime.BuiltinFunction;
import dev.jawa.runtime.HostFunctions;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Functions of the host that are known when a module is compiled. Code calls them directly, and the JVM can inline them:
 * a call costs what a call within Java costs. Modules that import them need not be given them. Immutable.
 *
 * {@snippet class="dev.jawa.BuiltinsTest" region="options"}
 *
 * <p>A function has no instance of its own, and one object of it serves all instances of all threads. What it throws is
 * treated as what a host function throws; to trap, it throws a {@link RuntimeError}.
 *
 * @see CompileOptions
 */
public final class Builtins {
    private final String module;
    private final Map<String, BuiltinFunction> functions;

    private Builtins(String module, Map<String, BuiltinFunction> functions) {
        this.module = module;
        this.functions = functions;
    }

    /** Collects functions for imports of a module name. */
    public static Builder builder(String module) {
        return new Builder(module);
    }

    /** The module name of the imports. */
    public String module() {
        return module;
    }

    /** For the engine alone: a function by its name. */
    public Optional<BuiltinFunction> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    /** Collects functions. */
    public static final class Builder {
        private final String module;
        private final Map<String, BuiltinFunction> functions = new LinkedHashMap<>();

        private Builder(String module) {
            this.module = Objects.requireNonNull(module);
        }

        /**
         * A function of the type that a method handle has, as {@link Function#of(MethodHandle)} says.
         *
         * @throws LinkError if a type of it has no counterpart in WebAssembly
         */
        public Builder function(String name, MethodHandle function) {
            return function(name, HostFunctions.typeOf(function), function);
        }

        /**
         * A function of a type.
         *
         * @param type with at most one result and without v128
         * @param function of Java's types for these; references may be any object, and {@code null} if the type says so
         * @throws LinkError if the two don't fit
         */
        public Builder function(String name, FunctionType type, MethodHandle function) {
            functions.put(Objects.requireNonNull(name), BuiltinFunction.of(DefinedType.of(type), function));
            return this;
        }

        /** The functions. */
        public Builtins build() {
            return new Builtins(module, Map.copyOf(functions));
        }
    }
}

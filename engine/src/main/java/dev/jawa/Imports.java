package dev.jawa;

import dev.jawa.model.DefinedType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.FunctionType;
import dev.jawa.runtime.HostFunctions;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/**
 * What a module is given for its imports, by module name and name: JavaScript's {@code importObject}. Immutable; what
 * a module does not ask for is no harm.
 *
 * {@snippet class="dev.jawa.TutorialTest" region="imports"}
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Instance/Instance">MDN:
 *     WebAssembly.Instance() constructor</a>
 */
public final class Imports {
    private static final DefinedType NO_FUNCTION = DefinedType.of(new FunctionType(List.of(), List.of()));
    private static final Imports NONE = builder().build();

    private final Map<String, Map<String, Binding>> modules;

    private Imports(Map<String, Map<String, Binding>> modules) {
        this.modules = modules;
    }

    /** Nothing. */
    public static Imports none() {
        return NONE;
    }

    /** One module of host functions: see {@link Builder#module(String, Object)}. */
    public static Imports of(String module, Object host) {
        return builder().module(module, host).build();
    }

    /** Collects imports. */
    public static Builder builder() {
        return new Builder();
    }

    /** A host function that is told which instance imported it, and may use its memory and its exports. */
    @FunctionalInterface
    public interface CallerFunction {
        /**
         * Does what the function does.
         *
         * @param caller the instance that imported the function
         * @param arguments boxed, one for each parameter
         * @return as {@link HostFunction#call} does
         */
        Object call(Instance caller, Object... arguments) throws Exception;
    }

    /** A function of two i32 and no result. */
    @FunctionalInterface
    public interface IntBiConsumer {
        void accept(int a, int b);
    }

    /** A function of three i32 and no result. */
    @FunctionalInterface
    public interface IntTriConsumer {
        void accept(int a, int b, int c);
    }

    /** A function of three i32 and an i32 result. */
    @FunctionalInterface
    public interface IntTernaryOperator {
        int applyAsInt(int a, int b, int c);
    }

    /** What a name is bound to: something that exists, or a function made for each instance that imports it. */
    @FunctionalInterface
    private interface Binding {
        Extern resolve(DefinedType wanted, Instance instance);
    }

    /** The imports of a module, in its order. */
    List<Extern> resolve(Module module, Instance instance) {
        List<ImportDescriptor> wanted = module.imports();
        var found = new ArrayList<Extern>(wanted.size());
        var missing = new ArrayList<String>();
        for (int i = 0; i < wanted.size(); i++) {
            ImportDescriptor descriptor = wanted.get(i);
            Optional<Binding> binding = find(descriptor);
            if (binding.isPresent()) {
                // A binding that depends on the type makes a function, whatever is wanted.
                DefinedType type = descriptor.kind() == ExternalKind.FUNCTION
                        ? module.importedFunctionType(i) : NO_FUNCTION;
                found.add(binding.get().resolve(type, instance));
            } else {
                missing.add(descriptor.module() + "." + descriptor.name() + " (" + descriptor.kind() + " "
                        + descriptor.type() + ")");
            }
        }
        if (!missing.isEmpty()) {
            throw new LinkError("unknown import: " + String.join(", ", missing));
        }
        return found;
    }

    private Optional<Binding> find(ImportDescriptor descriptor) {
        Map<String, Binding> names = modules.getOrDefault(descriptor.module(), Map.of());
        return Optional.ofNullable(names.get(descriptor.name()));
    }

    /**
     * Collects imports. A lambda's types are those of its parameters, so write them out,
     * {@code (int a, int b) -> a + b}. A method reference is enough if it fits one of the methods here better than all
     * others: {@code Integer::sum} does; {@code Math::pow} can take two i32 and throw its result away as well, so it
     * takes a lambda. Functions of other shapes are methods of an object ({@link #module(String, Object)}), a
     * {@link MethodHandle}, or a {@link HostFunction} with boxed arguments.
     */
    // A lambda with written types, or a method reference, fits just one of them.
    @SuppressWarnings("overloads")
    public static final class Builder {
        private final Map<String, Map<String, Binding>> modules = new LinkedHashMap<>();

        private Builder() {
        }

        /**
         * Everything that an object offers: each public method that its class or an interface declares is a function
         * of the same name. A first parameter of type {@link Instance} is given the instance that imports it.
         *
         * @throws LinkError if a method has a type without counterpart in WebAssembly, or two methods one name
         */
        public Builder module(String module, Object host) {
            HostFunctions.methodsOf(host).forEach((name, method) -> bind(module, name,
                    (_, instance) -> method.bind(instance)));
            return this;
        }

        /** All that others have collected; what was bound before under the same name is replaced. */
        public Builder add(Imports others) {
            others.modules.forEach((module, names) -> names.forEach((name, binding) -> bind(module, name, binding)));
            return this;
        }

        /** All exports of an instance. */
        public Builder module(String module, Exports exports) {
            exports.all().forEach((name, extern) -> extern(module, name, extern));
            return this;
        }

        /** Anything that was made or exported elsewhere. */
        public Builder extern(String module, String name, Extern extern) {
            java.util.Objects.requireNonNull(extern);
            return bind(module, name, (_, _) -> extern);
        }

        /** A memory. */
        public Builder memory(String module, String name, Memory memory) {
            return extern(module, name, memory);
        }

        /** A table. */
        public Builder table(String module, String name, Table table) {
            return extern(module, name, table);
        }

        /** A global. */
        public Builder global(String module, String name, Global global) {
            return extern(module, name, global);
        }

        /** A tag. */
        public Builder tag(String module, String name, Tag tag) {
            return extern(module, name, tag);
        }

        /** A function. */
        public Builder function(String module, String name, Function function) {
            return extern(module, name, function);
        }

        /** A function of any type: whatever the module wants; arguments and results are boxed. */
        public Builder function(String module, String name, HostFunction function) {
            return bind(module, name, (wanted, _) -> HostFunctions.of(wanted, function));
        }

        /** A function of any type that is told which instance imported it. */
        public Builder callerFunction(String module, String name, CallerFunction function) {
            return bind(module, name, (wanted, instance) ->
                    HostFunctions.of(wanted, arguments -> function.call(instance, arguments)));
        }

        /** A function whose type is the method handle's, as {@link Function#of(MethodHandle)} says. */
        public Builder function(String module, String name, MethodHandle function) {
            return extern(module, name, HostFunctions.of(function));
        }

        /** A function of no parameters and no result. */
        public Builder function(String module, String name, Runnable function) {
            return lambda(module, name, Runnable.class, function);
        }

        /** A function {@code () -> i32}. */
        public Builder function(String module, String name, IntSupplier function) {
            return lambda(module, name, IntSupplier.class, function);
        }

        /** A function {@code () -> i64}. */
        public Builder function(String module, String name, LongSupplier function) {
            return lambda(module, name, LongSupplier.class, function);
        }

        /** A function {@code () -> f64}. */
        public Builder function(String module, String name, DoubleSupplier function) {
            return lambda(module, name, DoubleSupplier.class, function);
        }

        /** A function {@code (i32) -> ()}. */
        public Builder function(String module, String name, IntConsumer function) {
            return lambda(module, name, IntConsumer.class, function);
        }

        /** A function {@code (i64) -> ()}. */
        public Builder function(String module, String name, LongConsumer function) {
            return lambda(module, name, LongConsumer.class, function);
        }

        /** A function {@code (f64) -> ()}. */
        public Builder function(String module, String name, DoubleConsumer function) {
            return lambda(module, name, DoubleConsumer.class, function);
        }

        /** A function {@code (i32, i32) -> ()}. */
        public Builder function(String module, String name, IntBiConsumer function) {
            return lambda(module, name, IntBiConsumer.class, function);
        }

        /** A function {@code (i32, i32, i32) -> ()}. */
        public Builder function(String module, String name, IntTriConsumer function) {
            return lambda(module, name, IntTriConsumer.class, function);
        }

        /** A function {@code (i32) -> i32}. */
        public Builder function(String module, String name, IntUnaryOperator function) {
            return lambda(module, name, IntUnaryOperator.class, function);
        }

        /** A function {@code (i32, i32) -> i32}. */
        public Builder function(String module, String name, IntBinaryOperator function) {
            return lambda(module, name, IntBinaryOperator.class, function);
        }

        /** A function {@code (i32, i32, i32) -> i32}. */
        public Builder function(String module, String name, IntTernaryOperator function) {
            return lambda(module, name, IntTernaryOperator.class, function);
        }

        /** A function {@code (i64) -> i64}. */
        public Builder function(String module, String name, LongUnaryOperator function) {
            return lambda(module, name, LongUnaryOperator.class, function);
        }

        /** A function {@code (i64, i64) -> i64}. */
        public Builder function(String module, String name, LongBinaryOperator function) {
            return lambda(module, name, LongBinaryOperator.class, function);
        }

        /** A function {@code (i32) -> i64}. */
        public Builder function(String module, String name, IntToLongFunction function) {
            return lambda(module, name, IntToLongFunction.class, function);
        }

        /** A function {@code (i64) -> i32}. */
        public Builder function(String module, String name, LongToIntFunction function) {
            return lambda(module, name, LongToIntFunction.class, function);
        }

        /** A function {@code (f64) -> f64}. */
        public Builder function(String module, String name, DoubleUnaryOperator function) {
            return lambda(module, name, DoubleUnaryOperator.class, function);
        }

        /** A function {@code (f64, f64) -> f64}. */
        public Builder function(String module, String name, DoubleBinaryOperator function) {
            return lambda(module, name, DoubleBinaryOperator.class, function);
        }

        private <T> Builder lambda(String module, String name, Class<T> type, T function) {
            return extern(module, name, HostFunctions.ofLambda(type, function));
        }

        private Builder bind(String module, String name, Binding binding) {
            modules.computeIfAbsent(module, _ -> new LinkedHashMap<>()).put(name, binding);
            return this;
        }

        /** The imports collected so far. */
        public Imports build() {
            var copy = new LinkedHashMap<String, Map<String, Binding>>();
            modules.forEach((module, names) -> copy.put(module, Map.copyOf(names)));
            return new Imports(copy);
        }
    }
}

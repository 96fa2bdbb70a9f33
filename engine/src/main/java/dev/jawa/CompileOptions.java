package dev.jawa;

import dev.jawa.model.Feature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a module is compiled: what is known about its imports, so that its code can use it directly, as the JavaScript
 * API's {@code WebAssemblyCompileOptions} say; and which features it may use. Immutable.
 *
 * {@snippet class="dev.jawa.BuiltinsTest" region="options"}
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Guides/JavaScript_builtins">MDN: JavaScript builtins</a>
 */
public final class CompileOptions {
    private static final CompileOptions NONE = builder().build();

    private final Set<Feature> features;
    private final List<Builtins> builtins;
    private final Optional<StringConstants> stringConstants;

    /**
     * How imported constants are made.
     *
     * @param module the module name of their imports
     * @param constant makes a reference of the import's name
     */
    public record StringConstants(String module, Function<String, Object> constant) {
    }

    private CompileOptions(Builder builder) {
        features = Collections.unmodifiableSet(EnumSet.copyOf(builder.features));
        builtins = List.copyOf(builder.builtins);
        stringConstants = builder.stringConstants;
    }

    /** Nothing is known about imports, and all features are enabled. */
    public static CompileOptions none() {
        return NONE;
    }

    /** Collects options. */
    public static Builder builder() {
        return new Builder();
    }

    /** The features that a module may use. */
    public Set<Feature> features() {
        return features;
    }

    /** Functions that modules may import without being given them. */
    public List<Builtins> builtins() {
        return builtins;
    }

    /** Which imported globals are strings, and stand for their own names. */
    public Optional<StringConstants> importedStringConstants() {
        return stringConstants;
    }

    /** Collects options. */
    public static final class Builder {
        private final Set<Feature> features = EnumSet.allOf(Feature.class);
        private final List<Builtins> builtins = new ArrayList<>();
        private Optional<StringConstants> stringConstants = Optional.empty();

        private Builder() {
        }

        /** Makes a module that uses a feature a {@link CompileError}. At first all features are enabled. */
        public Builder disable(Feature feature) {
            if (feature == Feature.MVP) {
                throw new IllegalArgumentException("there is no WebAssembly without " + feature.title());
            }
            features.remove(feature);
            return this;
        }

        /** Enables a feature again. */
        public Builder enable(Feature feature) {
            features.add(feature);
            return this;
        }

        /** Functions that modules may import without being given them. */
        public Builder builtins(Builtins functions) {
            builtins.add(Objects.requireNonNull(functions));
            return this;
        }

        /**
         * Makes every global that is imported from a module the string that its name is. Such imports are immutable and
         * of the type {@code externref} or {@code (ref extern)}.
         *
         * @param module the module name of the imports
         * @param constant makes a reference of the import's name, any object but {@code null}
         */
        public Builder importedStringConstants(String module, Function<String, Object> constant) {
            stringConstants = Optional.of(new StringConstants(module, constant));
            return this;
        }

        /** The same with Java's strings. */
        public Builder importedStringConstants(String module) {
            return importedStringConstants(module, name -> name);
        }

        /** The options. */
        public CompileOptions build() {
            return new CompileOptions(this);
        }
    }
}

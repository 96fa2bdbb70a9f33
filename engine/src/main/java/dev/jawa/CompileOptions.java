package dev.jawa;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known about a module's imports when it is compiled, so that its code can use it directly: the JavaScript API's
 * {@code WebAssemblyCompileOptions}. Immutable.
 *
 * {@snippet class="dev.jawa.BuiltinsTest" region="options"}
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Guides/JavaScript_builtins">MDN: JavaScript builtins</a>
 */
public final class CompileOptions {
    private static final CompileOptions NONE = builder().build();

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
        builtins = List.copyOf(builder.builtins);
        stringConstants = builder.stringConstants;
    }

    /** Nothing is known. */
    public static CompileOptions none() {
        return NONE;
    }

    /** Collects options. */
    public static Builder builder() {
        return new Builder();
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
        private final List<Builtins> builtins = new ArrayList<>();
        private Optional<StringConstants> stringConstants = Optional.empty();

        private Builder() {
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

package dev.jawa.js.webassembly;

import dev.jawa.CompileError;
import dev.jawa.CompileOptions;
import dev.jawa.js.graal.StringBuiltins;
import dev.jawa.js.graal.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** {@code WebAssemblyCompileOptions}. */
final class CompileOptionsReader {
    private static final String STRING_CONSTANTS = "wasm:js/string-constants";
    private static final String JS_STRING = "js-string";

    /** What a module is compiled with that is an ES module too. */
    static final CompileOptions OF_ES_MODULES = CompileOptions.builder().builtins(StringBuiltins.ALL)
            .importedStringConstants(STRING_CONSTANTS, Values::string).build();

    private final WebIdl idl;

    CompileOptionsReader(WebIdl idl) {
        this.idl = idl;
    }

    /**
     * Reads an argument, which may be {@code undefined}.
     *
     * @return what the module is compiled with, once that begins: names that are there twice are a {@code CompileError}
     */
    Parsed read(Object argument, String where) {
        Optional<Object> dictionary = idl.optionalDictionary(argument, where);
        if (dictionary.isEmpty()) {
            return CompileOptions::none;
        }
        List<String> builtins = idl.member(dictionary.get(), "builtins")
                .map(value -> idl.strings(value, where)).orElse(List.of());
        Optional<String> constants = idl.member(dictionary.get(), "importedStringConstants")
                .map(WebIdl::scalarString);
        return () -> options(builtins, constants);
    }

    /** Options that have been read. */
    @FunctionalInterface
    interface Parsed {
        /** @throws CompileError if they make no sense */
        CompileOptions options();
    }

    private static CompileOptions options(List<String> builtins, Optional<String> constants) {
        if (new HashSet<>(builtins).size() < builtins.size()) {
            throw new CompileError("a set of builtins is named twice: " + String.join(", ", builtins));
        }
        CompileOptions.Builder options = CompileOptions.builder();
        // Names of sets that are not known here are no error, so that programs can try what an engine has.
        if (builtins.contains(JS_STRING)) {
            options.builtins(StringBuiltins.ALL);
        }
        constants.ifPresent(module -> options.importedStringConstants(module, Values::string));
        return options.build();
    }
}

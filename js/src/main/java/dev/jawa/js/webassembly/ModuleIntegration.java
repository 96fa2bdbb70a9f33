package dev.jawa.js.webassembly;

import dev.jawa.CompileError;
import dev.jawa.Module;
import dev.jawa.TextFormat;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Modules;
import dev.jawa.js.graal.Realm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * WebAssembly modules as ES modules (WebAssembly/ES Module Integration): {@code import source} gives the
 * {@code WebAssembly.Module}; {@code import} instantiates it with what the modules that it imports export.
 */
public final class ModuleIntegration {
    private static final String RESERVED = "wasm:";

    private final Realm realm;
    private final WebAssemblyNamespace namespace;

    ModuleIntegration(Realm realm, WebAssemblyNamespace namespace) {
        this.realm = realm;
        this.namespace = namespace;
    }

    /**
     * The ES module for a file: its text imports what the WebAssembly module does, instantiates and exports. A global
     * is exported as its value, and a mutable one as the {@code WebAssembly.Global}.
     *
     * @throws RuntimeException a {@code WebAssembly.CompileError}, or an {@code Error} if it cannot be read
     */
    public Modules.Resolved resolve(String key, Path file) {
        Module module;
        try {
            module = TextFormat.isText(file) ? Module.compile(file, CompileOptionsReader.OF_ES_MODULES)
                    : Module.compile(Files.readAllBytes(file), CompileOptionsReader.OF_ES_MODULES);
        } catch (IOException e) {
            throw realm.error(ErrorType.ERROR, "Cannot read " + file + ": " + e.getMessage());
        } catch (CompileError e) {
            throw realm.error(ErrorType.COMPILE_ERROR, TextFormat.isText(file) ? e.getMessage() : file + ": " + e.getMessage());
        }
        Object moduleObject = namespace.moduleObject(module);
        Object instantiate = realm.helper("instantiate", arguments -> {
            Object exports = namespace.instantiate(module, arguments.get(0));
            return realm.newArray(module.exports().stream()
                    .map(description -> namespace.unwrapped(realm.get(exports, description.name()))).toList());
        });
        return new Modules.SourceText(key, file, text(module), moduleObject, instantiate);
    }

    private String text(Module module) {
        Map<String, String> variables = new LinkedHashMap<>();
        var result = new StringBuilder();
        for (var description : module.imports()) {
            String name = description.module();
            if (name.startsWith(RESERVED)) {
                throw realm.error(ErrorType.LINK_ERROR, "The module name " + name + " is reserved");
            }
            if (variables.containsKey(name)) {
                continue;
            }
            String variable = "$import" + variables.size();
            variables.put(name, variable);
            result.append("import * as ").append(variable).append(" from ").append(quote(name)).append(";\n");
        }
        result.append("const $exports = import.meta.instantiate({");
        variables.forEach((name, variable) ->
                result.append('[').append(quote(name)).append("]: ").append(variable).append(", "));
        result.append("});\n");
        int count = 0;
        for (var description : module.exports()) {
            if (description.name().startsWith(RESERVED)) {
                throw realm.error(ErrorType.LINK_ERROR, "The export name " + description.name() + " is reserved");
            }
            String variable = "$export" + count;
            result.append("const ").append(variable).append(" = $exports[").append(count++).append("];\nexport { ").append(variable).append(" as ").append(quote(description.name()))
                    .append(" };\n");
        }
        return result.toString();
    }

    private static String quote(String text) {
        var result = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x20 || character == '"' || character == '\\' || character >= 0x7F) {
                result.append(String.format("\\u%04x", (int) character));
            } else {
                result.append(character);
            }
        }
        return result.append('"').toString();
    }
}

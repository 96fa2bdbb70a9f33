package dev.jawa;

import dev.jawa.binary.ModuleBytes;
import java.util.ArrayList;
import java.util.List;

/** A module put together from pieces of hexadecimal digits; each section is there if something was added to it. */
final class ModuleSketch {
    private static final int FUNCTION = 0;
    private static final int TABLE = 1;
    private static final int MEMORY = 2;
    private static final int TAG = 4;

    private final List<ModuleBytes> types = new ArrayList<>();
    private final List<ModuleBytes> imports = new ArrayList<>();
    private final List<ModuleBytes> functions = new ArrayList<>();
    private final List<ModuleBytes> tables = new ArrayList<>();
    private final List<ModuleBytes> memories = new ArrayList<>();
    private final List<ModuleBytes> tags = new ArrayList<>();
    private final List<ModuleBytes> exports = new ArrayList<>();
    private final List<ModuleBytes> elements = new ArrayList<>();
    private final List<ModuleBytes> bodies = new ArrayList<>();
    private int importedFunctions;
    private int importedMemories;
    private int importedTags;

    private static ModuleBytes bytes() {
        return ModuleBytes.bytes();
    }

    /** A function type, its parameters and results as bytes. */
    ModuleSketch type(String parameters, String results) {
        byte[] from = ModuleBytes.parse(parameters);
        byte[] to = ModuleBytes.parse(results);
        types.add(bytes().hex("60").sized(from).sized(to));
        return this;
    }

    ModuleSketch importFunction(String name, int type) {
        imports.add(bytes().name("env").name(name).add((byte) FUNCTION).number(type));
        importedFunctions++;
        return this;
    }

    ModuleSketch importTag(String name, int type) {
        imports.add(bytes().name("env").name(name).hex("04 00").number(type));
        importedTags++;
        return this;
    }

    ModuleSketch importTable(String name, int size) {
        imports.add(bytes().name("env").name(name).hex("01 70 00").number(size));
        return this;
    }

    /** An imported memory, its type as bytes. */
    ModuleSketch importMemory(String name, String memoryType) {
        imports.add(bytes().name("env").name(name).hex("02").hex(memoryType));
        importedMemories++;
        return this;
    }

    /** An exported memory, its type as bytes. */
    ModuleSketch memory(String name, String memoryType) {
        exports.add(bytes().name(name).add((byte) MEMORY).number(importedMemories + memories.size()));
        memories.add(bytes().hex(memoryType));
        return this;
    }

    /** An exported function, its locals as the specification writes them, its body with its end. */
    ModuleSketch function(String name, int type, String locals, String body) {
        exports.add(bytes().name(name).add((byte) FUNCTION).number(importedFunctions + functions.size()));
        functions.add(bytes().number(type));
        bodies.add(bytes().sized(bytes().hex(locals).hex(body).toArray()));
        return this;
    }

    ModuleSketch function(String name, int type, String body) {
        return function(name, type, "00", body);
    }

    ModuleSketch tag(String name, int type) {
        exports.add(bytes().name(name).add((byte) TAG).number(importedTags + tags.size()));
        tags.add(bytes().hex("00").number(type));
        return this;
    }

    /** An exported table of functions. */
    ModuleSketch table(String name, int size) {
        exports.add(bytes().name(name).add((byte) TABLE).number(0));
        tables.add(bytes().hex("70 00").number(size));
        return this;
    }

    /** Puts a function into table 0. */
    ModuleSketch element(int place, int function) {
        elements.add(bytes().hex("00 41").number(place).hex("0B 01").number(function));
        return this;
    }

    private static void section(ModuleBytes module, int id, List<ModuleBytes> entries) {
        if (!entries.isEmpty()) {
            ModuleBytes contents = bytes().number(entries.size());
            entries.forEach(entry -> contents.add(entry.toArray()));
            module.section(id, contents);
        }
    }

    Module compile() {
        ModuleBytes module = ModuleBytes.module();
        section(module, 1, types);
        section(module, 2, imports);
        section(module, 3, functions);
        section(module, 4, tables);
        section(module, 5, memories);
        section(module, 13, tags);
        section(module, 7, exports);
        section(module, 9, elements);
        section(module, 10, bodies);
        return Module.compile(module.toArray());
    }

    Instance instantiate() {
        return new Instance(compile(), Imports.none());
    }
}

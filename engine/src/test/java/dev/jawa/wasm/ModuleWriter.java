package dev.jawa.wasm;

import dev.jawa.Module;
import dev.jawa.binary.ModuleBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes modules. Types are letters: {@code i} i32, {@code l} i64, {@code f} f32, {@code d} f64, {@code e} externref,
 * {@code r} funcref; a function type is {@code parameters:results}. Imports come before everything else.
 */
public final class ModuleWriter {
    private final Map<String, Integer> types = new LinkedHashMap<>();
    private final Part imports = new Part();
    private final Part functions = new Part();
    private final Part tables = new Part();
    private final Part memories = new Part();
    private final Part globals = new Part();
    private final Part exports = new Part();
    private final Part elements = new Part();
    private final Part code = new Part();
    private final Part data = new Part();
    private final List<String> names = new ArrayList<>();
    private String name = "";
    private int importedFunctions;
    private int start = -1;

    /** The contents of a section that is a vector. */
    private static final class Part {
        private final ModuleBytes bytes = ModuleBytes.bytes();
        private int count;

        ModuleBytes next() {
            count++;
            return bytes;
        }
    }

    public static byte valueType(char letter) {
        return switch (letter) {
            case 'i' -> 0x7F;
            case 'l' -> 0x7E;
            case 'f' -> 0x7D;
            case 'd' -> 0x7C;
            case 'r' -> 0x70;
            case 'e' -> 0x6F;
            default -> throw new IllegalArgumentException("no type " + letter);
        };
    }

    /** The index of a function type. */
    public int type(String signature) {
        return types.computeIfAbsent(signature, _ -> types.size());
    }

    public int importFunction(String module, String field, String signature) {
        imports.next().name(module).name(field).add((byte) 0).number(type(signature));
        names.add("");
        return importedFunctions++;
    }

    /** Limits are hexadecimal: {@code "00 01"} at least 1 page, {@code "01 01 02"} at most 2. */
    public ModuleWriter importMemory(String module, String field, String limits) {
        imports.next().name(module).name(field).add((byte) 2).hex(limits);
        return this;
    }

    public ModuleWriter importTable(String module, String field, char element, String limits) {
        imports.next().name(module).name(field).add((byte) 1, valueType(element)).hex(limits);
        return this;
    }

    public ModuleWriter importGlobal(String module, String field, char type, boolean mutable) {
        imports.next().name(module).name(field).add((byte) 3, valueType(type), (byte) (mutable ? 1 : 0));
        return this;
    }

    /** A function with locals, a letter each after the parameters; gives its index. */
    public int function(String signature, String locals, Consumer<CodeWriter> body) {
        functions.next().number(type(signature));
        var writer = new CodeWriter();
        body.accept(writer);
        var whole = ModuleBytes.bytes().number(locals.length());
        for (char local : locals.toCharArray()) {
            whole.number(1).add(valueType(local));
        }
        code.next().sized(whole.add(writer.end().toArray()).toArray());
        names.add("");
        return names.size() - 1;
    }

    /** A function that is exported and has a name. */
    public int export(String field, String signature, String locals, Consumer<CodeWriter> body) {
        int index = function(signature, locals, body);
        names.set(index, field);
        exportFunction(field, index);
        return index;
    }

    /** A function without locals of its own that is exported and has a name. */
    public int export(String field, String signature, Consumer<CodeWriter> body) {
        return export(field, signature, "", body);
    }

    public ModuleWriter exportFunction(String field, int index) {
        return export(field, 0, index);
    }

    /** An export of a kind by its number in the binary format. */
    public ModuleWriter export(String field, int kind, int index) {
        exports.next().name(field).add((byte) kind).number(index);
        return this;
    }

    public ModuleWriter functionName(int index, String functionName) {
        names.set(index, functionName);
        return this;
    }

    public ModuleWriter name(String moduleName) {
        name = moduleName;
        return this;
    }

    public ModuleWriter memory(String limits) {
        memories.next().hex(limits);
        return this;
    }

    public ModuleWriter table(char element, String limits) {
        tables.next().add(valueType(element)).hex(limits);
        return this;
    }

    public ModuleWriter global(char type, boolean mutable, Consumer<CodeWriter> initial) {
        var writer = new CodeWriter();
        initial.accept(writer);
        globals.next().add(valueType(type), (byte) (mutable ? 1 : 0)).add(writer.end().toArray());
        return this;
    }

    /** An active segment of table 0. */
    public ModuleWriter elements(int offset, int... indices) {
        elements.next().number(0).add(new CodeWriter().i32(offset).end().toArray()).number(indices.length);
        for (int index : indices) {
            elements.bytes.number(index);
        }
        return this;
    }

    /** An active segment of memory 0. */
    public ModuleWriter data(int offset, byte... bytes) {
        data.next().number(0).add(new CodeWriter().i32(offset).end().toArray()).sized(bytes);
        return this;
    }

    public ModuleWriter start(int function) {
        start = function;
        return this;
    }

    public byte[] toArray() {
        var module = ModuleBytes.module();
        if (!types.isEmpty()) {
            module.section(1, typeSection());
        }
        section(module, 2, imports);
        section(module, 3, functions);
        section(module, 4, tables);
        section(module, 5, memories);
        section(module, 6, globals);
        section(module, 7, exports);
        if (start >= 0) {
            module.section(8, ModuleBytes.bytes().number(start));
        }
        section(module, 9, elements);
        section(module, 10, code);
        section(module, 11, data);
        return module.section(0, nameSection()).toArray();
    }

    private static void section(ModuleBytes module, int id, Part part) {
        if (part.count > 0) {
            module.section(id, ModuleBytes.bytes().number(part.count).add(part.bytes.toArray()));
        }
    }

    private ModuleBytes typeSection() {
        var section = ModuleBytes.bytes().number(types.size());
        for (String signature : types.keySet()) {
            int colon = signature.indexOf(':');
            section.hex("60");
            for (String side : List.of(signature.substring(0, colon), signature.substring(colon + 1))) {
                section.number(side.length());
                for (char letter : side.toCharArray()) {
                    section.add(valueType(letter));
                }
            }
        }
        return section;
    }

    private ModuleBytes nameSection() {
        var section = ModuleBytes.bytes().name("name");
        if (!name.isEmpty()) {
            section.section(0, ModuleBytes.bytes().name(name));
        }
        var map = ModuleBytes.bytes();
        int count = 0;
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty()) {
                map.number(i).name(names.get(i));
                count++;
            }
        }
        return section.section(1, ModuleBytes.bytes().number(count).add(map.toArray()));
    }

    public Module compile() {
        return Module.compile(toArray());
    }
}

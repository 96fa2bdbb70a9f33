package dev.jawa.js;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes small modules in the binary format (core spec 5). */
final class WasmBytes {
    static final int I32 = 0x7F;
    static final int I64 = 0x7E;
    static final int F32 = 0x7D;
    static final int F64 = 0x7C;
    static final int FUNCREF = 0x70;
    static final int EXTERNREF = 0x6F;
    static final int ANYREF = 0x6E;
    static final int EQREF = 0x6D;
    static final int I31REF = 0x6C;
    static final int STRUCTREF = 0x6B;
    static final int EXNREF = 0x69;

    static final int FUNCTION = 0;
    static final int TABLE = 1;
    static final int MEMORY = 2;
    static final int GLOBAL = 3;
    static final int TAG = 4;

    private final TreeMap<Integer, List<byte[]>> sections = new TreeMap<>();
    private final List<byte[]> customSections = new ArrayList<>();

    /** Adds a function type. */
    WasmBytes type(int[] parameters, int... results) {
        return entry(1, bytes(0x60), types(parameters), types(results));
    }

    private static byte[] types(int... types) {
        return concat(unsigned(types.length), bytes(types));
    }

    WasmBytes importFunction(String module, String name, int type) {
        return entry(2, text(module), text(name), bytes(FUNCTION), unsigned(type));
    }

    WasmBytes importMemory(String module, String name, int minimum, int maximum) {
        return entry(2, text(module), text(name), bytes(MEMORY, 1), unsigned(minimum), unsigned(maximum));
    }

    WasmBytes importGlobal(String module, String name, int type, boolean mutable) {
        return entry(2, text(module), text(name), bytes(GLOBAL, type, mutable ? 1 : 0));
    }

    /** Imports a tag. */
    WasmBytes importTag(String module, String name, int type) {
        return entry(2, text(module), text(name), bytes(TAG, 0), unsigned(type));
    }

    /** Adds the type of a struct with one mutable field. */
    WasmBytes structType(int field) {
        return entry(1, bytes(0x5F, 1, field, 1));
    }

    /** Adds a function without locals; {@code body} is without the final {@code end}. */
    WasmBytes function(int type, int... body) {
        entry(3, unsigned(type));
        byte[] code = concat(bytes(0), bytes(body), bytes(0x0B));
        return entry(10, unsigned(code.length), code);
    }

    WasmBytes table(int type, int minimum) {
        return entry(4, bytes(type, 0), unsigned(minimum));
    }

    WasmBytes memory(int minimum, int maximum) {
        return entry(5, bytes(1), unsigned(minimum), unsigned(maximum));
    }

    /** Adds a global; {@code initializer} is without the final {@code end}. */
    WasmBytes global(int type, boolean mutable, int... initializer) {
        return entry(6, bytes(type, mutable ? 1 : 0), bytes(initializer), bytes(0x0B));
    }

    WasmBytes export(String name, int kind, int index) {
        return entry(7, text(name), bytes(kind), unsigned(index));
    }

    /** Puts functions into table 0 from its start. */
    WasmBytes elements(int... functions) {
        return entry(9, bytes(0, 0x41, 0, 0x0B), unsigned(functions.length), bytes(functions));
    }

    WasmBytes custom(String name, int... contents) {
        customSections.add(concat(text(name), bytes(contents)));
        return this;
    }

    /** Names a function in the name section. */
    WasmBytes functionName(int index, String name) {
        byte[] map = concat(unsigned(1), unsigned(index), text(name));
        customSections.add(concat(text("name"), bytes(1), unsigned(map.length), map));
        return this;
    }

    private WasmBytes entry(int section, byte[]... parts) {
        sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(concat(parts));
        return this;
    }

    byte[] build() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0, 'a', 's', 'm', 1, 0, 0, 0));
        sections.forEach((id, entries) -> {
            byte[] contents = concat(unsigned(entries.size()), concat(entries.toArray(byte[][]::new)));
            out.writeBytes(concat(bytes(id), unsigned(contents.length), contents));
        });
        for (byte[] contents : customSections) {
            out.writeBytes(concat(bytes(0), unsigned(contents.length), contents));
        }
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }

    private static byte[] text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return concat(unsigned(encoded.length), encoded);
    }

    private static byte[] unsigned(int value) {
        var out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

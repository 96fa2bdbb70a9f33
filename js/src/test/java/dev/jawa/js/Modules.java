package dev.jawa.js;

import static dev.jawa.js.WasmBytes.ANYREF;
import static dev.jawa.js.WasmBytes.EQREF;
import static dev.jawa.js.WasmBytes.EXNREF;
import static dev.jawa.js.WasmBytes.EXTERNREF;
import static dev.jawa.js.WasmBytes.F32;
import static dev.jawa.js.WasmBytes.F64;
import static dev.jawa.js.WasmBytes.FUNCREF;
import static dev.jawa.js.WasmBytes.FUNCTION;
import static dev.jawa.js.WasmBytes.GLOBAL;
import static dev.jawa.js.WasmBytes.I31REF;
import static dev.jawa.js.WasmBytes.I32;
import static dev.jawa.js.WasmBytes.I64;
import static dev.jawa.js.WasmBytes.MEMORY;
import static dev.jawa.js.WasmBytes.STRUCTREF;
import static dev.jawa.js.WasmBytes.TABLE;
import static dev.jawa.js.WasmBytes.TAG;

/** The modules that the tests run. */
final class Modules {
    private static final int[] NOTHING = {};

    private Modules() {
    }

    /** MDN's: {@code exported_func} calls {@code imports.imported_func} with 42. */
    static byte[] simple() {
        return new WasmBytes()
                .type(new int[] {I32}).type(NOTHING)
                .importFunction("imports", "imported_func", 0)
                .function(1, 0x41, 42, 0x10, 0)
                .export("exported_func", FUNCTION, 1)
                .build();
    }

    /** Passes a value of each kind through itself, and swaps two. */
    static byte[] identities() {
        return new WasmBytes()
                .type(new int[] {I32}, I32).type(new int[] {I64}, I64).type(new int[] {F32}, F32)
                .type(new int[] {F64}, F64).type(new int[] {EXTERNREF}, EXTERNREF)
                .type(new int[] {FUNCREF}, FUNCREF).type(new int[] {I32, I64}, I64, I32)
                .function(0, 0x20, 0).function(1, 0x20, 0).function(2, 0x20, 0).function(3, 0x20, 0)
                .function(4, 0x20, 0).function(5, 0x20, 0).function(6, 0x20, 1, 0x20, 0)
                .export("i32", FUNCTION, 0).export("i64", FUNCTION, 1).export("f32", FUNCTION, 2)
                .export("f64", FUNCTION, 3).export("externref", FUNCTION, 4).export("funcref", FUNCTION, 5)
                .export("swap", FUNCTION, 6)
                .build();
    }

    /** Imports a memory: {@code load(address)}, {@code store(address, value)} of bytes, and {@code grow(pages)}. */
    static byte[] memory() {
        return new WasmBytes()
                .type(new int[] {I32}, I32).type(new int[] {I32, I32})
                .importMemory("env", "memory", 1, 10)
                .function(0, 0x20, 0, 0x2D, 0, 0)
                .function(1, 0x20, 0, 0x20, 1, 0x3A, 0, 0)
                .function(0, 0x20, 0, 0x40, 0)
                .export("load", FUNCTION, 0).export("store", FUNCTION, 1).export("grow", FUNCTION, 2)
                .export("memory", MEMORY, 0)
                .build();
    }

    /** {@code outer} calls {@code inner}, which traps; {@code divide}; {@code forever} calls itself. */
    static byte[] traps() {
        return new WasmBytes()
                .type(NOTHING).type(new int[] {I32, I32}, I32)
                .function(0, 0x00)
                .function(0, 0x10, 0)
                .function(1, 0x20, 0, 0x20, 1, 0x6D)
                .function(0, 0x10, 3)
                .export("outer", FUNCTION, 1).export("divide", FUNCTION, 2).export("forever", FUNCTION, 3)
                .functionName(0, "inner")
                .build();
    }

    /** {@code call} calls the import {@code env.callback}, which has a result. */
    static byte[] callback() {
        return new WasmBytes()
                .type(NOTHING, I32)
                .importFunction("env", "callback", 0)
                .function(0, 0x10, 0)
                .export("call", FUNCTION, 1)
                .build();
    }

    /** Exports a table with a function and room, a mutable global, and a custom section. */
    static byte[] exports() {
        return new WasmBytes()
                .type(NOTHING, I32)
                .function(0, 0x41, 7)
                .table(FUNCREF, 2)
                .memory(1, 2)
                .global(I64, true, 0x42, 5)
                .export("seven", FUNCTION, 0).export("table", TABLE, 0).export("global", GLOBAL, 0)
                .export("memory", MEMORY, 0)
                .elements(0)
                .custom("note", 1, 2, 3)
                .build();
    }

    /**
     * Calls the import {@code call}: {@code caught} gives what the tag {@code js} caught, {@code rethrown} throws again
     * whatever it was. {@code throwNumber} and {@code throwValue} throw with the two tags, {@code trap} does not catch
     * its own trap, {@code reference} takes an exception, which nobody can give.
     */
    static byte[] exceptions() {
        return new WasmBytes()
                .type(NOTHING).type(new int[] {EXTERNREF}).type(NOTHING, EXTERNREF).type(new int[] {I32})
                .type(new int[] {EXNREF})
                .importFunction("m", "call", 0).importTag("m", "js", 1).importTag("m", "number", 3)
                .function(2, 0x02, EXTERNREF, 0x1F, 0x40, 1, 0, 0, 0, 0x10, 0, 0x0B, 0xD0, EXTERNREF, 0x0B)
                .function(0, 0x02, EXNREF, 0x1F, 0x40, 1, 3, 0, 0x10, 0, 0x0B, 0x0F, 0x0B, 0x0A)
                .function(3, 0x20, 0, 0x08, 1)
                .function(1, 0x20, 0, 0x08, 0)
                .function(0, 0x02, 0x40, 0x1F, 0x40, 1, 2, 0, 0x00, 0x0B, 0x0B)
                .function(4)
                .export("caught", FUNCTION, 1).export("rethrown", FUNCTION, 2).export("throwNumber", FUNCTION, 3)
                .export("throwValue", FUNCTION, 4).export("trap", FUNCTION, 5).export("reference", FUNCTION, 6)
                .export("number", TAG, 1)
                .build();
    }

    /** Makes structs and reads them, passes references through, and between the types any and extern. */
    static byte[] references() {
        return new WasmBytes()
                .structType(I32)
                .type(new int[] {I32}, STRUCTREF).type(new int[] {STRUCTREF}, I32)
                .type(new int[] {ANYREF}, ANYREF).type(new int[] {EQREF}, EQREF).type(new int[] {I31REF}, I31REF)
                .type(new int[] {EXTERNREF}, ANYREF).type(new int[] {ANYREF}, EXTERNREF)
                .function(1, 0x20, 0, 0xFB, 0, 0)
                .function(2, 0x20, 0, 0xFB, 0x16, 0, 0xFB, 2, 0, 0)
                .function(3, 0x20, 0).function(4, 0x20, 0).function(5, 0x20, 0)
                .function(6, 0x20, 0, 0xFB, 0x1A)
                .function(7, 0x20, 0, 0xFB, 0x1B)
                .table(ANYREF, 1)
                .global(EQREF, true, 0xD0, EQREF)
                .export("make", FUNCTION, 0).export("read", FUNCTION, 1).export("any", FUNCTION, 2)
                .export("eq", FUNCTION, 3).export("i31", FUNCTION, 4).export("internal", FUNCTION, 5)
                .export("external", FUNCTION, 6).export("table", TABLE, 0).export("global", GLOBAL, 0)
                .build();
    }
}

package dev.jawa.examples;

import static dev.jawa.model.Opcode.BLOCK;
import static dev.jawa.model.Opcode.BR;
import static dev.jawa.model.Opcode.BR_IF;
import static dev.jawa.model.Opcode.CALL;
import static dev.jawa.model.Opcode.ELSE;
import static dev.jawa.model.Opcode.END;
import static dev.jawa.model.Opcode.F64_ADD;
import static dev.jawa.model.Opcode.F64_CONVERT_I32_U;
import static dev.jawa.model.Opcode.F64_DIV;
import static dev.jawa.model.Opcode.F64_LOAD;
import static dev.jawa.model.Opcode.I32_ADD;
import static dev.jawa.model.Opcode.I32_CONST;
import static dev.jawa.model.Opcode.I32_DIV_S;
import static dev.jawa.model.Opcode.I32_EQZ;
import static dev.jawa.model.Opcode.I32_LOAD8_U;
import static dev.jawa.model.Opcode.I32_LT_U;
import static dev.jawa.model.Opcode.I32_REM_S;
import static dev.jawa.model.Opcode.I32_SHL;
import static dev.jawa.model.Opcode.I32_STORE8;
import static dev.jawa.model.Opcode.I32_SUB;
import static dev.jawa.model.Opcode.I64_CONST;
import static dev.jawa.model.Opcode.I64_EQZ;
import static dev.jawa.model.Opcode.I64_MUL;
import static dev.jawa.model.Opcode.I64_SUB;
import static dev.jawa.model.Opcode.IF;
import static dev.jawa.model.Opcode.LOCAL_GET;
import static dev.jawa.model.Opcode.LOCAL_SET;
import static dev.jawa.model.Opcode.LOCAL_TEE;
import static dev.jawa.model.Opcode.LOOP;

/** Makes the binaries of the examples, what their {@code .wat} files say. */
final class ExampleModules {
    private static final int TYPE = 1;
    private static final int IMPORT = 2;
    private static final int FUNCTION = 3;
    private static final int MEMORY = 5;
    private static final int EXPORT = 7;
    private static final int CODE = 10;

    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int F64 = 0x7C;
    private static final int FUNCTION_TYPE = 0x60;
    private static final int EMPTY_BLOCK = 0x40;
    private static final int FUNCTION_KIND = 0;
    private static final int MEMORY_KIND = 2;

    private ExampleModules() {
    }

    private static WasmWriter bytes() {
        return new WasmWriter();
    }

    /** {@code simple.wasm}. */
    static byte[] simple() {
        return WasmWriter.module()
                .section(TYPE, bytes().raw(2, FUNCTION_TYPE, 1, I32, 0, FUNCTION_TYPE, 0, 0))
                .section(IMPORT, bytes().raw(1).name("imports").name("imported_func").raw(FUNCTION_KIND, 0))
                .section(FUNCTION, bytes().raw(1, 1))
                .section(EXPORT, bytes().raw(1).name("exported_func").raw(FUNCTION_KIND, 1))
                .section(CODE, bytes().raw(1)
                        .sized(bytes().raw(0).constant(I32_CONST, 42).op(CALL, 0).op(END)))
                .section(0, names("simple", "imported_func", "exported_func"))
                .toByteArray();
    }

    /** {@code math.wasm}. */
    static byte[] math() {
        return WasmWriter.module()
                .section(TYPE, bytes().raw(4)
                        .raw(FUNCTION_TYPE, 2, I32, I32, 1, I32)
                        .raw(FUNCTION_TYPE, 2, I32, I32, 2, I32, I32)
                        .raw(FUNCTION_TYPE, 1, I64, 1, I64)
                        .raw(FUNCTION_TYPE, 2, I32, I32, 1, F64))
                .section(FUNCTION, bytes().raw(5, 0, 0, 1, 2, 3))
                .section(MEMORY, bytes().raw(1, 0, 1))
                .section(EXPORT, bytes().raw(6).name("memory").raw(MEMORY_KIND, 0)
                        .name("add").raw(FUNCTION_KIND, 0)
                        .name("div").raw(FUNCTION_KIND, 1)
                        .name("divmod").raw(FUNCTION_KIND, 2)
                        .name("fac").raw(FUNCTION_KIND, 3)
                        .name("mean").raw(FUNCTION_KIND, 4))
                .section(CODE, bytes().raw(5)
                        .sized(bytes().raw(0).op(LOCAL_GET, 0).op(LOCAL_GET, 1).op(I32_ADD).op(END))
                        .sized(bytes().raw(0).op(LOCAL_GET, 0).op(LOCAL_GET, 1).op(I32_DIV_S).op(END))
                        .sized(divmod())
                        .sized(fac())
                        .sized(mean()))
                .section(0, names("math", "add", "div", "divmod", "fac", "mean"))
                .toByteArray();
    }

    private static WasmWriter divmod() {
        return bytes().raw(0)
                .op(LOCAL_GET, 0).op(LOCAL_GET, 1).op(CALL, 1)
                .op(LOCAL_GET, 0).op(LOCAL_GET, 1).op(I32_REM_S)
                .op(END);
    }

    private static WasmWriter fac() {
        return bytes().raw(0)
                .op(LOCAL_GET, 0).op(I64_EQZ)
                .op(IF).raw(I64).constant(I64_CONST, 1)
                .op(ELSE).op(LOCAL_GET, 0).op(LOCAL_GET, 0).constant(I64_CONST, 1).op(I64_SUB).op(CALL, 3).op(I64_MUL)
                .op(END)
                .op(END);
    }

    private static WasmWriter mean() {
        return bytes().raw(2, 1, F64, 1, I32)
                .op(LOOP).raw(EMPTY_BLOCK)
                .op(LOCAL_GET, 3).op(LOCAL_GET, 1).op(I32_LT_U)
                .op(IF).raw(EMPTY_BLOCK)
                .op(LOCAL_GET, 2)
                .op(LOCAL_GET, 0).op(LOCAL_GET, 3).constant(I32_CONST, 3).op(I32_SHL).op(I32_ADD)
                .op(F64_LOAD, 3, 0).op(F64_ADD).op(LOCAL_SET, 2)
                .op(LOCAL_GET, 3).constant(I32_CONST, 1).op(I32_ADD).op(LOCAL_SET, 3)
                .op(BR, 1)
                .op(END)
                .op(END)
                .op(LOCAL_GET, 2).op(LOCAL_GET, 1).op(F64_CONVERT_I32_U).op(F64_DIV)
                .op(END);
    }

    /** {@code text.wasm}. */
    static byte[] text() {
        return WasmWriter.module()
                .section(TYPE, bytes().raw(1, FUNCTION_TYPE, 2, I32, I32, 0))
                .section(FUNCTION, bytes().raw(1, 0))
                .section(MEMORY, bytes().raw(1, 1, 1, 4))
                .section(EXPORT, bytes().raw(2).name("memory").raw(MEMORY_KIND, 0)
                        .name("capitalize").raw(FUNCTION_KIND, 0))
                .section(CODE, bytes().raw(1).sized(capitalize()))
                .section(0, names("text", "capitalize"))
                .toByteArray();
    }

    private static WasmWriter capitalize() {
        return bytes().raw(1, 1, I32)
                .op(BLOCK).raw(EMPTY_BLOCK)
                .op(LOOP).raw(EMPTY_BLOCK)
                .op(LOCAL_GET, 1).op(I32_EQZ).op(BR_IF, 1)
                .op(LOCAL_GET, 0).op(I32_LOAD8_U, 0, 0).op(LOCAL_TEE, 2)
                .constant(I32_CONST, 'a').op(I32_SUB).constant(I32_CONST, 26).op(I32_LT_U)
                .op(IF).raw(EMPTY_BLOCK)
                .op(LOCAL_GET, 0).op(LOCAL_GET, 2).constant(I32_CONST, 32).op(I32_SUB).op(I32_STORE8, 0, 0)
                .op(END)
                .op(LOCAL_GET, 0).constant(I32_CONST, 1).op(I32_ADD).op(LOCAL_SET, 0)
                .op(LOCAL_GET, 1).constant(I32_CONST, 1).op(I32_SUB).op(LOCAL_SET, 1)
                .op(BR, 0)
                .op(END)
                .op(END)
                .op(END);
    }

    // The name section: subsection 0 is the module's name, 1 the functions' (core spec 7.4.1).
    private static WasmWriter names(String module, String... functions) {
        var list = bytes().unsigned(functions.length);
        for (int i = 0; i < functions.length; i++) {
            list.unsigned(i).name(functions[i]);
        }
        return bytes().name("name").raw(0).sized(bytes().name(module)).raw(1).sized(list);
    }
}

package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError.Frame;
import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through a table for which a module's segments name few functions, so that the code asks for each of them. */
class IndirectCallTest {
    private static final Module MODULE = module();

    private static Module module() {
        var module = new ModuleWriter();
        module.table('r', "00 08").global('i', true, code -> code.i32(0));
        int twice = module.function("i:i", "", code -> code.get(0).get(0).op(Opcode.I32_ADD));
        int next = module.function("i:i", "", code -> code.get(0).i32(1).op(Opcode.I32_ADD));
        int own = module.function("i:i", "", code -> code.op(Opcode.GLOBAL_GET, 0));
        int fail = module.function("i:i", "", code -> code.op(Opcode.UNREACHABLE));
        int wide = module.function("l:l", "", code -> code.get(0));
        module.elements(0, twice, next, own, fail, wide);
        int type = module.type("i:i");
        module.export("call", "ii:i", code -> code.get(0).get(1).op(Opcode.CALL_INDIRECT, type, 0));
        module.export("set", "i:", code -> code.get(0).op(Opcode.GLOBAL_SET, 0));
        module.export("table", 1, 0);
        return module.compile();
    }

    private Exports exports;

    @BeforeEach
    void instantiate() {
        exports = MODULE.instantiate().exports();
        exports.function("set").call(70);
    }

    private int call(int argument, int index) {
        return exports.function("call").callInt(argument, index);
    }

    @Test
    void functionsOfTheSegments() {
        assertEquals(List.of(10, 6, 70), List.of(call(5, 0), call(5, 1), call(5, 2)));
    }

    @Test
    void functionsFromOutside() throws ReflectiveOperationException {
        Exports other = MODULE.instantiate().exports();
        other.function("set").call(71);
        exports.table("table").element(5, other.table("table").element(2));
        exports.table("table").element(6, Function.of(MethodHandles.lookup()
                .findStatic(Math.class, "abs", MethodType.methodType(int.class, int.class))));
        // The code is the same, the instance is not.
        assertEquals(List.of(70, 71, 9), List.of(call(0, 2), call(0, 5), call(-9, 6)));
    }

    @Test
    void traps() {
        assertEquals(Kind.INDIRECT_CALL_TYPE_MISMATCH, trap(4).kind());
        assertEquals(Kind.UNINITIALIZED_ELEMENT, trap(7).kind());
        RuntimeError error = trap(3);
        assertEquals(Kind.UNREACHABLE, error.kind());
        assertEquals(List.of(3, 5), error.frames().stream().map(Frame::index).toList());
    }

    private RuntimeError trap(int index) {
        return assertThrows(RuntimeError.class, () -> call(1, index));
    }
}

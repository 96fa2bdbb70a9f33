package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References of the garbage-collected heap in JavaScript. */
class ReferenceTest {
    private static final String LOAD = """
            const { exports: e } = new WebAssembly.Instance(
              new WebAssembly.Module(await (await fetch('references.wasm')).arrayBuffer()));
            const name = (action) => {
              try { return action(); } catch (error) { return error.constructor.name; }
            };
            const struct = e.make(5);
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModule() throws IOException {
        Files.write(folder.resolve("references.wasm"), Modules.references());
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void structsKeepTheirIdentity() {
        assertEquals(List.of("5 true true true", "true true true", "false"), run("""
                console.log(e.read(struct), e.any(struct) === struct, e.eq(struct) === struct,
                  e.internal(e.external(struct)) === struct);
                e.table.set(0, struct);
                e.global.value = struct;
                console.log(e.table.get(0) === struct, e.global.value === struct,
                  new WeakMap([[struct, true]]).get(e.external(struct)));
                console.log(e.make(5) === struct);
                """));
    }

    /** Section "Garbage Collected Objects". */
    @Test
    void structsAreOpaque() {
        assertEquals(List.of("object null false 0", "undefined false [object Object]",
                "TypeError TypeError TypeError TypeError TypeError TypeError TypeError", "false false",
                "TypeError"), run("""
                console.log(typeof struct, Object.getPrototypeOf(struct), Object.isExtensible(struct),
                  Reflect.ownKeys(struct).length);
                Object.prototype.set = () => true;
                console.log(struct.field, 'field' in struct, Object.prototype.toString.call(struct));
                console.log(name(() => { struct.field = 1; }), name(() => delete struct.field),
                  name(() => Object.setPrototypeOf(struct, {})), name(() => Object.preventExtensions(struct)),
                  name(() => Object.freeze(struct)), name(() => Object.defineProperty(struct, 'x', { value: 1 })),
                  name(() => `${struct}`));
                console.log(Reflect.setPrototypeOf(struct, {}), Reflect.preventExtensions(struct));
                console.log(name(() => e.read(new Proxy(struct, {}))));
                """));
    }

    @Test
    void smallIntegersAreI31() {
        assertEquals(List.of("42 -1073741824 1073741823 null", "TypeError TypeError TypeError TypeError",
                "42 42 TypeError 1073741824", "0 -0 1.5"), run("""
                console.log(e.i31(42), e.i31(-(2 ** 30)), e.i31(2 ** 30 - 1), e.i31(null));
                console.log(name(() => e.i31(2 ** 30)), name(() => e.i31(1.5)), name(() => e.i31(1n)),
                  name(() => e.i31(-0)));
                console.log(e.eq(42), e.eq(e.internal(42)), name(() => e.eq(2 ** 30)), e.any(2 ** 30));
                console.log(e.any(0), e.any(-0), e.external(1.5));
                """));
    }

    @Test
    void anyHoldsEveryValueOfJavaScript() {
        assertEquals(List.of("true", "TypeError TypeError TypeError TypeError"), run("""
                const values = [undefined, null, true, 'text', 1n, Symbol.iterator, {}, () => {}, e.make, NaN];
                console.log(values.every((value) => Object.is(e.any(value), value)
                  && Object.is(e.external(e.internal(value)), value)));
                console.log(name(() => e.eq('text')), name(() => e.eq({})), name(() => e.eq(e.make)),
                  name(() => e.read(42)));
                """));
    }
}

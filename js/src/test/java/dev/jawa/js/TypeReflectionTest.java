package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Type reflection. */
class TypeReflectionTest {
    @TempDir
    private Path folder;

    private List<String> run(String source) {
        return Run.module(folder, "const show = (value) => console.log(JSON.stringify(value));\n" + source).lines();
    }

    @Test
    void everythingHasAType() {
        assertEquals(List.of(
                "{\"minimum\":1,\"maximum\":2,\"address\":\"i32\",\"shared\":true}",
                "{\"minimum\":3,\"address\":\"i32\",\"element\":\"funcref\"}",
                "{\"mutable\":true,\"value\":\"i64\"}",
                "{\"parameters\":[\"f32\"]}",
                "{\"minimum\":2,\"maximum\":4,\"address\":\"i32\",\"shared\":false}"), run("""
                show(new WebAssembly.Memory({ minimum: 1, maximum: 2, shared: true }).type());
                show(new WebAssembly.Table({ element: 'funcref', initial: 3 }).type());
                show(new WebAssembly.Global({ value: 'i64', mutable: true }, 1n).type());
                show(new WebAssembly.Tag({ parameters: ['f32'] }).type());
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 4 });
                memory.grow(1);
                show(new WebAssembly.Memory(memory.type()).type());
                """));
    }

    @Test
    void functionsAreMadeForAType() {
        assertEquals(List.of("3 true true", "{\"parameters\":[\"i32\",\"i64\"],\"results\":[\"f64\"]}", "true 7",
                "TypeError TypeError"), run("""
                const thrown = (action) => { try { action(); } catch (error) { return error.name; } return 'nothing'; };
                const add = new WebAssembly.Function({ parameters: ['i32', 'i64'], results: ['f64'] },
                  (a, b) => a + Number(b));
                console.log(add(1, 2n), add instanceof WebAssembly.Function, add instanceof Function);
                show(add.type());
                const table = new WebAssembly.Table({ element: 'anyfunc', initial: 1 });
                table.set(0, add);
                console.log(table.get(0) === add, table.get(0)(3, 4n));
                console.log(thrown(() => new WebAssembly.Function({ parameters: ['x'], results: [] }, () => {})),
                  thrown(() => new WebAssembly.Function({ parameters: [], results: [] }, 1)));
                """));
    }

    @Test
    void modulesTellTheTypesOfImportsAndExports() throws IOException {
        Files.write(folder.resolve("m.wasm"), Wat.encode("""
                (module (import "m" "f" (func (param i32))) (memory (export "memory") 1)
                  (func (export "g") (result externref) (ref.null extern)))
                """));
        assertEquals(List.of("{\"parameters\":[\"i32\"],\"results\":[]}",
                "{\"minimum\":1,\"address\":\"i32\",\"shared\":false} {\"parameters\":[],\"results\":[\"externref\"]}",
                "[{\"module\":\"m\",\"name\":\"f\",\"kind\":\"function\"}]", "true"), run("""
                import fs from 'node:fs';
                const module = new WebAssembly.Module(fs.readFileSync(new URL('m.wasm', import.meta.url)));
                show(WebAssembly.Module.imports(module)[0].type);
                console.log(WebAssembly.Module.exports(module).map((e) => JSON.stringify(e.type)).join(' '));
                show(WebAssembly.Module.imports(module));
                const { g } = new WebAssembly.Instance(module, { m: { f() {} } }).exports;
                console.log(Object.getPrototypeOf(g) === WebAssembly.Function.prototype);
                """));
    }
}

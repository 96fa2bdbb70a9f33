package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebAssembly namespace, as programs use it. */
class WebAssemblyTest {
    private static final String LOAD = """
            const load = async (name, imports) =>
              (await WebAssembly.instantiate(await (await fetch(name)).arrayBuffer(), imports)).instance.exports;
            const thrown = (action) => {
              try { action(); } catch (error) { return `${error.constructor.name}: ${error.message}`; }
              return 'nothing thrown';
            };
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeModules() throws IOException {
        Files.write(folder.resolve("simple.wasm"), Modules.simple());
        Files.write(folder.resolve("identities.wasm"), Modules.identities());
        Files.write(folder.resolve("memory.wasm"), Modules.memory());
        Files.write(folder.resolve("traps.wasm"), Modules.traps());
        Files.write(folder.resolve("callback.wasm"), Modules.callback());
        Files.write(folder.resolve("exports.wasm"), Modules.exports());
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    /** https://developer.mozilla.org/docs/WebAssembly/Reference/JavaScript_interface/Instance */
    @Test
    void runsTheExamplesOfMdn() {
        assertEquals(List.of("42", "42"), run("""
                const importObject = {
                  imports: {
                    imported_func(arg) {
                      console.log(arg);
                    },
                  },
                };

                await fetch("simple.wasm")
                  .then((response) => response.arrayBuffer())
                  .then((bytes) => {
                    const mod = new WebAssembly.Module(bytes);
                    const instance = new WebAssembly.Instance(mod, importObject);
                    instance.exports.exported_func();
                  });

                WebAssembly.instantiateStreaming(fetch("simple.wasm"), importObject).then((obj) =>
                  obj.instance.exports.exported_func(),
                );
                """));
    }

    @Test
    void convertsValuesBothWays() {
        assertEquals(List.of("-1 0 5 0", "-1n 1n", "0.10000000149011612 NaN", "0.1 -0", "true true true true",
                "[ 9n, 4 ]", "TypeError", "TypeError", "TypeError"), run("""
                const e = await load('identities.wasm');
                console.log(e.i32(2 ** 32 - 1), e.i32(), e.i32('5'), e.i32(NaN));
                console.log(e.i64(2n ** 64n - 1n), e.i64(true));
                console.log(e.f32(0.1), e.f32('x'));
                console.log(e.f64(0.1), e.f64(-0));
                const object = {};
                console.log(e.externref(object) === object, e.externref(undefined) === undefined,
                  e.externref(null) === null, e.externref('text') === 'text');
                console.log(e.swap(4, 9n));
                for (const wrong of [() => e.i64(1), () => e.i32(1n), () => e.funcref(() => {})]) {
                  try { wrong(); } catch (error) { console.log(error.constructor.name); }
                }
                """));
    }

    @Test
    void keepsTheIdentityOfFunctions() {
        assertEquals(List.of("true true null true", "0 0 function", "false TypeError"), run("""
                const e = await load('exports.wasm');
                const { funcref } = await load('identities.wasm');
                console.log(e.table.get(0) === e.seven, funcref(e.seven) === e.seven, e.table.get(1),
                  (e.table.set(1, e.seven), e.table.get(1)) === e.seven);
                console.log(e.seven.name, e.seven.length, typeof e.seven);
                try { new e.seven(); } catch (error) { console.log('prototype' in e.seven, error.constructor.name); }
                """));
    }

    @Test
    void exportsAreFrozenAndTyped() {
        assertEquals(List.of("null true seven,table,global,memory", "7 2 5n 65536", "6n", "TypeError",
                "[{\"name\":\"seven\",\"kind\":\"function\"},{\"name\":\"table\",\"kind\":\"table\"},"
                        + "{\"name\":\"global\",\"kind\":\"global\"},{\"name\":\"memory\",\"kind\":\"memory\"}]",
                "1 [ 1, 2, 3 ]"), run("""
                const bytes = await (await fetch('exports.wasm')).arrayBuffer();
                const module = new WebAssembly.Module(bytes);
                const { exports: e } = new WebAssembly.Instance(module);
                console.log(Object.getPrototypeOf(e), Object.isFrozen(e), Object.keys(e).join());
                console.log(e.seven(), e.table.length, e.global.value, e.memory.buffer.byteLength);
                e.global.value = 6n;
                console.log(e.global.value);
                try { (() => { 'use strict'; e.seven = 1; })(); } catch (error) { console.log(error.name); }
                console.log(JSON.stringify(WebAssembly.Module.exports(module)));
                const sections = WebAssembly.Module.customSections(module, 'note');
                console.log(sections.length, [...new Uint8Array(sections[0])]);
                """));
    }

    @Test
    void saysWhatIsWrongWithModulesAndImports() {
        List<String> lines = run("""
                const bytes = await (await fetch('simple.wasm')).bytes();
                const module = await WebAssembly.compile(bytes);
                console.log(thrown(() => new WebAssembly.Module(bytes.slice(0, 20))));
                console.log(WebAssembly.validate(bytes), WebAssembly.validate(bytes.slice(1)));
                console.log(thrown(() => new WebAssembly.Instance(module)));
                console.log(thrown(() => new WebAssembly.Instance(module, {})));
                console.log(thrown(() => new WebAssembly.Instance(module, { imports: {} })));
                console.log(thrown(() => new WebAssembly.Instance(module, { imports: { imported_func: 1 } })));
                const { seven } = await load('exports.wasm');
                console.log(thrown(() => new WebAssembly.Instance(module, { imports: { imported_func: seven } })));
                await WebAssembly.instantiate(bytes, { imports: {} }).catch((error) => console.log(error.name));
                await WebAssembly.instantiate(bytes).catch((error) => console.log(error.name));
                await WebAssembly.instantiate(bytes.slice(1)).catch((error) => console.log(error.name));
                """);
        assertTrue(lines.get(0).startsWith("CompileError: "), lines.get(0));
        assertEquals("true false", lines.get(1));
        assertTrue(lines.get(2).startsWith("TypeError: "), lines.get(2));
        assertTrue(lines.get(3).startsWith("TypeError: "), lines.get(3));
        assertEquals("LinkError: Import #0 \"imports\" \"imported_func\" must be a function", lines.get(4));
        assertTrue(lines.get(5).startsWith("LinkError: "), lines.get(5));
        assertTrue(lines.get(6).startsWith("LinkError: "), lines.get(6));
        assertEquals(List.of("LinkError", "TypeError", "CompileError"), lines.subList(7, 10));
    }

    @Test
    void trapsAreRuntimeErrorsWithFramesOfBothLanguages() {
        List<String> lines = run("""
                const e = await load('traps.wasm');
                function callsWasm() { e.outer(); }
                try { callsWasm(); } catch (error) {
                  console.log(error instanceof WebAssembly.RuntimeError, error.message);
                  console.log(error.stack);
                }
                console.log(thrown(() => e.divide(1, 0)));
                console.log(thrown(() => e.divide(-(2 ** 31), -1)));
                console.log(thrown(() => e.forever()));
                """);
        assertEquals("true unreachable", lines.get(0));
        String stack = String.join("\n", lines);
        int inner = stack.indexOf("inner (wasm-function[0]");
        int outer = stack.indexOf("(wasm-function[1]");
        int script = stack.indexOf("at callsWasm (");
        assertTrue(inner > 0 && inner < outer && outer < script, stack);
        assertTrue(stack.contains("RuntimeError: integer divide by zero"), stack);
        assertTrue(stack.contains("RuntimeError: integer overflow"), stack);
        assertEquals("RangeError: Maximum call stack size exceeded", lines.getLast());
    }

    @Test
    void stackTracesShowTheFramesOfBothLanguagesInOrder() {
        String stack = String.join("\n", run("""
                const traps = await load('traps.wasm');
                const env = { callback: function between() { traps.outer(); } };
                const { call } = await load('callback.wasm', { env });
                function start() { call(); }
                try { start(); } catch (error) { console.log(error.stack); }
                """));
        assertTrue(stack.matches("(?s)RuntimeError: unreachable"
                + "\\s+at wasm.inner \\(wasm-function\\[0\\]:0x\\w+\\)"
                + "\\s+at wasm.outer \\(wasm-function\\[1\\]:0x\\w+\\)"
                + "\\s+at between \\(\\S+main.mjs:\\d+:\\d+\\)"
                + "\\s+at wasm.call \\(wasm-function\\[1\\]:0x\\w+\\)"
                + "\\s+at start \\(\\S+main.mjs:\\d+:\\d+\\)"
                + "\\s+at \\S+main.mjs:\\d+:\\d+.*"), stack);
    }

    @Test
    void recursionThroughBothLanguagesIsARangeError() {
        assertEquals(List.of("RangeError: Maximum call stack size exceeded", "true"), run("""
                let depth = 0;
                const env = { callback: () => { depth++; return exports.call(); } };
                const exports = await load('callback.wasm', { env });
                console.log(thrown(() => exports.call()));
                console.log(depth > 1000);
                """));
    }

    @Test
    void whatJavaScriptThrowsComesThroughWebAssemblyUnchanged() {
        assertEquals(List.of("true", "true", "true", "true", "true", "5", "TypeError"), run("""
                for (const value of [new Error('mine'), 'text', undefined, null, Symbol.iterator]) {
                  const { call } = await load('callback.wasm', { env: { callback() { throw value; } } });
                  try { call(); } catch (caught) { console.log(caught === value); }
                }
                const { call } = await load('callback.wasm', { env: { callback: () => '5' } });
                console.log(call());
                const { call: wrong } = await load('callback.wasm', { env: { callback: () => 1n } });
                try { wrong(); } catch (caught) { console.log(caught.name); }
                """));
    }

    @Test
    void javaScriptAndWebAssemblyShareMemoryWithoutCopies() {
        assertEquals(List.of("7 8", "true"), run("""
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 });
                const { load: read, store, memory: exported } = await load('memory.wasm', { env: { memory } });
                const view = new Uint8Array(memory.buffer);
                view[100] = 7;
                store(200, 8);
                console.log(read(100), view[200]);
                console.log(exported === memory && exported.buffer === memory.buffer);
                """));
    }

    @Test
    void growingFromEitherSideDetachesTheBuffer() {
        assertEquals(List.of("1 true 0 131072 7", "2 true 0 196608 7", "9 9", "TypeError", "RangeError", "3 true"),
                run("""
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 });
                const { load: read, store, grow } = await load('memory.wasm', { env: { memory } });
                let buffer = memory.buffer;
                let view = new Uint8Array(buffer);
                view[5] = 7;
                console.log(grow(1), buffer.detached, view.length, memory.buffer.byteLength, read(5));
                buffer = memory.buffer;
                view = new Uint8Array(buffer);
                console.log(memory.grow(1), buffer.detached, view.length, memory.buffer.byteLength, read(5));
                new Uint8Array(memory.buffer)[196607] = 9;
                store(6, 9);
                console.log(read(196607), new Uint8Array(memory.buffer)[6]);
                try { memory.buffer.transfer(); } catch (error) { console.log(error.name); }
                try { memory.grow(100); } catch (error) { console.log(error.name); }
                buffer = memory.buffer;
                console.log(memory.grow(0), buffer.detached && memory.buffer !== buffer);
                """));
    }

    /** Freezing them took a time quadratic in their number: minutes for the 75,000 of DuckDB. */
    @Test
    void tensOfThousandsOfExports() throws IOException {
        int count = 40_000;
        var module = new WasmBytes().type(new int[0], WasmBytes.I32).function(0, 0x41, 7);
        for (int i = 0; i < count; i++) {
            module.export("f" + i, WasmBytes.FUNCTION, 0);
        }
        Files.write(folder.resolve("many.wasm"), module.build());
        assertEquals(List.of("40000 7 true null", "f0,f1,f2"), assertTimeout(Duration.ofSeconds(30), () -> run("""
                const e = await load('many.wasm', {});
                console.log(Object.keys(e).length, e.f39999(), Object.isFrozen(e), Object.getPrototypeOf(e));
                console.log(Object.keys(e).slice(0, 3).join());
                """)));
    }

    /** As z3-solver and @rspack/binding-wasm32-wasi have them. */
    @Test
    void aMemoryOf2GiBHasABufferWithoutItsLast16Bytes() {
        assertEquals(List.of("SharedArrayBuffer 2147483632", "5 0", "32768", "RangeError"), run("""
                const memory = new WebAssembly.Memory({ initial: 32768, maximum: 32769, shared: true });
                const bytes = new Uint8Array(memory.buffer);
                console.log(memory.buffer.constructor.name, bytes.length);
                bytes[bytes.length - 1] = 5;
                console.log(bytes[2147483631], bytes[0]);
                console.log(memory.grow(1));
                try { memory.buffer; } catch (error) { console.log(error.name); }
                """));
    }

    @Test
    void memoriesWithLongAddressesHaveBuffersToo() {
        assertEquals(List.of("65536 7", "1n true 131072 7 0", "true 196608 7 9", "3"), run("""
                const memory = new WebAssembly.Memory({ address: 'i64', initial: 1n, maximum: 3n });
                const before = memory.buffer;
                new Uint8Array(before)[65535] = 7;
                console.log(before.byteLength, new Uint8Array(memory.buffer)[65535]);
                const size = memory.grow(1n);
                const after = new Uint8Array(memory.buffer);
                console.log(size, before.detached, after.length, after[65535], after[65536]);
                const resizable = memory.toResizableBuffer();
                const view = new Uint8Array(resizable);
                resizable.resize(196608);
                view[196607] = 9;
                console.log(resizable === memory.buffer, view.length, view[65535], view[196607]);
                console.log(new DataView(memory.buffer).byteLength / 65536);
                """));
    }

    @Test
    void sharedMemoriesHaveSharedBuffers() {
        assertEquals(List.of("true 65536", "0 5", "1 65536 131072 5", "TypeError"), run("""
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 3, shared: true });
                const before = memory.buffer;
                console.log(before instanceof SharedArrayBuffer && before === memory.buffer, before.byteLength);
                console.log(Atomics.add(new Int32Array(before), 2, 5), new Int32Array(before)[2]);
                const size = memory.grow(1);
                console.log(size, before.byteLength, memory.buffer.byteLength, new Int32Array(memory.buffer)[2]);
                try {
                  new WebAssembly.Memory({ initial: 1, shared: true });
                } catch (error) {
                  console.log(error.name);
                }
                """));
    }

    @Test
    void aResizableBufferGrowsInPlace() {
        assertEquals(List.of("true 655360", "1 131072 7 true", "196608 196608 8", "RangeError RangeError", "true 0"),
                run("""
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 10 });
                const { load: read, store, grow } = await load('memory.wasm', { env: { memory } });
                const buffer = memory.toResizableBuffer();
                console.log(buffer === memory.buffer, buffer.maxByteLength);
                const view = new Uint8Array(buffer);
                view[5] = 7;
                console.log(grow(1), view.length, read(5), buffer === memory.buffer);
                buffer.resize(196608);
                store(196607, 8);
                console.log(view.length, buffer.byteLength, view[196607]);
                const names = [65536, 196609].map((size) => {
                  try { buffer.resize(size); } catch (error) { return error.name; }
                });
                console.log(...names);
                const fixed = memory.toFixedLengthBuffer();
                console.log(fixed === memory.buffer, buffer.byteLength);
                """));
    }

    @Test
    void oddValuesGiveTheErrorsOfTheSpecification() throws IOException {
        try (InputStream program = getClass().getResourceAsStream("odd-values.mjs")) {
            Path file = folder.resolve("odd-values.mjs");
            Files.copy(program, file);
            assertEquals(List.of("true"), Run.file(file, JsHost.Mode.MODULE).lines());
        }
    }

    @Test
    void promisesAreSettledInTasksOfTheirOwn() {
        assertEquals(List.of("read", "after", "microtask", "instance"), run("""
                const module = await WebAssembly.compile(await (await fetch('simple.wasm')).arrayBuffer());
                const promise = WebAssembly.instantiate(module, {
                  get imports() { console.log('read'); return { imported_func() {} }; },
                });
                promise.then(() => console.log('instance'));
                queueMicrotask(() => console.log('microtask'));
                console.log('after');
                """));
    }
}

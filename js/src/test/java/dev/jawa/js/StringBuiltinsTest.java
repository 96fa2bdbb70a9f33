package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JS string builtins and imported string constants. */
class StringBuiltinsTest {
    /** Each builtin behind an export of its name. */
    private static final String FUNCTIONS = """
            (module
              (type $chars (array (mut i16)))
              (import "wasm:js-string" "cast" (func $cast (param externref) (result (ref extern))))
              (import "wasm:js-string" "test" (func $test (param externref) (result i32)))
              (import "wasm:js-string" "fromCharCodeArray"
                (func $fromArray (param (ref null $chars) i32 i32) (result (ref extern))))
              (import "wasm:js-string" "intoCharCodeArray"
                (func $intoArray (param externref (ref null $chars) i32) (result i32)))
              (import "wasm:js-string" "fromCharCode" (func $fromCode (param i32) (result (ref extern))))
              (import "wasm:js-string" "fromCodePoint" (func $fromPoint (param i32) (result (ref extern))))
              (import "wasm:js-string" "charCodeAt" (func $codeAt (param externref i32) (result i32)))
              (import "wasm:js-string" "codePointAt" (func $pointAt (param externref i32) (result i32)))
              (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
              (import "wasm:js-string" "concat" (func $concat (param externref externref) (result (ref extern))))
              (import "wasm:js-string" "substring"
                (func $substring (param externref i32 i32) (result (ref extern))))
              (import "wasm:js-string" "equals" (func $equals (param externref externref) (result i32)))
              (import "wasm:js-string" "compare" (func $compare (param externref externref) (result i32)))
              (func (export "cast") (param externref) (result externref) (call $cast (local.get 0)))
              (func (export "test") (param externref) (result i32) (call $test (local.get 0)))
              (func (export "fromCharCode") (param i32) (result externref) (call $fromCode (local.get 0)))
              (func (export "fromCodePoint") (param i32) (result externref) (call $fromPoint (local.get 0)))
              (func (export "charCodeAt") (param externref i32) (result i32)
                (call $codeAt (local.get 0) (local.get 1)))
              (func (export "codePointAt") (param externref i32) (result i32)
                (call $pointAt (local.get 0) (local.get 1)))
              (export "length" (func $length))
              (func (export "concat") (param externref externref) (result externref)
                (call $concat (local.get 0) (local.get 1)))
              (func (export "substring") (param externref i32 i32) (result externref)
                (call $substring (local.get 0) (local.get 1) (local.get 2)))
              (func (export "equals") (param externref externref) (result i32)
                (call $equals (local.get 0) (local.get 1)))
              (func (export "compare") (param externref externref) (result i32)
                (call $compare (local.get 0) (local.get 1)))
              (func (export "reverse") (param $text externref) (result externref)
                (local $array (ref null $chars)) (local $i i32) (local $j i32) (local $swap i32)
                (local.set $array (array.new_default $chars (call $length (local.get $text))))
                (local.set $j (i32.sub (call $intoArray (local.get $text) (local.get $array) (i32.const 0))
                  (i32.const 1)))
                (loop $more
                  (if (i32.lt_s (local.get $i) (local.get $j)) (then
                    (local.set $swap (array.get_u $chars (local.get $array) (local.get $i)))
                    (array.set $chars (local.get $array) (local.get $i)
                      (array.get_u $chars (local.get $array) (local.get $j)))
                    (array.set $chars (local.get $array) (local.get $j) (local.get $swap))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (local.set $j (i32.sub (local.get $j) (i32.const 1)))
                    (br $more))))
                (call $fromArray (local.get $array) (i32.const 0) (array.len (local.get $array))))
              (func (export "nullArray") (call $fromArray (ref.null $chars) (i32.const 0) (i32.const 0)) (drop)))
            """;

    private static final String CONSTANTS = """
            (module
              (import "strings" "hello" (global $hello (ref extern)))
              (import "strings" "" (global $empty externref))
              (import "env" "log" (func $log (param externref)))
              (func (export "run") (call $log (global.get $hello)) (call $log (global.get $empty))))
            """;

    private static final String LOAD = """
            import fs from 'node:fs';
            const bytes = (name) => fs.readFileSync(new URL(name, import.meta.url));
            const thrown = (action) => {
              try { action(); } catch (error) { return error.constructor.name; }
              return 'nothing thrown';
            };
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModules() throws IOException {
        Files.write(folder.resolve("functions.wasm"), Wat.encode(FUNCTIONS));
        Files.write(folder.resolve("constants.wasm"), Wat.encode(CONSTANTS));
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void functionsDoWhatStringsDo() {
        assertEquals(List.of("dlrow ,olleh", "true 1 0 0", "A 😀", "104 55357 128512 56832", "5 ab", "ell  lo", "1 0 1",
                "-1 0 1"), run("""
                const w = new WebAssembly.Instance(
                  new WebAssembly.Module(bytes('functions.wasm'), { builtins: ['js-string'] })).exports;
                console.log(w.reverse('hello, world'));
                console.log(w.cast('x') === 'x', w.test('x'), w.test(1), w.test(null));
                console.log(w.fromCharCode(65 + 65536), w.fromCodePoint(0x1F600));
                console.log(w.charCodeAt('hello', 0), w.charCodeAt('😀', 0), w.codePointAt('😀', 0),
                  w.codePointAt('😀', 1));
                console.log(w.length('hello'), w.concat('a', 'b'));
                console.log(w.substring('hello', 1, 4), w.substring('hello', 4, 1), w.substring('hello', 3, -1));
                console.log(w.equals('a'.repeat(3), 'aaa'), w.equals('a', null), w.equals(null, null));
                console.log(w.compare('a', 'b'), w.compare('a', 'a'), w.compare('b', 'a'));
                """));
    }

    @Test
    void whatIsNoStringTraps() {
        assertEquals(List.of("RuntimeError ".repeat(9).strip()), run("""
                const w = new WebAssembly.Instance(
                  new WebAssembly.Module(bytes('functions.wasm'), { builtins: ['js-string'] })).exports;
                console.log(thrown(() => w.cast(1)), thrown(() => w.cast(null)), thrown(() => w.length({})),
                  thrown(() => w.concat('a', undefined)), thrown(() => w.charCodeAt('abc', 3)),
                  thrown(() => w.charCodeAt('abc', -1)), thrown(() => w.fromCodePoint(0x110000)),
                  thrown(() => w.equals('a', 1)), thrown(() => w.nullArray()));
                """));
    }

    @Test
    void constantsAndReflection() {
        assertEquals(List.of("hello", "", "[{\"module\":\"env\",\"name\":\"log\",\"kind\":\"function\"}]", "hello", ""),
                run("""
                const imports = { env: { log: (text) => console.log(text) } };
                const module = new WebAssembly.Module(bytes('constants.wasm'), { importedStringConstants: 'strings' });
                new WebAssembly.Instance(module, imports).exports.run();
                console.log(JSON.stringify(WebAssembly.Module.imports(module)));
                const { instance } = await WebAssembly.instantiate(bytes('constants.wasm'), imports,
                  { importedStringConstants: 'strings' });
                instance.exports.run();
                """));
    }

    @Test
    void optionsAreChecked() {
        assertEquals(List.of("CompileError", "CompileError", "TypeError", "false true true", "TypeError",
                "nothing thrown"), run("""
                const code = bytes('functions.wasm');
                console.log(thrown(() => new WebAssembly.Module(code, { importedStringConstants: 'wasm:js-string' })));
                console.log(thrown(() => new WebAssembly.Module(code, { builtins: ['js-string', 'js-string'] })));
                console.log(thrown(() => new WebAssembly.Module(code, { builtins: 1 })));
                console.log(WebAssembly.validate(code, { importedStringConstants: 'wasm:js-string' }),
                  WebAssembly.validate(code, { builtins: ['js-string'] }), WebAssembly.validate(code));
                console.log(thrown(() => new WebAssembly.Instance(new WebAssembly.Module(code), {})));
                console.log(thrown(() => new WebAssembly.Module(code, { builtins: ['unknown'] })));
                """));
    }
}

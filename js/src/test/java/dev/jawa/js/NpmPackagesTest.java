package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Unmodified packages, installed by npm, with the results that they have under Node.js. Skipped where npm is missing or
 * cannot install.
 */
class NpmPackagesTest {
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();
    private static final List<String> PACKAGES = List.of("xxhash-wasm@1.1.0", "hash-wasm@4.13.0", "brotli-wasm@3.0.1",
            "@bokuweb/zstd-wasm@0.0.27", "yoga-layout@3.2.1", "sql.js@1.16.0", "cjs-module-lexer@2.3.0",
            "wasm-feature-detect@1.9.0", "es-module-lexer@3.0.5", "@resvg/resvg-wasm@2.6.2", "quickjs-emscripten@0.32.0",
            "@astral-sh/ruff-wasm-nodejs@0.17.4", "binaryen@132.0.0", "assemblyscript@0.28.20", "esbuild-wasm@0.28.2",
            "pyodide@314.0.7", "@oxc-parser/binding-wasm32-wasi@0.156.0", "manifold-3d@3.5.4",
            "@viz-js/viz@3.31.0", "draco3d@1.5.9", "@micropython/micropython-webassembly-pyscript@1.27.0", "ywasm@0.18.3",
            "tiny-secp256k1@2.2.4");

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
        var command = new ArrayList<>(List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        assumeTrue(succeeds(command), "npm is missing or cannot install");
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).directory(FOLDER.toFile())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "xxhash-wasm | import f from 'xxhash-wasm'; const x = await f(); console.log(x.h32ToString('abc')); | 32d153ff",
        "hash-wasm | import { blake3 } from 'hash-wasm'; console.log((await blake3('c')).slice(0, 16)); | "
                + "ea7aa1fc9efdbe10",
        "brotli-wasm | import { createRequire } from 'module'; const m = await createRequire(import.meta.url)("
                + "'brotli-wasm'); const c = m.compress(Buffer.from('hello '"
                + ".repeat(60))); console.log(Buffer.from(m.decompress(c)).length, c.length < 40); | 360 true",
        "zstd-wasm | import { init, compress, decompress } from '@bokuweb/zstd-wasm'; await init(); const c = compress("
                + "Buffer.from('hello '.repeat(60)), 10); console.log(decompress(c).length, c.length < 40); | 360 true",
        "yoga-layout | import Yoga from 'yoga-layout'; const n = Yoga.Node.create(); n.setWidth(100); n.setHeight(60); "
                + "n.calculateLayout(); console.log(n.getComputedWidth(), n.getComputedHeight()); | 100 60",
        "sql.js | import init from 'sql.js'; const S = await init(); const db = new S.Database(); console.log("
                + "db.exec('select 6 * 7')[0].values[0][0], db.export().length); | 42 4096",
        "cjs-module-lexer | import { init, parse } from 'cjs-module-lexer'; await init(); "
                + "console.log(parse('exports.a = 1').exports[0]); | a",
        "es-module-lexer | import { init, parse } from 'es-module-lexer'; await init; "
                + "console.log(parse('import a from \"b\"')[0].length); | 1",
        "wasm-feature-detect | import * as features from 'wasm-feature-detect'; const missing = []; for (const [name, f] "
                + "of Object.entries(features)) if (!await f()) missing.push(name); console.log(missing.length); | 0",
        "resvg-wasm | import fs from 'fs'; import { initWasm, Resvg } from '@resvg/resvg-wasm'; await initWasm("
                + "fs.readFileSync(new URL('node_modules/@resvg/resvg-wasm/index_bg.wasm', import.meta.url))); "
                + "console.log(new Resvg('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"50\" height=\"40\"/>')"
                + ".render().width); | 50",
        "quickjs-emscripten | import { getQuickJS } from 'quickjs-emscripten'; const vm = (await getQuickJS())"
                + ".newContext(); const r = vm.evalCode('[1, 2, 3].map(x => x * x).join()'); console.log(vm.dump("
                + "r.value)); r.value.dispose(); vm.dispose(); | 1,4,9",
        "ruff-wasm | import { Workspace, PositionEncoding } from '@astral-sh/ruff-wasm-nodejs'; console.log("
                + "new Workspace(Workspace.defaultSettings(), PositionEncoding.Utf16).check('import os')[0].code); | F401",
        "binaryen | import binaryen from 'binaryen'; const m = binaryen.parseText('(module (func (export \"f\") (result "
                + "i32) (i32.add (i32.const 1) (i32.const 2))))'); m.optimize(); console.log(m.validate(), m.emitText()"
                + ".includes('i32.const 3')); | 1 true",
        "assemblyscript | import asc from 'assemblyscript/asc'; const { binary } = await asc.compileString("
                + "'export function f(n: i32): i32 { return n * n; }', { runtime: 'stub' }); console.log("
                + "(await WebAssembly.instantiate(binary, {})).instance.exports.f(7)); | 49",
        "esbuild-wasm | import fs from 'fs'; import esbuild from 'esbuild-wasm/lib/browser.js'; await esbuild.initialize("
                + "{ worker: false, wasmModule: new WebAssembly.Module(fs.readFileSync(new URL("
                + "'node_modules/esbuild-wasm/esbuild.wasm', import.meta.url))) }); console.log((await esbuild.transform("
                + "'export default 1 + (2 as number)', { loader: 'ts', minify: true })).code.trim()); process.exit(0) | "
                + "export default 3;",
        "manifold-3d | import Module from 'manifold-3d'; const w = await Module(); w.setup(); const { Manifold } = w; "
                + "const c = Manifold.cube([1, 1, 1], true).subtract(Manifold.cylinder(2, 0.2, 0.2, 16, true)); console.log("
                + "c.volume().toFixed(6), c.genus(), c.getMesh().numTri); | 0.877541 1 80",
        "viz | import { instance } from '@viz-js/viz'; console.log((await instance()).renderJSON('digraph { a -> b }')"
                + ".objects[0].pos); | 27,90",
        "draco3d | import draco from 'draco3d'; const m = await draco.createEncoderModule({}); const mesh = new m.Mesh(); "
                + "const b = new m.MeshBuilder(); b.AddFacesToMesh(mesh, 1, [0, 1, 2]); b.AddFloatAttributeToMesh(mesh, "
                + "m.POSITION, 3, 3, [0, 0, 0, 1, 0, 0, 0, 1, 0]); console.log(new m.Encoder().EncodeMeshToDracoBuffer("
                + "mesh, new m.DracoInt8Array())); | 70",
        "micropython | import { loadMicroPython } from '@micropython/micropython-webassembly-pyscript'; const python = "
                + "await loadMicroPython({ stdout: (line) => console.log(line) }); python.globals.set('twice', "
                + "(x) => 2 * x); python.runPython('print([twice(x) for x in range(4)])'); | [0, 2, 4, 6]",
        "ywasm | import * as Y from 'ywasm'; const d = new Y.YDoc({ clientID: 1 }); const t = d.getText('t'); "
                + "t.insert(0, 'hello'); t.push(' world'); console.log(t.toString(), Y.encodeStateAsUpdate(d).length); | "
                + "hello world 21",
        "tiny-secp256k1 | import * as ecc from 'tiny-secp256k1'; const key = new Uint8Array(32).fill(1); console.log("
                + "Buffer.from(ecc.sign(new Uint8Array(32).fill(2), key)).toString('hex', 0, 8), ecc.isPrivate(key)); | "
                + "97ef30233ead25d1 true",
        "oxc-parser, with threads | import { createRequire } from 'module'; const { parse } = createRequire("
                + "import.meta.url)('@oxc-parser/binding-wasm32-wasi'); const { program } = await parse('a.ts', "
                + "'let y: number = 2'); console.log(JSON.parse(program).node.body[0].kind); process.exit(0) | let",
        "pyodide | import { loadPyodide } from 'pyodide'; const python = await loadPyodide(); console.log("
                + "python.runPython('import json; json.dumps([sum(range(100)), 2.5, None])')); | [4950, 2.5, null]"})
    void runsAsUnderNode(String name, String program, String result) throws IOException {
        Path file = Files.writeString(FOLDER.resolve(name + ".mjs"), program);
        assertEquals(List.of(result), Run.file(file, JsHost.Mode.MODULE).lines());
    }
}

package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
            "tiny-secp256k1@2.2.4", "wasm-vips@0.0.19", "@tailwindcss/oxide-wasm32-wasi@4.3.5", "mpg123-decoder@1.0.3",
            "@extism/extism@1.0.3", "web-tree-sitter@0.27.2", "tree-sitter-javascript@0.25.0", "wa-sqlite@1.0.0",
            "libxml2-wasm@0.7.2", "libpg-query@18.1.5", "xmllint-wasm@5.3.0", "node-sqlite3-wasm@0.8.60",
            "@matrix-org/olm@3.2.15", "mediainfo.js@0.3.8", "wasmoon@1.16.0");

    private static final Pattern WRONG_PACKAGES = Pattern.compile("code (ERESOLVE|EBADPLATFORM|ETARGET|E404)");

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), "{\"private\": true}");
        // By force, since packages for wasm32 are for no machine, and some want older versions of others than are here.
        var command = new ArrayList<>(List.of("npm", "install", "--force", "--ignore-scripts", "--no-audit", "--no-fund"));
        command.addAll(PACKAGES);
        assumeTrue(succeeds(command), "npm is missing or finds no registry");
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        Path log = FOLDER.resolve("npm.log");
        try {
            Process process = new ProcessBuilder(command).directory(FOLDER.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroy();
                return false;
            }
            if (process.exitValue() == 0) {
                return true;
            }
        } catch (IOException _) {
            return false;
        }
        // What is wrong with the list of packages must not pass for a missing network.
        String output = Files.readString(log);
        assertFalse(WRONG_PACKAGES.matcher(output).find(), output);
        return false;
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
        "esbuild-wasm | import fs from 'fs'; globalThis.self = globalThis; const { default: esbuild } = "
                + "await import('esbuild-wasm/lib/browser.js'); await esbuild.initialize({ worker: false, wasmModule: new WebAssembly.Module(fs.readFileSync(new URL("
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
        "wasm-vips, with threads | import Vips from 'wasm-vips'; const v = await Vips(); const i = v.Image.black(100, 80)"
                + ".add(50).cast('uchar'); console.log(v.concurrency() > 1, i.resize(0.5).gaussblur(2).writeToBuffer("
                + "'.png').length, i.avg()); process.exit(0) | true 312 50",
        "tailwindcss, with threads | import { createRequire } from 'module'; const { Scanner } = createRequire("
                + "import.meta.url)('@tailwindcss/oxide-wasm32-wasi'); console.log(new Scanner({ sources: [] }).scanFiles(["
                + "{ content: '<p class=\"flex p-4 md:hover:underline\">', extension: 'html' }]).join()); process.exit(0) | "
                + "class,flex,md:hover:underline,p-4",
        "mpg123-decoder, in a worker | import { MPEGDecoderWebWorker } from 'mpg123-decoder'; const d = new "
                + "MPEGDecoderWebWorker(); await d.ready; const frames = new Uint8Array(417 * 8); for (let i = 0; i < 8; i++) "
                + "frames.set([0xff, 0xfb, 0x90], 417 * i); const r = await d.decode(frames); console.log(r.samplesDecoded, "
                + "r.sampleRate); await d.free() | 9216 44100",
        "extism, with WASI, in a worker | import extism from '@extism/extism'; const data = Buffer.from('AGFzbQEAAAAB"
                + "HQZgAAF+YAF+AX9gAX4BfmACfn8AYAJ+fgBgAAF/ApABBQ9leHRpc206aG9zdC9lbnYMaW5wdXRfbGVuZ3RoAAAPZXh0aXNtOm"
                + "hvc3QvZW52DWlucHV0X2xvYWRfdTgAAQ9leHRpc206aG9zdC9lbnYFYWxsb2MAAg9leHRpc206aG9zdC9lbnYIc3RvcmVfdTgA"
                + "Aw9leHRpc206aG9zdC9lbnYKb3V0cHV0X3NldAAEAwIBBQUDAQABBw8CBm1lbW9yeQIAAnVwAAUKNQEzAQN+EAAhACAAEAIhAQ"
                + "NAIAEgAnwgAhABQSBzEAMgAkIBfCICIABUDQALIAEgABAEQQALADIEbmFtZQEVBQACaWwBAml1AgJhbAMCc3QEAm9zAgwBBQMA"
                + "AW4BAXACAWkDBgEFAQABbA==', 'base64'); const plugin = await extism({ wasm: [{ data }] }, { useWasi:"
                + " true, runInWorker: true }); console.log((await plugin.call('up', 'hello')).text()); await plugin."
                + "close(); | HELLO",
        "tree-sitter, linked dynamically | import { Parser, Language } from 'web-tree-sitter'; await Parser.init(); const p "
                + "= new Parser(); p.setLanguage(await Language.load(new URL('node_modules/tree-sitter-javascript/"
                + "tree-sitter-javascript.wasm', import.meta.url).pathname)); console.log(p.parse('f(1)')"
                + ".rootNode.toString()); | (program ("
                + "expression_statement (call_expression function: (identifier) arguments: (arguments (number)))))",
        "wa-sqlite | import fs from 'fs'; import init from 'wa-sqlite/dist/wa-sqlite-async.mjs'; import * as SQLite from "
                + "'wa-sqlite'; const s = SQLite.Factory(await init({ wasmBinary: fs.readFileSync(new URL('node_modules/"
                + "wa-sqlite/dist/wa-sqlite-async.wasm', import.meta.url)) })); const db = await s.open_v2('x'); await s.exec("
                + "db, \"select group_concat(value * 2) from json_each('[1,2,3]')\", (row) => console.log(row[0])); | 2,4,6",
        "libxml2-wasm | import { XmlDocument } from 'libxml2-wasm'; const d = XmlDocument.fromString('<a><b>t</b><b>u</b>"
                + "</a>'); console.log(d.get('/a/b[2]').content, d.find('//b').length); d.dispose(); | u 2",
        "libpg-query | import { createRequire } from 'module'; const q = createRequire(import.meta.url)('libpg-query'); await "
                + "q.loadModule(); let m; try { q.parseSync('selec'); } catch (e) { m = e.message; } console.log("
                + "q.normalizeSync('select 1'), m); | select $1 syntax error at or near \"selec\"",
        "xmllint-wasm, in a worker | import { createRequire } from 'module'; const { validateXML } = createRequire("
                + "import.meta.url)('xmllint-wasm'); const r = await validateXML({ xml: '<a><b/></a>', schema: '<xs:schema "
                + "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"a\"/></xs:schema>' }); console.log("
                + "r.valid, r.errors.length); | true 0",
        "node-sqlite3-wasm | import { createRequire } from 'module'; import fs from 'fs'; const { Database } = createRequire("
                + "import.meta.url)('node-sqlite3-wasm'); const f = new URL('x.db', import.meta.url).pathname; fs.rmSync(f, { "
                + "force: true }); const db = new Database(f); db.run('create table t(a)'); db.run('insert into t values(?)', "
                + "[42]); console.log(db.all('select a from t')[0].a, fs.statSync(f).size); db.close(); | 42 8192",
        "olm | import { createRequire } from 'module'; const Olm = createRequire(import.meta.url)('@matrix-org/olm'); await "
                + "Olm.init(); const a = new Olm.Account(); a.create(); console.log(Object.keys(JSON.parse(a.identity_keys()))"
                + ".join()); | curve25519,ed25519",
        "mediainfo.js | import create from 'mediainfo.js'; const m = await create({ format: 'object' }); const bytes = "
                + "Buffer.alloc(4044); bytes.write('RIFF'); bytes.write('WAVEfmt ', 8); for (const [at, n] of [[4, 4036], [16, "
                + "16], [20, 0x10001], [24, 8000], [28, 8000], [32, 0x80001], [40, 4000]]) bytes.writeUInt32LE(n, at); "
                + "bytes.write('data', 36); const r = await m.analyzeData(() => 4044, (n, o) => bytes.subarray(o, o + n)); "
                + "console.log(r.media.track.map((t) => t['@type'] + t.Duration).join()); | General0.5,Audio0.5",
        "wasmoon | import { LuaFactory } from 'wasmoon'; const lua = await new LuaFactory().createEngine(); console.log(await "
                + "lua.doString('local t = {} for i = 1, 4 do t[i] = i * i end return table.concat(t, \",\")')); | 1,4,9,16",
        "pyodide | import { loadPyodide } from 'pyodide'; const python = await loadPyodide(); console.log("
                + "python.runPython('import json; json.dumps([sum(range(100)), 2.5, None])')); | [4950, 2.5, null]"})
    void runsAsUnderNode(String name, String program, String result) throws IOException {
        Path file = Files.writeString(FOLDER.resolve(name + ".mjs"), program);
        assertEquals(List.of(result), Run.file(file, JsHost.Mode.MODULE).lines());
    }
}

package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.js.JsHost.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs: modules, scripts, the event loop, how they end. */
class ProgramTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void modulesImportEachOtherAndWait() throws IOException {
        write("lib/values.mjs", "export const x = await Promise.resolve(4); export default 'd';");
        write("a b.mjs", "export * from './lib/values.mjs'; export const { url, filename } = import.meta;");
        Run run = Run.module(folder, """
                import d, { x } from './lib/values.mjs';
                import * as other from './a b.mjs';
                const { default: late } = await import('./lib/values.mjs');
                console.log(d, x, other.x, late, typeof require, this);
                console.log(new TextDecoder().decode(new TextEncoder().encode(decodeURI(other.url).slice(-8))));
                console.log(import.meta.dirname === other.filename.slice(0, -8));
                """);
        assertEquals(List.of("d 4 4 d undefined undefined", "/a b.mjs", "true"), run.lines());
    }

    @Test
    void commonJsModulesRequireFilesAndJson() throws IOException {
        write("data.json", "{\"list\": [1, 2]}");
        write("lib/index.js",
                "exports.early = 1; exports.main = require('../main.js').started; exports.name = __filename;");
        Path main = write("main.js", """
                #!/usr/bin/env jawa
                exports.started = true;
                const lib = require('./lib');
                console.log(require('./data').list, lib.early, lib.main, lib.name.endsWith('index.js'));
                console.log(require('./lib') === lib, require.main === module, this === exports, process.argv.slice(2));
                for (const name of ['./missing', 'package']) {
                  try { require(name); } catch (error) { console.log(error.code); }
                }
                """);
        assertEquals(Mode.COMMONJS, Mode.of(main));
        assertEquals(List.of("[ 1, 2 ] 1 true true", "true true true [ 'a', 'b' ]", "MODULE_NOT_FOUND",
                "MODULE_NOT_FOUND"), Run.file(main, Mode.COMMONJS, "a", "b").lines());
    }

    /** stockfish takes a self without a location for broken; Emscripten puts one there itself in Node.js's workers. */
    @Test
    void commonJsAndTheWorkersOfNodeHaveNoSelf() throws IOException {
        write("worker.mjs", """
                import { parentPort } from 'node:worker_threads';
                const before = typeof self;
                globalThis.self = globalThis;
                parentPort.postMessage(`${before} ${typeof self}`);
                """);
        String source = "const { Worker } = require('node:worker_threads'); console.log(typeof self); "
                + "new Worker(__dirname + '/worker.mjs').on('message', console.log);";
        assertEquals(List.of("undefined", "undefined object"), Run.file(write("main.cjs", source), Mode.COMMONJS).lines());
        Path module = write("main.mjs", "console.log(self === globalThis, Object.keys(globalThis).includes('self'));");
        assertEquals(List.of("true false"), Run.file(module, Mode.MODULE).lines());
    }

    @Test
    void theModeIsTheOneOfNode() throws IOException {
        write("package.json", "{\"repository\": {\"type\": \"module\"}, \"files\": [\"type\", \"module\"]}");
        write("esm/package.json", "{\"name\": \"type\", \"type\" : \"module\"}");
        assertEquals(Mode.COMMONJS, Mode.of(folder.resolve("a.js")));
        assertEquals(Mode.MODULE, Mode.of(folder.resolve("esm/deep/a.js")));
        assertEquals(Mode.COMMONJS, Mode.of(folder.resolve("esm/a.cjs")));
        assertEquals(Mode.MODULE, Mode.of(folder.resolve("a.mjs")));
    }

    @Test
    void scriptsDeclareGlobals() throws IOException {
        Path script = write("script.js", "var q = 1; console.log(this === globalThis, globalThis.q, typeof module);");
        assertEquals(List.of("true 1 undefined"), Run.file(script, Mode.SCRIPT).lines());
    }

    @Test
    void theEventLoopKeepsItsOrder() {
        assertEquals(List.of("sync", "microtask", "promise", "timer 1", "between", "timer 2 x", "interval", "interval",
                "end"), Run.module(folder, """
                setTimeout((x) => {
                  console.log('timer 2', x);
                  let count = 0;
                  const interval = setInterval(() => {
                    console.log('interval');
                    if (++count === 2) { clearInterval(interval); setTimeout(() => console.log('end')); }
                  }, 1);
                }, 20, 'x');
                setTimeout(() => { console.log('timer 1'); queueMicrotask(() => console.log('between')); }, 1);
                clearTimeout(setTimeout(() => console.log('never'), 1));
                queueMicrotask(() => console.log('microtask'));
                Promise.resolve().then(() => console.log('promise'));
                console.log('sync');
                """).lines());
    }

    @Test
    void uncaughtErrorsEndTheProgram() {
        Run run = Run.module(folder, """
                function fails() { throw new TypeError('too bad', { cause: 'me' }); }
                setTimeout(fails, 1);
                setTimeout(() => console.log('never'), 50);
                """);
        assertEquals(1, run.exitCode());
        assertEquals("", run.output());
        assertTrue(run.error().startsWith("Uncaught TypeError: too bad\n    at fails ("), run.error());
        assertTrue(run.error().contains("main.mjs:1:"), run.error());
        assertTrue(run.error().contains("[cause]: 'me'"), run.error());
    }

    @Test
    void rejectionsThatNobodyHandlesEndTheProgram() {
        Run run = Run.module(folder, """
                const late = Promise.reject(new Error('handled in time'));
                Promise.resolve().then(() => late.catch(() => console.log('handled')));
                setTimeout(() => Promise.reject({ code: 5 }), 1);
                setTimeout(() => console.log('never'), 50);
                """);
        assertEquals(1, run.exitCode());
        assertEquals("handled\n", run.output());
        assertEquals("Uncaught (in promise) { code: 5 }\n", run.error());
    }

    @Test
    void errorsInTheSourceSayWhere() throws IOException {
        Run module = Run.module(folder, "let a = 1;\nlet b = ;\n");
        assertEquals(1, module.exitCode());
        assertTrue(module.error().contains("SyntaxError: ") && module.error().contains("main.mjs:2:"), module.error());
        Run script = Run.file(write("broken.js", "let c = 1;\nlet d = ;\n"), Mode.COMMONJS);
        assertEquals(1, script.exitCode());
        assertTrue(script.error().contains("SyntaxError: ") && script.error().contains("broken.js:2:"), script.error());
    }

    @Test
    void missingFilesAreReported() {
        for (Mode mode : Mode.values()) {
            Run run = Run.file(folder.resolve("missing.js"), mode);
            assertEquals(1, run.exitCode());
            assertTrue(run.error().contains("Error: Cannot find ") && run.error().contains("missing.js"), run.error());
        }
    }

    @Test
    void processExitEndsAtOnce() {
        Run run = Run.module(folder, """
                setTimeout(() => console.log('never'), 1);
                try { Promise.resolve().then(() => process.exit(7)); } catch { console.log('never'); }
                """);
        assertEquals(new Run(7, "", ""), run);
        assertEquals(new Run(3, "", ""), Run.module(folder, "process.exitCode = 3;"));
    }

    @Test
    void waitingForeverIsAFailure() {
        Run run = Run.module(folder, "console.log('start'); await new Promise(() => {}); console.log('never');");
        assertEquals(1, run.exitCode());
        assertEquals("start\n", run.output());
        assertTrue(run.error().contains("await"), run.error());
    }

    @Test
    void endlessRecursionIsARangeError() {
        assertEquals(List.of("RangeError: Maximum call stack size exceeded"), Run.module(folder, """
                const deep = () => deep() + 1;
                try { deep(); } catch (error) { console.log(`${error}`); }
                """).lines());
    }

    @Test
    void programsDoNotSeeJavaOrEachOther() {
        assertEquals(List.of("undefined undefined undefined undefined"), Run.module(folder,
                "console.log(typeof Java, typeof Packages, typeof Polyglot, typeof leak); globalThis.leak = 1;")
                .lines());
        assertEquals(List.of("undefined"), Run.module(folder, "console.log(typeof leak)").lines());
    }
}

package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jawa.text.Wat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers as browsers and as Node.js have them. */
@Timeout(60)
class WorkerTest {
    private static final String COUNTER = """
            (module
              (import "env" "memory" (memory 1 1 shared))
              (func (export "count") (param $times i32) (result i32)
                (loop $more
                  (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
                  (br_if $more (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
                (memory.atomic.notify (i32.const 8) (i32.const 1)))
              (func (export "wait") (result i32)
                (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const 10000000000))))
            """;

    @TempDir
    private Path folder;

    private List<String> run(String program, String worker) throws IOException {
        Files.writeString(folder.resolve("worker.mjs"), worker);
        Files.writeString(folder.resolve("worker.js"), worker);
        Files.write(folder.resolve("counter.wasm"), Wat.encode(COUNTER));
        return Run.module(folder, program).lines();
    }

    @Test
    void aReferencedPortKeepsTheProgramRunning() throws IOException {
        assertEquals(List.of("still here"), run("""
                const { port1, port2 } = new MessageChannel();
                port1.ref();
                setTimeout(() => { console.log('still here'); port2.close(); }, 10).unref();
                """, ""));
        assertEquals(List.of("done"), run("""
                const { port1 } = new MessageChannel();
                port1.ref();
                port1.unref();
                setTimeout(() => console.log('never'), 10_000).unref();
                console.log('done');
                """, ""));
    }

    @Test
    void messagesOfAllKinds() throws IOException {
        assertEquals(List.of("[1,{\"a\":\"2\"},[[\"k\",[1]]],5,\"x\",\"TypeError: no\",[1,2,3],true,true]", "8 true"), run("""
                import { Worker } from 'node:worker_threads';
                const shared = new SharedArrayBuffer(4);
                const cycle = {};
                cycle.self = cycle;
                const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: [1, { a: 2n },
                  new Map([['k', new Set([1])]]), new Date(5), /x/g, new TypeError('no'), new Uint8Array([0, 1, 2, 3])
                    .subarray(1), shared, cycle] });
                worker.once('message', (message) => {
                  console.log(message);
                  const buffer = new ArrayBuffer(8);
                  worker.postMessage(buffer, [buffer]);
                  worker.once('message', (length) => {
                    console.log(length, buffer.detached);
                    process.exit(0);
                  });
                });
                """, """
                import { parentPort, workerData, isMainThread } from 'node:worker_threads';
                const [one, object, map, date, regexp, error, bytes, shared, cycle] = workerData;
                parentPort.on('message', (buffer) => parentPort.postMessage(buffer.byteLength));
                parentPort.postMessage(JSON.stringify([one, { a: String(object.a) }, [...map].map(([k, v]) => [k, [...v]]),
                  date.getTime(), regexp.source, String(error), [...bytes], shared instanceof SharedArrayBuffer,
                  cycle.self === cycle]));
                """));
    }

    @Test
    void modulesAndMemoriesAreShared() throws IOException {
        assertEquals(List.of("400000 woken"), run("""
                import fs from 'node:fs';
                const module = new WebAssembly.Module(fs.readFileSync(new URL('counter.wasm', import.meta.url)));
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
                const workers = [1, 2, 3, 4].map(() => new Worker(new URL('worker.js', import.meta.url)));
                await Promise.all(workers.map((worker) => new Promise((resolve) => {
                  worker.onmessage = resolve;
                  worker.postMessage({ module, memory });
                })));
                workers.forEach((worker) => worker.terminate());
                const waiting = new Worker(new URL('worker.js', import.meta.url));
                waiting.postMessage({ module, memory, wait: true });
                const { count } = new WebAssembly.Instance(module, { env: { memory } }).exports;
                const answer = new Promise((resolve) => { waiting.onmessage = ({ data }) => resolve(data); });
                const before = new Int32Array(memory.buffer)[0];
                const timer = setInterval(() => count(1), 5);
                const result = await answer;
                clearInterval(timer);
                waiting.terminate();
                console.log(before, result === 0 ? 'woken' : result);
                """, """
                onmessage = ({ data: { module, memory, wait } }) => {
                  const instance = new WebAssembly.Instance(module, { env: { memory } });
                  postMessage(wait ? instance.exports.wait() : instance.exports.count(100000));
                };
                """));
    }

    @Test
    void errorsAndEnds() throws IOException {
        assertEquals(List.of("online", "RangeError late", "exit 1", "terminated 1", "DataCloneError", "main true 0 null"),
                run("""
                import { Worker, isMainThread, threadId, parentPort } from 'node:worker_threads';
                const worker = new Worker(new URL('worker.mjs', import.meta.url));
                worker.on('online', () => console.log('online'));
                worker.on('error', (error) => console.log(error.name, error.message));
                await new Promise((resolve) => worker.on('exit', (code) => { console.log('exit', code); resolve(); }));
                const endless = new Worker('for (;;);', { eval: true });
                await new Promise((resolve) => setTimeout(resolve, 100));
                console.log('terminated', await endless.terminate());
                const other = new Worker('', { eval: true });
                try { other.postMessage(() => {}); } catch (error) { console.log(error.name); }
                await new Promise((resolve) => other.on('exit', resolve));
                console.log('main', isMainThread, threadId, parentPort);
                """, "setTimeout(() => { throw new RangeError('late'); }, 5);"));
    }

    @Test
    void waitingForOneAnother() throws IOException {
        assertEquals(List.of("ok"), run("""
                import { Worker } from 'node:worker_threads';
                const shared = new SharedArrayBuffer(8);
                const flags = new Int32Array(shared);
                const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData: shared });
                worker.on('message', (result) => { console.log(result); clearInterval(timer); });
                const timer = setInterval(() => Atomics.notify(flags, 0), 5);
                """, """
                import { parentPort, workerData } from 'node:worker_threads';
                parentPort.postMessage(Atomics.wait(new Int32Array(workerData), 0, 0));
                """));
    }

    /** As in Node.js: by a listener or by ref(), until it is closed or unref() is called. */
    @Test
    void portsKeepTheProgramRunning() throws IOException {
        assertEquals(List.of("first", "true", "got 1", "closed", "held", "late"), Run.module(folder, """
                const { port1, port2 } = new MessageChannel();
                port1.on('message', (message) => { console.log('got', message); port1.close(); });
                port1.on('close', () => console.log('closed'));
                console.log('first');
                console.log(port1.hasRef());
                setTimeout(() => port2.postMessage(1), 5).unref();
                const idle = new MessageChannel().port1;
                idle.ref();
                setTimeout(() => { console.log('held'); idle.unref(); }, 60).unref();
                const page = new MessageChannel();
                page.port1.onmessage = ({ data }) => { console.log(data); page.port1.onmessage = null; };
                setTimeout(() => page.port2.postMessage('late'), 90).unref();
                """).lines());
    }

    @Test
    void whateverItDoesItEnds() throws IOException {
        Files.write(folder.resolve("loop.wasm"), Wat.encode("""
                (module (func (export "loop") (loop $more (br $more))) (func (export "spin") (loop $more (br $more)) unreachable))
                """));
        Files.write(folder.resolve("start.wasm"), Wat.encode("(module (func $start (loop $more (br $more))) (start $start))"));
        assertEquals(List.of("1", "1", "1", "1", "1", "-1"), Run.module(folder, """
                import { Worker } from 'node:worker_threads';
                import { fileURLToPath } from 'node:url';
                const folder = fileURLToPath(new URL('.', import.meta.url));
                const load = (file) => `new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync('${folder}${file}')))`;
                let worker;
                for (const text of ['for (;;);', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
                  `${load('loop.wasm')}.exports.loop()`, load('start.wasm'),
                  `for (;;) try { ${load('loop.wasm')}.exports.loop(); } catch {} finally { for (;;); }`]) {
                  worker = new Worker(`require('worker_threads').parentPort.postMessage('begins'); ${text}`, { eval: true });
                  await new Promise((resolve) => worker.once('message', resolve));
                  console.log(await worker.terminate());
                }
                console.log(worker.threadId);
                """).lines());
    }

    @Test
    void textsAsWorkers() throws IOException {
        assertEquals(List.of("[ '[worker eval]', 'argument' ] { VARIABLE: 'value' } object", "function", "data:text",
                "hi", "5 5", "TypeError ERR_WORKER_PATH", "TypeError ERR_INVALID_ARG_TYPE", "MODULE_NOT_FOUND", "RangeError 7"),
                run("""
                import { Worker } from 'node:worker_threads';
                const message = (worker, type = 'message') => new Promise((resolve) => { worker.once(type, resolve); });
                const [argv, env, kind] = await message(new Worker(`
                  const { parentPort } = require('node:worker_threads');
                  parentPort.postMessage([process.argv.slice(1), { ...process.env }, typeof require('fs')]);`,
                { eval: true, argv: ['argument'], env: { VARIABLE: 'value' } })).catch(String);
                console.log(argv, env, kind);
                console.log(await message(new Worker(`import fs from 'node:fs'; import { parentPort } from 'node:worker_threads';
                  parentPort.postMessage(typeof fs.readFileSync);`, { eval: true })));
                console.log(await message(new Worker(new URL(`data:text/javascript,
                  import { parentPort } from 'node:worker_threads'; parentPort.postMessage(import.meta.url.slice(0, 9))`))));
                const blob = URL.createObjectURL(new Blob(["import { parentPort } from 'node:worker_threads'; parentPort.postMessage('hi')"]));
                console.log(await message(new Worker(new URL(blob))));
                const exits = new Worker('process.exitCode = 5', { eval: true });
                console.log(await message(exits, 'exit'), await exits.terminate());
                for (const file of ['worker.js', 3]) {
                  try { new Worker(file); } catch (error) { console.log(error.name, error.code); }
                }
                console.log((await message(new Worker('./nowhere.js'), 'error')).code);
                const fails = new Worker('throw Object.assign(new RangeError(), { code: 7 })', { eval: true });
                const error = await message(fails, 'error');
                console.log(error.name, error.code);
                """, ""));
    }

    @Test
    void workersOfBrowsers() throws IOException {
        Files.writeString(folder.resolve("imported.js"), "var fromImport = 7; let lexical = 8;");
        assertEquals(List.of("message named file: true true main.mjs 1", "15 NetworkError TypeError", "[ 'blob:', 'object' ]",
                "data 42", "Uncaught RangeError: oops 1 true", "[ 'Uncaught TypeError: late', 1, 'TypeError: late' ]",
                "heard Uncaught Error: first", "heard Uncaught Error: first", "rejected because true", "closed itself", "error",
                "SecurityError", "TypeError"), run("""
                const event = (worker, type = 'message') => new Promise((resolve) => { worker.addEventListener(type, resolve, { once: true }); });
                const text = (script) => URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
                const worker = new Worker('worker.js', { name: 'named' });
                const { port1, port2 } = new MessageChannel();
                worker.postMessage('message', [port2]);
                port1.onmessage = ({ data }) => { console.log(...data); port1.close(); };
                await event(port1);
                worker.postMessage('import');
                console.log(...(await event(worker)).data);
                worker.terminate();
                const module = new Worker(text(`import fs from 'node:fs'; postMessage([import.meta.url.slice(0, 5), typeof fs.constants])`),
                  { type: 'module' });
                console.log((await event(module)).data);
                const outer = new Worker(`data:text/javascript,const inner = new Worker('${text('onmessage = (e) => postMessage(e.data * 2)')}');
                  inner.onmessage = ({ data }) => { postMessage(data); inner.terminate(); close(); }; onmessage = ({ data }) => inner.postMessage(data);`);
                outer.postMessage(21);
                console.log('data', (await event(outer)).data);
                const failing = new Worker(text('throw new RangeError("oops")'));
                const { message, lineno, error } = await event(failing, 'error');
                console.log(message, lineno, error instanceof RangeError);
                const handling = new Worker(text(`onerror = (message, file, line, column, error) => {
                  postMessage([message, line, String(error)]); return true; }; setTimeout(() => { throw new TypeError('late'); }, 5);`));
                console.log((await event(handling)).data.map((part) => (typeof part === 'number' ? 1 : part)));
                const goesOn = new Worker(text('onmessage = () => { throw new Error("first"); }'));
                goesOn.onerror = ({ message }) => console.log('heard', message);
                for (let i = 0; i < 2; i++) { goesOn.postMessage(i); await event(goesOn, 'error'); }
                goesOn.terminate();
                const rejecting = new Worker(text(`addEventListener('unhandledrejection', (event) => { event.preventDefault();
                  postMessage(['rejected', event.reason, event.promise instanceof Promise]); close(); }); Promise.reject('because')`));
                console.log(...(await event(rejecting)).data);
                const closing = new Worker(text(`setInterval(() => postMessage('never'), 1000); postMessage('closed itself'); close();`));
                console.log((await event(closing)).data);
                console.log((await event(new Worker('nowhere.js'), 'error')).type);
                for (const make of [() => new Worker('http://localhost/x.js'), () => new Worker('x.js', { type: 'shared' })]) {
                  try { make(); } catch (problem) { console.log(problem.name); }
                }
                """, """
                onmessage = ({ data, ports }) => {
                  if (data === 'import') {
                    importScripts('imported.js');
                    const names = [() => importScripts('nowhere.js'), () => importScripts.call(1, Symbol())].map((fails) => {
                      try { return fails(); } catch (error) { return error.name; }
                    });
                    postMessage([fromImport + lexical, ...names]);
                    return;
                  }
                  ports[0].postMessage([data, name, location.protocol, self instanceof WorkerGlobalScope,
                    self instanceof DedicatedWorkerGlobalScope, 'main.mjs', ports.length]);
                };
                """));
    }

    /** A worker of a worker, which talks to the first program by a port. */
    @Test
    void workersOfWorkers() throws IOException {
        assertEquals(List.of("from the grandchild"), run("""
                import { Worker, MessageChannel } from 'node:worker_threads';
                const child = new Worker(`const { Worker, parentPort } = require('node:worker_threads');
                  const grandchild = new Worker("require('worker_threads').parentPort.once('message', (port) => port.postMessage('from the grandchild'))", { eval: true });
                  parentPort.once('message', (port) => grandchild.postMessage(port, [port]));`, { eval: true });
                const { port1, port2 } = new MessageChannel();
                child.postMessage(port2, [port2]);
                port1.once('message', (message) => { console.log(message); port1.close(); });
                """, ""));
    }
}

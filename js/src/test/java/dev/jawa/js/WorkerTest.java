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
}

package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Channels between programs and their workers, and what goes through them. */
@Timeout(60)
class MessagingTest {
    private static final String HELPERS = """
            import { Worker, MessageChannel, BroadcastChannel, receiveMessageOnPort } from 'node:worker_threads';
            const once = (target, type) => new Promise((resolve) => { target.once(type, resolve); });
            const start = (file, workerData, transferList) => new Worker(new URL(file, import.meta.url), { workerData, transferList });
            """;

    @TempDir
    private Path folder;

    private void assertPrints(List<String> expected, String program) {
        assertEquals(expected, Run.module(folder, HELPERS + program).lines());
    }

    @Test
    void portsLeadFromWorkerToWorker() throws IOException {
        Files.writeString(folder.resolve("first.mjs"), """
                import { parentPort, workerData as port } from 'node:worker_threads';
                port.postMessage('from the first');
                port.on('message', (message) => { parentPort.postMessage(message); port.close(); });
                """);
        Files.writeString(folder.resolve("second.mjs"), """
                import { parentPort, workerData as port } from 'node:worker_threads';
                let count = 0;
                port.on('message', (message) => {
                  parentPort.postMessage(message);
                  if (++count === 2) port.postMessage('from the second');
                });
                port.on('close', () => parentPort.postMessage('closed'));
                """);
        assertPrints(List.of("first from the second", "second queued,from the first,closed", "nothing happens"), """
                const { port1, port2 } = new MessageChannel();
                port1.postMessage('queued');
                const workers = [start('first.mjs', port1, [port1]), start('second.mjs', port2, [port2])];
                const seen = [[], []];
                workers.forEach((worker, index) => worker.on('message', (message) => seen[index].push(message)));
                await Promise.all(workers.map((worker) => once(worker, 'exit')));
                console.log('first', `${seen[0]}`);
                console.log('second', `${seen[1]}`);
                port1.postMessage(1);
                console.log('nothing happens');
                """);
    }

    @Test
    void whatIsTransferredChangesHands() {
        assertPrints(List.of("0 true", "true true 16 12 true", "through it", "again 1", "{ message: 5 } undefined"), """
                const outer = new MessageChannel();
                const inner = new MessageChannel();
                const buffer = new ArrayBuffer(16);
                outer.port1.postMessage({ list: [inner.port1, inner.port1], buffer, view: new Uint8Array(buffer, 4) },
                  [inner.port1, buffer]);
                console.log(buffer.byteLength, buffer.detached);
                const { list: [port, same], buffer: moved, view } = await once(outer.port2, 'message');
                console.log(port === same, port instanceof MessagePort, moved.byteLength, view.byteLength, view.buffer === moved);
                inner.port2.postMessage('through it');
                console.log(await once(port, 'message'));
                const copy = structuredClone({ port }, { transfer: [port] }).port;
                inner.port2.postMessage('again');
                copy.onmessage = ({ data, ports }) => { console.log(data, ports.length + 1); copy.close(); };
                const { port1, port2 } = new MessageChannel();
                port1.postMessage(5);
                await new Promise((resolve) => setTimeout(resolve, 20));
                console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2));
                """);
    }

    @Test
    void whatCannotBeSent() {
        assertPrints(List.of("DataCloneError Transfer list contains source port",
                "DataCloneError Object that needs transfer was found in message but not listed in transferList",
                "DataCloneError () => {} could not be cloned.", "DataCloneError Symbol(x) could not be cloned.",
                "DataCloneError Found invalid value in transferList.", "DataCloneError #<Promise> could not be cloned.",
                "DataCloneError #<WeakMap> could not be cloned.", "DataCloneError #<Object> could not be cloned.",
                "DataCloneError Transfer list contains an object twice",
                "DataCloneError An ArrayBuffer is detached and could not be cloned.",
                "DataCloneError The buffer of a WebAssembly.Memory cannot be transferred",
                "DataCloneError MessagePort in transfer list is already detached",
                "DataCloneError #<Memory> could not be cloned.", "ERR_MISSING_ARGS", "closed one"), """
                const { port1, port2 } = new MessageChannel();
                const detached = new ArrayBuffer(8);
                detached.transfer();
                const { port1: gone } = new MessageChannel();
                port1.postMessage(gone, [gone]);
                const memory = new WebAssembly.Memory({ initial: 1 });
                const buffer = new ArrayBuffer(8);
                for (const send of [() => port1.postMessage(1, [port1]), () => port1.postMessage({ port2 }),
                  () => port1.postMessage(() => {}), () => port1.postMessage(Symbol('x')), () => port1.postMessage(1, [{}]),
                  () => port1.postMessage(new Promise(() => {})), () => port1.postMessage(new WeakMap()),
                  () => port1.postMessage(new Proxy({}, {})), () => port1.postMessage(1, [buffer, buffer]),
                  () => port1.postMessage(detached), () => port1.postMessage(1, [memory.buffer]),
                  () => port1.postMessage(1, [gone]), () => port1.postMessage(memory)]) {
                  try { send(); } catch (error) { console.log(error.name, error.message); }
                }
                try { port1.postMessage(); } catch (error) { console.log(error.code); }
                receiveMessageOnPort(port2);
                port2.on('close', () => console.log('closed', receiveMessageOnPort(port2) ?? 'one'));
                port1.close();
                """);
    }

    @Test
    void broadcasts() throws IOException {
        Files.writeString(folder.resolve("worker.mjs"), """
                const channel = new BroadcastChannel('news');
                channel.postMessage('ready');
                channel.onmessage = ({ data }) => { channel.postMessage([...data.keys()]); channel.close(); };
                """);
        assertPrints(List.of("ready true", "ready", "[ 'k' ] true", "[ 'k' ]", "InvalidStateError"), """
                const channel = new BroadcastChannel('news');
                const other = new BroadcastChannel('other');
                other.onmessage = () => console.log('never');
                const second = new BroadcastChannel('news');
                second.onmessage = ({ data }) => { if (!(data instanceof Map)) console.log(data); };
                let answered;
                const answer = new Promise((resolve) => { answered = resolve; });
                channel.onmessage = (event) => {
                  console.log(event.data, event instanceof MessageEvent);
                  if (event.data === 'ready') channel.postMessage(new Map([['k', new ArrayBuffer(8)]]));
                  else answered();
                };
                await Promise.all([once(start('worker.mjs'), 'exit'), answer]);
                await new Promise((resolve) => setTimeout(resolve, 20));
                [channel, other, second].forEach((it) => it.close());
                try { channel.postMessage(1); } catch (error) { console.log(error.name); }
                """);
    }

    @Test
    void clonesOfAllKinds() {
        assertPrints(List.of("true true true", "blob text/plain 4", "file.txt 7 true", "AbortError gone true 20",
                "true 2,3 8", "4 16 3", "1,,3 3 kept", "x,y", "RangeError cause true", "read first"), """
                const cyclic = { map: new Map(), set: new Set() };
                cyclic.map.set(cyclic, cyclic.set).set('date', new Date(5));
                cyclic.set.add(cyclic);
                const copy = structuredClone(cyclic);
                console.log(copy.map.get(copy) === copy.set, copy.set.has(copy), copy.map.get('date').getTime() === 5);
                const blob = structuredClone(new Blob(['text'], { type: 'text/plain' }));
                console.log('blob', blob.type, (await blob.text()).length);
                const file = structuredClone(new File(['x'], 'file.txt', { lastModified: 7 }));
                console.log(file.name, file.lastModified, file instanceof File);
                const problem = structuredClone(new DOMException('gone', 'AbortError'));
                console.log(problem.name, problem.message, problem instanceof DOMException, problem.code);
                const bytes = new Uint8Array([0, 1, 2, 3, 4]);
                const { view, whole } = structuredClone({ view: bytes.subarray(2, 4), whole: bytes.buffer });
                console.log(view.buffer === whole, `${view}`, structuredClone(new Float64Array(1)).byteLength);
                const resizable = structuredClone(new Uint8Array(new ArrayBuffer(4, { maxByteLength: 16 })));
                resizable.buffer.resize(3);
                console.log(4, resizable.buffer.maxByteLength, resizable.length);
                const sparse = [1, , 3];
                sparse.extra = 'kept';
                const list = structuredClone(sparse);
                console.log(`${list}`, list.length, list.extra);
                console.log(Object.keys(structuredClone(Object.assign(Object.create({ no: 1 }), { x: 1, y: 2 }))).join());
                const error = structuredClone(new RangeError('m', { cause: new TypeError('cause') }));
                console.log(error.name, error.cause.message, error.cause instanceof TypeError);
                const odd = { get a() { delete this.b; return 'read first'; }, b: 1 };
                console.log(structuredClone(odd).a);
                """);
    }
}

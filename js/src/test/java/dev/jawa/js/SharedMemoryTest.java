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

/** Memories and buffers that several threads have, and how these wait for one another. */
@Timeout(60)
class SharedMemoryTest {
    private static final String WAITER = """
            (module
              (import "env" "memory" (memory 1 4 shared))
              (func (export "wait") (param i32) (result i32)
                (memory.atomic.wait32 (local.get 0) (i32.const 0) (i64.const 10000000000)))
              (func (export "notify") (param i32) (result i32)
                (memory.atomic.notify (local.get 0) (i32.const 1))))
            """;

    @TempDir
    private Path folder;

    private List<String> run(String program, String worker) throws IOException {
        Files.write(folder.resolve("waiter.wasm"), Wat.encode(WAITER));
        Files.writeString(folder.resolve("worker.mjs"), worker);
        return Run.module(folder, """
                import { readFileSync } from 'node:fs';
                import { Worker } from 'node:worker_threads';
                const module = new WebAssembly.Module(readFileSync(new URL('waiter.wasm', import.meta.url)));
                const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
                const start = (workerData) => new Worker(new URL('worker.mjs', import.meta.url), { workerData });
                const once = (worker, type) => new Promise((resolve) => { worker.once(type, resolve); });
                const later = () => new Promise((resolve) => setTimeout(resolve, 5));
                """ + program).lines();
    }

    @Test
    void javaScriptAndWebAssemblyWakeOneAnother() throws IOException {
        assertEquals(List.of("wasm 0", "js ok", "async ok", "javascript wakes 1 ok"), run("""
                const { notify } = new WebAssembly.Instance(module, { env: { memory } }).exports;
                const worker = start({ module, memory });
                const array = new Int32Array(memory.buffer);
                const first = once(worker, 'message');
                while (Atomics.notify(array, 1) === 0) await later();
                console.log(...await first);
                for (const address of [8, 12]) {
                  const answer = once(worker, 'message');
                  while (notify(address) === 0) await later();
                  console.log(...await answer);
                }
                const wait = Atomics.waitAsync(new Int32Array(memory.toResizableBuffer()), 5, 0);
                console.log('javascript wakes', notify(20), await wait.value);
                """, """
                import { parentPort, workerData } from 'node:worker_threads';
                const { module, memory } = workerData;
                const { wait } = new WebAssembly.Instance(module, { env: { memory } }).exports;
                parentPort.postMessage(['wasm', wait(4)]);
                parentPort.postMessage(['js', Atomics.wait(new Int32Array(memory.buffer), 2, 0)]);
                const waiting = setInterval(() => {}, 1000);
                parentPort.postMessage(['async', await Atomics.waitAsync(new Int32Array(memory.buffer), 3, 0).value]);
                clearInterval(waiting);
                """));
    }

    @Test
    void waitAsync() throws IOException {
        assertEquals(List.of("{ async: false, value: 'not-equal' }", "{ async: false, value: 'timed-out' }", "true timed-out",
                "2 ok ok", "0", "bigint ok 1", "0 0", "TypeError TypeError TypeError TypeError RangeError", "not-equal timed-out"),
                run("""
                const array = new Int32Array(new SharedArrayBuffer(16));
                console.log(Atomics.waitAsync(array, 0, 1));
                console.log(Atomics.waitAsync(array, 0, 0, 0));
                const timed = Atomics.waitAsync(array, 0, 0, 20);
                console.log(timed.async, await timed.value);
                const waits = [1, 2].map(() => Atomics.waitAsync(array, 0, 0).value);
                console.log(Atomics.notify(array, 0, 5), ...await Promise.all(waits));
                console.log(Atomics.notify(array, 0));
                const big = new BigInt64Array(array.buffer, 8);
                const wait = Atomics.waitAsync(big, 0, 0n, 10_000);
                const woken = Atomics.notify(big, 0, Infinity);
                console.log('bigint', await wait.value, woken);
                console.log(Atomics.notify(new Int32Array(4), 0), Atomics.notify(array, 1, -1));
                console.log(...[() => Atomics.wait(new Int32Array(1), 0, 0), () => Atomics.waitAsync([], 0, 0),
                  () => Atomics.notify(new Int16Array(array.buffer), 0), () => Atomics.pause('x'),
                  () => Atomics.wait(array, 4, 0)].map((fails) => {
                  try { return fails(); } catch (error) { return error.name; }
                }));
                Atomics.pause(1);
                console.log(Atomics.wait(array, 0, 1), Atomics.wait(array, 0, 0, 1));
                """, ""));
    }

    @Test
    void buffersThatGrow() throws IOException {
        assertEquals(List.of("true 8 64", "32 9 32", "RangeError", "true 65536 262144 true", "131072 131072 true",
                "196608 196608", "RangeError RangeError RangeError", "true false 196608 true", "262144 262144 262144 true",
                "TypeError", "2147418112"), run("""
                const buffer = new SharedArrayBuffer(8, { maxByteLength: 64 });
                console.log(buffer.growable, buffer.byteLength, buffer.maxByteLength);
                const tracking = new Uint8Array(buffer);
                await once(start({ buffer }), 'exit');
                console.log(buffer.byteLength, tracking[31], tracking.length);
                const name = (fails) => { try { return fails(); } catch (error) { return error.name; } };
                console.log(name(() => buffer.grow(16)));
                const growable = memory.toResizableBuffer();
                const bytes = new Uint8Array(growable);
                console.log(growable.growable, growable.byteLength, growable.maxByteLength, memory.buffer === growable);
                memory.grow(1);
                console.log(growable.byteLength, bytes.length, memory.buffer === growable);
                growable.grow(3 * 65536);
                console.log(growable.byteLength, memory.buffer.byteLength);
                console.log(...[5 * 65536, 3 * 65536 + 1, 65536].map((size) => name(() => growable.grow(size))));
                const fixed = memory.toFixedLengthBuffer();
                console.log(fixed !== growable, fixed.growable, fixed.byteLength, Object.isFrozen(fixed));
                await once(start({ buffer: growable, memory }), 'exit');
                console.log(memory.buffer.byteLength, growable.byteLength, bytes.length, growable.growable);
                console.log(name(() => new WebAssembly.Memory({ initial: 1 }).toResizableBuffer()));
                console.log(new WebAssembly.Memory({ initial: 1, maximum: 32767, shared: true }).toResizableBuffer().maxByteLength);
                """, """
                import { workerData } from 'node:worker_threads';
                const { buffer, memory } = workerData;
                const bytes = new Uint8Array(buffer);
                buffer.grow(memory === undefined ? 32 : 4 * 65536);
                bytes[31] = 9;
                if (memory !== undefined && memory.buffer.byteLength !== buffer.byteLength) throw new Error('it has not grown');
                """));
    }
}

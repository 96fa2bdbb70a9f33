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

/** JavaScript Promise Integration. */
class PromiseIntegrationTest {
    private static final String MODULE = """
            (module
              (import "env" "next" (func $next (param i32) (result i32)))
              (import "env" "call" (func $call (result i32)))
              (global (export "sum") (mut i32) (i32.const 0))
              (func (export "add") (param $times i32) (result i32)
                (loop $more
                  (global.set 0 (i32.add (global.get 0) (call $next (local.get $times))))
                  (br_if $more (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
                (global.get 0))
              (func (export "through") (result i32) (call $call))
              (func (export "deep") (param i32) (result i32)
                (if (result i32) (local.get 0)
                  (then (i32.add (i32.const 1) (call 4 (i32.sub (local.get 0) (i32.const 1)))))
                  (else (call $next (i32.const 7)))))
              (func (export "trap") (result i32) (drop (call $next (i32.const 0))) unreachable)
              (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
            """;

    private static final String LOAD = """
            import fs from 'node:fs';
            const module = new WebAssembly.Module(fs.readFileSync(new URL('m.wasm', import.meta.url)));
            const load = (next, call = () => 0) => new WebAssembly.Instance(module, { env: { next, call } }).exports;
            const suspending = (f) => new WebAssembly.Suspending(f);
            const later = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 1));
            const outcome = (promise) => promise.then((value) => value, (error) => `${error.name}: ${error.message}`);
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeModule() throws IOException {
        Files.write(folder.resolve("m.wasm"), Wat.encode(MODULE));
    }

    private List<String> run(String source) {
        return Run.module(folder, LOAD + source).lines();
    }

    @Test
    void aComputationWaitsForPromises() {
        assertEquals(List.of("started 0", "6", "6"), run("""
                const w = load(suspending((n) => later(n)));
                const promise = WebAssembly.promising(w.add)(3);
                console.log('started', w.sum.value);
                console.log(await promise);
                console.log(w.sum.value);
                """));
    }

    @Test
    void manyComputationsAtOnce() {
        assertEquals(List.of("20100", "1 2 3"), run("""
                const w = load(suspending((n) => later(n)));
                const add = WebAssembly.promising(w.add);
                await Promise.all(Array.from({ length: 200 }, (_, i) => WebAssembly.promising(w.deep)(i))).then((all) =>
                  console.log(all.reduce((a, b) => a + b) - 200 * 7 + 200));
                const order = [];
                const resume = {};
                const ended = Promise.all([3, 1, 2].map((n) => {
                  const e = load(suspending((v) => new Promise((r) => { resume[n] = () => r(v); })));
                  return WebAssembly.promising(e.deep)(1).then(() => order.push(n));
                }));
                for (const n of [1, 2, 3]) {
                  resume[n]();
                  await later(0);
                }
                await ended;
                console.log(order.join(' '));
                """));
    }

    @Test
    void whatIsOutsideOfAComputationCannotBeSuspended() {
        assertEquals(List.of("SuspendError", "SuspendError: trying to suspend JavaScript frames", "true true"), run("""
                const w = load(suspending(() => later(1)), () => w.add(1));
                try { w.add(1); } catch (error) { console.log(error.name); }
                console.log(await outcome(WebAssembly.promising(w.through)()));
                const error = new WebAssembly.SuspendError('x');
                console.log(error instanceof Error, error instanceof WebAssembly.SuspendError);
                """));
    }

    @Test
    void failuresReachThePromise() {
        assertEquals(List.of("Error: no", "RuntimeError: unreachable", "RangeError", "4"), run("""
                const failing = load(suspending(() => Promise.reject(new Error('no'))));
                console.log(await outcome(WebAssembly.promising(failing.add)(1)));
                const w = load(suspending(() => later(1)));
                console.log(await outcome(WebAssembly.promising(w.trap)()));
                console.log((await outcome(WebAssembly.promising(w.deep)(1e9))).split(':')[0]);
                console.log(await WebAssembly.promising(w.double)(2));
                """));
    }

    @Test
    void aSuspendedInstanceCanBeCalled() {
        assertEquals(List.of("10", "3"), run("""
                const w = load(suspending((n) => later(n)));
                const promise = WebAssembly.promising(w.add)(2);
                console.log(w.double(5));
                // Too late for the sum that waits for its second summand.
                w.sum.value = 100;
                console.log(await promise);
                """));
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(List.of("TypeError TypeError TypeError TypeError", "1 Function"), run("""
                const thrown = (action) => { try { action(); } catch (error) { return error.name; } return 'nothing'; };
                const w = load(() => 0);
                console.log(thrown(() => WebAssembly.promising({})), thrown(() => WebAssembly.promising(() => {})),
                  thrown(() => WebAssembly.Suspending(() => {})), thrown(() => new WebAssembly.Suspending({})));
                const f = WebAssembly.promising(w.add);
                console.log(f.length, f.constructor.name);
                """));
    }

    @Test
    void aComputationThatNeverGoesOnDoesNotKeepTheProgram() {
        assertEquals(List.of("end"), run("""
                const w = load(suspending(() => new Promise(() => {})));
                WebAssembly.promising(w.add)(1);
                console.log('end');
                """));
    }
}

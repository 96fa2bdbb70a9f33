package dev.jawa.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Imports;
import dev.jawa.Instance;
import dev.jawa.RuntimeError;
import dev.jawa.WasmException;
import dev.jawa.text.Wat;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Continuations beyond the official scripts: host frames, deep stacks, virtual threads, and what is never resumed. */
class ContinuationTest {
    private static final String MODULE = """
            (module
              (type $f (func (param i32) (result i32)))
              (type $k (cont $f))
              (type $g (func (param i64) (result i32)))
              (type $rest (cont $g))
              (import "host" "call" (func $host (param i32) (result i32)))
              (tag $pause (export "pause") (param i32 f64) (result i64))
              (tag $failure (export "failure") (param i32))
              (global $kept (mut (ref null $rest)) (ref.null $rest))
              (memory 1)
              (elem declare func $deep $throws $via-host $traps)

              ;; Suspends at the bottom of a deep recursion, and adds up what it is resumed with on the way back.
              (func $deep (export "deep-body") (param $n i32) (result i32)
                (if (result i32) (i32.eqz (local.get $n))
                  (then
                    (drop (memory.grow (i32.const 1)))
                    (i32.wrap_i64 (suspend $pause (i32.const 7) (f64.const 0.5))))
                  (else (i32.add (i32.const 1) (call $deep (i32.sub (local.get $n) (i32.const 1)))))))
              (func $throws (param i32) (result i32)
                (throw $failure (i32.wrap_i64 (suspend $pause (i32.const 1) (f64.const 1)))))
              (func $traps (param i32) (result i32)
                (drop (suspend $pause (i32.const 1) (f64.const 1)))
                (i32.div_u (i32.const 1) (i32.const 0)))
              (func $via-host (param i32) (result i32) (call $host (local.get 0)))

              (func $run (param $k (ref $k)) (param $n i32) (result i32)
                (local $rest (ref null $rest))
                (local $f f64)
                (block $paused (result i32 f64 (ref $rest))
                  (return (resume $k (on $pause $paused) (local.get $n) (local.get $k))))
                (local.set $rest)
                (local.set $f)
                (drop)
                ;; The memory may be another one now.
                (i32.store (i32.const 66000) (i32.const 35))
                (resume $rest
                  (i64.add (i64.load32_u (i32.const 66000))
                    (i64.trunc_f64_s (f64.add (local.get $f) (local.get $f))))
                  (local.get $rest)))
              (func (export "deep") (param i32) (result i32) (call $run (cont.new $k (ref.func $deep)) (local.get 0)))
              (func (export "grow") (drop (memory.grow (i32.const 1))))
              (func (export "throws") (result i32) (call $run (cont.new $k (ref.func $throws)) (i32.const 0)))
              (func (export "traps") (result i32) (call $run (cont.new $k (ref.func $traps)) (i32.const 0)))
              (func (export "catches") (result i32)
                (block $h (result i32)
                  (try_table (result i32) (catch $failure $h)
                    (call $run (cont.new $k (ref.func $throws)) (i32.const 0)))))
              (func (export "via-host") (param i32) (result i32)
                (call $run (cont.new $k (ref.func $via-host)) (local.get 0)))
              (func (export "suspend") (drop (suspend $pause (i32.const 1) (f64.const 1))))
              (func (export "abandon") (param $n i32)
                (loop $again
                  (block $paused (result i32 f64 (ref $rest))
                    (drop (resume $k (on $pause $paused) (i32.const 3) (cont.new $k (ref.func $deep))))
                    (return))
                  (global.set $kept)
                  (drop)
                  (drop)
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
            """;

    private static final Object[] NOTHING = {};

    private final AtomicReference<Instance> reentered = new AtomicReference<>();
    private String called = "suspend";
    private final Instance instance = instance();

    private Instance instance() {
        Imports imports = Imports.builder().function("host", "call", (int depth) -> {
            if (called.equals("deep")) {
                return reentered.get().exports().function("deep").callInt(depth);
            }
            reentered.get().exports().function(called).call();
            return 0;
        }).build();
        var made = new Instance(Wat.compile(MODULE), imports);
        reentered.set(made);
        return made;
    }

    private int call(String name, Object... arguments) {
        return (int) instance.exports().function(name).call(arguments).getFirst();
    }

    @Test
    void deepStacksAreSuspendedWhole() {
        call("grow");
        assertEquals(36, call("deep", 0));
        assertEquals(1036, call("deep", 1000));
    }

    private void call(String name) {
        instance.exports().function(name).call();
    }

    @Test
    void exceptionsAndTrapsGoToWhoeverResumed() {
        call("grow");
        assertEquals(37, call("catches", NOTHING));
        var thrown = assertThrows(WasmException.class, () -> call("throws"));
        assertEquals(37, thrown.arguments().getFirst());
        var trap = assertThrows(RuntimeError.class, () -> call("traps"));
        assertEquals(RuntimeError.Kind.INTEGER_DIVIDE_BY_ZERO, trap.kind());
        assertEquals(37, call("catches", NOTHING));
    }

    @Test
    void nothingSuspendsAcrossFramesOfTheHost() {
        call("grow");
        assertEquals(RuntimeError.Kind.UNHANDLED_TAG,
                assertThrows(RuntimeError.class, () -> call("suspend")).kind());
        assertEquals(RuntimeError.Kind.UNHANDLED_TAG,
                assertThrows(RuntimeError.class, () -> call("via-host", 0)).kind());
        // Above the host's frames there may be continuations, and afterwards everything is as before.
        called = "deep";
        assertEquals(41, call("via-host", 5));
        assertEquals(41, call("deep", 5));
    }

    /** A thread that has called often enters in another way than before. */
    @Test
    void framesOfTheHostAreABarrierAlsoAfterManyCalls() {
        call("grow");
        for (int i = 0; i < 2000; i++) {
            assertEquals(37, call("catches", NOTHING));
        }
        nothingSuspendsAcrossFramesOfTheHost();
        for (int i = 0; i < 2000; i++) {
            assertEquals(41, call("via-host", 5));
        }
    }

    @Test
    void continuationsRunOnVirtualThreads() throws Exception {
        call("grow");
        var task = new FutureTask<>(() -> call("deep", 100));
        Thread.ofVirtual().start(task);
        assertEquals(136, task.get());
        assertEquals(136, call("deep", 100));
    }

    @Test
    void whatIsNeverResumedIsGivenBack() throws Exception {
        instance.exports().function("abandon").call(200);
        for (int i = 0; i < 100 && threads() > 20; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertTrue(threads() <= 20, () -> threads() + " threads are left");
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("jawa-continuation")).count();
    }
}

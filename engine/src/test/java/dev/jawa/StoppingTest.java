package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls are stopped wherever they are, for the reason that there is, and the right ones. */
@Timeout(60)
class StoppingTest {
    private static final Module GUEST = guest();

    private static Module guest() {
        var module = new ModuleWriter().memory("01 01 80 80 01").export("memory", 2, 0);
        int host = module.importFunction("env", "host", ":");
        module.export("spin", ":", code -> code.open(Opcode.LOOP).br(0).end());
        module.export("host", ":", code -> code.call(host));
        module.export("hostAndSpin", ":", code -> code.call(host).open(Opcode.LOOP).br(0).end());
        module.export("nothing", ":", code -> {
        });
        module.export("grow", "i:i", code -> code.get(0).op(Opcode.MEMORY_GROW, 0));
        module.export("fill", "i:", code -> code.open(Opcode.LOOP).i32(0).i32(1).get(0).op(Opcode.MEMORY_FILL, 0)
                .br(0).end());
        module.export("copy", "i:", code -> code.open(Opcode.LOOP).i32(1).i32(0).get(0).op(Opcode.MEMORY_COPY, 0, 0)
                .br(0).end());
        return module.compile();
    }

    private static Instance instance(Limits limits, HostFunction host) {
        return new Instance(GUEST, Imports.builder().function("env", "host", host).build(), limits);
    }

    private static Instance instance(Limits.Builder limits) {
        return instance(limits.build(), _ -> null);
    }

    private static Limits deadline(int milliseconds) {
        return Limits.builder().deadline(Duration.ofMillis(milliseconds)).build();
    }

    private static RuntimeError stopped(Instance instance, String function, Object... arguments) {
        var error = assertThrows(RuntimeError.class, () -> instance.exports().function(function).call(arguments));
        assertFalse(Thread.currentThread().isInterrupted());
        return error;
    }

    @Test
    void deadlinesAreNotLostWhenThreadsTakeTurns() throws Exception {
        Instance instance = instance(deadline(20), _ -> null);
        var done = new AtomicBoolean();
        Thread other = Thread.ofPlatform().start(() -> {
            Function nothing = instance.exports().function("nothing");
            while (!done.get()) {
                try {
                    nothing.call();
                } catch (RuntimeError error) {
                    assertEquals(Kind.CONCURRENT_ENTRY, error.kind());
                }
            }
        });
        int stops = 0;
        while (stops < 20) {
            Kind kind = stopped(instance, "spin").kind();
            assertTrue(kind == Kind.CONCURRENT_ENTRY || kind == Kind.DEADLINE_EXCEEDED, kind.toString());
            stops += kind == Kind.DEADLINE_EXCEEDED ? 1 : 0;
        }
        done.set(true);
        other.join();
    }

    @Test
    void whoIsAskedAboutGrowthHoldsNothingUp() throws Exception {
        var asked = new CountDownLatch(1);
        Instance slow = instance(Limits.builder().deadline(Duration.ofMillis(10)).growth((_, current, _) -> {
            if (current > 0) {
                asked.countDown();
                try {
                    Thread.sleep(30_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return true;
        }));
        var growth = new FutureTask<>(() -> stopped(slow, "grow", 1));
        Thread.ofPlatform().start(growth);
        asked.await();
        assertEquals(Kind.DEADLINE_EXCEEDED, stopped(instance(deadline(10), _ -> null), "spin").kind());
        assertEquals("deadline exceeded: a call may take 10 ms", growth.get(10, TimeUnit.SECONDS).getMessage());
        assertEquals(1, slow.exports().memory("memory").pages());
    }

    @Test
    void whatTheGrowthCallbackThrowsReachesTheHost() {
        Instance instance = instance(Limits.builder().memory(1 << 20).growth((_, current, _) -> {
            if (current > 0) {
                throw new IllegalStateException("no");
            }
            return true;
        }));
        for (int round = 0; round < 100; round++) {
            assertThrows(IllegalStateException.class, () -> instance.exports().function("grow").call(1));
            assertThrows(IllegalStateException.class, () -> instance.exports().memory("memory").grow(1));
        }
        assertThrows(IllegalStateException.class, () -> instance(Limits.builder().growth((_, _, _) -> {
            throw new IllegalStateException("no");
        })));
    }

    @Test
    void waitingForOtherThreadsIsStopped() throws Exception {
        var module = new ModuleWriter().memory("03 01 01");
        module.export("await", ":i", code -> code.i32(0).i32(0).i64(-1).memory(Opcode.MEMORY_ATOMIC_WAIT32, 0));
        Module compiled = module.compile();
        var instance = new Instance(compiled, Imports.none(), deadline(20));
        for (int round = 0; round < 3; round++) {
            assertEquals("deadline exceeded: a call may take 20 ms", stopped(instance, "await").getMessage());
        }
        var interruptible = new Instance(compiled, Imports.none(), Limits.builder().interruptible().build());
        var task = new FutureTask<>(() -> stopped(interruptible, "await"));
        Thread thread = Thread.ofPlatform().start(task);
        awaitWaiting(thread);
        interruptible.interrupt();
        assertEquals("interrupted: by the host", task.get(10, TimeUnit.SECONDS).getMessage());
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void whateverAnInterruptedHostFunctionThrowsTheReasonIsKnown() {
        List<HostFunction> sleepers = List.of(_ -> {
            Thread.sleep(30_000);
            return null;
        }, _ -> {
            try {
                Thread.sleep(30_000);
                return null;
            } catch (InterruptedException e) {
                throw new java.io.UncheckedIOException(new java.io.InterruptedIOException());
            }
        }, _ -> {
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException _) {
                // And does as if nothing were.
            }
            return null;
        });
        for (HostFunction sleeper : sleepers) {
            Instance instance = instance(deadline(20), sleeper);
            assertEquals(Kind.DEADLINE_EXCEEDED, stopped(instance, "hostAndSpin").kind());
            instance.exports().function("nothing").call();
        }
        // Without a reason of ours it is the host's own business.
        Instance instance = instance(Limits.builder().interruptible().build(), sleepers.getFirst());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> instance.exports().function("host").call());
    }

    @Test
    void whatIsInsideAStoppedCallIsStopped() {
        Instance inner = instance(Limits.builder().interruptible().build(), _ -> null);
        Instance outer = instance(deadline(30), _ -> {
            inner.exports().function("spin").call();
            return null;
        });
        assertEquals("deadline exceeded: a call may take 30 ms", stopped(outer, "host").getMessage());
        inner.exports().function("nothing").call();
        Instance forgiving = instance(deadline(30), _ -> {
            for (int round = 0; round < 2; round++) {
                assertEquals(Kind.DEADLINE_EXCEEDED, assertThrows(RuntimeError.class,
                        () -> inner.exports().function("spin").call()).kind());
            }
            // The host is to stop as well.
            Thread.sleep(30_000);
            return null;
        });
        assertEquals(Kind.DEADLINE_EXCEEDED, stopped(forgiving, "host").kind());
    }

    @Test
    void anInnerDeadlineStopsTheInnerCallAlone() {
        Instance inner = instance(deadline(20), _ -> null);
        Instance outer = instance(deadline(20_000), _ -> {
            assertThrows(RuntimeError.class, () -> inner.exports().function("spin").call());
            return null;
        });
        outer.exports().function("host").call();
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void memoriesThatThreadsShareHaveLimits() {
        var module = new ModuleWriter().memory("03 01 80 02");
        module.export("grow", "i:i", code -> code.get(0).op(Opcode.MEMORY_GROW, 0));
        var instance = new Instance(module.compile(), Imports.none(), Limits.builder().memory(2 << 16).build());
        assertEquals(1, instance.exports().function("grow").callInt(1));
        assertEquals(-1, instance.exports().function("grow").callInt(1));
    }

    /**
     * How late calls are stopped that fill and copy a quarter of a gigabyte at once: on busy machines the thread's own time
     * says it, the second best of several.
     */
    @Test
    void hugeFillsAndCopiesStopSoon() {
        Instance instance = instance(Limits.builder().deadline(Duration.ofMillis(20)));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int bytes = 256 << 20;
        assertTrue(assertGrows(instance, bytes >> 16));
        for (String function : List.of("fill", "copy")) {
            var late = new ArrayList<Double>();
            for (int round = 0; round < 7; round++) {
                long start = threads.getCurrentThreadCpuTime();
                assertEquals(Kind.DEADLINE_EXCEEDED, stopped(instance, function, bytes - 1).kind());
                late.add((threads.getCurrentThreadCpuTime() - start) / 1e6 - 20);
            }
            late.sort(null);
            assertTrue(late.get(1) < 10, function + " " + late + " ms");
        }
    }

    private static boolean assertGrows(Instance instance, int pages) {
        var failure = new AtomicReference<RuntimeError>();
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                // Growing takes a while itself.
                return instance.exports().memory("memory").grow(pages) >= 0;
            } catch (RuntimeError error) {
                failure.set(error);
            }
        }
        throw failure.get();
    }
}

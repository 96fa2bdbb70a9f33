package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.Opcode;
import dev.jawa.wasm.ModuleWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pools give each user an instance in its initial state. */
@Timeout(60)
class InstancePoolTest {
    private static final Module MODULE = module();

    private static Module module() {
        var module = new ModuleWriter().memory("01 01 10").global('i', true, code -> code.i32(0));
        module.export("add", "ii:i", code -> code.op(Opcode.GLOBAL_GET, 0).i32(1).op(Opcode.I32_ADD)
                .op(Opcode.GLOBAL_SET, 0).get(0).get(1).op(Opcode.I32_ADD));
        module.export("calls", ":i", code -> code.op(Opcode.GLOBAL_GET, 0));
        module.export("spin", ":", code -> code.open(Opcode.LOOP).br(0).end());
        module.export("grow", ":i", code -> code.i32(1).op(Opcode.MEMORY_GROW, 0));
        return module.compile();
    }

    private static int calls(Instance instance) {
        return instance.exports().function("calls").callInt();
    }

    @Test
    void eachUserFindsTheInitialState() {
        // @start region="pool"
        Limits limits = Limits.builder().memory(64 << 20).deadline(Duration.ofMillis(50)).build();
        try (var pool = InstancePool.of(MODULE, Imports.none(), limits, 16)) {
            int three = pool.use(instance -> instance.exports().function("add").callInt(1, 2));
            // @end
            assertEquals(3, three);
            for (int i = 0; i < 100; i++) {
                try (InstancePool.Lease lease = pool.acquire()) {
                    assertEquals(0, calls(lease.instance()));
                    lease.instance().exports().function("add").callInt(1, 2);
                    assertEquals(1, lease.instance().exports().function("grow").callInt());
                    assertEquals(1, calls(lease.instance()));
                }
            }
            assertEquals(16, pool.size());
            assertEquals(16, pool.available());
        }
    }

    @Test
    void whatIsPreparedOnceBelongsToTheInitialState() {
        var prepared = new AtomicInteger();
        try (var pool = InstancePool.builder(MODULE).size(3).prepare(instance -> {
            prepared.incrementAndGet();
            instance.exports().function("add").callInt(1, 2);
        }).build()) {
            try (InstancePool.Lease a = pool.acquire(); InstancePool.Lease b = pool.acquire()) {
                assertEquals(1, calls(a.instance()));
                assertEquals(1, calls(b.instance()));
                assertTrue(a.instance() != b.instance());
            }
        }
        assertEquals(1, prepared.get());
    }

    @Test
    void aGuestThatIsStoppedLeavesNothingBehind() {
        Limits limits = Limits.builder().deadline(Duration.ofMillis(10)).fuel(Long.MAX_VALUE).build();
        try (var pool = InstancePool.of(MODULE, Imports.none(), limits, 1)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(Kind.DEADLINE_EXCEEDED, assertThrows(RuntimeError.class,
                        () -> pool.use(instance -> instance.exports().function("spin").call())).kind());
                assertEquals(0, pool.<Integer, java.lang.RuntimeException>use(InstancePoolTest::calls));
            }
            assertThrows(IOException.class, () -> pool.use(_ -> {
                throw new IOException("the user's own");
            }));
            assertEquals(1, pool.available());
        }
    }

    @Test
    void whoComesWhenAllAreTakenWaits() throws Exception {
        try (var pool = InstancePool.builder(MODULE).size(1).build()) {
            InstancePool.Lease taken = pool.acquire();
            assertTrue(pool.tryAcquire().isEmpty());
            assertTrue(pool.tryAcquire(Duration.ofMillis(5)).isEmpty());
            var waiting = new FutureTask<>(() -> pool.use(InstancePoolTest::calls));
            Thread thread = Thread.ofVirtual().start(waiting);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
            taken.instance().exports().function("add").callInt(1, 2);
            taken.close();
            taken.close();
            assertThrows(IllegalStateException.class, taken::instance);
            assertEquals(0, waiting.get(10, TimeUnit.SECONDS));
            assertEquals(1, pool.available());
            var interrupted = new FutureTask<>(() -> assertThrows(RuntimeError.class, pool::acquire).kind());
            try (InstancePool.Lease _ = pool.acquire()) {
                Thread waiter = Thread.ofPlatform().start(interrupted);
                waiter.interrupt();
                assertEquals(Kind.INTERRUPTED, interrupted.get(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void manyThreadsShareFewInstances() throws Exception {
        var seen = ConcurrentHashMap.<Instance>newKeySet();
        try (var pool = InstancePool.builder(MODULE).size(4).build();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                results.add(executor.submit(() -> pool.use(instance -> {
                    seen.add(instance);
                    assertEquals(0, calls(instance));
                    Thread.yield();
                    int sum = instance.exports().function("add").callInt(number, 1);
                    assertEquals(1, calls(instance));
                    return sum;
                })));
            }
            for (int i = 0; i < results.size(); i++) {
                assertEquals(i + 1, results.get(i).get());
            }
            assertEquals(4, pool.available());
        }
        assertTrue(seen.size() <= 4, seen.size() + " instances");
    }

    @Test
    void aClosedPoolSaysSo() throws Exception {
        var pool = InstancePool.builder(MODULE).size(1).build();
        InstancePool.Lease taken = pool.acquire();
        var waiting = new FutureTask<>(() -> assertThrows(IllegalStateException.class, pool::acquire));
        Thread thread = Thread.ofPlatform().start(waiting);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        pool.close();
        pool.close();
        waiting.get(10, TimeUnit.SECONDS);
        assertEquals(3, taken.instance().exports().function("add").callInt(1, 2));
        taken.close();
        assertThrows(IllegalStateException.class, pool::acquire);
        assertThrows(IllegalStateException.class, pool::tryAcquire);
        assertEquals(0, pool.available());
    }

    @Test
    void anInstanceThatStillRunsIsNotGivenToOthers() throws Exception {
        Limits limits = Limits.builder().interruptible().build();
        try (var pool = InstancePool.of(MODULE, Imports.none(), limits, 1)) {
            InstancePool.Lease lease = pool.acquire();
            Instance running = lease.instance();
            var spinning = new FutureTask<>(() -> assertThrows(RuntimeError.class,
                    () -> running.exports().function("spin").call()).kind());
            Thread thread = Thread.ofPlatform().start(spinning);
            Thread.sleep(30);
            lease.close();
            try (InstancePool.Lease next = pool.acquire()) {
                assertFalse(next.instance() == running);
                assertEquals(0, calls(next.instance()));
            }
            running.interrupt();
            assertEquals(Kind.INTERRUPTED, spinning.get(10, TimeUnit.SECONDS));
            thread.join();
        }
    }

    @Test
    void instancesOfAPoolMustNotShareState() {
        Module importer = new ModuleWriter().importMemory("env", "memory", "00 01").compile();
        Imports imports = Imports.builder().memory("env", "memory", Memory.of(1)).build();
        assertThrows(LinkError.class, () -> InstancePool.of(importer, imports, Limits.none(), 2));
        Module constant = new ModuleWriter().importGlobal("env", "global", 'i', false).compile();
        Imports global = Imports.builder().global("env", "global", Global.of(1)).build();
        try (var pool = InstancePool.of(constant, global, Limits.none(), 2);
                InstancePool.Lease a = pool.acquire(); InstancePool.Lease b = pool.acquire()) {
            assertTrue(a.instance() != b.instance());
        }
        assertThrows(IllegalArgumentException.class, () -> InstancePool.builder(MODULE).size(0));
    }
}

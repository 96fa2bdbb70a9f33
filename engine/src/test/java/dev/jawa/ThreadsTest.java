package dev.jawa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.model.AddressType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared memories: each thread has an instance of its own, and the memory is the way between them. */
@Timeout(120)
class ThreadsTest {
    private static final int THREADS = 8;
    private static final String REPEAT = "20 00 41 01 6B 22 00 0D 00 0B 0B";

    /** Adds to numbers of all widths, which are neighbours. */
    private static final String COUNT = "03 40 41 10 41 01 FE 1E 02 00 1A 41 14 41 01 FE 20 00 00 1A "
            + "41 16 41 03 FE 21 01 00 1A 41 18 42 01 FE 26 03 00 1A " + REPEAT;

    /** Adds to a number that a lock protects; who does not get the lock waits to be notified. */
    private static final String LOCKED = "03 40 02 40 03 40 41 00 41 00 41 01 FE 48 02 00 45 0D 01 "
            + "41 00 41 01 42 7F FE 01 02 00 1A 0C 00 0B 0B "
            + "41 00 41 00 29 03 08 42 01 7C 37 03 08 "
            + "41 00 41 00 FE 17 02 00 41 00 41 01 FE 00 02 00 1A " + REPEAT;

    private static final Module MODULE = new ModuleSketch().importMemory("memory", "03 01 64")
            .type("7F", "").type("7F 7F 7E", "7F").type("7F 7F", "7F").type("7F", "7F")
            .function("count", 0, COUNT)
            .function("locked", 0, LOCKED)
            .function("wait", 1, "20 00 20 01 20 02 FE 01 02 00 0B")
            .function("notify", 2, "20 00 20 01 FE 00 02 00 0B")
            .function("load", 3, "20 00 FE 10 02 00 0B")
            .function("grow", 3, "20 00 40 00 0B")
            // Waits in a loop until the number at the address is not 0, then loads a byte from where that says.
            .function("follow", 3, "03 40 20 00 FE 10 02 00 45 0D 00 0B 20 00 28 02 00 2D 00 00 0B")
            .compile();

    private static Memory sharedMemory() {
        return Memory.of(new MemoryType(AddressType.I32, ResizableLimits.of(1, 100), true, 16));
    }

    private static Exports instance(Memory memory) {
        return new Instance(MODULE, Imports.builder().memory("env", "memory", memory).build()).exports();
    }

    private static ExecutorService executor(boolean virtual) {
        return virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newCachedThreadPool();
    }

    private static void inThreads(boolean virtual, Runnable task) throws Exception {
        try (ExecutorService executor = executor(virtual)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(executor.submit(task));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void atomicsLoseNothing(boolean virtual) throws Exception {
        Memory memory = sharedMemory();
        int times = 50_000;
        inThreads(virtual, () -> instance(memory).function("count").call(times));
        int total = THREADS * times;
        assertEquals(total, memory.readInt(16));
        assertEquals((byte) total, memory.readByte(20));
        assertEquals(0, memory.readByte(21));
        assertEquals((short) (3 * total), memory.readShort(22));
        assertEquals(-total, memory.readLong(24));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLockOfWaitAndNotifyExcludes(boolean virtual) throws Exception {
        Memory memory = sharedMemory();
        int times = 20_000;
        inThreads(virtual, () -> instance(memory).function("locked").call(times));
        assertEquals((long) THREADS * times, memory.readLong(8));
        assertEquals(0, memory.readInt(0));
    }

    @Test
    void waitingEndsInThreeWays() throws Exception {
        Memory memory = sharedMemory();
        Exports exports = instance(memory);
        assertEquals(1, exports.function("wait").callInt(0, 5, -1L));
        long start = System.nanoTime();
        assertEquals(2, exports.function("wait").callInt(0, 0, 20_000_000L));
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assertEquals(2, exports.function("wait").callInt(0, 0, 0L));
        assertEquals(0, exports.function("notify").callInt(0, -1));
        try (ExecutorService executor = executor(true)) {
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                waiting.add(executor.submit(() -> instance(memory).function("wait").callInt(4, 0, -1L)));
            }
            int woken = 0;
            while (woken < THREADS) {
                assertEquals(0, exports.function("notify").callInt(8, -1));
                int more = exports.function("notify").callInt(4, 3);
                assertTrue(more <= 3);
                woken += more;
            }
            for (Future<Integer> future : waiting) {
                assertEquals(0, future.get());
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedStopsWaiting() throws Exception {
        Memory memory = sharedMemory();
        try (ExecutorService executor = executor(false)) {
            var running = new CountDownLatch(1);
            Future<Boolean> future = executor.submit(() -> {
                running.countDown();
                var error = assertThrows(RuntimeError.class, () -> instance(memory).function("wait").callInt(0, 0, -1L));
                assertEquals(Kind.INTERRUPTED, error.kind());
                return Thread.currentThread().isInterrupted();
            });
            running.await();
            executor.shutdownNow();
            assertTrue(future.get());
        }
        assertEquals(0, instance(memory).function("notify").callInt(0, -1));
    }

    @Test
    void growthIsSeenByThreadsThatAreRunning() throws Exception {
        Memory memory = sharedMemory();
        try (ExecutorService executor = executor(false)) {
            Future<Integer> follower = executor.submit(() -> instance(memory).function("follow").callInt(0));
            Thread.sleep(100);
            assertEquals(1, instance(memory).function("grow").callInt(50));
            memory.writeByte(51 * 65_536 - 1, (byte) 77);
            memory.writeInt(0, 51 * 65_536 - 1);
            assertEquals(77, follower.get());
        }
        int grown = 49;
        inThreads(false, () -> {
            for (int i = 0; i < 10; i++) {
                instance(memory).function("grow").callInt(1);
            }
        });
        assertEquals(51 + grown, memory.pages());
    }

    @Test
    void wrongUseTraps() {
        Exports exports = instance(sharedMemory());
        var unaligned = assertThrows(RuntimeError.class, () -> exports.function("load").callInt(2));
        assertEquals(Kind.UNALIGNED_ATOMIC, unaligned.kind());
        var outside = assertThrows(RuntimeError.class, () -> exports.function("load").callInt(65_536));
        assertEquals(Kind.MEMORY_OUT_OF_BOUNDS, outside.kind());
        Exports unshared = new ModuleSketch().memory("memory", "00 01").type("7F 7F 7E", "7F").type("7F 7F", "7F")
                .function("wait", 0, "20 00 20 01 20 02 FE 01 02 00 0B")
                .function("notify", 1, "20 00 20 01 FE 00 02 00 0B")
                .function("add", 1, "20 00 20 01 FE 20 00 00 0B").instantiate().exports();
        var error = assertThrows(RuntimeError.class, () -> unshared.function("wait").callInt(0, 0, 0L));
        assertEquals(Kind.EXPECTED_SHARED_MEMORY, error.kind());
        assertEquals(0, unshared.function("notify").callInt(0, 1));
        assertEquals(0, unshared.function("add").callInt(3, 255));
        assertEquals(255, unshared.function("add").callInt(3, 2));
        assertEquals(1, unshared.function("add").callInt(3, 0));
    }

    @Test
    void anUnsharedMemoryIsNotGivenForASharedOne() {
        var error = assertThrows(LinkError.class, () -> instance(Memory.of(1, 100)));
        assertTrue(error.getMessage().startsWith("incompatible import type"), error.getMessage());
    }

    /** One thread waits inside the instance while the other comes. */
    @Test
    void twoThreadsInOneInstanceAreAnError() throws Exception {
        Memory memory = sharedMemory();
        Exports entered = instance(memory);
        Exports other = instance(memory);
        try (ExecutorService executor = executor(false)) {
            Future<Integer> waiting = executor.submit(() -> entered.function("wait").callInt(0, 0, -1L));
            awaitWaiter();
            var refused = assertThrows(RuntimeError.class, () -> entered.function("load").callInt(0));
            assertEquals(Kind.CONCURRENT_ENTRY, refused.kind());
            assertTrue(refused.getMessage().startsWith("entered by two threads at once"), refused.getMessage());
            assertEquals(1, other.function("notify").callInt(0, 1));
            assertEquals(0, waiting.get());
        }
        assertEquals(0, entered.function("load").callInt(0));
    }

    private static void awaitWaiter() throws InterruptedException {
        while (Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream)
                .noneMatch(element -> element.getClassName().endsWith(".Waiters"))) {
            Thread.sleep(1);
        }
        // It is about to sleep, or sleeps already.
        Thread.sleep(20);
    }
}

package dev.jawa.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jawa.Limits;
import dev.jawa.RuntimeError;
import dev.jawa.runtime.continuation.CoroutineThread;
import dev.jawa.runtime.limits.Interruption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoreTest {
    /** What is certainly not in one line of a processor's cache, in numbers. */
    private static final int LINE = 64;
    private static final int LINES = 8;

    private static RuntimeError.Kind failureOnAnotherThread(Runnable action) {
        var failed = assertThrows(CompletionException.class, () -> CompletableFuture.runAsync(action,
                task -> new Thread(task).start()).join());
        return ((RuntimeError) failed.getCause()).kind();
    }

    @Test
    void onlyTheOutermostEntryLeaves() {
        var store = new Store();
        Store entered = store.enter();
        assertSame(store, entered);
        assertNull(store.enter());
        entered.leave();
        assertNotNull(store.enter());
    }

    @Test
    void anotherThreadIsKeptOutUntilTheFirstHasLeft() {
        var store = new Store();
        Store entered = store.enter();
        assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(store::enter));
        entered.leave();
        CompletableFuture.runAsync(() -> store.enter().leave()).join();
    }

    @Test
    void joinedStoresAreOne() {
        var first = new Store();
        var second = new Store();
        Store.join(first, second);
        Store entered = first.enter();
        assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(second::enter));
        entered.leave();
        CompletableFuture.runAsync(() -> second.enter().leave()).join();
    }

    @Test
    void storesJoinedWhileAThreadIsInsideBothStayItsUntilItHasLeftBoth() {
        var first = new Store();
        var second = new Store();
        Store outer = first.enter();
        Store inner = second.enter();
        Store.join(first, second);
        inner.leave();
        assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(second::enter));
        outer.leave();
        CompletableFuture.runAsync(() -> first.enter().leave()).join();
    }

    @Test
    void aStoreThatAnotherThreadIsInsideCannotBeJoined() {
        var store = new Store();
        Store entered = store.enter();
        assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY,
                failureOnAnotherThread(() -> Store.join(new Store(), store)));
        entered.leave();
    }

    @Test
    void theWayToTheRootStaysShort() {
        var first = new Store();
        Store.join(first, new Store());
        for (int i = 0; i < 100_000; i++) {
            Store.join(new Store(), first);
        }
        assertSame(first, first.root());
    }

    private static Store preferring() {
        var store = new Store();
        for (int i = 0; i < 10_000; i++) {
            store.enter().leave();
        }
        return store;
    }

    @Test
    void aThreadThatEntersOftenKeepsOthersOutWhileItIsInside() {
        Store store = preferring();
        for (int round = 0; round < 3; round++) {
            Store entered = store.enter();
            assertNull(store.enter());
            assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(store::enter));
            entered.leave();
            CompletableFuture.runAsync(() -> store.enter().leave()).join();
        }
    }

    @Test
    void aThreadThatEnteredOftenIsKeptOutToo() {
        Store store = preferring();
        CompletableFuture.runAsync(store::enter).join();
        assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY,
                assertThrows(RuntimeError.class, store::enter).kind());
    }

    @Test
    void joiningTakesAStoreAwayFromTheThreadThatEnteredItOften() {
        Store store = preferring();
        Store.join(store, new Store());
        CompletableFuture.runAsync(() -> {
            var other = new Store();
            Store entered = other.enter();
            Store.join(other, store);
            assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(store::enter));
            entered.leave();
        }).join();
        store.enter().leave();
    }

    @Test
    void storesJoinedWhileTheirThreadIsInsideBothDirectlyStayItsUntilItHasLeftBoth() {
        Store first = preferring();
        Store second = preferring();
        for (int round = 0; round < 2; round++) {
            Store outer = first.enter();
            Store inner = round == 0 ? second.enter() : null;
            Store.join(first, second);
            assertNull(second.enter());
            if (inner != null) {
                inner.leave();
            }
            assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(second::enter));
            outer.leave();
            CompletableFuture.runAsync(() -> second.enter().leave()).join();
        }
    }

    /** What is stopped after that must not be the thread's next call. */
    @Test
    void limitsThatComeWhileAThreadIsInsideDirectlyEndWithItsCall() {
        Store store = preferring();
        Store entered = store.enter();
        var limited = new Store();
        limited.limit(Limits.builder().interruptible().build(), new Interruption());
        Store.join(store, limited);
        store.interrupt();
        assertTrue(Thread.interrupted());
        assertEquals(RuntimeError.Kind.INTERRUPTED, assertThrows(RuntimeError.class, store::check).kind());
        entered.leave();
        store.interrupt();
        assertFalse(Thread.interrupted());
        Store again = store.enter();
        store.check();
        store.interrupt();
        assertThrows(RuntimeError.class, store::check);
        again.leave();
        assertFalse(Thread.interrupted());
    }

    @Test
    void aCoroutineEntersForTheThreadThatEnteredOften() throws Exception {
        Store store = preferring();
        for (int round = 0; round < 3; round++) {
            Store entered = round == 1 ? null : store.enter();
            inCoroutine(() -> {
                if (entered != null) {
                    assertNull(store.enter());
                    return;
                }
                Store own = store.enter();
                assertNull(store.enter());
                assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(store::enter));
                own.leave();
            });
            if (entered != null) {
                assertEquals(RuntimeError.Kind.CONCURRENT_ENTRY, failureOnAnotherThread(store::enter));
                entered.leave();
            }
        }
        // What a coroutine is inside of, the thread is inside of.
        var left = new AtomicReference<Store>();
        inCoroutine(() -> left.set(store.enter()));
        assertNull(store.enter());
        left.get().leave();
        CompletableFuture.runAsync(() -> store.enter().leave()).join();
    }

    private static void inCoroutine(Runnable action) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var coroutine = new CoroutineThread("coroutine", 0, () -> {
            try {
                action.run();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        coroutine.actForCurrentThread();
        coroutine.start();
        coroutine.join();
        assertNull(failure.get(), () -> failure.get().toString());
    }

    /** In each round the first thread is the preferred one, and the second comes at any moment. */
    @Test
    void neverAreTwoInsideAtOnce() throws Exception {
        int rounds = Integer.getInteger("dev.jawa.test.storeRounds", 500);
        for (int round = 0; round < rounds; round++) {
            var store = new Store();
            int[] inside = new int[2];
            int[] disturbance = new int[LINES * LINE];
            var failures = new AtomicInteger();
            var started = new CountDownLatch(1);
            Thread preferred = new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    disturb(disturbance);
                    alone(store, inside, failures);
                    if (i == 2_000) {
                        started.countDown();
                    }
                }
            });
            preferred.start();
            started.await();
            for (int i = 0; i < round % 256; i++) {
                disturb(disturbance);
            }
            for (int i = 0; i < 2_000; i++) {
                alone(store, inside, failures);
            }
            preferred.join();
            assertEquals(0, failures.get());
            // What all have counted: an update would be lost if two had been inside.
            assertEquals(inside[0], inside[1]);
            store.enter().leave();
        }
    }

    /** Writes what another processor writes: what this one writes next will wait in its store buffer. */
    private static void disturb(int[] lines) {
        for (int i = 0; i < lines.length; i += LINE) {
            lines[i]++;
        }
    }

    private static void alone(Store store, int[] inside, AtomicInteger failures) {
        Store entered;
        try {
            entered = store.enter();
        } catch (RuntimeError _) {
            return;
        }
        int before = inside[0]++;
        if (inside[1] != before) {
            failures.incrementAndGet();
        }
        inside[1] = before + 1;
        entered.leave();
    }
}

package dev.jawa.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoreTest {
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

    /** In each round the first thread is the preferred one, and the second comes at any moment. */
    @Test
    void neverAreTwoInsideAtOnce() throws Exception {
        int rounds = Integer.getInteger("dev.jawa.test.storeRounds", 500);
        for (int round = 0; round < rounds; round++) {
            var store = new Store();
            int[] inside = new int[2];
            var failures = new AtomicInteger();
            var started = new CountDownLatch(1);
            Thread preferred = new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    alone(store, inside, failures);
                    if (i == 2_000) {
                        started.countDown();
                    }
                }
            });
            preferred.start();
            started.await();
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

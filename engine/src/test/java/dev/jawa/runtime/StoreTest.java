package dev.jawa.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jawa.RuntimeError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static RuntimeError.Kind failureOnAnotherThread(Runnable action) {
        var failed = assertThrows(CompletionException.class, () -> CompletableFuture.runAsync(action).join());
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
}

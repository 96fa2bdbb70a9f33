package dev.jawa.runtime.limits;

import dev.jawa.runtime.Store;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The thread that stops calls which take longer than they may. It exists while there are stores with deadlines. */
public final class Watchdog {
    private static final long INTERVAL_MILLISECONDS = 1;
    private static final List<WeakReference<Store>> WATCHED = new ArrayList<>();
    private static boolean running;

    private Watchdog() {
    }

    /** Watches a store as long as it exists. */
    public static synchronized void watch(Store store) {
        WATCHED.add(new WeakReference<>(store));
        if (!running) {
            running = true;
            Thread.ofPlatform().daemon().name("jawa-watchdog").start(Watchdog::run);
        }
    }

    private static void run() {
        do {
            try {
                Thread.sleep(INTERVAL_MILLISECONDS);
            } catch (InterruptedException _) {
                // Nobody should; there is nothing to do but go on.
            }
        } while (look());
    }

    private static synchronized boolean look() {
        WATCHED.removeIf(store -> store.refersTo(null));
        long now = System.nanoTime();
        for (WeakReference<Store> watched : WATCHED) {
            Store store = watched.get();
            if (store != null) {
                store.stopIfOverdue(now);
            }
        }
        running = !WATCHED.isEmpty();
        return running;
    }
}

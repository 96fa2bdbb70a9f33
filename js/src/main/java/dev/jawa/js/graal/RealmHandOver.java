package dev.jawa.js.graal;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.TruffleSafepoint;
import dev.jawa.runtime.continuation.HandOver;

/** Lets continuations of WebAssembly that are threads call JavaScript: only one thread at a time is in the realm. */
final class RealmHandOver implements HandOver {
    private final TruffleContext context;

    RealmHandOver(TruffleContext context) {
        this.context = context;
    }

    @Override
    public void outside(Waiting waiting) {
        context.leaveAndEnter(null, TruffleSafepoint.Interrupter.THREAD_INTERRUPT, wait -> {
            wait.await();
            return wait;
        }, waiting);
    }

    @Override
    public Object enter() {
        return context.enter(null);
    }

    @Override
    public void leave(Object entered) {
        context.leave(null, entered);
    }
}

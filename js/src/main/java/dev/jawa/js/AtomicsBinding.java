package dev.jawa.js;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.graal.WaitableElement;
import dev.jawa.runtime.memory.Waiters;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * {@code Atomics.wait}, {@code waitAsync} and {@code notify} (ECMA-262 section 25.4), which meet those who wait in
 * WebAssembly and in other realms.
 */
final class AtomicsBinding {
    private static final Object OK = Values.string("ok");
    private static final Object NOT_EQUAL = Values.string("not-equal");
    private static final Object TIMED_OUT = Values.string("timed-out");
    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

    private final Realm realm;
    private final EventLoop loop;

    AtomicsBinding(Realm realm, EventLoop loop) {
        this.realm = realm;
        this.loop = loop;
    }

    /** Takes the place of GraalJS's functions. */
    void install() {
        Object atomics = realm.get(realm.globalObject(), "Atomics");
        realm.defineHidden(atomics, "wait", realm.function("wait", 4, (_, arguments) -> await(arguments)));
        realm.defineHidden(atomics, "waitAsync",
                realm.function("waitAsync", 4, (_, arguments) -> awaitAsynchronously(arguments)));
        realm.defineHidden(atomics, "notify", realm.function("notify", 3, (_, arguments) -> notify(arguments)));
        realm.defineHidden(atomics, "pause", realm.function("pause", 0, (_, arguments) -> pause(arguments.get(0))));
    }

    private Object await(Arguments arguments) {
        var element = WaitableElement.of(realm, arguments.get(0), arguments.get(1));
        Waiters waiters = shared(element);
        BooleanSupplier equal = element.holds(arguments.get(2));
        double milliseconds = timeout(arguments.get(3));
        long nanoseconds = Double.isInfinite(milliseconds) ? -1 : (long) (milliseconds * NANOSECONDS_PER_MILLISECOND);
        return switch (waiters.await(element.address(), equal, nanoseconds)) {
            case Waiters.WOKEN -> OK;
            case Waiters.NOT_EQUAL -> NOT_EQUAL;
            default -> TIMED_OUT;
        };
    }

    private Waiters shared(WaitableElement element) {
        return element.waiters().orElseThrow(() -> realm.typeError("The array is not a shared typed array."));
    }

    private static double timeout(Object value) {
        double milliseconds = Values.toNumber(value);
        return Double.isNaN(milliseconds) ? Double.POSITIVE_INFINITY : Math.max(milliseconds, 0);
    }

    private Object awaitAsynchronously(Arguments arguments) {
        var element = WaitableElement.of(realm, arguments.get(0), arguments.get(1));
        Waiters waiters = shared(element);
        BooleanSupplier equal = element.holds(arguments.get(2));
        double milliseconds = timeout(arguments.get(3));
        if (milliseconds == 0) {
            return result(false, equal.getAsBoolean() ? TIMED_OUT : NOT_EQUAL);
        }
        PromiseHandle promise = realm.newPromise();
        var wait = new AsyncWait(promise);
        Optional<Waiters.Registration> registration =
                waiters.register(element.address(), equal, () -> loop.post(wait::notified));
        if (registration.isEmpty()) {
            return result(false, NOT_EQUAL);
        }
        if (!Double.isInfinite(milliseconds)) {
            wait.timer = Optional.of(loop.startTimer(() -> wait.timedOut(registration.get()), milliseconds, false));
        }
        return result(true, promise.promise());
    }

    private Object result(boolean async, Object value) {
        Object result = realm.newObject();
        realm.define(result, "async", async);
        realm.define(result, "value", value);
        return result;
    }

    /** A promise that is fulfilled by a notification or a timer. It is used on JavaScript's thread. */
    private final class AsyncWait {
        private final PromiseHandle promise;
        private Optional<Integer> timer = Optional.empty();

        AsyncWait(PromiseHandle promise) {
            this.promise = promise;
        }

        void notified() {
            timer.ifPresent(loop::stopTimer);
            promise.resolve(OK);
        }

        void timedOut(Waiters.Registration registration) {
            if (registration.cancel()) {
                promise.resolve(TIMED_OUT);
            }
        }
    }

    private Object notify(Arguments arguments) {
        var element = WaitableElement.of(realm, arguments.get(0), arguments.get(1));
        double count = Values.isUndefined(arguments.get(2)) ? Double.POSITIVE_INFINITY
                : Values.toNumber(arguments.get(2));
        int most = (int) Math.max(0, Math.min(Integer.MAX_VALUE, Double.isNaN(count) ? 0 : count));
        return element.waiters().map(waiters -> waiters.notify(element.address(), most)).orElse(0);
    }

    /** ECMA-262 section 25.4.11. */
    private Object pause(Object rounds) {
        if (!Values.isUndefined(rounds)
                && !(Values.isNumber(rounds) && Values.toNumber(rounds) == Math.rint(Values.toNumber(rounds)))) {
            throw realm.typeError("The number of rounds must be an integer");
        }
        Thread.onSpinWait();
        return Values.UNDEFINED;
    }
}

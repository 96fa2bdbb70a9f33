package dev.jawa.js.webassembly;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Coroutine;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Sources;
import dev.jawa.js.graal.Values;
import dev.jawa.model.FunctionType;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.Store;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * JavaScript Promise Integration: {@code WebAssembly.promising} starts a computation, {@code WebAssembly.Suspending}
 * suspends the one that calls it until a promise is settled.
 */
final class PromiseIntegration {
    /** A computation that {@code promising} started. */
    private static final class Computation {
        private final FunctionInstance function;
        private Coroutine coroutine;
        private Computation caller;
        // How many calls of JavaScript by WebAssembly are on its stack: those cannot be suspended.
        private int javaScriptCalls;

        private Computation(FunctionInstance function) {
            this.function = function;
        }
    }

    /** What a promise was settled with. */
    private record Settled(boolean fulfilled, Object value) {
    }

    private final Realm realm;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final Slot<Object> suspending = new Slot<>("WrappedFunction", Object.class);
    private Optional<Object> suspendError = Optional.empty();
    // The one that is running; null outside of all.
    private Computation current;

    PromiseIntegration(Realm realm, ObjectCaches objects, WebIdl idl) {
        this.realm = realm;
        this.objects = objects;
        this.idl = idl;
    }

    void install(Object namespace) {
        new InterfaceBuilder(realm, "Suspending", "WebAssembly.Suspending", 1, this::constructSuspending)
                .install(namespace, "Suspending");
        realm.define(namespace, "promising", realm.function("promising", 1, this::promising));
        realm.defineLazy(namespace, "SuspendError", false, this::suspendErrorClass);
    }

    private Object suspendErrorClass() {
        if (suspendError.isEmpty()) {
            suspendError = Optional.of(Sources.runResource(realm, PromiseIntegration.class, "suspend-error.js"));
        }
        return suspendError.get();
    }

    private RuntimeException suspendError(String message) {
        return realm.thrown(realm.construct(suspendErrorClass(), Values.string(message)));
    }

    private Object constructSuspending(Supplier<Object> newObject, Arguments arguments) {
        String where = "WebAssembly.Suspending()";
        idl.require(arguments, 1, where);
        requireFunction(arguments.get(0), where);
        Object object = newObject.get();
        suspending.set(object, arguments.get(0));
        return object;
    }

    private void requireFunction(Object value, String where) {
        if (!Values.isCallable(value)) {
            throw realm.typeError(where + ": Argument 0 must be a function");
        }
    }

    /** The function in a {@code Suspending}; empty for anything else. */
    Optional<Object> suspendingFunction(Object value) {
        return suspending.in(value);
    }

    /** Calls JavaScript from WebAssembly: what it calls in turn cannot be suspended. */
    Object leave(Supplier<Object> call) {
        Computation running = current;
        if (running == null) {
            return objects.crossing().leave(call);
        }
        running.javaScriptCalls++;
        try {
            return objects.crossing().leave(call);
        } finally {
            running.javaScriptCalls--;
        }
    }

    private Object promising(Object self, Arguments arguments) {
        String where = "WebAssembly.promising()";
        idl.require(arguments, 1, where);
        requireFunction(arguments.get(0), where);
        FunctionInstance function = objects.functionOf(arguments.get(0)).orElseThrow(() ->
                realm.typeError(where + ": Argument 0 must be a WebAssembly exported function"));
        FunctionType type = function.type();
        return realm.function("", type.parameters().size(), (_, given) -> start(function, type, given));
    }

    /** Run a promising function. */
    private Object start(FunctionInstance function, FunctionType type, Arguments arguments) {
        PromiseHandle promise = realm.newPromise();
        Object[] converted;
        try {
            converted = objects.exportedFunctions().convert(type, arguments);
        } catch (RuntimeException problem) {
            promise.reject(realm.thrownValue(problem));
            return promise.promise();
        }
        var computation = new Computation(function);
        run(computation, () -> Coroutine.start(realm, () -> {
            try {
                promise.resolve(objects.exportedFunctions().call(function, type, converted));
            } catch (RuntimeException | StackOverflowError problem) {
                promise.reject(realm.thrownValue(problem));
            }
        }, coroutine -> computation.coroutine = coroutine));
        return promise.promise();
    }

    private void run(Computation computation, Runnable part) {
        computation.caller = current;
        current = computation;
        try {
            part.run();
        } finally {
            current = computation.caller;
        }
    }

    /**
     * Run a suspending function: suspends the running computation until the promise of what a function gives is settled.
     *
     * @param call of the function
     * @return what the promise was fulfilled with
     */
    Object suspend(Supplier<Object> call) {
        Object promise = realm.promiseResolve(leave(call));
        Computation computation = current;
        if (computation == null) {
            throw suspendError("trying to suspend without WebAssembly.promising");
        } else if (computation.javaScriptCalls > 0) {
            throw suspendError("trying to suspend JavaScript frames");
        }
        var settled = new Settled[1];
        realm.react(promise, value -> resume(computation, settled, new Settled(true, value)),
                reason -> resume(computation, settled, new Settled(false, reason)));
        computation.coroutine.suspend();
        if (settled[0].fulfilled()) {
            return settled[0].value();
        }
        return objects.crossing().leave(() -> {
            throw realm.thrown(settled[0].value());
        });
    }

    private void resume(Computation computation, Settled[] result, Settled settled) {
        result[0] = settled;
        // Whoever was inside when it began may have left meanwhile.
        Store entered = computation.function.entered();
        try {
            run(computation, computation.coroutine::resume);
        } finally {
            computation.function.left(entered);
        }
    }
}

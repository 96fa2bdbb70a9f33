package dev.jawa.runtime.continuation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A coroutine that is a {@code jdk.internal.vm.Continuation}, as virtual threads are. */
final class JdkCoroutine extends Coroutine {
    private static final MethodHandle CREATE;
    private static final MethodHandle RUN;
    private static final MethodHandle YIELD;

    static {
        MethodHandle create = null;
        MethodHandle run = null;
        MethodHandle yield = null;
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
            Class<?> scopeClass = Class.forName("jdk.internal.vm.ContinuationScope");
            Object scope = lookup.findConstructor(scopeClass, MethodType.methodType(void.class, String.class))
                    .invoke("dev.jawa");
            create = MethodHandles.insertArguments(lookup.findConstructor(continuation,
                    MethodType.methodType(void.class, scopeClass, Runnable.class)), 0, scope)
                    .asType(MethodType.methodType(Object.class, Runnable.class));
            run = lookup.findVirtual(continuation, "run", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            yield = MethodHandles.insertArguments(lookup.findStatic(continuation, "yield",
                    MethodType.methodType(boolean.class, scopeClass)), 0, scope);
        } catch (Throwable _) {
            // The package is not open to this one, or is another one in this JDK: threads do as well.
            create = null;
        }
        CREATE = create;
        RUN = run;
        YIELD = yield;
    }

    private final Object continuation;

    JdkCoroutine(Runnable body) {
        try {
            continuation = (Object) CREATE.invokeExact(body);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    static boolean isAvailable() {
        return CREATE != null;
    }

    @Override
    void resume() {
        try {
            RUN.invokeExact(continuation);
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    @Override
    void suspend() {
        try {
            boolean _ = (boolean) YIELD.invokeExact();
        } catch (Throwable failure) {
            throw unexpected(failure);
        }
    }

    private static RuntimeException unexpected(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(failure);
        };
    }
}

package dev.jawa.runtime;

import dev.jawa.RuntimeError.Kind;
import dev.jawa.RuntimeError;
import dev.jawa.WasmException;
import dev.jawa.runtime.aggregate.ObjectTraps;
import dev.jawa.runtime.limits.Execution;
import dev.jawa.runtime.memory.MemoryTraps;

/**
 * Turns what the JVM throws in compiled code into what users see, where calls leave WebAssembly.
 *
 * <p>What a host function throws comes wrapped in a {@link HostException} unless it is an {@link Error}, and what
 * WebAssembly code throws is an {@link ExceptionInstance}; so everything else is known to be the generated code's own.
 * Each of the JVM's exceptions there has one meaning.
 */
public final class Traps {
    /** When there is no room even for an error. */
    private static final RuntimeError HEAP_FULL = RuntimeError.prepared(Kind.OUT_OF_MEMORY, "the JVM's heap is full");

    private Traps() {
    }

    /** The exception to throw to the caller in place of {@code thrown}; generated entries call this. */
    public static Throwable translate(Throwable thrown) {
        if (thrown instanceof StackOverflowError && !StackRoom.isLeft()) {
            // Whoever called the host gets it as it is, and the next one outwards that has room an error of ours.
            return thrown;
        }
        try {
            return translated(thrown);
        } catch (OutOfMemoryError _) {
            return HEAP_FULL;
        }
    }

    private static Throwable translated(Throwable thrown) {
        return switch (thrown) {
            case ExceptionInstance exception -> exception.thrown();
            case RuntimeError error -> located(error, error);
            case ArrayIndexOutOfBoundsException index when ObjectTraps.isOfArray(index) ->
                located(ObjectTraps.onIndex(index), thrown);
            case IndexOutOfBoundsException _ -> {
                var error = new RuntimeError(Kind.MEMORY_OUT_OF_BOUNDS, MemoryTraps.describe(thrown));
                yield located(error, thrown);
            }
            case ClassCastException _ -> located(new RuntimeError(Kind.CAST_FAILURE), thrown);
            case NullPointerException nothing -> located(ObjectTraps.onNull(nothing), thrown);
            case NegativeArraySizeException _ ->
                located(new RuntimeError(Kind.OUT_OF_MEMORY, "an array of more than 2147483647 elements"), thrown);
            case StackOverflowError _ ->
                located(new RuntimeError(Kind.CALL_STACK_EXHAUSTED, "the thread's stack is full"), thrown);
            case OutOfMemoryError _ -> located(new RuntimeError(Kind.OUT_OF_MEMORY, "the JVM's heap is full"), thrown);
            default -> thrown;
        };
    }

    private static RuntimeError located(RuntimeError error, Throwable where) {
        if (error.frames().isEmpty()) {
            StackTraces.locate(error, where);
        }
        return error;
    }

    /** The {@code unreachable} instruction. */
    public static RuntimeError unreachable() {
        return new RuntimeError(Kind.UNREACHABLE);
    }

    /**
     * What a host function's adapter throws for what the function threw. WebAssembly code may catch exceptions, but
     * neither traps nor what no program should catch.
     */
    public static Throwable thrownByHost(Throwable thrown) {
        return switch (thrown) {
            case RuntimeError error when error.kind() != Kind.INTERRUPTED -> error;
            case Error error -> error;
            // A function that was interrupted while it waited throws what it likes; why, the caller must learn.
            default -> Execution.stopOfCurrent().<Throwable>map(stop -> causedBy(stop, thrown))
                    .orElseGet(() -> ofHost(thrown));
        };
    }

    private static RuntimeError causedBy(RuntimeError stop, Throwable thrown) {
        stop.addSuppressed(thrown);
        return stop;
    }

    private static Throwable ofHost(Throwable thrown) {
        return switch (thrown) {
            case RuntimeError error -> error;
            case WasmException exception -> ExceptionInstance.of(exception);
            default -> new HostException(thrown);
        };
    }

    /** Throws what the compiler does not expect. */
    @SuppressWarnings("unchecked")
    public static <T extends Throwable> java.lang.RuntimeException unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}

package dev.jawa;

import dev.jawa.model.FunctionType;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.runtime.HostFunctions;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * A function: one that a module exports, one found in a table, or one of the host made with {@code of}.
 *
 * <p>WebAssembly's types are Java's: i32 {@code int}, i64 {@code long}, f32 {@code float}, f64 {@code double};
 * a reference is an object, the null reference is {@code null}. The {@code callInt} family passes primitive arguments
 * without boxing where the arguments and the function's parameters are of the same types; the variable-arity forms
 * box, and widen as Java does for method calls. {@link #methodHandle()} and {@link Exports#as} are faster still.
 *
 * <p>Every call throws {@link RuntimeError} when the code traps, and with
 * {@link RuntimeError.Kind#TYPE_MISMATCH} when the arguments do not fit {@link #type()}.
 *
 * {@snippet class="dev.jawa.TutorialTest" region="function"}
 *
 * @see <a href="https://developer.mozilla.org/docs/WebAssembly/Guides/Exported_functions">MDN: Exported WebAssembly
 *     functions</a>
 */
public sealed interface Function extends Extern permits FunctionInstance {

    /**
     * A host function of a given type.
     *
     * @param type its parameters and results
     * @param body gets the arguments, boxed
     */
    static Function of(FunctionType type, HostFunction body) {
        return HostFunctions.of(type, body);
    }

    /**
     * A host function, its type taken from the method handle's: {@code int}, {@code long}, {@code float} and
     * {@code double} are the number types, {@code dev.jawa.Function} is funcref, {@link Struct}, {@link Array} and
     * {@link I31} are structref, arrayref and i31ref, any other object is externref, and a record as return type
     * several results.
     *
     * @throws LinkError if a type has no counterpart
     */
    static Function of(MethodHandle body) {
        return HostFunctions.of(body);
    }

    /** The parameters and results. */
    FunctionType type();

    /**
     * Calls the function and gives all its results, boxed; an empty list if it has none.
     *
     * @param arguments one for each parameter
     */
    List<Object> call(Object... arguments);

    /**
     * Calls the function and gives what it returns as an object of a class: {@code call(Struct.class, 1)}.
     *
     * @param type a record class with a component for each result, of its type; or the class of the one result, such as
     *     {@code Integer}, {@link Struct} or that of a host's object
     * @throws RuntimeError with {@link RuntimeError.Kind#TYPE_MISMATCH}, before the call if the function's type says so
     *     already
     */
    <R> R call(Class<R> type, Object... arguments);

    /** Calls a function with one i32 result. */
    int callInt(Object... arguments);

    /** Calls a function with one i32 result. */
    int callInt();

    /** Calls a function with one i32 result. */
    int callInt(int a);

    /** Calls a function with one i32 result. */
    int callInt(int a, int b);

    /** Calls a function with one i32 result. */
    int callInt(int a, int b, int c);

    /** Calls a function with one i64 result. */
    long callLong(Object... arguments);

    /** Calls a function with one i64 result. */
    long callLong(long a);

    /** Calls a function with one i64 result. */
    long callLong(long a, long b);

    /** Calls a function with one f32 result. */
    float callFloat(Object... arguments);

    /** Calls a function with one f64 result. */
    double callDouble(Object... arguments);

    /** Calls a function with one f64 result. */
    double callDouble(double a);

    /** Calls a function with one f64 result. */
    double callDouble(double a, double b);

    /**
     * The function as a method handle of the exact type, such as {@code (int,int)int}; several results come as a
     * {@code List<Object>}. Kept in a {@code static final} field it is the fastest way to call: HotSpot compiles the
     * WebAssembly code into the caller.
     */
    MethodHandle methodHandle();
}

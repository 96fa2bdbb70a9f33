package dev.jawa.js;

import dev.jawa.js.graal.Values;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A value of a JavaScript program. It may be used by any thread; all that it does happens on the thread of the program.
 *
 * <p>What Java gives to JavaScript becomes there: {@code null} null; {@code Boolean} and strings what they are; {@code Integer},
 * {@code Short}, {@code Byte}, {@code Float} and {@code Double} numbers; {@code Long} and {@code BigInteger} BigInts, as i64
 * does; {@code byte[]} a {@code Uint8Array} and {@code List} an array, both copied; {@code Map} an object with its entries;
 * {@link JsCallable} a function; {@code CompletionStage} a promise; functions, memories, tables, globals and tags of
 * WebAssembly the objects that the JavaScript API has for them; and a {@code JsValue} what it is, in its own program only.
 * Nothing else of Java can be seen from JavaScript.
 *
 * <p>Methods throw {@link JsException} when JavaScript throws, and {@code IllegalStateException} when the program has ended.
 */
public final class JsValue {
    private final JsThread thread;
    private final Object value;

    JsValue(JsThread thread, Object value) {
        this.thread = thread;
        this.value = value;
    }

    Object raw() {
        return value;
    }

    JsThread thread() {
        return thread;
    }

    private JavaConversion conversion() {
        return new JavaConversion(thread);
    }

    /** Whether it is {@code undefined}. */
    public boolean isUndefined() {
        return Values.isUndefined(value);
    }

    /** Whether it is {@code null}. */
    public boolean isNull() {
        return Values.isNull(value);
    }

    /** Whether it can be called. */
    public boolean isFunction() {
        return Values.isCallable(value);
    }

    /** Whether it is an object; functions are, too. */
    public boolean isObject() {
        return Values.isObject(value);
    }

    /**
     * The value as one of Java.
     *
     * @param type {@code Boolean}, {@code String}, a class of numbers that the value fits without loss, {@code byte[]} for
     *     what buffers and views of them hold, {@code List}, {@code Map}, {@code CompletableFuture} for a promise, a class
     *     of WebAssembly such as {@link dev.jawa.Memory}, or {@code Object} for what fits best: then numbers are
     *     {@code Integer} or {@code Double}, BigInts {@code BigInteger}, arrays and plain objects copies, in which null
     *     and undefined are {@code null}, and all other objects {@code JsValue}s
     * @throws IllegalArgumentException if it is nothing of this type
     */
    public <T> T as(Class<T> type) {
        return thread.call(() -> conversion().toJava(value, type));
    }

    /** The number, which must be an integer of 32 bits. */
    public int asInt() {
        return as(Integer.class);
    }

    /** The number. */
    public double asDouble() {
        return as(Double.class);
    }

    /** The text, if it is a string; {@link #toString} takes anything. */
    public String asString() {
        return as(String.class);
    }

    /** The truth value, if it is one. */
    public boolean asBoolean() {
        return as(Boolean.class);
    }

    /** A property; {@code undefined} if there is none. */
    public JsValue get(String property) {
        return thread.call(() -> new JsValue(thread, thread.realm().get(object(), property)));
    }

    /** An element of an array. */
    public JsValue get(int index) {
        return get(Integer.toString(index));
    }

    /** Sets a property. */
    public void set(String property, Object newValue) {
        thread.call(() -> {
            thread.realm().set(object(), property, conversion().toJavaScript(newValue));
            return true;
        });
    }

    /** The names of its own enumerable properties, in order. */
    public List<String> keys() {
        return thread.call(() -> conversion().keys(object()));
    }

    /** Calls the function. */
    public JsValue call(Object... arguments) {
        return thread.call(() -> call(value, Values.UNDEFINED, arguments));
    }

    /** Calls a method. */
    public JsValue invoke(String method, Object... arguments) {
        return thread.call(() -> call(thread.realm().get(object(), method), value, arguments));
    }

    /** {@code new}: makes an object by the constructor. */
    public JsValue construct(Object... arguments) {
        return thread.call(() -> new JsValue(thread,
                thread.realm().construct(callable(value), conversion().toJavaScript(arguments))));
    }

    private JsValue call(Object function, Object self, Object... arguments) {
        return new JsValue(thread, thread.realm().call(callable(function), self, conversion().toJavaScript(arguments)));
    }

    private Object object() {
        if (isUndefined() || isNull()) {
            throw thread.realm().typeError(Values.toDisplayString(value) + " has no properties");
        }
        return value;
    }

    private Object callable(Object function) {
        if (!Values.isCallable(function)) {
            throw thread.realm().typeError(Values.toDisplayString(function) + " is not a function");
        }
        return function;
    }

    /**
     * What a promise gives; the value itself if it is none. The future fails with a {@link JsException} if the promise is
     * rejected.
     */
    public CompletableFuture<JsValue> toFuture() {
        var result = new CompletableFuture<JsValue>();
        thread.submit(() -> {
            thread.realm().react(thread.realm().promiseResolve(value),
                    given -> result.complete(new JsValue(thread, given)),
                    reason -> result.completeExceptionally(thread.exception(reason)));
            return true;
        }).whenComplete((_, problem) -> {
            if (problem != null) {
                result.completeExceptionally(problem);
            }
        });
        return result;
    }

    /** For people to read, as a console shows it. */
    @Override
    public String toString() {
        return thread.call(() -> Values.toDisplayString(value));
    }
}

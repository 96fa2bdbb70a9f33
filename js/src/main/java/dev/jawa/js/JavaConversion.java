package dev.jawa.js;

import dev.jawa.Extern;
import dev.jawa.js.graal.PromiseHandle;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Values of Java to values of JavaScript and back, on the program's thread. */
final class JavaConversion {
    private final JsThread thread;
    private final Realm realm;
    // Those that are being copied: they must not contain themselves.
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    JavaConversion(JsThread thread) {
        this.thread = thread;
        this.realm = thread.realm();
    }

    // ---- to JavaScript

    Object[] toJavaScript(Object... values) {
        return Arrays.stream(values).map(this::toJavaScript).toArray();
    }

    /** @throws IllegalArgumentException if it is nothing that JavaScript can have */
    Object toJavaScript(Object value) {
        return switch (value) {
            case null -> Values.NULL;
            case Boolean _, Integer _, Double _ -> value;
            case Short number -> number.intValue();
            case Byte number -> number.intValue();
            case Float number -> number.doubleValue();
            case Long number -> Values.bigInt(number);
            case BigInteger number -> realm.call(realm.get(realm.globalObject(), "BigInt"), Values.UNDEFINED,
                    Values.string(number.toString()));
            case String text -> Values.string(text);
            case Character character -> Values.string(character.toString());
            case byte[] bytes -> realm.construct(realm.get(realm.globalObject(), "Uint8Array"),
                    realm.newArrayBuffer(bytes.clone()));
            case JsValue other when other.thread() == thread -> other.raw();
            case JsValue _ -> throw new IllegalArgumentException("a value of another program");
            case Extern extern -> thread.webAssembly().object(extern);
            case JsCallable callable -> function(callable);
            case List<?> list -> realm.newArray(copied(list, () -> list.stream().map(this::toJavaScript).toList()));
            case Map<?, ?> map -> copied(map, () -> object(map));
            case CompletionStage<?> stage -> promise(stage);
            default -> throw new IllegalArgumentException("JavaScript can have no " + value.getClass().getName());
        };
    }

    private Object object(Map<?, ?> map) {
        Object object = realm.newObject();
        map.forEach((key, value) -> realm.define(object, String.valueOf(key), toJavaScript(value)));
        return object;
    }

    private Object function(JsCallable callable) {
        return realm.function("", 0, (_, arguments) -> {
            var given = new ArrayList<JsValue>();
            for (int i = 0; i < arguments.count(); i++) {
                given.add(new JsValue(thread, arguments.get(i)));
            }
            try {
                Object result = callable.call(Collections.unmodifiableList(given));
                return result == null ? Values.UNDEFINED : toJavaScript(result);
            } catch (Exception problem) {
                throw thread.error(problem);
            }
        });
    }

    private Object promise(CompletionStage<?> stage) {
        PromiseHandle promise = realm.newPromise();
        thread.loop().hold();
        stage.whenComplete((result, problem) -> thread.loop().post(() -> {
            thread.loop().release();
            if (problem == null) {
                promise.resolve(toJavaScript(result));
            } else {
                Throwable cause = problem instanceof java.util.concurrent.CompletionException && problem.getCause() != null
                        ? problem.getCause() : problem;
                promise.reject(realm.thrownValue(thread.error(cause)));
            }
        }));
        return promise.promise();
    }

    private interface Copy<T> {
        T make();
    }

    private <T> T copied(Object original, Copy<T> copy) {
        if (!open.add(original)) {
            throw new IllegalArgumentException("it contains itself");
        }
        try {
            return copy.make();
        } finally {
            open.remove(original);
        }
    }

    // ---- to Java

    /** @throws IllegalArgumentException if it is nothing of this type */
    <T> T toJava(Object value, Class<T> type) {
        Class<?> wanted = MethodType.methodType(type).wrap().returnType();
        Optional<?> converted = wanted == JsValue.class ? Optional.of(new JsValue(thread, value))
                : wanted == Object.class ? Optional.ofNullable(natural(value)) : special(value, wanted);
        if (converted.isEmpty() || !wanted.isInstance(converted.get())) {
            throw new IllegalArgumentException(Values.toDisplayString(value) + " is not of type " + type.getSimpleName());
        }
        @SuppressWarnings("unchecked")  // a class and its primitive type have the same T
        T result = (T) converted.get();
        return result;
    }

    private Optional<?> special(Object value, Class<?> wanted) {
        if (Number.class.isAssignableFrom(wanted)) {
            return number(value).flatMap(number -> exact(number, wanted));
        } else if (wanted == CompletableFuture.class) {
            return Optional.of(new JsValue(thread, value).toFuture());
        } else if (wanted == Map.class) {
            return Values.isObject(value) ? Optional.of(map(value)) : Optional.empty();
        }
        return Optional.ofNullable(natural(value));
    }

    private static Optional<BigDecimal> number(Object value) {
        if (Values.isBigInt(value)) {
            return Optional.of(new BigDecimal(Values.toBigInt(value)));
        }
        double number = Values.isNumber(value) ? Values.toNumber(value) : Double.NaN;
        return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
    }

    private static Optional<Number> exact(BigDecimal number, Class<?> wanted) {
        try {
            if (wanted == Integer.class) {
                return Optional.of(number.intValueExact());
            } else if (wanted == Long.class) {
                return Optional.of(number.longValueExact());
            } else if (wanted == Short.class) {
                return Optional.of(number.shortValueExact());
            } else if (wanted == Byte.class) {
                return Optional.of(number.byteValueExact());
            } else if (wanted == BigInteger.class) {
                return Optional.of(number.toBigIntegerExact());
            }
            return Optional.of(wanted == Float.class ? (Number) number.floatValue() : (Number) number.doubleValue());
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private Object natural(Object value) {
        if (Values.isUndefined(value) || Values.isNull(value)) {
            return null;
        } else if (value instanceof Boolean) {
            return value;
        } else if (Values.isBigInt(value)) {
            return Values.toBigInt(value);
        } else if (Values.isNumber(value)) {
            return Values.asInt(value).isPresent() ? (Object) Values.asInt(value).getAsInt() : (Object) Values.toNumber(value);
        } else if (Values.isString(value)) {
            return Values.toString(value);
        } else if (Values.isBufferSource(value)) {
            return Values.copyBytes(value);
        } else if (isArray(value)) {
            return copied(value, () -> {
                var list = new ArrayList<>();
                realm.iterate(value).forEach(element -> list.add(natural(element)));
                return Collections.unmodifiableList(list);
            });
        }
        Optional<Extern> extern = thread.webAssembly().extern(value);
        if (extern.isPresent()) {
            return extern.get();
        }
        return isPlain(value) ? map(value) : new JsValue(thread, value);
    }

    private Map<String, Object> map(Object value) {
        return copied(value, () -> {
            var map = new LinkedHashMap<String, Object>();
            keys(value).forEach(key -> map.put(key, natural(realm.get(value, key))));
            return Collections.unmodifiableMap(map);
        });
    }

    /** The names of the own enumerable properties of an object. */
    List<String> keys(Object value) {
        Object keys = realm.get(realm.get(realm.globalObject(), "Object"), "keys");
        return realm.iterate(realm.call(keys, Values.UNDEFINED, value)).stream().map(Values::toString).toList();
    }

    private boolean isArray(Object value) {
        return Values.isObject(value) && Values.toBoolean(realm.call(realm.get(realm.get(realm.globalObject(), "Array"),
                "isArray"), Values.UNDEFINED, value));
    }

    private boolean isPlain(Object value) {
        if (!Values.isObject(value) || Values.isCallable(value)) {
            return false;
        }
        Object prototype = realm.prototype(value);
        return Values.isNull(prototype)
                || prototype == realm.get(realm.get(realm.globalObject(), "Object"), "prototype");
    }
}

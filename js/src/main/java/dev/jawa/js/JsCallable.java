package dev.jawa.js;

import java.util.List;

/** A function of Java that JavaScript can call; lambdas are meant. */
@FunctionalInterface
public interface JsCallable {
    /**
     * What the function does, on the thread of the program that calls it.
     *
     * @param arguments as many as it is called with
     * @return what {@link JsValue} says can be given to JavaScript; {@code null} for {@code undefined}
     * @throws Exception becomes an {@code Error} with the same message, which is the cause of the {@link JsException} if
     *     JavaScript does not catch it
     */
    Object call(List<JsValue> arguments) throws Exception;
}

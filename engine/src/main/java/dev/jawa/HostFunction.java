package dev.jawa;

/** The body of a function that the host gives to WebAssembly, with boxed arguments. */
@FunctionalInterface
public interface HostFunction {
    /**
     * Does what the function does.
     *
     * @param arguments {@link Integer}, {@link Long}, {@link Float}, {@link Double}, or an object or {@code null} for
     *     a reference; one for each parameter
     * @return the result, boxed likewise; an {@code Object[]} if the function's type has several, anything if none
     * @throws Exception whatever it likes: it reaches the caller of the WebAssembly code as it was thrown
     */
    Object call(Object... arguments) throws Exception;
}

package dev.jawa.js.graal;

/** What a function of the host does when JavaScript calls it. */
@FunctionalInterface
public interface NativeBody {
    /**
     * Does it.
     *
     * @param self JavaScript's {@code this}
     * @return a JavaScript value
     */
    Object call(Object self, Arguments arguments);
}

package dev.jawa.js.graal;

import java.util.function.Supplier;

/** What a constructor of the host does when JavaScript calls it with {@code new}. */
@FunctionalInterface
public interface ConstructorBody {
    /**
     * Converts the arguments, creates the object, initializes it.
     *
     * @param newObject creates the object, with the prototype that {@code new.target} asks for; to be called once,
     *     after the arguments have been converted (Web IDL, "internally create a new object implementing the
     *     interface")
     * @return the object
     */
    Object construct(Supplier<Object> newObject, Arguments arguments);
}

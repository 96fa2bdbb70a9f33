package dev.jawa.runtime.limits;

/**
 * What code looks at while it runs. There is a version of a module's classes for each combination that is used.
 *
 * @param interruptible whether it is to stop: at the beginning of functions and of each round of a loop
 * @param countdown whether it counts how often it was there and really looks now and then, since the JVM has no place in
 *     loops at which it could make all code look
 * @param metered how many instructions it may still execute
 * @param nested how many calls may still be inside each other
 */
public record Checks(boolean interruptible, boolean countdown, boolean metered, boolean nested) {
    /** Nothing. */
    public static final Checks NONE = new Checks(false, false, false, false);

    /** Whether it asks its {@link Meter}. */
    public boolean countsAnything() {
        return metered || nested;
    }
}

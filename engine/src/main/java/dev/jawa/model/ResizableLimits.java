package dev.jawa.model;

import java.util.OptionalLong;

/**
 * The size a memory or table starts with and may grow to (core spec 2.3.11), in pages or elements. Both are unsigned
 * 64-bit numbers.
 *
 * @param minimum the size at the start
 * @param maximum the size it may grow to, if there is a bound
 */
public record ResizableLimits(long minimum, OptionalLong maximum) {
    /** No upper bound. */
    public static ResizableLimits of(long minimum) {
        return new ResizableLimits(minimum, OptionalLong.empty());
    }

    /** With an upper bound. */
    public static ResizableLimits of(long minimum, long maximum) {
        return new ResizableLimits(minimum, OptionalLong.of(maximum));
    }

    /** Import matching (core spec 3.3.11): whether something with these limits may be given where {@code wanted} is. */
    public boolean matches(ResizableLimits wanted) {
        if (Long.compareUnsigned(minimum, wanted.minimum) < 0) {
            return false;
        }
        return wanted.maximum.isEmpty()
                || maximum.isPresent()
                        && Long.compareUnsigned(maximum.getAsLong(), wanted.maximum.getAsLong()) <= 0;
    }

    @Override
    public String toString() {
        String text = Long.toUnsignedString(minimum);
        return maximum.isPresent() ? text + " " + Long.toUnsignedString(maximum.getAsLong()) : text;
    }
}

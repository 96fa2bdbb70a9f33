package dev.jawa.js.webassembly;

import dev.jawa.model.AddressType;
import dev.jawa.model.ResizableLimits;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits in the descriptors of memories and tables. */
final class Limits {
    /** Core spec 3.2.7: 4 GiB, or 16 EiB, in pages of 64 KiB. */
    private static final long MAXIMUM_PAGES_32 = 1L << 16;
    private static final long MAXIMUM_PAGES_64 = 1L << 48;
    private static final long MAXIMUM_ELEMENTS_32 = 0xFFFF_FFFFL;
    /** As an unsigned number: all of them. */
    private static final long MAXIMUM_ELEMENTS_64 = -1;

    private Limits() {
    }

    static long maximumPages(AddressType type) {
        return type == AddressType.I64 ? MAXIMUM_PAGES_64 : MAXIMUM_PAGES_32;
    }

    static long maximumElements(AddressType type) {
        return type == AddressType.I64 ? MAXIMUM_ELEMENTS_64 : MAXIMUM_ELEMENTS_32;
    }

    /**
     * Reads and converts the members {@code initial} and {@code maximum} of a descriptor. Each is converted before the
     * next is read, which is what the official tests and the browsers have; Web IDL would read them all first.
     */
    static ResizableLimits read(WebIdl idl, Object descriptor, AddressType type, String where) {
        long least = idl.addressValue(minimum(idl, descriptor, where), type, where);
        OptionalLong most = idl.member(descriptor, "maximum")
                .map(value -> OptionalLong.of(idl.addressValue(value, type, where)))
                .orElse(OptionalLong.empty());
        return new ResizableLimits(least, most);
    }

    /** The member {@code initial}, which types that are given as objects call {@code minimum}. */
    private static Object minimum(WebIdl idl, Object descriptor, String where) {
        Optional<Object> initial = idl.member(descriptor, "initial");
        return initial.isPresent() ? initial.get() : idl.member(descriptor, "minimum").orElseGet(() ->
                idl.requiredMember(descriptor, "initial", where));
    }

    /** Whether limits are in order and within a bound (core spec 3.2.11). */
    static boolean areValid(ResizableLimits limits, long bound) {
        long largest = limits.maximum().orElse(limits.minimum());
        return Long.compareUnsigned(limits.minimum(), bound) <= 0 && Long.compareUnsigned(largest, bound) <= 0
                && Long.compareUnsigned(limits.minimum(), largest) <= 0;
    }
}

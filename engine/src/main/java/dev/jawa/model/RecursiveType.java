package dev.jawa.model;

import java.util.List;

/**
 * A group of types that may refer to each other (core spec 2.3.10).
 *
 * @param types in order, as they get their indices
 */
public record RecursiveType(List<SubType> types) {
    public RecursiveType {
        types = List.copyOf(types);
    }

    // What the compiler makes for records is put together at run time, which delays the first module.

    @Override
    public boolean equals(Object other) {
        return other instanceof RecursiveType(var otherTypes) && types.equals(otherTypes);
    }

    @Override
    public int hashCode() {
        return types.hashCode();
    }
}

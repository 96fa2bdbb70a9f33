package dev.jawa.model;

/**
 * A type of the module, by its index in the type index space.
 *
 * @param index counts all types of all recursive groups
 */
public record TypeIndex(int index) implements HeapType {
    @Override
    public String toString() {
        return Integer.toString(index);
    }
}

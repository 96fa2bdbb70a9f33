package dev.jawa.model;

/**
 * A continuation of the stack switching proposal.
 *
 * @param function the heap type of the function it continues
 */
public record ContinuationType(HeapType function) implements CompositeType {
}

package dev.jawa.model;

/**
 * Bytes for memories (core spec 2.5.8).
 *
 * @param mode when it is used; never {@link SegmentMode.Declarative}
 * @param bytes the contents
 */
public record DataSegment(SegmentMode mode, Bytes bytes) {
}

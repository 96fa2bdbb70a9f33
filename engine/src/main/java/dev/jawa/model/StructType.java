package dev.jawa.model;

import java.util.List;

/**
 * A struct (core spec 2.3.8).
 *
 * @param fields in order
 */
public record StructType(List<FieldType> fields) implements CompositeType {
    public StructType {
        fields = List.copyOf(fields);
    }
}

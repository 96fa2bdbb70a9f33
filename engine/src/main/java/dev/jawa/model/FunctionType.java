package dev.jawa.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The parameters and results of a function (core spec 2.3.6).
 *
 * @param parameters in order
 * @param results in order; more than one is allowed
 */
public record FunctionType(List<ValueType> parameters, List<ValueType> results)
        implements CompositeType, ExternType {
    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    // As in RecursiveType.

    @Override
    public boolean equals(Object other) {
        return other instanceof FunctionType that && parameters.equals(that.parameters)
                && results.equals(that.results);
    }

    @Override
    public int hashCode() {
        return 31 * parameters.hashCode() + results.hashCode();
    }

    /** Such as {@code (i32, i64) -> f32}. */
    @Override
    public String toString() {
        String result = results.size() == 1 ? results.getFirst().toString() : list(results);
        return list(parameters) + " -> " + result;
    }

    private static String list(List<ValueType> types) {
        return types.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}

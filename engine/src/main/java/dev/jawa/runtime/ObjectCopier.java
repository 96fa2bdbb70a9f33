package dev.jawa.runtime;

import dev.jawa.RuntimeError;
import dev.jawa.compile.type.AggregateClasses;
import dev.jawa.runtime.aggregate.ArrayInstance;
import dev.jawa.runtime.aggregate.StructInstance;
import dev.jawa.runtime.continuation.ContinuationInstance;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Copies references from one instance to another: structs and arrays with all that they lead to, functions of the one
 * become those of the other. All else is what both have.
 */
final class ObjectCopier {
    private final ModuleInstance source;
    private final ModuleInstance target;
    private final Map<Object, Object> copies = new IdentityHashMap<>();
    // Copies whose fields and elements are still empty, with what they are copies of; no recursion, lists may be long.
    private final ArrayDeque<Object> unfilled = new ArrayDeque<>();

    ObjectCopier(ModuleInstance source, ModuleInstance target) {
        this.source = source;
        this.target = target;
    }

    /** References of a table or a segment. */
    Object[] elements(Object[] references, int count) {
        Object[] result = new Object[count];
        for (int i = 0; i < count; i++) {
            result[i] = references[i] instanceof LazyFunction lazy && lazy.instance() == source
                    ? target.lazyFunction(lazy.index()) : reference(references[i]);
        }
        return result;
    }

    /** A reference. */
    Object reference(Object reference) {
        Object copy = shallow(reference);
        while (!unfilled.isEmpty()) {
            fill(unfilled.pop());
        }
        return copy;
    }

    private Object shallow(Object reference) {
        return switch (reference) {
            case FunctionInstance function when function.instance() == source -> target.function(function.index());
            case StructInstance struct -> copies.computeIfAbsent(struct, _ ->
                    unfilled(struct, AggregateClasses.newStruct(struct.type())));
            case ArrayInstance array -> copies.computeIfAbsent(array, _ ->
                    unfilled(array, AggregateClasses.newArray(array.type(), array.length())));
            case ContinuationInstance _ -> throw cannotCopy("a continuation");
            case ExceptionInstance _ -> throw cannotCopy("an exception");
            case null, default -> reference;
        };
    }

    private static RuntimeError cannotCopy(String what) {
        return new RuntimeError(RuntimeError.Kind.TYPE_MISMATCH,
                "the instance holds " + what + ", which a snapshot cannot");
    }

    private Object unfilled(Object original, Object copy) {
        unfilled.push(original);
        return copy;
    }

    private void fill(Object original) {
        switch (original) {
            case StructInstance struct -> struct.copyTo((StructInstance) copies.get(struct), this::shallow);
            case ArrayInstance array -> array.copyTo((ArrayInstance) copies.get(array), this::shallow);
            default -> throw new IllegalStateException("neither struct nor array: " + original);
        }
    }
}

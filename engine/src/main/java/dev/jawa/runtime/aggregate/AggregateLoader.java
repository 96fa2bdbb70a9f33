package dev.jawa.runtime.aggregate;

import dev.jawa.model.DefinedType;

/** What loads the classes of structs and arrays, which know their types by position in it. */
public interface AggregateLoader {
    /** The type at a position of the recursive group that the classes are of. */
    DefinedType type(int position);
}

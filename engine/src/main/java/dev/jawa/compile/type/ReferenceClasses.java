package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Names;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.HeapType;
import dev.jawa.model.TypeIndex;

/**
 * The classes of variables and fields that hold references. Those of a function, struct or array type have its class,
 * so that HotSpot need not check what comes out of them; others are objects.
 */
public final class ReferenceClasses {
    private ReferenceClasses() {
    }

    /** The internal name of the class for a type without a module around it. */
    public static String of(HeapType type) {
        return switch (type) {
            case DefinedType defined -> switch (defined.abstractType()) {
                case FUNC -> FunctionTypeClasses.name(defined);
                case STRUCT, ARRAY -> AggregateClasses.name(defined);
                default -> Names.OBJECT;
            };
            case ExactType(HeapType exact) -> of(exact);
            case AbstractHeapType _ -> Names.OBJECT;
            case TypeIndex _ -> throw new IllegalArgumentException("a type of a module");
        };
    }
}

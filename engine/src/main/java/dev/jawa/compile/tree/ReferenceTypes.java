package dev.jawa.compile.tree;

import dev.jawa.binary.TypeCode;
import dev.jawa.compile.tree.Expression.Call;
import dev.jawa.compile.tree.Expression.Constant;
import dev.jawa.compile.tree.Expression.Get;
import dev.jawa.compile.tree.Expression.Operation;
import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.ArrayType;
import dev.jawa.model.HeapType;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.TypeIndex;

/** What references point to, as far as it is known without looking far: it saves casts of what is of a class anyway. */
final class ReferenceTypes {
    /** Of a reference of which nothing is known, and of everything that is no reference. */
    static final HeapType UNKNOWN = AbstractHeapType.ANY;

    private final IndexSpaces spaces;

    ReferenceTypes(IndexSpaces spaces) {
        this.spaces = spaces;
    }

    static HeapType of(StorageType type) {
        return type instanceof ReferenceType reference ? reference.heapType() : UNKNOWN;
    }

    /** What the value of an expression points to. */
    HeapType of(Expression expression) {
        if (expression.carrier() != Carrier.REFERENCE) {
            return UNKNOWN;
        }
        return switch (expression) {
            case Constant _ -> UNKNOWN;
            case Get(var variable) -> variable.heapType();
            case Call call -> call.type().results().size() == 1 ? of(call.type().results().getFirst()) : UNKNOWN;
            case Operation operation -> of(operation);
        };
    }

    private HeapType of(Operation operation) {
        int index = operation.index();
        return switch (operation.opcode()) {
            case STRUCT_NEW, STRUCT_NEW_DEFAULT, ARRAY_NEW, ARRAY_NEW_DEFAULT, ARRAY_NEW_FIXED, ARRAY_NEW_DATA,
                    ARRAY_NEW_ELEM -> new TypeIndex(index);
            case STRUCT_GET -> of(((StructType) spaces.types().get(index).type()).fields()
                    .get(operation.secondIndex()).storage());
            case ARRAY_GET -> of(((ArrayType) spaces.types().get(index).type()).field().storage());
            case GLOBAL_GET -> of(spaces.globals().get(index).type());
            case TABLE_GET -> spaces.tables().get(index).element().heapType();
            case REF_FUNC -> new TypeIndex(spaces.functionTypeIndex(index));
            case REF_CAST, REF_CAST_NULL -> TypeCode.heapType(index);
            case REF_AS_NON_NULL -> of(operation.operands()[0]);
            case SELECT -> {
                HeapType first = of(operation.operands()[0]);
                yield first.equals(of(operation.operands()[1])) ? first : UNKNOWN;
            }
            default -> UNKNOWN;
        };
    }
}

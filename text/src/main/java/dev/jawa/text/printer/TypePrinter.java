package dev.jawa.text.printer;

import dev.jawa.model.AbstractHeapType;
import dev.jawa.model.AddressType;
import dev.jawa.model.ArrayType;
import dev.jawa.model.CompositeType;
import dev.jawa.model.ContinuationType;
import dev.jawa.model.DefinedType;
import dev.jawa.model.ExactType;
import dev.jawa.model.FieldType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.GlobalType;
import dev.jawa.model.HeapType;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.StorageType;
import dev.jawa.model.StructType;
import dev.jawa.model.SubType;
import dev.jawa.model.TableType;
import dev.jawa.model.TypeIndex;
import dev.jawa.model.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Prints types (core spec 6.4). */
final class TypePrinter {
    private final ModuleIdentifiers identifiers;

    TypePrinter(ModuleIdentifiers identifiers) {
        this.identifiers = identifiers;
    }

    String print(HeapType type) {
        return switch (type) {
            case TypeIndex(int index) -> identifiers.types.reference(index);
            case ExactType(HeapType exact) -> "(exact " + print(exact) + ")";
            case AbstractHeapType _, DefinedType _ -> type.toString();
        };
    }

    String print(StorageType type) {
        return type instanceof ReferenceType(boolean nullable, HeapType heapType) && !(heapType instanceof AbstractHeapType)
                ? "(ref " + (nullable ? "null " : "") + print(heapType) + ")" : type.toString();
    }

    /** The type {@code (ref ...)} of a cast in full. */
    String reference(boolean nullable, HeapType type) {
        return print(new ReferenceType(nullable, type));
    }

    String print(GlobalType type) {
        return type.mutable() ? "(mut " + print(type.type()) + ")" : print(type.type());
    }

    String print(TableType type) {
        return address(type.addressType()) + type.limits() + " " + print(type.element());
    }

    String print(MemoryType type) {
        return type.toString();
    }

    private static String address(AddressType type) {
        return type == AddressType.I64 ? "i64 " : "";
    }

    /** A definition, without {@code (type $x ...)} around it. */
    String print(SubType type, int index) {
        String composite = clause("describes", type.describes()) + clause("descriptor", type.descriptor())
                + print(type.type(), index);
        if (type.isFinal() && type.supertypes().isEmpty()) {
            return composite;
        }
        var text = new StringBuilder(type.isFinal() ? "(sub final " : "(sub ");
        type.supertypes().forEach(supertype -> text.append(print(supertype)).append(' '));
        return text.append(composite).append(')').toString();
    }

    private String clause(String keyword, Optional<HeapType> type) {
        return type.map(present -> "(" + keyword + " " + print(present) + ") ").orElse("");
    }

    private String print(CompositeType type, int index) {
        return switch (type) {
            case FunctionType function -> "(func" + print(function) + ")";
            case StructType(List<FieldType> fields) -> {
                var text = new StringBuilder("(struct");
                for (int i = 0; i < fields.size(); i++) {
                    text.append(" (field ").append(identifiers.fields(index).definition(i))
                            .append(print(fields.get(i))).append(')');
                }
                yield text.append(')').toString();
            }
            case ArrayType(FieldType field) -> "(array " + print(field) + ")";
            case ContinuationType(HeapType function) -> "(cont " + print(function) + ")";
        };
    }

    private String print(FieldType field) {
        return field.mutable() ? "(mut " + print(field.storage()) + ")" : print(field.storage());
    }

    /** Parameters and results, each with a blank before it. */
    String print(FunctionType type) {
        return named("param", type.parameters(), _ -> "") + named("result", type.results(), _ -> "");
    }

    /** As {@link #print(FunctionType)}, with identifiers for the parameters. */
    String print(FunctionType type, Identifiers locals) {
        return named("param", type.parameters(), locals::definition) + named("result", type.results(), _ -> "");
    }

    /** Types in parentheses with a keyword: one of each that has an identifier, others together. */
    String named(String keyword, List<ValueType> types, IntFunction<String> identifiers) {
        var text = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < types.size(); i++) {
            String identifier = identifiers.apply(i);
            if (open && !identifier.isEmpty()) {
                text.append(')');
                open = false;
            }
            if (!open) {
                text.append(" (").append(keyword);
                open = true;
            }
            text.append(' ').append(identifier).append(print(types.get(i)));
            if (!identifier.isEmpty()) {
                text.append(')');
                open = false;
            }
        }
        return text.append(open ? ")" : "").toString();
    }
}

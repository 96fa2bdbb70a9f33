package dev.jawa.text.parser;

import dev.jawa.model.FunctionType;
import dev.jawa.model.RecursiveType;
import dev.jawa.model.SubType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The identifier context of a module (core spec 6.1.4), with the types that type uses refer to. */
final class Scopes {
    final IndexSpace types = new IndexSpace("type");
    final IndexSpace functions = new IndexSpace("func");
    final IndexSpace tables = new IndexSpace("table");
    final IndexSpace memories = new IndexSpace("memory");
    final IndexSpace globals = new IndexSpace("global");
    final IndexSpace tags = new IndexSpace("tag");
    final IndexSpace elements = new IndexSpace("elem");
    final IndexSpace data = new IndexSpace("data");
    final Map<Integer, IndexSpace> fields = new HashMap<>();

    private final List<RecursiveType> groups = new ArrayList<>();
    private final List<SubType> definitions = new ArrayList<>();
    private final Map<FunctionType, Integer> functionTypes = new HashMap<>();

    private boolean namesData;

    /** The index of a data segment, for an instruction. */
    int expectData(TokenReader reader) {
        namesData = true;
        return data.expectIndex(reader);
    }

    /** Whether an instruction names a data segment. */
    boolean namesData() {
        return namesData;
    }

    /** Adds the definition of types, whose identifiers are in {@link #types} already. */
    void define(RecursiveType group) {
        boolean single = group.types().size() == 1;
        for (SubType type : group.types()) {
            boolean plain = single && type.isFinal() && type.supertypes().isEmpty();
            if (plain && type.type() instanceof FunctionType function) {
                functionTypes.putIfAbsent(function, definitions.size());
            }
            definitions.add(type);
        }
        groups.add(group);
    }

    /** The index of a function type that is not defined by itself: of an equal one, or else of a new one at the end. */
    int functionType(FunctionType type) {
        Integer known = functionTypes.get(type);
        if (known != null) {
            return known;
        }
        int index = definitions.size();
        define(new RecursiveType(List.of(SubType.of(type))));
        types.add();
        return index;
    }

    /** The function type at an index, if there is one. */
    Optional<FunctionType> functionType(int index) {
        return index >= 0 && index < definitions.size() && definitions.get(index).type() instanceof FunctionType type
                ? Optional.of(type) : Optional.empty();
    }

    /** The fields of a type; none if it is not a struct. */
    IndexSpace fields(int type) {
        return fields.getOrDefault(type, new IndexSpace("field"));
    }

    List<RecursiveType> groups() {
        return groups;
    }
}

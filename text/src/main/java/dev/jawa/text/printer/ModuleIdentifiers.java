package dev.jawa.text.printer;

import dev.jawa.binary.NameSection;
import dev.jawa.model.IndexSpaces;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.StructType;
import java.util.HashMap;
import java.util.Map;

/** The identifiers of all index spaces of a module. */
final class ModuleIdentifiers {
    final Identifiers types;
    final Identifiers functions;
    final Identifiers tables;
    final Identifiers memories;
    final Identifiers globals;
    final Identifiers tags;
    final Identifiers elements;
    final Identifiers data;
    private final Map<Integer, Identifiers> fields = new HashMap<>();
    private final NameSection names;
    private final IndexSpaces spaces;

    ModuleIdentifiers(ModuleModel module, NameSection names) {
        this.names = names;
        this.spaces = module.spaces();
        types = Identifiers.of(spaces.types().size(), names::type);
        functions = Identifiers.of(spaces.functionCount(), names::function);
        tables = Identifiers.of(spaces.tables().size(), names::table);
        memories = Identifiers.of(spaces.memories().size(), names::memory);
        globals = Identifiers.of(spaces.globals().size(), names::global);
        tags = Identifiers.of(spaces.tags().size(), names::tag);
        elements = Identifiers.of(module.elements().size(), names::element);
        data = Identifiers.of(module.data().size(), names::data);
    }

    /** The fields of a type; none if it is not a struct. */
    Identifiers fields(int type) {
        return fields.computeIfAbsent(type, index -> {
            boolean isStruct = index >= 0 && index < spaces.types().size()
                    && spaces.types().get(index).type() instanceof StructType;
            int count = isStruct ? ((StructType) spaces.types().get(index).type()).fields().size() : 0;
            return Identifiers.of(count, field -> names.field(index, field));
        });
    }

    /** The parameters and locals of a function. */
    Identifiers locals(int function, int count) {
        return Identifiers.of(count, local -> names.local(function, local));
    }
}

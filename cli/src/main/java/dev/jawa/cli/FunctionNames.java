package dev.jawa.cli;

import dev.jawa.binary.NameSection;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ModuleModel;
import java.util.HashMap;
import java.util.Map;

/** The names that people know a module's functions by: from the name section, or else as they are exported. */
final class FunctionNames {
    private final NameSection names;
    private final Map<Integer, String> exports = new HashMap<>();

    FunctionNames(ModuleModel model) {
        names = NameSection.of(model);
        for (Export export : model.exports()) {
            if (export.kind() == ExternalKind.FUNCTION) {
                exports.putIfAbsent(export.index(), export.name());
            }
        }
    }

    /** The name of the function with an index, or an empty text. */
    String of(int index) {
        return names.function(index).orElseGet(() -> exports.getOrDefault(index, ""));
    }
}

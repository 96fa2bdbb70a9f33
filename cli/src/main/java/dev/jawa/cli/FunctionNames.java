package dev.jawa.cli;

import dev.jawa.model.Export;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ModuleModel;
import java.util.HashMap;
import java.util.Map;

/** The names that people know a module's functions by. */
final class FunctionNames {
    private final Map<Integer, String> names = new HashMap<>();

    FunctionNames(ModuleModel model) {
        for (Export export : model.exports()) {
            if (export.kind() == ExternalKind.FUNCTION) {
                names.putIfAbsent(export.index(), export.name());
            }
        }
    }

    /** The name of the function with an index, or an empty text. */
    String of(int index) {
        return names.getOrDefault(index, "");
    }
}

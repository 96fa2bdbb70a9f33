package dev.jawa.cli;

import dev.jawa.binary.NameSection;
import dev.jawa.model.Export;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.ModuleModel;
import dev.jawa.text.Wat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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

    /** The text of the function that has a name, is exported by it, or has it as its index. */
    static String print(ModuleModel module, String name, Wat.Style style, Path file) {
        var names = new FunctionNames(module);
        int first = module.spaces().importedFunctions();
        OptionalInt index = IntStream.range(first, first + module.code().size())
                .filter(i -> names.of(i).equals(name) || Integer.toString(i).equals(name))
                .findFirst();
        return Wat.printFunction(module, index.orElseThrow(() -> new UsageException(
                IntStream.range(0, first).anyMatch(i -> names.of(i).equals(name) || Integer.toString(i).equals(name))
                        ? name + " is a function that " + file + " imports, and has no code"
                        : file + " defines no function " + name)), style);
    }

    /** The name of the function with an index, or an empty text. */
    String of(int index) {
        return names.function(index).orElseGet(() -> exports.getOrDefault(index, ""));
    }
}

package dev.jawa.text.parser;

import dev.jawa.model.DataSegment;
import dev.jawa.model.ElementSegment;
import dev.jawa.model.Export;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.Global;
import dev.jawa.model.Import;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ModuleModel;
import dev.jawa.model.Table;
import dev.jawa.model.TagType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What has been parsed of a module so far; types are in {@link Scopes}. */
final class ModuleParts {
    final List<Import> imports = new ArrayList<>();
    final List<Integer> functions = new ArrayList<>();
    final List<FunctionBody> code = new ArrayList<>();
    final List<Table> tables = new ArrayList<>();
    final List<MemoryType> memories = new ArrayList<>();
    final List<TagType> tags = new ArrayList<>();
    final List<Global> globals = new ArrayList<>();
    final List<Export> exports = new ArrayList<>();
    final List<ElementSegment> elements = new ArrayList<>();
    final List<DataSegment> data = new ArrayList<>();
    final List<FunctionNames> functionNames = new ArrayList<>();
    final List<HintedFunction> hints = new ArrayList<>();
    OptionalInt start = OptionalInt.empty();

    /** The identifiers inside a function. */
    record FunctionNames(int function, IndexSpace locals, Labels labels) {
    }

    /** The branch hints of a function, and the size of what is in front of its code. */
    record HintedFunction(int function, int codeStart, BranchHints hints) {
    }

    /** A builder filled with everything but custom sections. */
    ModuleModel.Builder builder(Scopes scopes) {
        ModuleModel.Builder module = ModuleModel.builder();
        scopes.groups().forEach(module::type);
        imports.forEach(module::imported);
        functions.forEach(module::function);
        tables.forEach(module::table);
        memories.forEach(module::memory);
        tags.forEach(module::tag);
        globals.forEach(module::global);
        exports.forEach(module::export);
        start.ifPresent(module::start);
        elements.forEach(module::element);
        // Code that names data segments can only be decoded if their number comes before it.
        if (scopes.namesData()) {
            module.dataCount(data.size());
        }
        code.forEach(module::body);
        data.forEach(module::data);
        return module;
    }
}

package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.binary.Section;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the identifiers of a text as name section (core spec, appendix 7.4, and extended name section proposal). */
final class NameSectionWriter {
    static final String NAME = "name";

    private final Optional<String> module;
    private final Scopes scopes;
    private final ModuleParts parts;
    private final ByteWriter out = new ByteWriter();

    NameSectionWriter(Optional<String> module, Scopes scopes, ModuleParts parts) {
        this.module = module;
        this.scopes = scopes;
        this.parts = parts;
    }

    /** The section, at the end of the module; none if nothing has a name. */
    Optional<CustomSection> section(ModuleModel model) {
        module.ifPresent(name -> {
            var contents = new ByteWriter();
            contents.writeName(name);
            subsection(0, contents);
        });
        names(1, scopes.functions.names());
        var locals = new TreeMap<Integer, List<Optional<String>>>();
        var labels = new TreeMap<Integer, List<Optional<String>>>();
        for (ModuleParts.FunctionNames function : parts.functionNames) {
            locals.put(function.function(), function.locals().names());
            // The first label is the function's own.
            labels.put(function.function(), function.labels().all().stream().skip(1).toList());
        }
        indirectNames(2, locals);
        indirectNames(3, labels);
        names(4, scopes.types.names());
        names(5, scopes.tables.names());
        names(6, scopes.memories.names());
        names(7, scopes.globals.names());
        names(8, scopes.elements.names());
        names(9, scopes.data.names());
        var fields = new TreeMap<Integer, List<Optional<String>>>();
        scopes.fields.forEach((type, space) -> fields.put(type, space.names()));
        indirectNames(10, fields);
        names(11, scopes.tags.names());
        return out.size() == 0 ? Optional.empty()
                : Optional.of(new CustomSection(NAME, out.toBytes(),
                        CustomAnnotations.lastUpTo(Section.DATA, true, model)));
    }

    private void subsection(int id, ByteWriter contents) {
        out.writeByte(id);
        out.writeRun(contents);
    }

    private void names(int id, List<Optional<String>> names) {
        if (hasNames(names)) {
            var contents = new ByteWriter();
            write(names, contents);
            subsection(id, contents);
        }
    }

    private void indirectNames(int id, Map<Integer, List<Optional<String>>> maps) {
        maps.values().removeIf(names -> !hasNames(names));
        if (!maps.isEmpty()) {
            var contents = new ByteWriter();
            contents.writeUnsigned32(maps.size());
            maps.forEach((index, names) -> {
                contents.writeUnsigned32(index);
                write(names, contents);
            });
            subsection(id, contents);
        }
    }

    private static boolean hasNames(List<Optional<String>> names) {
        return names.stream().anyMatch(Optional::isPresent);
    }

    private static void write(List<Optional<String>> names, ByteWriter out) {
        out.writeUnsigned32((int) names.stream().filter(Optional::isPresent).count());
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isPresent()) {
                out.writeUnsigned32(i);
                out.writeName(names.get(i).get());
            }
        }
    }
}

package dev.jawa.conformance;

import dev.jawa.model.CustomSection;
import dev.jawa.model.FunctionBody;
import dev.jawa.model.ModuleModel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares models of modules. */
final class Models {
    private Models() {
    }

    /**
     * The sections in which two modules differ; custom sections and the data count do not matter, nor does padding of
     * numbers in the code that is expected.
     */
    static List<String> differences(ModuleModel expected, ModuleModel actual) {
        Map<String, Object> wanted = sections(expected);
        wanted.put("code", withoutPadding(expected.code(), actual.code()));
        return sections(actual).entrySet().stream()
                .filter(section -> !section.getValue().equals(wanted.get(section.getKey())))
                .map(section -> section.getKey() + ": " + section.getValue() + "\n    expected "
                        + wanted.get(section.getKey()))
                .toList();
    }

    /** The custom sections but for the names, which a text keeps as identifiers. */
    static List<CustomSection> withoutNames(ModuleModel module) {
        return module.customSections().stream().filter(section -> !section.name().equals("name")).toList();
    }

    private static Map<String, Object> sections(ModuleModel module) {
        var sections = new LinkedHashMap<String, Object>();
        sections.put("types", module.types());
        sections.put("imports", module.imports());
        sections.put("functions", Arrays.stream(module.functions()).boxed().toList());
        sections.put("tables", module.tables());
        sections.put("memories", module.memories());
        sections.put("tags", module.tags());
        sections.put("globals", module.globals());
        sections.put("exports", module.exports());
        sections.put("start", module.start());
        sections.put("elements", module.elements());
        sections.put("code", module.code());
        sections.put("data", module.data());
        return sections;
    }

    private static List<FunctionBody> withoutPadding(List<FunctionBody> expected, List<FunctionBody> actual) {
        var bodies = new java.util.ArrayList<FunctionBody>();
        for (int i = 0; i < expected.size(); i++) {
            FunctionBody body = expected.get(i);
            boolean same = i < actual.size() && body.locals().equals(actual.get(i).locals())
                    && Padding.isAllThatDiffers(body.code().toArray(), actual.get(i).code().toArray());
            bodies.add(same ? actual.get(i) : body);
        }
        return bodies;
    }
}

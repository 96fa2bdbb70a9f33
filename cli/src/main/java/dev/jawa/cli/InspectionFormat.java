package dev.jawa.cli;

import dev.jawa.ExportDescriptor;
import dev.jawa.ImportDescriptor;
import dev.jawa.cli.Inspection.MemoryPlan;
import dev.jawa.model.MemoryType;
import dev.jawa.model.ResizableLimits;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An inspection as text for people or JSON for programs. */
final class InspectionFormat {
    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

    private InspectionFormat() {
    }

    /** For people. */
    static String text(Path file, Inspection inspection) {
        var text = new StringBuilder();
        text.append(file).append(": ").append(inspection.size()).append(" bytes");
        text.append(inspection.name().isEmpty() ? "" : ", module " + inspection.name()).append("\n");
        section(text, "Imports", inspection.imports(), InspectionFormat::line);
        section(text, "Exports", inspection.exports(), InspectionFormat::line);
        section(text, "Sections", inspection.sections(),
                section -> "%10d bytes at 0x%06x  %s".formatted(section.size(), section.offset(), section.name()));
        section(text, "Memories", inspection.memories(), InspectionFormat::line);
        section(text, "Tables", inspection.tables(), table -> "  " + table.type() + origin(table.imported()) + ", "
                + table.elements() + " elements set");
        section(text, "Producers", inspection.producers(), producer -> "  %-14s%s".formatted(producer.field(),
                producer.name() + (producer.version().isEmpty() ? "" : " " + producer.version())));
        section(text, "Features", List.copyOf(inspection.features()),
                feature -> "  %-14s%s".formatted(standard(feature), feature.title()));
        String title = inspection.largest().size() == inspection.functionCount() ? "Functions"
                : "Largest of " + inspection.functionCount() + " functions";
        section(text, title, inspection.largest(),
                function -> "%10d bytes  func[%d] %s%s".formatted(function.size(), function.index(),
                        function.name().isEmpty() ? "" : function.name() + " ", function.type()));
        return text.toString();
    }

    private static <T> void section(StringBuilder text, String title, List<T> items, Function<T, String> line) {
        if (items.isEmpty()) {
            return;
        }
        text.append("\n").append(title).append("\n");
        items.forEach(item -> text.append(line.apply(item)).append("\n"));
    }

    private static String line(ImportDescriptor i) {
        return "  %-9s%s.%s  %s".formatted(i.kind(), i.module(), i.name(), i.type());
    }

    private static String line(ExportDescriptor export) {
        return "  %-9s%s  %s".formatted(export.kind(), export.name(), export.type());
    }

    private static String line(MemoryPlan memory) {
        ResizableLimits limits = memory.type().limits();
        String range = bytes(limits.minimum(), memory.type()) + limits.maximum().stream().boxed()
                .map(maximum -> maximum == limits.minimum() ? ", never more" : " to " + bytes(maximum, memory.type()))
                .findFirst().orElse(" or more");
        return "  " + memory.type() + origin(memory.imported()) + ", " + range + ", " + memory.dataBytes()
                + " bytes of data";
    }

    // In the unit in which it is a small number.
    private static String bytes(long pages, MemoryType type) {
        var bytes = new BigInteger(Long.toUnsignedString(pages)).shiftLeft(type.pageSizeLog2());
        int unit = 0;
        while (unit < UNITS.size() - 1 && bytes.signum() > 0 && bytes.getLowestSetBit() >= 10) {
            bytes = bytes.shiftRight(10);
            unit++;
        }
        return bytes + " " + UNITS.get(unit);
    }

    private static String origin(boolean imported) {
        return imported ? ", imported" : "";
    }

    static String standard(dev.jawa.model.Feature feature) {
        return switch (feature.standard()) {
            case WASM_1_0 -> "wasm 1.0";
            case WASM_2_0 -> "wasm 2.0";
            case WASM_3_0 -> "wasm 3.0";
            case PROPOSAL -> "proposal";
            case LEGACY -> "legacy";
        };
    }

    /** For programs. */
    static String json(Inspection inspection) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", inspection.name());
        json.put("size", inspection.size());
        json.put("imports", inspection.imports().stream()
                .map(i -> object("module", i.module(), "name", i.name(), "kind", i.kind(), "type", i.type())).toList());
        json.put("exports", inspection.exports().stream()
                .map(e -> object("name", e.name(), "kind", e.kind(), "type", e.type())).toList());
        json.put("sections", inspection.sections().stream()
                .map(s -> object("name", s.name(), "offset", s.offset(), "size", s.size())).toList());
        json.put("memories", inspection.memories().stream()
                .map(m -> plan(m.type(), m.type().limits(), m.imported(), "pageSize", m.type().pageSize(),
                        "shared", m.type().shared(), "dataBytes", m.dataBytes())).toList());
        json.put("tables", inspection.tables().stream()
                .map(t -> plan(t.type(), t.type().limits(), t.imported(), "elements", t.elements())).toList());
        json.put("producers", inspection.producers().stream()
                .map(p -> object("field", p.field(), "name", p.name(), "version", p.version())).toList());
        json.put("features", inspection.features().stream()
                .map(f -> object("name", FeatureOptions.name(f), "title", f.title(), "standard", standard(f), "phase",
                        f.phase())).toList());
        json.put("functions", inspection.functionCount());
        json.put("largestFunctions", inspection.largest().stream()
                .map(f -> object("index", f.index(), "name", f.name(), "type", f.type(), "size", f.size())).toList());
        return Json.write(json);
    }

    private static Map<String, Object> plan(Object type, ResizableLimits limits, boolean imported, Object... more) {
        Map<String, Object> plan = object("type", type, "imported", imported,
                "minimum", new BigInteger(Long.toUnsignedString(limits.minimum())));
        limits.maximum().ifPresent(maximum -> plan.put("maximum", new BigInteger(Long.toUnsignedString(maximum))));
        plan.putAll(object(more));
        return plan;
    }

    static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}

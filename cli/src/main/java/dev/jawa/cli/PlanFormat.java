package dev.jawa.cli;

import dev.jawa.CompilePlan;
import dev.jawa.CompilePlan.Function;
import dev.jawa.CompilePlan.Piece;
import dev.jawa.Module;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of a module's functions, as text for people or JSON for programs. */
final class PlanFormat {
    private final CompilePlan plan;
    private final FunctionNames names;
    private final boolean allFunctions;

    PlanFormat(Module module, boolean allFunctions) {
        plan = module.compilePlan();
        names = new FunctionNames(module.model());
        this.allFunctions = allFunctions;
    }

    private List<Function> shown() {
        return plan.functions().stream().filter(function -> allFunctions || function.reason().isPresent()).toList();
    }

    private long cut() {
        return plan.functions().stream().filter(function -> function.reason().isPresent()).count();
    }

    private static String kind(Piece piece) {
        return piece.kind().name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    String text(Path file) {
        var text = new StringBuilder();
        text.append(file).append(": ").append(plan.functions().size()).append(" functions, ").append(cut())
                .append(" of them cut into pieces\n");
        for (Function function : shown()) {
            String name = names.of(function.index());
            text.append("\nfunc[%d]%s: %d bytes of WebAssembly, %d expected as one method, its own method %d%n".formatted(
                    function.index(), name.isEmpty() ? "" : " " + name, function.size(), function.estimate(),
                    function.methodSize()));
            text.append("  %d unchecked accesses, %d proved loops%n".formatted(function.uncheckedAccesses(),
                    function.provedLoops()));
            function.reason().ifPresent(reason -> text.append("  cut since it is %s: %d pieces, a frame of %d fields%n"
                    .formatted(reason.title(), function.pieces().size(), function.frameFields())));
            for (Piece piece : function.pieces()) {
                text.append("  %4d  %-10s %6d bytes, %6d expected, %d exits%s%n".formatted(piece.number(), kind(piece),
                        piece.methodSize(), piece.estimate(), piece.exits(), piece.returns() ? ", returns" : ""));
            }
        }
        return text.toString();
    }

    /** For programs. */
    String json() {
        return Json.write(object("functionCount", plan.functions().size(), "cut", cut(),
                "functions", shown().stream().map(this::function).toList()));
    }

    private Map<String, Object> function(Function function) {
        return object("index", function.index(), "name", names.of(function.index()), "size", function.size(),
                "estimate", function.estimate(),
                "reason", function.reason().map(reason -> reason.name().toLowerCase(Locale.ROOT)).orElse(""),
                "methodSize", function.methodSize(), "frameFields", function.frameFields(),
                "uncheckedAccesses", function.uncheckedAccesses(), "provedLoops", function.provedLoops(),
                "pieces", function.pieces().stream().map(piece -> object("number", piece.number(), "kind", kind(piece),
                        "methodSize", piece.methodSize(), "estimate", piece.estimate(), "exits", piece.exits(),
                        "returns", piece.returns())).toList());
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        return InspectionFormat.object(namesAndValues);
    }
}

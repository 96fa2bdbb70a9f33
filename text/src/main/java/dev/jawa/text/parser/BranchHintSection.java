package dev.jawa.text.parser;

import dev.jawa.binary.ByteWriter;
import dev.jawa.binary.Section;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.Optional;

/** The custom section that holds branch hints. It comes before the code. */
final class BranchHintSection {
    private BranchHintSection() {
    }

    static Optional<CustomSection> of(ModuleParts parts, ModuleModel module) {
        if (parts.hints.isEmpty()) {
            return Optional.empty();
        }
        var out = new ByteWriter();
        out.writeUnsigned32(parts.hints.size());
        for (ModuleParts.HintedFunction function : parts.hints) {
            function.hints().write(function.function(), function.codeStart(), out);
        }
        int place = CustomAnnotations.lastUpTo(Section.CODE, false, module);
        return Optional.of(new CustomSection(BranchHints.NAME, out.toBytes(), place));
    }
}

package dev.jawa.text.parser;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleEncoder;
import dev.jawa.binary.Section;
import dev.jawa.model.Bytes;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The annotation {@code (@custom "name" (after section) "bytes"...)} (core spec, appendix 7.7.2). */
final class CustomAnnotations {
    private static final String NAME = "custom";
    private static final String AFTER_LAST = "last";

    private final TokenReader reader;
    private final List<Custom> customs = new ArrayList<>();

    /** A section with its place: before the first other section, or before or after one by its name. */
    private record Custom(String name, boolean before, Optional<Section> section, byte[] contents) {
    }

    CustomAnnotations(TokenReader reader) {
        this.reader = reader;
    }

    /** Takes the annotations between two fields. */
    void take() {
        for (Tokens.Annotation annotation : reader.takeAnnotations(NAME)) {
            customs.add(read(annotation));
        }
    }

    /** Complains about annotations between two tokens that stand where they mean nothing. */
    void finish(int from, int to) {
        for (String name : List.of(NAME, NameAnnotation.NAME)) {
            reader.unusedAnnotation(name, from, to).ifPresent(annotation -> {
                throw reader.error(annotation, "misplaced @" + name + " annotation");
            });
        }
        reader.unusedAnnotation(BranchHints.NAME, from, to).ifPresent(annotation -> {
            throw reader.error(annotation, "@" + BranchHints.NAME + " annotation: not in a function, or not before an "
                    + "instruction");
        });
    }

    private static Custom read(Tokens.Annotation annotation) {
        var contents = new TokenReader(annotation.contents());
        if (!contents.at(Token.STRING)) {
            throw error(contents, "missing section name");
        }
        String name = contents.expectName();
        boolean before = false;
        Optional<Section> section = Optional.empty();
        if (contents.at(Token.LEFT_PARENTHESIS)) {
            before = contents.takeOpen("before");
            if (!before && !contents.takeOpen("after")) {
                throw error(contents, "malformed placement");
            }
            section = section(contents, before);
            contents.expectClose();
        }
        byte[] bytes = contents.takeStrings();
        if (!contents.at(Token.END)) {
            throw error(contents, "unexpected token");
        }
        return new Custom(name, before, section, bytes);
    }

    private static Optional<Section> section(TokenReader contents, boolean before) {
        String keyword = contents.at(Token.KEYWORD) ? contents.text() : "";
        Section section = switch (keyword) {
            case "type" -> Section.TYPE;
            case "import" -> Section.IMPORT;
            case "func" -> Section.FUNCTION;
            case "table" -> Section.TABLE;
            case "memory" -> Section.MEMORY;
            case "tag" -> Section.TAG;
            case "global" -> Section.GLOBAL;
            case "export" -> Section.EXPORT;
            case "start" -> Section.START;
            case "elem" -> Section.ELEMENT;
            case "datacount" -> Section.DATA_COUNT;
            case "code" -> Section.CODE;
            case "data" -> Section.DATA;
            case "first" -> before ? Section.TYPE : null;
            default -> null;
        };
        if (section == null && !(keyword.equals(AFTER_LAST) && !before)) {
            throw error(contents, "malformed section kind");
        }
        contents.skip();
        return Optional.ofNullable(section);
    }

    private static CompileError error(TokenReader contents, String reason) {
        return contents.error("@" + NAME + " annotation: " + reason);
    }

    /** The sections, in the order in which they appear in the module. */
    List<CustomSection> sections(ModuleModel module) {
        return customs.stream()
                .map(custom -> new CustomSection(custom.name, Bytes.of(custom.contents), place(custom, module)))
                .sorted(Comparator.comparingInt(section -> Section.lookup(section.after()).order()))
                .toList();
    }

    private static int place(Custom custom, ModuleModel module) {
        return custom.section().map(section -> lastUpTo(section, !custom.before, module))
                .orElseGet(() -> lastUpTo(Section.DATA, true, module));
    }

    /** The id of the last section of a module that is in front of a section, or is that section; 0 if none is. */
    static int lastUpTo(Section section, boolean inclusive, ModuleModel module) {
        int last = 0;
        for (Section candidate : Section.inOrder()) {
            boolean inFront = candidate.order() < section.order() || inclusive && candidate == section;
            if (inFront && ModuleEncoder.hasSection(module, candidate)) {
                last = candidate.id();
            }
        }
        return last;
    }
}

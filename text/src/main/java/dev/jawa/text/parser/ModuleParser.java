package dev.jawa.text.parser;

import dev.jawa.CompileError;
import dev.jawa.binary.ModuleDecoder;
import dev.jawa.model.CustomSection;
import dev.jawa.model.ModuleModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a module (core spec 6.6). */
public final class ModuleParser {
    private final TokenReader reader;
    private final Scopes scopes = new Scopes();
    private final ModuleParts parts = new ModuleParts();
    private final CustomAnnotations customs;
    private final Optional<Places> places;

    private ModuleParser(TokenReader reader, Optional<Places> places) {
        this.reader = reader;
        this.places = places;
        this.customs = new CustomAnnotations(reader);
    }

    /**
     * Parses a text that is a module: {@code (module ...)}, its fields alone, or as in scripts {@code (module binary ...)}
     * and {@code (module quote ...)}.
     *
     * @throws dev.jawa.CompileError if the text is malformed
     */
    public static ModuleModel parse(Source source) {
        return parse(new TokenReader(Lexer.read(source)), Optional.empty());
    }

    /**
     * An error about an instruction of a text that is a module, with the line and the column that it has there.
     *
     * @param function the index of the function
     * @param offset where the instruction is in its code
     * @return nothing if there is no such instruction
     */
    public static Optional<CompileError> locate(Source source, int function, int offset, String reason) {
        var reader = new TokenReader(Lexer.read(source));
        var places = new Places(function);
        parse(reader, Optional.of(places));
        int token = places.token(offset);
        return token < 0 ? Optional.empty() : Optional.of(reader.errorAt(token, reason));
    }

    private static ModuleModel parse(TokenReader reader, Optional<Places> places) {
        if (reader.atOpen("component")) {
            throw reader.error("unexpected token: a component, where a core module is expected");
        }
        boolean wrapped = reader.takeOpen("module");
        Optional<String> identifier = wrapped ? reader.takeIdentifier() : Optional.empty();
        ModuleModel module = wrapped && (reader.atKeyword("binary") || reader.atKeyword("quote"))
                ? inStrings(reader) : new ModuleParser(reader, places).parse(identifier);
        if (wrapped) {
            reader.expectClose();
        }
        if (!reader.at(Token.END)) {
            throw reader.unexpected("the end of the text");
        }
        return module;
    }

    // The forms that scripts have too: a binary, or a text, in strings.
    private static ModuleModel inStrings(TokenReader reader) {
        boolean binary = reader.expectKeyword().equals("binary");
        byte[] contents = reader.takeStrings();
        return binary ? ModuleDecoder.decode(contents) : parse(new Source(reader.source().name(), contents));
    }

    /** Whether a field of a module is next: a text may leave out the {@code (module ...)} around its fields. */
    public static boolean atField(TokenReader reader) {
        return reader.at(Token.LEFT_PARENTHESIS) && switch (reader.keywordAfter()) {
            case "type", "rec", "import", "func", "table", "memory", "global", "tag", "elem", "data", "export",
                    "start" -> true;
            default -> false;
        };
    }

    /**
     * Parses the fields that are next, up to a closing parenthesis or the end of the text, which is left.
     *
     * @param identifier of the module
     */
    public static ModuleModel parseFields(TokenReader reader, Optional<String> identifier) {
        return new ModuleParser(reader, Optional.empty()).parse(identifier);
    }

    private ModuleModel parse(Optional<String> identifier) {
        int start = reader.position();
        Optional<String> name = NameAnnotation.take(reader, "module").or(() -> identifier);
        var declarations = new Declarations(reader, scopes);
        while (!atEnd()) {
            declarations.field();
        }
        int end = reader.position();
        defineTypes(start);
        defineFields(start);
        customs.finish(start, end);
        return build(name);
    }

    private boolean atEnd() {
        return reader.at(Token.RIGHT_PARENTHESIS) || reader.at(Token.END);
    }

    private void defineTypes(int start) {
        reader.position(start);
        var types = new TypeParser(reader, scopes);
        int count = 0;
        while (!atEnd()) {
            if (reader.atOpen("type") || reader.atOpen("rec")) {
                var group = types.group(count);
                count += group.types().size();
                scopes.define(group);
            } else {
                reader.position(reader.closing() + 1);
            }
        }
    }

    private void defineFields(int start) {
        reader.position(start);
        var fields = new FieldParser(reader, scopes, parts, places);
        while (!atEnd()) {
            customs.take();
            if (reader.atOpen("type") || reader.atOpen("rec")) {
                reader.position(reader.closing() + 1);
            } else {
                fields.field();
            }
        }
        customs.take();
    }

    private ModuleModel build(Optional<String> name) {
        ModuleModel.Builder module = parts.builder(scopes);
        ModuleModel plain = module.build();
        List<CustomSection> sections = new ArrayList<>(customs.sections(plain));
        BranchHintSection.of(parts, plain).ifPresent(sections::add);
        if (sections.stream().noneMatch(section -> section.name().equals(NameSectionWriter.NAME))) {
            new NameSectionWriter(name, scopes, parts).section(plain).ifPresent(sections::add);
        }
        sections.forEach(module::customSection);
        return module.build();
    }
}

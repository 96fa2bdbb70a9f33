package dev.jawa.text.parser;

import java.util.List;
import java.util.Optional;

/** The annotation {@code (@name "...")}, which gives a name that an identifier cannot (core spec, appendix 7.7.1). */
final class NameAnnotation {
    static final String NAME = "name";

    private NameAnnotation() {
    }

    /** The name that an annotation before the next token gives. */
    static Optional<String> take(TokenReader reader, String kind) {
        List<Tokens.Annotation> annotations = reader.takeAnnotations(NAME);
        if (annotations.isEmpty()) {
            return Optional.empty();
        }
        if (annotations.size() > 1) {
            throw reader.error(annotations.get(1), "@name annotation: multiple " + kind);
        }
        var contents = new TokenReader(annotations.getFirst().contents());
        String name = contents.expectName();
        if (!contents.at(Token.END)) {
            throw contents.error("@name annotation: unexpected token");
        }
        return Optional.of(name);
    }
}

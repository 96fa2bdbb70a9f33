package dev.jawa.text.parser;

/**
 * The first pass over a module: it gives everything its index and remembers the identifiers, since any of them may be
 * used before the field that binds it.
 */
final class Declarations {
    private final TokenReader reader;
    private final Scopes scopes;
    private boolean definitionSeen;

    Declarations(TokenReader reader, Scopes scopes) {
        this.reader = reader;
        this.scopes = scopes;
    }

    /** Declares what the field at the next token defines, and goes behind the field. */
    void field() {
        if (!reader.at(Token.LEFT_PARENTHESIS)) {
            throw reader.unexpected("a field of a module");
        }
        int closing = reader.closing();
        int token = reader.position();
        switch (reader.expectOpen()) {
            case "type" -> scopes.types.add(reader);
            case "rec" -> group();
            case "import" -> imported(token);
            case "func" -> definition(scopes.functions, token);
            case "table" -> {
                definition(scopes.tables, token);
                inlineSegment("elem", scopes.elements, closing);
            }
            case "memory" -> {
                definition(scopes.memories, token);
                inlineSegment("data", scopes.data, closing);
            }
            case "global" -> definition(scopes.globals, token);
            case "tag" -> definition(scopes.tags, token);
            case "elem" -> scopes.elements.add(reader);
            case "data" -> scopes.data.add(reader);
            case "export", "start" -> {
            }
            default -> throw reader.errorAt(token + 1, "unexpected token: a field of a module expected");
        }
        reader.position(closing + 1);
    }

    private void group() {
        while (reader.at(Token.LEFT_PARENTHESIS)) {
            int closing = reader.closing();
            reader.expectOpen("type");
            scopes.types.add(reader);
            reader.position(closing + 1);
        }
    }

    private void imported(int token) {
        requireInFront(token);
        reader.expectName();
        if (!reader.atOpen("item")) {
            reader.expectName();
            importSpace().add(reader);
            return;
        }
        int ofOneType = 0;
        while (reader.atOpen("item")) {
            int closing = reader.closing();
            reader.expectOpen("item");
            reader.expectName();
            if (reader.position() == closing) {
                ofOneType++;
            } else {
                importSpace().add(reader);
            }
            reader.position(closing + 1);
        }
        if (ofOneType > 0) {
            IndexSpace space = importSpace();
            for (int i = 0; i < ofOneType; i++) {
                space.add();
            }
        }
    }

    private IndexSpace importSpace() {
        int kind = reader.position() + 1;
        return switch (reader.expectOpen()) {
            case "func" -> scopes.functions;
            case "table" -> scopes.tables;
            case "memory" -> scopes.memories;
            case "global" -> scopes.globals;
            case "tag" -> scopes.tags;
            default -> throw reader.errorAt(kind, "unexpected token: the kind of an import expected");
        };
    }

    // Imports come first in each index space, so they have to come first in the text.
    private void requireInFront(int token) {
        if (definitionSeen) {
            throw reader.errorAt(token, "import after function, table, memory, global or tag");
        }
    }

    private void definition(IndexSpace space, int token) {
        space.add(reader);
        skipExports();
        if (reader.atOpen("import")) {
            requireInFront(token);
        } else {
            definitionSeen = true;
        }
    }

    private void skipExports() {
        while (reader.atOpen("export")) {
            reader.position(reader.closing() + 1);
        }
    }

    private void inlineSegment(String keyword, IndexSpace space, int closing) {
        while (reader.position() < closing) {
            if (reader.atOpen(keyword)) {
                space.add();
            }
            reader.position(reader.at(Token.LEFT_PARENTHESIS) ? reader.closing() + 1 : reader.position() + 1);
        }
    }
}

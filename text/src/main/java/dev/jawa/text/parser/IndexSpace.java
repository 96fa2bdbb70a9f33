package dev.jawa.text.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An index space while a text is parsed: how many things there are, and which identifiers they have. */
final class IndexSpace {
    private final String kind;
    private final Map<String, Integer> identifiers = new HashMap<>();
    private final List<Optional<String>> names = new ArrayList<>();

    /** An empty space for things of a kind, as messages call it. */
    IndexSpace(String kind) {
        this.kind = kind;
    }

    int size() {
        return names.size();
    }

    /** Adds a thing without a name. */
    void add() {
        names.add(Optional.empty());
    }

    /** Adds a thing that may have an identifier next, and a name annotation after that. */
    void add(TokenReader reader) {
        int token = reader.position();
        Optional<String> identifier = reader.takeIdentifier();
        identifier.ifPresent(name -> {
            if (identifiers.putIfAbsent(name, names.size()) != null) {
                throw reader.errorAt(token, "duplicate " + kind + " $" + name);
            }
        });
        names.add(NameAnnotation.take(reader, kind).or(() -> identifier));
    }

    /** The index that the next token gives by a number or an identifier. */
    int expectIndex(TokenReader reader) {
        int token = reader.position();
        if (reader.at(Token.NUMBER)) {
            return (int) reader.expectUnsigned(32);
        }
        Optional<String> identifier = reader.takeIdentifier();
        if (identifier.isEmpty()) {
            throw reader.unexpected("the index of a " + kind);
        }
        Integer index = identifiers.get(identifier.get());
        if (index == null) {
            throw reader.errorAt(token, "unknown " + kind + " $" + identifier.get());
        }
        return index;
    }

    /** As {@link #expectIndex}, or 0 if no index follows. */
    int takeIndex(TokenReader reader) {
        return reader.atIndex() ? expectIndex(reader) : 0;
    }

    /** The names, in order of the indices. */
    List<Optional<String>> names() {
        return names;
    }
}

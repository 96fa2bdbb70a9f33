package dev.jawa.text.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The labels around an instruction. An identifier that is given again further inside then means the inner label. */
final class Labels {
    private final List<Optional<String>> open = new ArrayList<>();
    private final Map<String, Deque<Integer>> depths = new HashMap<>();
    private final List<Optional<String>> all = new ArrayList<>();

    void push(Optional<String> identifier) {
        identifier.ifPresent(name -> depths.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(open.size()));
        open.add(identifier);
        all.add(identifier);
    }

    void pop() {
        open.removeLast().ifPresent(name -> depths.get(name).pop());
    }

    /** The label index that the next token gives: how many labels are between it and the instruction. */
    int expectIndex(TokenReader reader) {
        int token = reader.position();
        if (reader.at(Token.NUMBER)) {
            return (int) reader.expectUnsigned(32);
        }
        Optional<String> identifier = reader.takeIdentifier();
        if (identifier.isEmpty()) {
            throw reader.unexpected("a label");
        }
        Deque<Integer> depth = depths.get(identifier.get());
        if (depth == null || depth.isEmpty()) {
            throw reader.errorAt(token, "unknown label $" + identifier.get());
        }
        return open.size() - 1 - depth.peek();
    }

    /** The identifier of the innermost label. */
    Optional<String> innermost() {
        return open.getLast();
    }

    /** The identifiers of all labels there were, in the order in which their blocks began. */
    List<Optional<String>> all() {
        return all;
    }
}

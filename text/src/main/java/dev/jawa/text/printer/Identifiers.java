package dev.jawa.text.printer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The identifiers of an index space: unique ones made from the names of a module's name section. */
final class Identifiers {
    private final List<Optional<String>> identifiers;

    private Identifiers(List<Optional<String>> identifiers) {
        this.identifiers = identifiers;
    }

    /**
     * The identifiers of so many things with these names. A name that was there before gets the index of its thing, so
     * that it is one's own; an empty one is none.
     */
    static Identifiers of(int count, IntFunction<Optional<String>> names) {
        var taken = new HashSet<String>();
        var identifiers = new ArrayList<Optional<String>>(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            identifiers.add(names.apply(i).filter(name -> !name.isEmpty()).map(name -> unique(name, index, taken)));
        }
        return new Identifiers(identifiers);
    }

    private static String unique(String name, int index, HashSet<String> taken) {
        String unique = name;
        while (!taken.add(unique)) {
            unique += "#" + index;
        }
        return Literals.identifier(unique);
    }

    /** How to refer to a thing: its identifier, or else its index. */
    String reference(int index) {
        return index >= 0 && index < identifiers.size()
                ? identifiers.get(index).orElseGet(() -> Integer.toString(index)) : Integer.toUnsignedString(index);
    }

    /** What stands in a definition: the identifier with a blank after it, or nothing. */
    String definition(int index) {
        return index < identifiers.size() ? identifiers.get(index).map(name -> name + " ").orElse("") : "";
    }

    /** What stands in the definition of something important: an identifier, or else the index in a comment. */
    String numbered(int index) {
        String definition = definition(index);
        return definition.isEmpty() ? "(;" + index + ";) " : definition;
    }

    /** Whether a thing has an identifier. */
    boolean has(int index) {
        return index < identifiers.size() && identifiers.get(index).isPresent();
    }
}

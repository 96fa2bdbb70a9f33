package dev.jawa.conformance.random;

import java.util.Random;

/** Random code that is made from the inside out, as text. */
abstract class RandomExpressions extends RandomText {
    RandomExpressions(Random random) {
        super(random);
    }

    /** An expression of a type. */
    abstract String value(char letter, int depth);

    /** An expression for each type. */
    final String values(String letters, int depth) {
        var all = new StringBuilder();
        for (char letter : letters.toCharArray()) {
            all.append(value(letter, depth));
        }
        return all.toString();
    }
}

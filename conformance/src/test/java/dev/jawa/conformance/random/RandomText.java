package dev.jawa.conformance.random;

import java.util.List;
import java.util.Random;

/** What all that writes random code needs. */
abstract class RandomText {
    final Random random;
    private int names;

    RandomText(Random random) {
        this.random = random;
    }

    final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    final <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    final String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    final char pick(char... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A name that is not used yet. */
    final String name() {
        return "$x" + names++;
    }
}

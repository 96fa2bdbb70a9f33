package dev.jawa.binary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The sections of the binary format (core spec 5.5.2), by id. */
public enum Section {
    CUSTOM, TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEMENT, CODE, DATA, DATA_COUNT, TAG;

    private static final Section[] SECTIONS = values();

    /** All of them in the order in which they appear in a module, custom sections first. */
    public static List<Section> inOrder() {
        return Arrays.stream(SECTIONS).sorted(Comparator.comparingInt(Section::order)).toList();
    }

    /** The id in the binary format. */
    public int id() {
        return ordinal();
    }

    /** The section with an id, or {@code null}. */
    public static Section lookup(int id) {
        return id >= 0 && id < SECTIONS.length ? SECTIONS[id] : null;
    }

    /** The place in the order in which sections appear; it differs from the ids, which came later for some. */
    public int order() {
        return switch (this) {
            case CUSTOM -> 0;
            case TYPE -> 1;
            case IMPORT -> 2;
            case FUNCTION -> 3;
            case TABLE -> 4;
            case MEMORY -> 5;
            case TAG -> 6;
            case GLOBAL -> 7;
            case EXPORT -> 8;
            case START -> 9;
            case ELEMENT -> 10;
            case DATA_COUNT -> 11;
            case CODE -> 12;
            case DATA -> 13;
        };
    }
}

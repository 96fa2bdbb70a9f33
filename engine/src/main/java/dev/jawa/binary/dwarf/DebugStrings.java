package dev.jawa.binary.dwarf;

import dev.jawa.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The sections of strings that other sections refer to.
 *
 * @param strings {@code .debug_str}
 * @param lineStrings {@code .debug_line_str}
 */
record DebugStrings(Optional<Bytes> strings, Optional<Bytes> lineStrings) {
    /** Longer names are cut. */
    private static final int LONGEST = 4096;

    /** A string of {@code .debug_str}; empty if there is none. */
    String string(long offset) {
        return at(strings, offset);
    }

    /** A string of {@code .debug_line_str}; empty if there is none. */
    String lineString(long offset) {
        return at(lineStrings, offset);
    }

    private static String at(Optional<Bytes> section, long offset) {
        return section.isEmpty() || offset < 0 || offset >= section.get().length() ? ""
                : terminated(section.get(), section.get().start() + (int) offset);
    }

    /** The text up to a zero byte, or the end. */
    static String terminated(Bytes bytes, int start) {
        int end = start;
        while (end < bytes.end() && bytes.array()[end] != 0) {
            end++;
        }
        return new String(bytes.array(), start, Math.min(end - start, LONGEST), StandardCharsets.UTF_8);
    }
}

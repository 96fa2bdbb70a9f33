package dev.jawa.text.parser;

import dev.jawa.CompileError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A text that is parsed, and errors at places of it. Usable by several threads. */
public final class Source {
    private static final int LONGEST_SHOWN_LINE = 120;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t]]");

    private final String name;
    private final byte[] bytes;
    // Where lines begin; made when it is first needed.
    private volatile int[] lineStarts;

    /**
     * A text.
     *
     * @param name for messages, a file name mostly; empty if there is none
     * @param bytes the text in UTF-8, if it is well-formed; not to be changed
     */
    public Source(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** The text in a string. */
    public static Source of(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The number of the line of a byte, from 1. */
    int line(int position) {
        int index = Arrays.binarySearch(lineStarts(), position);
        return index >= 0 ? index + 1 : ~index;
    }

    private int[] lineStarts() {
        int[] known = lineStarts;
        if (known == null) {
            known = java.util.stream.IntStream.rangeClosed(0, bytes.length)
                    .filter(i -> i == 0 || bytes[i - 1] == '\n').toArray();
            lineStarts = known;
        }
        return known;
    }

    /** The number of a byte's character in its line, from 1. */
    int column(int position) {
        return text(lineStart(position), position).length() + 1;
    }

    /** An error with its line, its column, and the line itself with the given range underlined. */
    CompileError error(int start, int end, String reason) {
        int lineStart = lineStart(start);
        int lineEnd = lineEnd(start);
        int from = Math.max(lineStart, start - LONGEST_SHOWN_LINE / 2);
        int to = Math.min(lineEnd, from + LONGEST_SHOWN_LINE);
        String before = text(from, start).replaceAll("[^\t]", " ");
        String marked = text(start, Math.max(start, Math.min(end, to)));
        String place = (name.isEmpty() ? "" : name + ":") + line(start) + ":" + column(start);
        return new CompileError(place + ": " + reason + "\n    " + text(from, to) + "\n    " + before
                + "^".repeat(Math.max(1, marked.length())));
    }

    private int lineStart(int position) {
        return lineStarts()[line(position) - 1];
    }

    private int lineEnd(int position) {
        int end = position;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    // What is not UTF-8, and characters that are not seen or would disturb a terminal, are shown as replacement characters.
    private String text(int start, int end) {
        String text = new String(bytes, start, Math.max(0, end - start), StandardCharsets.UTF_8);
        return INVISIBLE.matcher(text).replaceAll("\uFFFD");
    }

    /** The characters of a range that is ASCII. */
    String ascii(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Whether a range holds these ASCII characters. */
    boolean matches(int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

package dev.jawa.text.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a text, with annotations apart. The last token is {@link Token#END}. Filled by {@link Lexer}, then no
 * longer changed.
 */
public final class Tokens {
    private static final Token[] KINDS = Token.values();

    private final Source source;
    private final List<Annotation> annotations = new ArrayList<>();
    private byte[] kinds = new byte[256];
    private int[] starts = new int[256];
    // Of a left parenthesis the token that closes it, of all others the end in the source.
    private int[] ends = new int[256];
    private int count;

    /**
     * An annotation (core spec 6.3.4).
     *
     * @param name what follows {@code (@}
     * @param before the number of the token that it stands before
     * @param start where it begins in the source
     * @param end where it ends
     * @param contents the tokens in it, without its parentheses and its name
     */
    record Annotation(String name, int before, int start, int end, Tokens contents) {
    }

    Tokens(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    int count() {
        return count;
    }

    Token kind(int token) {
        return KINDS[kinds[token]];
    }

    /** Where a token begins in the source. */
    int start(int token) {
        return starts[token];
    }

    /** Where a token ends in the source. */
    int end(int token) {
        return kind(token) == Token.LEFT_PARENTHESIS ? starts[token] + 1 : ends[token];
    }

    /** The token that closes a left parenthesis. */
    int closing(int token) {
        return ends[token];
    }

    /** All annotations, in order. */
    List<Annotation> annotations() {
        return annotations;
    }

    void add(Token kind, int start, int end) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        kinds[count] = (byte) kind.ordinal();
        starts[count] = start;
        ends[count++] = end;
    }

    void close(int left, int right) {
        ends[left] = right;
    }

    void add(Annotation annotation) {
        annotations.add(annotation);
    }
}

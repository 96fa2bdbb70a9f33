package dev.jawa.text.parser;

import dev.jawa.CompileError;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A cursor over tokens, with what every part of the grammar needs. Not thread-safe. */
public final class TokenReader {
    private final Tokens tokens;
    private final Source source;
    private int position;
    private int nextAnnotation;
    private final BitSet usedAnnotations = new BitSet();

    public TokenReader(Tokens tokens) {
        this.tokens = tokens;
        this.source = tokens.source();
    }

    public Source source() {
        return source;
    }

    /** The number of the next token. */
    public int position() {
        return position;
    }

    public void position(int token) {
        position = token;
    }

    /** The kind of the next token. */
    public Token peek() {
        return tokens.kind(position);
    }

    public boolean at(Token kind) {
        return tokens.kind(position) == kind;
    }

    public boolean atKeyword(String keyword) {
        return isKeyword(position, keyword);
    }

    /** Whether a parenthesis opens next and a keyword follows it. */
    public boolean atOpen(String keyword) {
        return at(Token.LEFT_PARENTHESIS) && isKeyword(position + 1, keyword);
    }

    private boolean isKeyword(int token, String keyword) {
        return tokens.kind(token) == Token.KEYWORD
                && source.matches(tokens.start(token), tokens.end(token), keyword);
    }

    /** Whether an index follows. */
    public boolean atIndex() {
        return at(Token.NUMBER) || at(Token.IDENTIFIER);
    }

    /** Whether an index follows the next token. */
    public boolean atTwoIndices() {
        Token second = atIndex() ? tokens.kind(position + 1) : Token.END;
        return second == Token.NUMBER || second == Token.IDENTIFIER;
    }

    /** The token after the next one, if it is a keyword; else nothing. */
    public String keywordAfter() {
        return tokens.kind(position + 1) == Token.KEYWORD ? text(position + 1) : "";
    }

    /** The token that closes the parenthesis which opens next. */
    public int closing() {
        return tokens.closing(position);
    }

    /** The characters of the next token. */
    public String text() {
        return text(position);
    }

    private String text(int token) {
        return new String(source.bytes(), tokens.start(token), tokens.end(token) - tokens.start(token),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    public void skip() {
        position++;
    }

    public boolean takeKeyword(String keyword) {
        boolean found = atKeyword(keyword);
        position += found ? 1 : 0;
        return found;
    }

    /** Takes a parenthesis with a keyword, if they come next. */
    public boolean takeOpen(String keyword) {
        boolean found = atOpen(keyword);
        position += found ? 2 : 0;
        return found;
    }

    public boolean takeClose() {
        boolean found = at(Token.RIGHT_PARENTHESIS);
        position += found ? 1 : 0;
        return found;
    }

    public void expectOpen(String keyword) {
        if (!takeOpen(keyword)) {
            throw unexpected("'(" + keyword + "'");
        }
    }

    public void expectClose() {
        if (!takeClose()) {
            throw unexpected("')'");
        }
    }

    /** Takes a parenthesis that opens with any keyword, which is given. */
    public String expectOpen() {
        if (!at(Token.LEFT_PARENTHESIS)) {
            throw unexpected("'('");
        }
        position++;
        return expectKeyword();
    }

    public String expectKeyword() {
        if (!at(Token.KEYWORD)) {
            throw unexpected("a keyword");
        }
        return text(position++);
    }

    /** The bytes of a string. */
    public byte[] expectBytes() {
        if (!at(Token.STRING)) {
            throw unexpected("a string");
        }
        byte[] bytes = Strings.bytes(source, tokens.start(position), tokens.end(position));
        position++;
        return bytes;
    }

    /** The text of a string, which must be UTF-8. */
    public String expectName() {
        if (!at(Token.STRING)) {
            throw unexpected("a string");
        }
        String name = Strings.name(source, tokens.start(position), tokens.end(position));
        position++;
        return name;
    }

    /** The bytes of all strings that follow. */
    public byte[] takeStrings() {
        var bytes = new java.io.ByteArrayOutputStream();
        while (at(Token.STRING)) {
            bytes.writeBytes(expectBytes());
        }
        return bytes.toByteArray();
    }

    /** An identifier, if one follows, without its dollar sign. */
    public Optional<String> takeIdentifier() {
        if (!at(Token.IDENTIFIER)) {
            return Optional.empty();
        }
        String name = Strings.identifier(source, tokens.start(position), tokens.end(position));
        position++;
        return Optional.of(name);
    }

    /** A number that must not have a sign. */
    public long expectUnsigned(int bits) {
        if (!at(Token.NUMBER) || text().startsWith("+") || text().startsWith("-")) {
            throw unexpected("a number");
        }
        return expectNumber("i" + bits, text -> Numbers.unsigned(text, bits));
    }

    /** Any number. */
    public long expectInteger(int bits) {
        return expectNumber("i" + bits, text -> Numbers.integer(text, bits));
    }

    /** The bits of a floating-point number. */
    public long expectFloat(int bits) {
        return expectNumber("f" + bits,
                text -> bits == 32 ? Numbers.float32(text) & 0xFFFF_FFFFL : Numbers.float64(text));
    }

    private long expectNumber(String type, ToLongFunction<String> parser) {
        boolean word = at(Token.KEYWORD) && type.startsWith("f") && (text().startsWith("nan") || atKeyword("inf"));
        if (!at(Token.NUMBER) && !word) {
            throw unexpected("a number");
        }
        try {
            long value = parser.applyAsLong(text());
            position++;
            return value;
        } catch (NumberFormatException e) {
            String reason = e.getMessage();
            throw error(reason.startsWith("unknown") ? reason + " " + text() + ", a malformed number"
                    : type + " " + reason);
        }
    }

    // Annotations

    /** The annotations with a name right before the next token, in order; they count as used. */
    public List<Tokens.Annotation> takeAnnotations(String name) {
        List<Tokens.Annotation> all = tokens.annotations();
        if (all.isEmpty()) {
            return List.of();
        }
        while (nextAnnotation > 0 && all.get(nextAnnotation - 1).before() >= position) {
            nextAnnotation--;
        }
        while (nextAnnotation < all.size() && all.get(nextAnnotation).before() < position) {
            nextAnnotation++;
        }
        var found = new ArrayList<Tokens.Annotation>();
        for (int i = nextAnnotation; i < all.size() && all.get(i).before() == position; i++) {
            if (all.get(i).name().equals(name) && !usedAnnotations.get(i)) {
                found.add(all.get(i));
                usedAnnotations.set(i);
            }
        }
        return found;
    }

    /** The first annotation with a name between two tokens that has not been used. */
    Optional<Tokens.Annotation> unusedAnnotation(String name, int from, int to) {
        List<Tokens.Annotation> all = tokens.annotations();
        for (int i = 0; i < all.size(); i++) {
            Tokens.Annotation annotation = all.get(i);
            if (annotation.before() >= from && annotation.before() <= to && annotation.name().equals(name)
                    && !usedAnnotations.get(i)) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
    }

    CompileError error(Tokens.Annotation annotation, String reason) {
        return source.error(annotation.start(), annotation.end(), reason);
    }

    // Errors

    /** The line of the next token. */
    public int line() {
        return source.line(tokens.start(position));
    }

    /** An error at the next token. */
    public CompileError error(String reason) {
        return errorAt(position, reason);
    }

    /** An error at a token. */
    public CompileError errorAt(int token, String reason) {
        return source.error(tokens.start(token), tokens.end(token), reason);
    }

    /** The next token is not what the grammar wants. */
    public CompileError unexpected(String wanted) {
        String found = at(Token.KEYWORD) ? text() : peek().toString();
        return error("unexpected token: " + wanted + " expected, not " + found);
    }
}

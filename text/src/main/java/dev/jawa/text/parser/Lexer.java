package dev.jawa.text.parser;

import dev.jawa.CompileError;
import java.util.Arrays;

/**
 * Takes a text apart into tokens (core spec 6.3). White space and comments are left out; annotations are kept apart, so
 * that a parser meets only those it asks for. Parentheses are known to match afterwards.
 */
public final class Lexer {
    private static final String SYMBOLS = "!#$%&'*+-./:<=>?@\\^_`|~";
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final boolean[] IDENTIFIER_CHARACTERS = identifierCharacters();

    private final Source source;
    private final byte[] bytes;
    private int position;

    // The open parentheses: of those of tokens the number of the token, of annotations ~0.
    private int[] open = new int[64];
    private int depth;
    private final java.util.ArrayDeque<OpenAnnotation> openAnnotations = new java.util.ArrayDeque<>();
    private Tokens tokens;

    private record OpenAnnotation(String name, int start, Tokens outer) {
    }

    private Lexer(Source source) {
        this.source = source;
        this.bytes = source.bytes();
        this.tokens = new Tokens(source);
    }

    /**
     * The tokens of a text.
     *
     * @throws CompileError if there are characters that make no token, or parentheses do not match
     */
    public static Tokens read(Source source) {
        return new Lexer(source).read();
    }

    private static boolean[] identifierCharacters() {
        var characters = new boolean[0x100];
        Arrays.fill(characters, '0', '9' + 1, true);
        Arrays.fill(characters, 'A', 'Z' + 1, true);
        Arrays.fill(characters, 'a', 'z' + 1, true);
        SYMBOLS.chars().forEach(symbol -> characters[symbol] = true);
        return characters;
    }

    /** Whether a character may be part of an identifier, a keyword or a number. */
    public static boolean isIdentifierCharacter(int character) {
        return character >= 0 && character < 0x80 && IDENTIFIER_CHARACTERS[character];
    }

    private Tokens read() {
        while (position < bytes.length) {
            readNext();
        }
        if (!openAnnotations.isEmpty()) {
            throw error(openAnnotations.getLast().start, "unclosed annotation");
        }
        if (depth > 0) {
            throw error(tokens.start(open[depth - 1]), "unexpected token: the parenthesis is never closed");
        }
        tokens.add(Token.END, bytes.length, bytes.length);
        return tokens;
    }

    private void readNext() {
        int start = position;
        switch (bytes[position]) {
            case ' ', '\t', '\n', '\r' -> position++;
            case '(' -> readOpening();
            case ')' -> readClosing();
            case ';' -> {
                if (peek(1) == ';') {
                    skipLineComment();
                } else {
                    readOther();
                }
            }
            case ',', '[', ']', '{', '}' -> readOther();
            default -> {
                if (startsWord(0)) {
                    readWord();
                } else {
                    throw misplaced(start);
                }
            }
        }
    }

    private int peek(int distance) {
        return position + distance < bytes.length ? bytes[position + distance] : -1;
    }

    // Characters that are tokens by themselves within annotations, and nowhere else.
    private void readOther() {
        if (openAnnotations.isEmpty()) {
            throw error(position, "unknown operator " + (char) bytes[position]);
        }
        tokens.add(Token.RESERVED, position, position + 1);
        position++;
    }

    private void readOpening() {
        if (peek(1) == ';') {
            skipBlockComment();
        } else if (peek(1) == '@' && (openAnnotations.isEmpty() || startsWord(2))) {
            openAnnotation();
        } else {
            push(tokens.count());
            tokens.add(Token.LEFT_PARENTHESIS, position, -1);
            position++;
        }
    }

    private boolean startsWord(int distance) {
        return peek(distance) == '"' || isIdentifierCharacter(peek(distance));
    }

    private void push(int token) {
        if (depth == open.length) {
            open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = token;
    }

    private void readClosing() {
        if (depth == 0) {
            throw error(position, "unexpected token: no parenthesis is open");
        }
        int left = open[--depth];
        position++;
        if (left == ~0) {
            closeAnnotation();
        } else {
            tokens.close(left, tokens.count());
            tokens.add(Token.RIGHT_PARENTHESIS, position - 1, position);
        }
    }

    private void openAnnotation() {
        int start = position;
        position += 2;
        int nameStart = position;
        String name;
        if (peek(0) == '"') {
            readString();
            name = Strings.name(source, nameStart, position);
        } else {
            while (position < bytes.length && isIdentifierCharacter(bytes[position])) {
                position++;
            }
            name = source.ascii(nameStart, position);
        }
        if (name.isEmpty()) {
            throw error(start, "empty annotation id");
        }
        push(~0);
        openAnnotations.push(new OpenAnnotation(name, start, tokens));
        tokens = new Tokens(source);
    }

    private void closeAnnotation() {
        OpenAnnotation annotation = openAnnotations.pop();
        tokens.add(Token.END, position - 1, position);
        Tokens outer = annotation.outer;
        outer.add(new Tokens.Annotation(annotation.name, outer.count(), annotation.start, position, tokens));
        tokens = outer;
    }

    private void skipLineComment() {
        while (position < bytes.length && bytes[position] != '\n' && bytes[position] != '\r') {
            skipCharacter();
        }
    }

    private void skipBlockComment() {
        int start = position;
        int nesting = 0;
        do {
            if (position >= bytes.length) {
                throw error(start, "unclosed comment");
            }
            if (bytes[position] == '(' && peek(1) == ';') {
                nesting++;
                position += 2;
            } else if (bytes[position] == ';' && peek(1) == ')') {
                nesting--;
                position += 2;
            } else {
                skipCharacter();
            }
        } while (nesting > 0);
    }

    private void skipCharacter() {
        if (bytes[position] >= 0) {
            position++;
            return;
        }
        int length = Strings.utf8Length(bytes, position);
        if (length == 0) {
            throw error(position, "malformed UTF-8 encoding");
        }
        position += length;
    }

    // The longest run of strings and identifier characters is one token (spec 6.3.3), if it is one at all.
    private void readWord() {
        int start = position;
        int strings = 0;
        int characters = 0;
        while (position < bytes.length) {
            if (bytes[position] == '"') {
                readString();
                strings++;
            } else if (isIdentifierCharacter(bytes[position])) {
                position++;
                characters++;
            } else {
                break;
            }
        }
        tokens.add(classify(start, strings, characters), start, position);
    }

    private Token classify(int start, int strings, int characters) {
        if (strings > 0) {
            if (strings == 1 && characters == 0) {
                return Token.STRING;
            }
            if (strings == 1 && characters == 1 && bytes[start] == '$') {
                return identifier(start);
            }
            return reserved(start);
        }
        byte first = bytes[start];
        if (first == '$') {
            return identifier(start);
        }
        if (first >= 'a' && first <= 'z') {
            return Token.KEYWORD;
        }
        return first >= '0' && first <= '9' || first == '+' || first == '-' ? Token.NUMBER : reserved(start);
    }

    private Token identifier(int start) {
        if (Strings.identifier(source, start, position).isEmpty()) {
            throw source.error(start, position, "empty identifier");
        }
        return Token.IDENTIFIER;
    }

    private Token reserved(int start) {
        if (openAnnotations.isEmpty()) {
            throw source.error(start, position, "unknown operator " + source.ascii(start, position));
        }
        return Token.RESERVED;
    }

    private void readString() {
        int start = position++;
        while (true) {
            if (position >= bytes.length || bytes[position] == '\n') {
                throw source.error(start, position, "unclosed string literal");
            }
            byte next = bytes[position];
            if (next == '"') {
                position++;
                return;
            }
            if (next >= 0 && next < ' ' || next == 0x7F) {
                throw error(position, "illegal control character in string literal");
            }
            if (next == '\\') {
                position = Strings.skipEscape(source, position);
            } else {
                skipCharacter();
            }
        }
    }

    private CompileError misplaced(int start) {
        if (bytes[start] >= 0) {
            return error(start, "misplaced control character");
        }
        int length = Strings.utf8Length(bytes, start);
        if (length == 0) {
            return error(start, "malformed UTF-8 encoding");
        }
        int character = new String(bytes, start, length, java.nio.charset.StandardCharsets.UTF_8).codePointAt(0);
        return error(start, "misplaced unicode character U+%04X".formatted(character)
                + (character == BYTE_ORDER_MARK ? ", a byte order mark: save the text as UTF-8 without one" : ""));
    }

    private CompileError error(int start, String reason) {
        return source.error(start, start + 1, reason);
    }
}

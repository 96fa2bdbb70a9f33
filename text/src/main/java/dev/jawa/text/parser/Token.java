package dev.jawa.text.parser;

/** The kinds of tokens (core spec 6.3.3). */
public enum Token {
    LEFT_PARENTHESIS("'('"),
    RIGHT_PARENTHESIS("')'"),
    /** Begins with a small letter. Some numbers look like that: {@code inf}, {@code nan}. */
    KEYWORD("a keyword"),
    /** Begins with a digit or a sign; whether it is a well-formed number is not known yet. */
    NUMBER("a number"),
    STRING("a string"),
    IDENTIFIER("an identifier"),
    /** What no rule of the grammar allows, outside of annotations. */
    RESERVED("a reserved token"),
    END("the end of the text");

    private final String description;

    Token(String description) {
        this.description = description;
    }

    /** For messages. */
    @Override
    public String toString() {
        return description;
    }
}

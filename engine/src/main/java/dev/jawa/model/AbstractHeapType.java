package dev.jawa.model;

/**
 * The abstract heap types (core spec 2.3.3 and 5.3.3), with the byte each has in the binary format. There are
 * separate hierarchies for functions, external references, exceptions, continuations and everything else.
 */
public enum AbstractHeapType implements HeapType {
    NOCONT("nocont", 0x75),
    NOEXN("noexn", 0x74),
    NOFUNC("nofunc", 0x73),
    NOEXTERN("noextern", 0x72),
    NONE("none", 0x71),
    FUNC("func", 0x70),
    EXTERN("extern", 0x6F),
    ANY("any", 0x6E),
    EQ("eq", 0x6D),
    I31("i31", 0x6C),
    STRUCT("struct", 0x6B),
    ARRAY("array", 0x6A),
    EXN("exn", 0x69),
    CONT("cont", 0x68);

    private final String text;
    private final int code;

    AbstractHeapType(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** The byte of the binary format. */
    public int code() {
        return code;
    }

    /** The top of the hierarchy this type is in (spec 3.1.2). */
    public AbstractHeapType top() {
        return switch (this) {
            case FUNC, NOFUNC -> FUNC;
            case EXTERN, NOEXTERN -> EXTERN;
            case EXN, NOEXN -> EXN;
            case CONT, NOCONT -> CONT;
            case ANY, EQ, I31, STRUCT, ARRAY, NONE -> ANY;
        };
    }

    /** The bottom of the hierarchy this type is in. */
    public AbstractHeapType bottom() {
        return switch (top()) {
            case FUNC -> NOFUNC;
            case EXTERN -> NOEXTERN;
            case EXN -> NOEXN;
            case CONT -> NOCONT;
            default -> NONE;
        };
    }

    /** Whether this type is {@code other} or below it (spec 3.3.3). */
    public boolean matches(AbstractHeapType other) {
        if (this == other || other == top() || this == bottom() && top() == other.top()) {
            return true;
        }
        return other == EQ && (this == I31 || this == STRUCT || this == ARRAY);
    }

    /** The abstract type with this byte in the binary format, or {@code null}. */
    public static AbstractHeapType lookup(int code) {
        int index = code - NOCONT.code;
        return index <= 0 && index >= CONT.code - NOCONT.code ? values()[-index] : null;
    }

    /** The name in the text format. */
    @Override
    public String toString() {
        return text;
    }
}

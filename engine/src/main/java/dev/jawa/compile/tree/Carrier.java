package dev.jawa.compile.tree;

import dev.jawa.CompileError;
import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;

/** The JVM type that carries values of a WebAssembly type. */
public enum Carrier {
    INT('I', "I", 1),
    LONG('J', "J", 2),
    FLOAT('F', "F", 1),
    DOUBLE('D', "D", 2),
    REFERENCE('A', "Ljava/lang/Object;", 1),
    /** No value at all. */
    VOID('V', "V", 0);

    private final char kind;
    private final String descriptor;
    private final int slots;

    Carrier(char kind, String descriptor, int slots) {
        this.kind = kind;
        this.descriptor = descriptor;
        this.slots = slots;
    }

    /** The carrier of a value type. */
    public static Carrier of(ValueType type) {
        return switch (type) {
            case NumberType number -> switch (number) {
                case I32 -> INT;
                case I64 -> LONG;
                case F32 -> FLOAT;
                case F64 -> DOUBLE;
            };
            case ReferenceType _ -> REFERENCE;
            case VectorType _ -> throw new CompileError("not supported yet: v128");
        };
    }

    /** The carrier of a letter of the instruction table, but for {@code a}. */
    static Carrier of(char letter) {
        return switch (letter) {
            case 'i' -> INT;
            case 'l' -> LONG;
            case 'f' -> FLOAT;
            case 'd' -> DOUBLE;
            default -> throw new CompileError("not supported yet: v128");
        };
    }

    /** The letter of the JVM's typed instructions: I, J, F, D, or A. */
    public char kind() {
        return kind;
    }

    /** The field descriptor. */
    public String descriptor() {
        return descriptor;
    }

    /** How many slots a local takes. */
    public int slots() {
        return slots;
    }
}

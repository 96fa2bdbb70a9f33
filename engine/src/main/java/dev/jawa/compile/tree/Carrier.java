package dev.jawa.compile.tree;

import dev.jawa.model.NumberType;
import dev.jawa.model.ReferenceType;
import dev.jawa.model.ValueType;
import dev.jawa.model.VectorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM type that carries values of a WebAssembly type.
 *
 * <p>A v128 is carried by two values: its low half is a {@link #LONG}, and a {@link #HIGH} follows it wherever values
 * stand in order, as on the operand stack or among parameters.
 */
public enum Carrier {
    INT('I', "I", 1),
    LONG('J', "J", 2),
    /** The high half of a v128. */
    HIGH('J', "J", 2),
    FLOAT('F', "F", 1),
    DOUBLE('D', "D", 2),
    REFERENCE('A', "Ljava/lang/Object;", 1),
    /** A v128 as a whole, by the JDK's classes for vectors. On the operand stack a constant stands for its high half. */
    VECTOR('A', "Ljava/lang/Object;", 1),
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

    /** The carrier of a value type, for a v128 of its low half. */
    public static Carrier of(ValueType type) {
        return switch (type) {
            case NumberType number -> switch (number) {
                case I32 -> INT;
                case I64 -> LONG;
                case F32 -> FLOAT;
                case F64 -> DOUBLE;
            };
            case ReferenceType _ -> REFERENCE;
            case VectorType _ -> LONG;
        };
    }

    /** The carriers of values of these types, in order. */
    public static Carrier[] of(List<? extends ValueType> types) {
        var carriers = new ArrayList<Carrier>(types.size());
        for (ValueType type : types) {
            carriers.add(of(type));
            if (type instanceof VectorType) {
                carriers.add(HIGH);
            }
        }
        return carriers.toArray(Carrier[]::new);
    }

    /** How many carriers values of these types have. */
    static int count(List<? extends ValueType> types) {
        int count = types.size();
        for (ValueType type : types) {
            if (type instanceof VectorType) {
                count++;
            }
        }
        return count;
    }

    /** The carrier of a letter of the instruction table, but for {@code a}. */
    static Carrier of(char letter) {
        return switch (letter) {
            case 'i' -> INT;
            case 'l' -> LONG;
            case 'f' -> FLOAT;
            case 'd' -> DOUBLE;
            default -> throw new IllegalArgumentException("carrier of " + letter);
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

package dev.jawa.compile.tree;

import dev.jawa.model.Opcode;

/** A comparison of integers, of either width. */
public enum Relation {
    EQ(Opcode.I32_EQ, Opcode.I64_EQ),
    NE(Opcode.I32_NE, Opcode.I64_NE),
    LT_S(Opcode.I32_LT_S, Opcode.I64_LT_S),
    LT_U(Opcode.I32_LT_U, Opcode.I64_LT_U),
    GT_S(Opcode.I32_GT_S, Opcode.I64_GT_S),
    GT_U(Opcode.I32_GT_U, Opcode.I64_GT_U),
    LE_S(Opcode.I32_LE_S, Opcode.I64_LE_S),
    LE_U(Opcode.I32_LE_U, Opcode.I64_LE_U),
    GE_S(Opcode.I32_GE_S, Opcode.I64_GE_S),
    GE_U(Opcode.I32_GE_U, Opcode.I64_GE_U);

    private final Opcode narrow;
    private final Opcode wide;

    Relation(Opcode narrow, Opcode wide) {
        this.narrow = narrow;
        this.wide = wide;
    }

    /** The one that an instruction makes; {@code null} if it does something else. */
    static Relation of(Opcode opcode) {
        for (Relation relation : values()) {
            if (opcode == relation.narrow || opcode == relation.wide) {
                return relation;
            }
        }
        return null;
    }

    /** Its instruction, for 64 bits or for 32. */
    Opcode opcode(boolean ofWide) {
        return ofWide ? wide : narrow;
    }

    /** Whether it takes its operands for numbers without sign. */
    public boolean isUnsigned() {
        return switch (this) {
            case LT_U, LE_U, GT_U, GE_U -> true;
            default -> false;
        };
    }

    /** The comparison that holds where this one does not. */
    Relation negated() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case LT_S -> GE_S;
            case LT_U -> GE_U;
            case GT_S -> LE_S;
            case GT_U -> LE_U;
            case LE_S -> GT_S;
            case LE_U -> GT_U;
            case GE_S -> LT_S;
            case GE_U -> LT_U;
        };
    }

    /** The comparison that holds with its operands exchanged. */
    Relation swapped() {
        return switch (this) {
            case EQ, NE -> this;
            case LT_S -> GT_S;
            case LT_U -> GT_U;
            case GT_S -> LT_S;
            case GT_U -> LT_U;
            case LE_S -> GE_S;
            case LE_U -> GE_U;
            case GE_S -> LE_S;
            case GE_U -> LE_U;
        };
    }

    /** A signed one that says the same of a counter that goes up, or down, where nothing overflows; else {@code null}. */
    Relation signed(boolean up) {
        return switch (this) {
            case EQ -> null;
            case NE -> up ? LT_S : GT_S;
            case LT_S, LT_U -> up ? LT_S : null;
            case LE_S, LE_U -> up ? LE_S : null;
            case GT_S, GT_U -> up ? null : GT_S;
            case GE_S, GE_U -> up ? null : GE_S;
        };
    }
}
